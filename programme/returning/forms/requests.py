"""Asking an earlier team for its record, and answering."""

from collections.abc import Sequence
from typing import Any

from programme.access.models import User
from programme.core.forms import KeyField
from programme.pathways.models import Programme
from programme.returning import actions
from programme.returning.models import RecordRequest
from recurrent.design import fields, forms


class _OfOneProgrammeForm(forms.Form):
    """Asks which of one's programmes it is about, where there is more than one."""

    def __init__(self, *args: Any, programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        field: Any = self.fields["programme"]
        field.choices = [(key, one.name) for key, one in self.programmes.items()]
        if len(self.programmes) == 1:
            del self.fields["programme"]

    @property
    def chosen_programme(self) -> Programme:
        """The programme chosen, or the only one."""
        return self.programmes[self.cleaned_data.get("programme") or next(iter(self.programmes))]


class AskForRecordForm(_OfOneProgrammeForm):
    """A request for whatever an earlier team kept."""

    key = KeyField()
    programme = fields.ChoiceField(label="Which of your programmes asks?", called="the programme")
    why = fields.LongTextField(
        label="Why do you need it?",
        called="why you need it",
        help_text="Whoever kept a record reads this before deciding",
    )

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.ask_for_record`` takes but the parent and who is saving."""
        return {
            "key": self.cleaned_data["key"],
            "programme": self.chosen_programme,
            "why": self.cleaned_data["why"],
        }


class AnswerRequestForm(_OfOneProgrammeForm):
    """Release an earlier record for some days, or not."""

    version = fields.WholeNumberField(widget=fields.HiddenInput)
    programme = fields.ChoiceField(label="Whose record?", called="whose record")
    answer = fields.ChoiceField(
        label="Do you release the record?",
        called="whether to release the record",
        choices=RecordRequest.Answer.choices,
        hints={RecordRequest.Answer.NOT_RELEASED: "Nothing changes on the page of whoever asked"},
        reveals={RecordRequest.Answer.RELEASED: ["days"]},
    )
    days = fields.WholeNumberField(
        label="For how many days?",
        called="the number of days",
        initial=14,
        min_value=1,
        max_value=actions.LONGEST_RELEASE_DAYS,
        suffix="days",
    )
    note = fields.LongTextField(label="Note for your own team", required=False, rows=3)

    def for_action(self, asked: RecordRequest, by: User) -> dict[str, Any]:
        """Everything ``actions.answer_request`` takes."""
        typed = self.cleaned_data
        return {
            "request": asked,
            "programme": self.chosen_programme,
            "answer": typed["answer"],
            "days": typed["days"] or 0,
            "seen_version": typed["version"],
            "note": typed["note"],
            "by": by,
        }
