"""What was typed on the re-referral page and about requests; saving is the job of ``actions``."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from programme.access.models import User
from programme.consents import wordings
from programme.core.choices import (
    ConsentCovers,
    ConsentDecision,
    ConsentGivenHow,
    DueDateBasis,
    GoalSetBy,
    ParentRole,
    ReferralSource,
)
from programme.core.dates import today
from programme.core.forms import KeyField
from programme.pathways.models import Programme, Worker
from programme.returning import actions
from programme.returning.models import RecordRequest
from programme.returning.reads import (
    RULE_WORDS,
    Line,
    Offer,
    covered,
    records_contraception,
)
from programme.support.models import Goal
from recurrent.design import fields, forms
from recurrent.design.bound import DesignBoundField, designed

KEEP, CHANGE, LEAVE_OUT = "keep", "change", "leave_out"
NEW, NOT_PREGNANT = "new", "no"
NEW_PREGNANCY = ("known_on", "estimated_due_date", "basis", "booked_on")


@dataclass(frozen=True)
class Group:
    """Lines of one kind, drawn under one heading."""

    title: str
    hint: str
    lines: list[DesignBoundField]
    empty: str


class ReReferForm(forms.Form):
    """Last time line by line, nothing kept unless she says so; and what is new."""

    key = KeyField()
    given_how = fields.ChoiceField(
        label="How did she say this about her permissions?",
        called="how she said this about her permissions",
        choices=ConsentGivenHow.choices,
        required=False,
    )
    worker = fields.SelectField(label="Who works with her now?", called="who works with her now")
    pregnancy = fields.ChoiceField(
        label="Is she pregnant?",
        called="whether she is pregnant",
        reveals={NEW: NEW_PREGNANCY},
    )
    known_on = fields.DateField(
        label="When did you learn of it?",
        called="the day you learned of it",
        initial=today,
        latest=today,
    )
    estimated_due_date = fields.DateField(
        label="When is the baby due?", called="the day the baby is due", required=False
    )
    basis = fields.ChoiceField(
        label="What is that date based on?",
        called="what the date is based on",
        choices=DueDateBasis.choices,
        required=False,
    )
    booked_on = fields.DateField(
        label="When did she first see a midwife?",
        called="the day she first saw a midwife",
        required=False,
        latest=today,
    )
    who_knows = fields.LongTextField(
        label="Who knows of it, and who may be told?", required=False, rows=3
    )
    reason = fields.LongTextField(label="What brings her back?", required=False, rows=4)
    programme = fields.ChoiceField(label="Which programme?", called="the programme")
    source = fields.SelectField(
        label="Who asks for it?",
        called="who asks for it",
        choices=[("", "Choose one"), *ReferralSource.choices],
    )
    received_on = fields.DateField(
        label="When was it asked?", called="the day it was asked", initial=today, latest=today
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        self._offer_programmes()
        self._offer_pregnancies()
        for goal in offer.last.goals:
            self._add_line(goal, self._goal_fields(goal))
        for permission in offer.last.permissions:
            self._add_line(permission, self._permission_fields(permission))
        for rule in offer.last.rules:
            self._add_line(rule, self._rule_fields(rule))
        self._offer_team()
        if not offer.last.permissions:
            del self.fields["given_how"]

    # --- What is offered -----------------------------------------------------------------------

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    def _offer_programmes(self) -> None:
        own = [(str(key), f"{one.name} (your team)") for key, one in self.offer.own.items()]
        others = [(str(key), one.name) for key, one in self.offer.others.items()]
        self._choice("programme").choices = [*own, *others]

    def _offer_pregnancies(self) -> None:
        if self.offer.parent.parent_role == ParentRole.FATHER:
            for name in ("pregnancy", *NEW_PREGNANCY):
                del self.fields[name]
            return
        known = [(str(one.pregnancy.pk), f"Yes. {one.words}") for one in self.offer.pregnancies]
        new = "Yes, another pregnancy" if known else "Yes"
        self._choice("pregnancy").choices = [*known, (NEW, new), (NOT_PREGNANT, "No")]

    def _offer_team(self) -> None:
        workers = [(str(one.pk), f"{one.name}, {one.programme}") for one in self.offer.workers]
        self._choice("worker").choices = [("", "Choose one"), *workers]
        if not self.offer.last.team:
            self.fields["worker"].required = False
            self.fields["worker"].help_text = "Leave this empty if your team has yet to decide"
        for line in self.offer.last.team:
            may_keep = line.row.worker in self.offer.workers
            self._add_line(line, {"worker": self.fields["worker"]}, may_keep=may_keep)

    def _add_line(self, line: Line, under_change: dict[str, Any], *, may_keep: bool = True) -> None:
        choices = [(KEEP, "Keep"), (CHANGE, "Change"), (LEAVE_OUT, "Leave out")]
        self.fields[line.name] = fields.ChoiceField(
            label=line.title,
            help_text=line.words,
            called="keep, change or leave out",
            choices=choices if may_keep else choices[1:],
            reveals={CHANGE: list(under_change)},
            required=False,
        )
        self.fields.update(under_change)

    def _goal_fields(self, line: Line) -> dict[str, Any]:
        return {
            f"{line.name}_wording": fields.LongTextField(
                label="Her goal now, in her words",
                called="her goal",
                rows=2,
                initial=line.row.wording,
            )
        }

    def _permission_fields(self, line: Line) -> dict[str, Any]:
        others = [one for one in ConsentDecision.choices if one[0] != line.row.decision]
        asked: dict[str, Any] = {
            f"{line.name}_decision": fields.ChoiceField(
                label="What does she say now?", called="what she says now", choices=others
            )
        }
        if records_contraception(line.row):
            asked[f"{line.name}_covers"] = fields.CheckboxesField(
                label="If she gives it: who may see it?",
                choices=ConsentCovers.choices,
                required=False,
            )
        return asked

    def _rule_fields(self, line: Line) -> dict[str, Any]:
        asked: dict[str, Any] = {
            f"{line.name}_{name}": fields.TextField(
                label=label, required=False, initial=getattr(line.row, name)
            )
            for name, label in RULE_WORDS.items()
        }
        for name, label in (("may_leave_message", "Leave a message?"), ("may_text", "Text?")):
            asked[f"{line.name}_{name}"] = fields.YesNoField(
                label=label, required=False, initial=getattr(line.row, name)
            )
        return asked

    def groups(self) -> list[Group]:
        """The lines of last time, by kind."""
        last = self.offer.last
        return [
            Group(
                "Her goals",
                "Kept goals start again in the new plan.",
                self._bound(last.goals),
                "No goal is open that you can see.",
            ),
            Group(
                "Her permissions",
                "Keep means that you asked her today and she says the same. "
                "Leave out means that nobody asked today; what she said before stands.",
                self._bound(last.permissions),
                "No permission is recorded that you can see.",
            ),
            Group(
                "How to reach her safely",
                "Leave out means that you have not gone through it today; it stays on the record.",
                self._bound(last.rules),
                "No rule is recorded that you can see.",
            ),
            Group("Who worked with her", "", self._bound(last.team), "Nobody that you can see."),
        ]

    def _bound(self, lines: Sequence[Line]) -> list[DesignBoundField]:
        return [designed(self[line.name]) for line in lines]

    # --- What is checked -----------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Lines that moved on meanwhile, and answers that do not go together, are sent back."""
        typed = self.cleaned_data
        if any(name.startswith("line_") and name not in self.fields for name in self.data):
            self.add_error(None, CHANGED)
        if typed.get("estimated_due_date") and not typed.get("basis"):
            self.add_error("basis", "Choose what the date is based on")
        if any(True for _ in self._asked_again()) and not typed.get("given_how"):
            self.add_error("given_how", "Choose how she said this about her permissions")
        for line in self._asked_again():
            self._check_covers(line)
        if typed.get("programme") and not self.is_own and self._keeps_something():
            self.add_error(
                "programme",
                "Goals, permissions, rules and workers go with your own team only."
                " Leave them out: the other team goes through them with her",
            )
        self._check_worker()
        return typed

    def _check_covers(self, line: Line) -> None:
        decision = self.cleaned_data.get(f"{line.name}_decision")
        named = self.cleaned_data.get(f"{line.name}_covers", True)
        if decision == ConsentDecision.GIVEN and not named:
            self.add_error(f"{line.name}_covers", "Choose who she agrees may see it")

    def _check_worker(self) -> None:
        worker = self._worker()
        if worker and self.is_own and str(worker.programme_id) != self.cleaned_data["programme"]:
            self.add_error("worker", "Choose someone who works in the programme you chose")

    @property
    def is_own(self) -> bool:
        """Whether the programme chosen is one the user may take her on in."""
        return self.cleaned_data.get("programme") in {str(key) for key in self.offer.own}

    def _answer(self, line: Line) -> str:
        return str(self.cleaned_data.get(line.name, ""))

    def _kept(self, lines: Sequence[Line]) -> Iterator[Line]:
        return (line for line in lines if self._answer(line) in (KEEP, CHANGE))

    def _asked_again(self) -> Iterator[Line]:
        return self._kept(self.offer.last.permissions)

    def _keeps_something(self) -> bool:
        last = self.offer.last
        lines = (*last.goals, *last.permissions, *last.rules, *last.team)
        return any(True for _ in self._kept(lines)) or self._worker() is not None

    # --- What the action takes -----------------------------------------------------------------

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.re_refer`` takes but the parent, the key and who is saving."""
        key = UUID(self.cleaned_data["programme"])
        takes_on = actions.TakesOn(self._worker()) if self.is_own else None
        programme: Programme = (self.offer.own | self.offer.others)[key]
        return {
            "programme": programme,
            "why": self._why(),
            "takes_on": takes_on,
            "confirmed": self._confirmed(),
        }

    def _why(self) -> actions.Why:
        typed = self.cleaned_data
        chosen = typed.get("pregnancy", NOT_PREGNANT)
        known = {str(one.pregnancy.pk): one.pregnancy for one in self.offer.pregnancies}
        new = {name: typed[name] for name in NEW_PREGNANCY} if chosen == NEW else None
        said = [typed["reason"]]
        if typed["who_knows"]:
            said.append(f"Who knows, and who may be told: {typed['who_knows']}")
        return actions.Why(
            received_on=typed["received_on"],
            source=typed["source"],
            reason="\n\n".join(one for one in said if one),
            previous_episode=self.offer.last.episode,
            pregnancy=known.get(chosen),
            new_pregnancy=actions.NewPregnancy(**new) if new else None,
        )

    def _confirmed(self) -> actions.Confirmed:
        last = self.offer.last
        return actions.Confirmed(
            goals=tuple(self._goal_said(line) for line in self._kept(last.goals)),
            permissions=tuple(self._permission_said(line) for line in self._asked_again()),
            rules=tuple(self._rule_said(line) for line in self._kept(last.rules)),
        )

    def _goal_said(self, line: Line) -> Goal:
        if self._answer(line) == KEEP:
            return Goal(wording=line.row.wording, set_by=line.row.set_by, kind=line.row.kind)
        words = self.cleaned_data[f"{line.name}_wording"]
        return Goal(wording=words, set_by=GoalSetBy.TOGETHER, kind=line.row.kind)

    def _permission_said(self, line: Line) -> actions.Permission:
        keeps = self._answer(line) == KEEP
        covers = frozenset(self.cleaned_data.get(f"{line.name}_covers") or ())
        wording = wordings.current().get(line.row.purpose)
        return actions.Permission(
            purpose=line.row.purpose,
            decision=line.row.decision if keeps else self.cleaned_data[f"{line.name}_decision"],
            given_how=self.cleaned_data["given_how"],
            covers=covered(line.row) if keeps else covers,
            shared_with=line.row.shared_with,
            wording_version=wording.version if wording else "",
            expires_on=line.row.expires_on if keeps else None,
        )

    def _rule_said(self, line: Line) -> actions.ReachRule:
        rule, is_changed = copy(line.row), self._answer(line) == CHANGE
        if is_changed:
            for name in (*RULE_WORDS, "may_leave_message", "may_text"):
                setattr(rule, name, self.cleaned_data[f"{line.name}_{name}"])
        return actions.ReachRule(rule, line.row.version, is_changed)

    def _worker(self) -> Worker | None:
        for line in self.offer.last.team:
            if self._answer(line) == KEEP:
                worker: Worker = line.row.worker
                return worker
        chosen = self.cleaned_data.get("worker")
        return next((one for one in self.offer.workers if str(one.pk) == chosen), None)


CHANGED = (
    "What is recorded about last time has changed since you opened this page."
    " Go through it again; what you typed on the right is still there."
)


class AskForRecordForm(forms.Form):
    """A request for whatever an earlier team kept."""

    key = KeyField()
    programme = fields.ChoiceField(label="Which of your programmes asks?", called="the programme")
    why = fields.LongTextField(
        label="Why do you need it?",
        called="why you need it",
        help_text="Whoever kept a record reads this before deciding",
    )

    def __init__(self, *args: Any, programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        field: Any = self.fields["programme"]
        field.choices = [(key, one.name) for key, one in self.programmes.items()]
        if len(self.programmes) == 1:
            del self.fields["programme"]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.ask_for_record`` takes but the parent and who is saving."""
        chosen = self.cleaned_data.get("programme") or next(iter(self.programmes))
        return {
            "key": self.cleaned_data["key"],
            "programme": self.programmes[chosen],
            "why": self.cleaned_data["why"],
        }


class AnswerRequestForm(forms.Form):
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

    def __init__(self, *args: Any, programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        field: Any = self.fields["programme"]
        field.choices = [(key, one.name) for key, one in self.programmes.items()]
        if len(self.programmes) == 1:
            del self.fields["programme"]

    def for_action(self, asked: RecordRequest, by: User) -> dict[str, Any]:
        """Everything ``actions.answer_request`` takes."""
        typed = self.cleaned_data
        chosen = typed.get("programme") or next(iter(self.programmes))
        return {
            "request": asked,
            "programme": self.programmes[chosen],
            "answer": typed["answer"],
            "days": typed["days"] or 0,
            "seen_version": typed["version"],
            "note": typed["note"],
            "by": by,
        }
