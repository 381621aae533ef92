"""The file somebody offers."""

from recurrent.design import fields, forms


class OfferForm(forms.Form):
    """One zip."""

    package = fields.FileField(
        label="Caseload package",
        help_text="A zip of csv files, at most 25 MB.",
        called="the zip of the package",
        accept=".zip,application/zip",
    )
