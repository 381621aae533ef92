"""Last time, line by line: nothing is kept unless the parent and worker say so."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from programme.consents import wordings
from programme.core.choices import ConsentDecision, ConsentGivenHow, GoalSetBy
from programme.pathways.models import Worker
from programme.people.models import SafeContact
from programme.returning import actions
from programme.returning.forms import asked
from programme.returning.forms.asked import FIRST_ASKED, MAY
from programme.returning.reads import (
    RULE_WORDS,
    Line,
    Offer,
    covered,
)
from programme.support.models import Goal
from recurrent.design import fields, forms
from recurrent.design.bound import DesignBoundField, designed

KEEP, CHANGE, LEAVE_OUT = "keep", "change", "leave_out"
# Named like the lines: when a rule was added meanwhile, what was typed is sent back with them.
FIRST_RULE, AGREED = "line_first_rule", "agreed"
WRITTEN = ("_wording", *(f"_{name}" for name in RULE_WORDS))


@dataclass(frozen=True)
class Group:
    """Lines of one kind, drawn under one heading."""

    title: str
    hint: str
    lines: list[DesignBoundField]
    empty: str


class LastTimeForm(forms.Form):
    """What was agreed and known last time: keep, change or leave out each line."""

    given_how = fields.ChoiceField(
        label="How did the parent say this about permissions?",
        called="how the parent said this",
        help_text="Asked when you keep or change a permission",
        choices=ConsentGivenHow.choices,
        required=False,
    )
    worker = fields.SelectField(
        label="Who works with the parent now?", called="who works with the parent now"
    )

    offer: Offer

    # --- What is offered -----------------------------------------------------------------------

    def offer_last_time(self) -> None:
        """A field for each line, in the order of the page."""
        last = self.offer.last
        given_how, worker = self.fields.pop("given_how"), self.fields.pop("worker")
        for goal in last.goals:
            self._add_line(goal, asked.goal_fields(goal))
        for permission in last.permissions:
            self._add_line(permission, asked.permission_fields(permission))
        if last.permissions:
            self.fields["given_how"] = given_how
        for rule in last.rules:
            self._add_line(rule, asked.rule_fields(rule))
        if not last.rules:
            self._offer_first_rule()
        self._offer_team(worker)

    def _offer_team(self, worker: Any) -> None:
        workers = [(str(one.pk), f"{one.name}, {one.programme}") for one in self.offer.workers]
        worker.choices = [("", "Choose one"), *workers]
        if not self.offer.last.team:
            worker.required = False
            worker.help_text = "Leave this empty if your team has yet to decide"
            self.fields["worker"] = worker
        for line in self.offer.last.team:
            may_keep = line.row.worker in self.offer.workers
            self._add_line(line, {"worker": worker}, may_keep=may_keep)

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

    def _offer_first_rule(self) -> None:
        under_agreed = asked.first_rule_fields(FIRST_RULE)
        self.fields[FIRST_RULE] = fields.ChoiceField(
            label="No rule is recorded that you can see. Have you agreed one?",
            called="whether you agreed a rule",
            choices=[(AGREED, "Yes, today"), (LEAVE_OUT, "Not yet")],
            reveals={AGREED: list(under_agreed)},
            required=False,
        )
        self.fields.update(under_agreed)

    def groups(self) -> list[Group]:
        """The lines of last time, by kind."""
        last = self.offer.last
        return [
            Group(
                "Goals",
                "Kept goals start again in the new plan.",
                self._bound(last.goals),
                "No goal is open that you can see.",
            ),
            Group(
                "Permissions",
                "Keep means that you asked today and the answer is the same. "
                "Leave out means that nobody asked today; the earlier answer stands.",
                self._bound(last.permissions),
                "No permission is recorded that you can see.",
            ),
            Group(
                "How to reach the parent safely",
                "Leave out means that you have not gone through it today; it stays on the record."
                if last.rules
                else "",
                self._bound(last.rules) or [designed(self[FIRST_RULE])],
                "",
            ),
            Group("Last worker", "", self._bound(last.team), "Nobody that you can see."),
        ]

    def _bound(self, lines: Sequence[Line]) -> list[DesignBoundField]:
        return [designed(self[line.name]) for line in lines]

    # --- What is checked -----------------------------------------------------------------------

    def check_lines(self) -> None:
        """Lines that moved on meanwhile, and permissions without how they were said, go back."""
        if any(name.startswith("line_") and name not in self.fields for name in self.data):
            self.add_error(None, CHANGED)
        asked_again = list(self._asked_again())
        if asked_again and not self.cleaned_data.get("given_how"):
            self.add_error("given_how", "Choose how the parent said this")
        for line in asked_again:
            self._check_covers(line)
        if self._agrees_first_rule and set(self._first_rule_typed().values()) <= {"", None}:
            self.add_error(f"{FIRST_RULE}_times", "Enter when to ring, or another part of the rule")

    def words_without_a_line(self) -> list[str]:
        """What was written under lines that have moved on since: shown, so that none is lost."""
        gone = {
            name: words
            for name, words in self.data.items()
            if name.startswith("line_") and name not in self.fields
        }
        return [
            words
            for name, words in gone.items()
            if name.endswith(WRITTEN) and gone.get(_line_in(name)) in (CHANGE, AGREED) and words
        ]

    def _check_covers(self, line: Line) -> None:
        decision = self.cleaned_data.get(f"{line.name}_decision")
        named = self.cleaned_data.get(f"{line.name}_covers", True)
        if decision == ConsentDecision.GIVEN and not named:
            self.add_error(f"{line.name}_covers", "Choose who may see it")

    def keeps_something(self) -> bool:
        """Whether anything goes with the parent that only the own team can take on."""
        last = self.offer.last
        lines = (*last.goals, *last.permissions, *last.rules, *last.team)
        kept = any(True for _ in self._kept(lines)) or self._agrees_first_rule
        return kept or self.chosen_worker() is not None

    @property
    def _agrees_first_rule(self) -> bool:
        return self.cleaned_data.get(FIRST_RULE) == AGREED

    def _first_rule_typed(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data.get(f"{FIRST_RULE}_{name}") for name in (*FIRST_ASKED, *MAY)
        }

    def _answer(self, line: Line) -> str:
        return str(self.cleaned_data.get(line.name, ""))

    def _kept(self, lines: Sequence[Line]) -> Iterator[Line]:
        return (line for line in lines if self._answer(line) in (KEEP, CHANGE))

    def _asked_again(self) -> Iterator[Line]:
        return self._kept(self.offer.last.permissions)

    # --- What the action takes -----------------------------------------------------------------

    def confirmed(self) -> actions.Confirmed:
        """What was kept or changed, as ``actions.re_refer`` takes it."""
        last = self.offer.last
        return actions.Confirmed(
            goals=tuple(self._goal_said(line) for line in self._kept(last.goals)),
            permissions=tuple(self._permission_said(line) for line in self._asked_again()),
            rules=tuple(self._rule_said(line) for line in self._kept(last.rules)),
            first_rule=SafeContact(**self._first_rule_typed()) if self._agrees_first_rule else None,
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
            for name in (*RULE_WORDS, *MAY):
                setattr(rule, name, self.cleaned_data[f"{line.name}_{name}"])
        return actions.ReachRule(rule, line.row.version, is_changed)

    def chosen_worker(self) -> Worker | None:
        """Who works with the parent now: kept from last time, or chosen."""
        for line in self.offer.last.team:
            if self._answer(line) == KEEP:
                worker: Worker = line.row.worker
                return worker
        chosen = self.cleaned_data.get("worker")
        return next((one for one in self.offer.workers if str(one.pk) == chosen), None)


def _line_in(name: str) -> str:
    """The name of the line that a field belongs to: ``line_<row>_<version>``."""
    return "_".join(name.split("_")[:3])


CHANGED = (
    "What is recorded about last time has changed since you opened this page."
    " Go through it again. Everything you wrote is still here."
)
