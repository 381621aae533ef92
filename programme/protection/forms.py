"""What is typed to open a record in an emergency, to protect one, or to answer for either."""

from typing import Any

from django.utils import timezone

from programme.access.models import User
from programme.access.writing import LONGEST_REASON
from programme.core.choices import ProtectionCategory, ProtectionKind
from programme.core.forms import KeyField
from programme.people.models import Parent
from programme.protection import reads
from programme.protection.actions import LEAST_LETTERS
from programme.protection.actions.emergencies import LEAST_NAMES, Named
from programme.protection.models import EmergencyOpening, ProtectionRequest
from recurrent.design import fields, forms
from recurrent.design.words import moment


class OpenInEmergencyForm(forms.Form):
    """Whose record, why, and in whose words."""

    key = KeyField()
    reference = fields.TextField(
        label="Reference of the record",
        called="the reference",
        help_text="Six letters and figures, on every letter and page. Or give name and birth date",
        required=False,
        max_length=12,
        autocomplete="off",
    )
    name = fields.TextField(
        label="Whole name",
        called="the name",
        required=False,
        max_length=200,
        autocomplete="off",
    )
    born_on = fields.DateField(
        label="Date of birth",
        called="the date of birth",
        required=False,
        latest=timezone.localdate,
    )
    reason = fields.ChoiceField(
        label="What cannot wait?",
        called="what cannot wait",
        choices=EmergencyOpening.Reason.choices,
    )
    why = fields.LongTextField(
        label="Say it in your own words",
        called="why it cannot wait",
        help_text=f"At least {LEAST_LETTERS} letters. Whoever reviews this reads it",
    )

    def clean(self) -> dict[str, Any]:
        """A reference, or both a whole name and a date of birth."""
        typed = self.cleaned_data
        if typed.get("reference"):
            return typed
        if not typed.get("name") and not typed.get("born_on"):
            self.add_error("reference", "Enter the reference, or the name and the date of birth")
        elif len(typed.get("name", "").split()) < LEAST_NAMES:
            self.add_error("name", "Enter the whole name, as it is written")
        elif not typed.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", "Enter the date of birth")
        return typed

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.open_in_emergency`` takes but who is asking."""
        typed = self.cleaned_data
        named = Named(typed["reference"], typed["name"], typed["born_on"])
        return {"named": named, **{name: typed[name] for name in ("key", "reason", "why")}}


class ReviewOpeningForm(forms.Form):
    """Whether it was right to open the record."""

    version = fields.WholeNumberField(widget=fields.HiddenInput)
    finding = fields.ChoiceField(
        label="What did you find?",
        called="what you found",
        choices=EmergencyOpening.Finding.choices,
    )
    note = fields.LongTextField(label="Note on the review", required=False, rows=3)


class AskForProtectionForm(forms.Form):
    """A request to the protection officer."""

    key = KeyField()
    kind = fields.ChoiceField(
        label="What do you ask for?",
        called="what you ask for",
        choices=ProtectionKind.choices,
        reveals={ProtectionKind.RESTRICTED: ["category"]},
    )
    category = fields.ChoiceField(
        label="Why should only some people see it?",
        called="why only some people should see it",
        choices=ProtectionCategory.choices,
        required=False,
    )
    why = fields.LongTextField(
        label="Say more",
        called="what the protection officer should know",
        help_text="Who may see the record, or who may not. Not what happened to the family",
    )

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.ask_for_protection`` takes but the parent and who is asking."""
        return {name: self.cleaned_data[name] for name in ("key", "kind", "category", "why")}


class FindReferenceForm(forms.Form):
    """The reference of a record, for those who know it by nothing else."""

    reference = fields.TextField(
        label="Reference of the record", called="the reference", max_length=12, autocomplete="off"
    )

    def clean_reference(self) -> str:
        """As it is kept: capital letters without spaces."""
        return "".join(self.cleaned_data["reference"].split()).upper()


class WhyForm(forms.Form):
    """Why protection is changed: kept with the change."""

    why = fields.LongTextField(
        label="Why?",
        called="why",
        help_text="Kept with the change. Not what happened to the family",
        max_length=LONGEST_REASON,
        rows=3,
    )


class AnswerRequestsForm(WhyForm):
    """Which requests wait no longer: those that are ticked, and no other."""

    answers = fields.ModelCheckboxesField(
        queryset=ProtectionRequest.unwalled.none(),
        label="Which requests does this answer?",
        called="which requests this answers",
    )
    field_order = ("category", "people", "user", "answers", "why")
    may_answer_none = False

    def __init__(self, *args: Any, parent: Parent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = list(reads.requests_waiting(parent))
        answers: Any = self.fields["answers"]
        # Sent twice: what the first send answered is still known, and passed over.
        answers.queryset = ProtectionRequest.objects.filter(parent=parent)
        answers.choices = [(one.pk, _in_words(one)) for one in waiting]
        answers.required = not self.may_answer_none
        if self.may_answer_none and not waiting:
            del self.fields["answers"]


def _in_words(request: ProtectionRequest) -> str:
    said = f"{request.get_kind_display()}, asked by {request.asked_by}"
    return f"{said}, {moment(request.asked_at)}"


class RestrictForm(AnswerRequestsForm):
    """Only named people may see this record."""

    category = fields.ChoiceField(
        label="Why should only some people see it?",
        called="why only some people should see it",
        choices=ProtectionCategory.choices,
    )
    people = fields.ModelCheckboxesField(
        queryset=User.objects.none(),
        label="Who may see it?",
        called="who may see it",
        help_text="Nobody else will find it, count it or hear of it",
    )
    may_answer_none = True

    def __init__(self, *args: Any, parent: Parent, **kwargs: Any) -> None:
        super().__init__(*args, parent=parent, **kwargs)
        people: Any = self.fields["people"]
        people.queryset = reads.team_around(parent)


class DenyForm(AnswerRequestsForm):
    """One person may not see this record, whatever else she may."""

    user = fields.ModelSelectField(
        queryset=User.objects.none(),
        label="Who may not see it?",
        called="who may not see it",
        help_text="A relative, somebody the parent knows, or somebody who asks not to see it",
    )
    may_answer_none = True

    def __init__(self, *args: Any, parent: Parent, **kwargs: Any) -> None:
        super().__init__(*args, parent=parent, **kwargs)
        user: Any = self.fields["user"]
        user.queryset = reads.staff()
