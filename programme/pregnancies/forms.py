"""What was typed about a pregnancy, checked; saving is the job of ``actions``."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from programme.core.choices import (
    DueDateBasis,
    FatherNotNamedReason,
    PregnancyOutcome,
    WhoseWords,
)
from programme.core.dates import today
from programme.core.forms import AmendingForm, KeyField
from programme.people.models import Parent
from programme.pregnancies.models import Pregnancy
from recurrent.design import fields, forms

NOT_NAMED = "not_named"
NEW_PREGNANCY = ("known_on", "estimated_due_date", "basis", "booked_on")


class EstimateForm(forms.Form):
    """One estimate of a due date and what it is based on."""

    estimated_due_date = fields.DateField(
        label="When is the baby due?", called="the day the baby is due"
    )
    basis = fields.ChoiceField(
        label="What is that date based on?",
        called="what the date is based on",
        choices=DueDateBasis.choices,
    )


class AddDueDateForm(EstimateForm):
    """A further estimate; the earlier ones stay."""

    recorded_on = fields.DateField(
        label="When was this date given?",
        called="the day this date was given",
        initial=today,
        latest=today,
    )

    field_order = ("estimated_due_date", "basis", "recorded_on")


class NewPregnancyForm(EstimateForm):
    """What is asked of a new pregnancy, wherever one becomes known."""

    known_on = fields.DateField(
        label="When did you learn of it?",
        called="the day you learned of it",
        initial=today,
        latest=today,
    )
    booked_on = fields.DateField(
        label="When was the first midwife appointment?",
        called="the day of the first midwife appointment",
        help_text="The booking appointment, if there has been one",
        required=False,
        latest=today,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["estimated_due_date"].required = False
        self.fields["basis"].required = False
        self.fields["basis"].help_text = "Asked when you enter a date"

    def check_estimate(self) -> None:
        """A due date goes with its basis, and a basis with its due date."""
        typed = self.cleaned_data
        if typed.get("estimated_due_date") and not typed.get("basis"):
            self.add_error("basis", "Choose what the date is based on")
        if typed.get("basis") and "estimated_due_date" in typed and not typed["estimated_due_date"]:
            self.add_error("estimated_due_date", "Enter the day the baby is due")


class RecordPregnancyForm(NewPregnancyForm):
    """A new pregnancy. The father is one of those known, or not named; never guessed."""

    key = KeyField()
    father = fields.ChoiceField(
        label="Who is the father?",
        called="the father",
        help_text="Leave this empty if nobody has asked",
        required=False,
        reveals={NOT_NAMED: ["father_not_named_reason"]},
    )
    father_not_named_reason = fields.ChoiceField(
        label="Why is he not named?",
        called="why he is not named",
        choices=FatherNotNamedReason.choices,
    )

    field_order = (*NEW_PREGNANCY, "father", "father_not_named_reason")

    def __init__(self, *args: Any, fathers: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        father = self.fields["father"]
        assert isinstance(father, fields.ChoiceField)
        father.choices = [
            *((str(key), name) for key, name in fathers.items()),
            (NOT_NAMED, "Someone who is not named here"),
        ]

    def clean(self) -> dict[str, Any]:
        """An estimate is whole or not there."""
        self.check_estimate()
        return self.cleaned_data

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.record_pregnancy`` takes but the mother and who is saving."""
        typed = dict(self.cleaned_data)
        chosen = typed.pop("father")
        is_named = chosen not in ("", NOT_NAMED)
        return {**typed, "father": Parent.objects.get(pk=chosen) if is_named else None}


NOT_ENDED = "It has not ended: that was recorded by mistake"


class EndingForm(AmendingForm):
    """How a pregnancy ended. Who may not know of a termination is not asked about one."""

    version = fields.WholeNumberField(widget=fields.HiddenInput)
    outcome = fields.ChoiceField(
        label="How did it end?",
        called="how it ended",
        hints={
            PregnancyOutcome.MIXED: "For example, one twin was born alive and one was not",
            PregnancyOutcome.TERMINATION: "From now on only the parent’s own worker, and a"
            " clinician she is referred to, will see this pregnancy",
        },
    )
    ended_on = fields.DateField(
        label="When?", called="the day it ended", initial=today, latest=today
    )

    def __init__(self, *args: Any, pregnancy: Pregnancy, in_care_pair: bool, **kwargs: Any) -> None:
        shown = {"version": pregnancy.version}
        super().__init__(*args, initial=shown, needs_reason=not pregnancy.is_ongoing, **kwargs)
        self.recorded = (pregnancy.outcome, pregnancy.ended_on)
        left_out = {PregnancyOutcome.ONGOING.value}
        if not in_care_pair:
            left_out.add(PregnancyOutcome.TERMINATION.value)
        field: Any = self.fields["outcome"]
        field.choices = [one for one in PregnancyOutcome.choices if one[0] not in left_out]
        if not pregnancy.is_ongoing:
            field.choices = [*field.choices, (PregnancyOutcome.ONGOING, NOT_ENDED)]

    @property
    def takes_back(self) -> bool:
        """Whether it has not ended after all."""
        return self.cleaned_data.get("outcome") == PregnancyOutcome.ONGOING

    def clean(self) -> dict[str, Any]:
        """What has not ended has no day."""
        if self.takes_back:
            self.errors.pop("ended_on", None)
        return super().clean()

    def says_the_same(self) -> bool:
        """Whether this ending is recorded already."""
        return (
            self.cleaned_data.get("outcome"),
            self.cleaned_data.get("ended_on"),
        ) == self.recorded


class TellingForm(forms.Form):
    """Whether one other parent may be told of a pregnancy. Nobody is, until this says so."""

    key = KeyField()
    other_parent = fields.ChoiceField(label="Who is this about?", called="who this is about")
    may_be_told = fields.YesNoField(
        label="May this parent be told?",
        called="whether this parent may be told",
        help_text="Yes lets that parent’s own team see the pregnancy, the due date, and a birth or"
        " a loss. No, or taking back an earlier yes, hides them from now on",
    )
    words = fields.LongTextField(
        label="What was said?", called="what was said", rows=3, help_text="As it was said"
    )
    words_of = fields.ChoiceField(
        label="Whose words are these?", called="whose words these are", choices=WhoseWords.choices
    )
    decided_on = fields.DateField(
        label="When was it said?", called="the day it was said", initial=today, latest=today
    )

    def __init__(self, *args: Any, others: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["other_parent"]
        choice.choices = [(str(key), name) for key, name in others.items()]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.decide_telling`` takes but the pregnancy and who is saving."""
        typed = dict(self.cleaned_data)
        # Her worker may answer about a father whose record is not hers to see: only the id is kept.
        return {**typed, "other_parent": Parent(pk=UUID(typed["other_parent"]))}
