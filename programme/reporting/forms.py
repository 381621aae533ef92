"""Choosing a report, proposing a release and deciding one."""

from typing import Any

from programme.core.dates import today
from programme.pathways.models import Programme
from recurrent.design import fields, forms


class PeriodForm(forms.Form):
    """First and last day of a report."""

    first = fields.DateField(label="First day", called="the first day")
    last = fields.DateField(label="Last day", called="the last day")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, nor in the future."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be on or after the first day.")
        elif last and last > today():
            self.add_error("last", "The last day must be today or earlier.")
        return cleaned


class ChooseReportForm(PeriodForm):
    """Programme and period."""

    programme = fields.ChoiceField(label="Programme", called="the programme", choices=())
    field_order = ("programme", "first", "last")

    def __init__(self, *args: Any, programmes: list[Programme], **kwargs: Any) -> None:
        """Only programmes the reader reports on."""
        super().__init__(*args, **kwargs)
        choice = self.fields["programme"]
        assert isinstance(choice, fields.ChoiceField)
        choice.choices = [(str(one.pk), one.name) for one in programmes]


class ProposeForm(PeriodForm):
    """What a release says in words, and for which days."""

    words = fields.LongTextField(
        label="In plain words: what should the reader know first?",
        help_text="No names, nothing that could point to one person.",
        required=False,
    )


class DecideForm(forms.Form):
    """Release, or return with a reason."""

    decision = fields.ChoiceField(
        label="What do you decide?",
        called="what you decide",
        choices=(("approved", "Release it: the tables freeze"), ("returned", "Return it")),
        reveals={"returned": ["why"]},
    )
    why = fields.LongTextField(label="What has to change?")
