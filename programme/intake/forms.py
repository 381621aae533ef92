"""What was typed about a referral, checked; saving is the job of ``actions``."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict

from programme.core.choices import Decision, NotAcceptedReason, ParentRole, ReferralSource
from programme.core.dates import today
from programme.core.forms import KeyField
from programme.intake.actions import (
    Decided,
    Goes,
    HowToReach,
    Referred,
    TakesOn,
    Told,
)
from programme.intake.reads import ToDecide
from programme.joining.reads.alike import LookAlike
from programme.pathways.models import Programme, Worker
from programme.people.matching import KnownChild
from recurrent.design import fields, forms
from recurrent.design.bound import DesignBoundField, designed
from recurrent.design.words import day_and_year

MOST_CHILDREN = 4
NO = "no"
LONGEST_NAME = 200
# As it was told: no browser puts a name "right".
AS_TOLD = {"spellcheck": "false", "autocapitalize": "words"}


def _name(label: str, **more: Any) -> fields.TextField:
    return fields.TextField(
        label=label, max_length=LONGEST_NAME, autocomplete="off", attrs=AS_TOLD, **more
    )


class ReceiveForm(forms.Form):
    """The few things known when somebody is referred."""

    key = KeyField()
    given_names = _name("First names", called="the first names")
    family_name = _name(
        "Family name", called="the family name", help_text="Somebody with one name: write it twice"
    )
    known_as = _name("What does the parent like to be called?", required=False)
    other_names = _name(
        "Other names, now or earlier",
        required=False,
        help_text="Before a marriage, or in another spelling",
    )
    date_of_birth = fields.DateField(
        label="Date of birth", called="the date of birth", required=False, latest=today
    )
    parent_role = fields.ChoiceField(
        label="This is a", called="mother, father or other parent", choices=ParentRole.choices
    )
    number = fields.PhoneField(label="Telephone number", required=False, autocomplete="off")
    times = fields.TextField(label="When is it safe to ring?", required=False)
    may_leave_message = fields.YesNoField(label="Is it safe to leave a message?", required=False)
    may_text = fields.YesNoField(label="Is it safe to text?", required=False)
    words_to_avoid = fields.TextField(label="What must not be said?", required=False)
    programme = fields.ChoiceField(label="Which programme?", called="the programme")
    source = fields.SelectField(
        label="Who refers?",
        called="who refers",
        choices=[("", "Choose one"), *ReferralSource.choices],
    )
    received_on = fields.DateField(
        label="When did it come in?", called="the day it came in", initial=today, latest=today
    )
    reason = fields.LongTextField(label="Why?", required=False, rows=4)

    def __init__(self, *args: Any, programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        field: Any = self.fields["programme"]
        field.choices = [(key, one.name) for key, one in self.programmes.items()]
        if len(self.programmes) == 1:
            del self.fields["programme"]
        for number in range(1, MOST_CHILDREN + 1):
            self.fields[f"child_{number}"] = _name(f"Name of child {number}", required=False)
            self.fields[f"child_{number}_born_on"] = fields.DateField(
                label=f"Date of birth of child {number}",
                called=f"the date of birth of child {number}",
                help_text="Not born yet? Leave this empty, and record the pregnancy afterwards",
                required=False,
                latest=today,
            )

    def person(self) -> list[DesignBoundField]:
        """Who she is."""
        return self._bound("given_names", "family_name", "known_as", "other_names",
                           "date_of_birth", "parent_role")  # fmt: skip

    def reach(self) -> list[DesignBoundField]:
        """How to reach her safely."""
        return self._bound("number", "times", "may_leave_message", "may_text", "words_to_avoid")

    def children(self) -> list[DesignBoundField]:
        """The children, where they were told."""
        return self._bound(*(name for name in self.fields if name.startswith("child_")))

    def referral(self) -> list[DesignBoundField]:
        """Who refers, when and why."""
        names = ("programme", "source", "received_on", "reason")
        return self._bound(*(name for name in names if name in self.fields))

    @property
    def has_children(self) -> bool:
        """Whether anything was typed about children, so that they are shown unfolded."""
        return any(value for name, value in self.data.items() if name.startswith("child_"))

    def _bound(self, *names: str) -> list[DesignBoundField]:
        return [designed(self[name]) for name in names]

    @property
    def chosen_programme(self) -> Programme:
        """The programme chosen, or the only one."""
        return self.programmes[self.cleaned_data.get("programme") or next(iter(self.programmes))]

    def told(self) -> Told:
        """What was told of the parent."""
        typed = self.cleaned_data
        reach = ("number", "times", "words_to_avoid", "may_leave_message", "may_text")
        names = ("given_names", "family_name", "known_as", "other_names")
        return Told(
            **{name: typed[name] for name in names},
            date_of_birth=typed["date_of_birth"],
            parent_role=typed["parent_role"],
            reach=HowToReach(**{name: typed[name] for name in reach}),
            children=tuple(self._told_children()),
        )

    def _told_children(self) -> Iterator[KnownChild]:
        for number in range(1, MOST_CHILDREN + 1):
            name = self.cleaned_data[f"child_{number}"]
            born_on = self.cleaned_data[f"child_{number}_born_on"]
            if name or born_on:
                yield KnownChild(name, born_on)

    def referred(self) -> Referred:
        """Who refers, when and why."""
        typed = self.cleaned_data
        return Referred(
            programme=self.chosen_programme,
            received_on=typed["received_on"],
            source=typed["source"],
            reason=typed["reason"],
        )


class SamePersonForm(forms.Form):
    """Is it one of those shown? And does the referral begin something new, or belong to the open?

    It is asked, not wrong: the first time it comes without an error.
    """

    shown = fields.HiddenField(required=False)
    same = fields.ChoiceField(
        label="Is this the same person?", called="whether this is the same person"
    )

    def __init__(self, typed: QueryDict, found: Sequence[LookAlike], open_with: set[str]) -> None:
        keys = ",".join(str(one.parent_id) for one in found)
        answered = typed.get("shown") == keys
        super().__init__(typed if answered else None, initial={"shown": keys})
        self.found = {str(one.parent_id): one for one in found}
        self._offer(open_with)

    def _offer(self, open_with: set[str]) -> None:
        reveals = {key: [f"goes_{key}"] for key in self.found if key in open_with}
        choices = [(key, f"Yes, {_who(one)}") for key, one in self.found.items()]
        field: Any = self.fields["same"]
        field.choices = [*choices, (NO, "No, somebody else. Begin a new record")]
        field.widget.set_look(None, reveals, False, ())
        for names in reveals.values():
            self.fields[names[0]] = fields.ChoiceField(
                label="We work with this parent now. What is the referral about?",
                called="what the referral is about",
                choices=[
                    (Goes.OPEN_ONE, "The work that is open. Keep the referral with it"),
                    (Goes.NEW_EPISODE, "A new episode. Decide it once the open one has ended"),
                ],
            )

    @property
    def chosen(self) -> UUID | None:
        """The parent who is meant; None for somebody else."""
        said = self.cleaned_data["same"]
        return None if said == NO else UUID(said)

    @property
    def goes(self) -> str:
        """Where the referral goes."""
        said = self.cleaned_data["same"]
        return self.cleaned_data.get(f"goes_{said}") or Goes.NEW_EPISODE.value


def _who(one: LookAlike) -> str:
    name = f"{one.known.given_names} {one.known.family_name}".strip()
    born = f", born {day_and_year(one.known.born_on)}" if one.known.born_on else ""
    return f"{name}{born}, record {one.reference}"


PASSED_ON = "passed_on"


class DecideForm(forms.Form):
    """What is left to decide: the referral, how it begins, who works with the parent."""

    version = fields.WholeNumberField(widget=fields.HiddenInput)
    decision = fields.ChoiceField(
        label="What was decided?",
        called="what was decided",
        choices=[
            (Decision.ACCEPTED, "Accept: the parent is taken on"),
            (Decision.NOT_ACCEPTED, "Do not accept"),
            (PASSED_ON, "Pass on to another service"),
            (Decision.WITHDRAWN, "It was withdrawn"),
        ],
        reveals={
            Decision.ACCEPTED: ["stage", "worker"],
            Decision.NOT_ACCEPTED: ["not_accepted_reason"],
            PASSED_ON: ["passed_to"],
        },
    )
    not_accepted_reason = fields.ChoiceField(
        label="Why not?", called="why it was not accepted", choices=NotAcceptedReason.choices
    )
    passed_to = fields.TextField(label="To whom?", called="to whom", max_length=200)
    decided_on = fields.DateField(
        label="When was it decided?", called="the day it was decided", initial=today, latest=today
    )
    stage = fields.ChoiceField(label="In which stage do you begin?", called="the stage")
    worker = fields.SelectField(
        label="Who works with the parent?",
        called="who works with the parent",
        required=False,
        help_text="Leave this empty if that is not settled",
    )

    def __init__(self, typed: QueryDict | None, *, left: ToDecide) -> None:
        super().__init__(typed, initial={"version": left.referral.version})
        self.left = left
        self.workers: dict[str, Worker] = {str(one.pk): one for one in left.workers}
        stage, worker = self._choice("stage"), self._choice("worker")
        stage.choices = left.stages
        stage.initial = left.stages[0][0] if left.stages else None
        worker.choices = [
            ("", "Nobody yet"),
            *((key, one.name) for key, one in self.workers.items()),
        ]
        for name in self._not_asked():
            del self.fields[name]
        if left.lacks_worker:
            worker.required, worker.help_text = True, ""

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    def _not_asked(self) -> set[str]:
        of_decision = {"decision", "not_accepted_reason", "passed_to", "decided_on"}
        asked: set[str] = set() if self.left.stages else {"stage"}
        if not self.left.is_open:
            asked |= of_decision
        if self.left.lacks_worker:
            asked.add("stage")
        return asked

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.decide`` takes but who is saving."""
        typed = self.cleaned_data
        takes_on = TakesOn(typed.get("stage") or "", self.workers.get(typed.get("worker") or ""))
        return {
            "referral": self.left.referral,
            "seen_version": typed["version"],
            "decided": self._decided() if self.left.is_open else None,
            "takes_on": takes_on,
        }

    def _decided(self) -> Decided:
        typed = self.cleaned_data
        said = typed["decision"]
        passed_on = said == PASSED_ON
        reason = NotAcceptedReason.OTHER.value if passed_on else typed["not_accepted_reason"]
        return Decided(
            decision=Decision.NOT_ACCEPTED.value if passed_on else said,
            decided_on=typed["decided_on"],
            not_accepted_reason=reason,
            passed_to=typed["passed_to"],
        )
