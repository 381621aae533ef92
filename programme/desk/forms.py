"""What was typed to find a parent."""

from recurrent.design import fields, forms


class FindForm(forms.Form):
    """Whatever is remembered of somebody."""

    words = fields.TextField(
        label="Name, a child’s name, telephone number or reference",
        called="what you know",
        help_text="Any part of it, in any order, as you heard it",
        max_length=100,
        autocomplete="off",
    )
