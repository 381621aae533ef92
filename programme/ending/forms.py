"""What was typed about the end of an episode, checked; saving is the job of ``actions``."""

from typing import Any
from uuid import UUID

from programme.contacts.forms.places import AS_SENTENCES
from programme.contacts.models import NextStep
from programme.contacts.reads import ANSWERS, CANCELLED, PlannedLine
from programme.core.choices import ClosureReason
from programme.core.dates import today
from programme.core.forms import VersionField
from programme.ending.actions import Becomes
from programme.ending.reads import StillDue
from programme.episodes.models import Episode
from recurrent.design import fields, forms
from recurrent.design.bound import DesignBoundField, designed

ENDS = "ends"
HANDED_OVER = "to_"


class EndForm(forms.Form):
    """When and why the work ends, and what becomes of each thing that is open in it."""

    version = VersionField()
    closed_on = fields.DateField(
        label="When did it end?", called="the day it ended", initial=today, latest=today
    )
    reason = fields.SelectField(
        label="Why did it end?",
        called="why it ended",
        choices=[("", "Choose one"), *ClosureReason.choices],
    )
    note = fields.LongTextField(label="Anything to add?", required=False, rows=3)

    def __init__(self, *args: Any, episode: Episode, found: StillDue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"version": episode.version}
        self.carriers = {f"{HANDED_OVER}{one.episode.pk}": one for one in found.carriers}
        self.open = {one.pk: self._ask_step(one) for one in found.steps}
        self.open |= {line.plan.pk: self._ask_plan(line) for line in found.plans}

    def asked(self) -> list[DesignBoundField]:
        """What becomes of each open thing."""
        return [designed(self[name]) for name in self.open.values()]

    def ending(self) -> list[DesignBoundField]:
        """When and why."""
        return [designed(self[name]) for name in ("closed_on", "reason", "note")]

    def becomes(self) -> dict[UUID, Becomes]:
        """What was said of each open thing."""
        return {key: self._said(name) for key, name in self.open.items()}

    def _said(self, name: str) -> Becomes:
        typed = self.cleaned_data
        answer = typed[name]
        if answer in self.carriers:
            due_on = typed.get(f"{name}_{answer}_due_on")
            return Becomes(carrier=self.carriers[answer], due_on=due_on)
        return Becomes(why=typed.get(f"{name}_why", ""), answer=answer)

    def _ask_step(self, step: NextStep) -> str:
        name = f"step_{step.pk}"
        self._ask(name, f"Next step: {step.wording}", [(ENDS, "It ends")], {ENDS: [f"{name}_why"]})
        for answer, carrier in self.carriers.items():
            self.fields[f"{name}_{answer}_due_on"] = fields.DateField(
                label=f"By when is {carrier.words} to do it?",
                called="by when it is to be done",
                initial=step.due_on,
                required=False,
            )
        return name

    def _ask_plan(self, line: PlannedLine) -> str:
        """Before its time it is cancelled or handed over; after it, what became of it is said."""
        name = f"plan_{line.plan.pk}"
        answers = [one for one in ANSWERS if line.has_begun or one[0] in CANCELLED]
        why = {} if line.has_begun else {answer: [f"{name}_why"] for answer, _ in answers}
        self._ask(name, f"Planned: {line.words}", answers, why, may_go=not line.has_begun)
        return name

    def _ask(
        self,
        name: str,
        label: str,
        answers: list[tuple[str, str]],
        reveals: dict[str, list[str]],
        may_go: bool = True,
    ) -> None:
        carriers = self.carriers if may_go else {}
        reveals = reveals | {answer: [f"{name}_{answer}_due_on"] for answer in carriers}
        handed = [(answer, f"{one.words}, carries it on") for answer, one in carriers.items()]
        self.fields[name] = fields.ChoiceField(
            label=label,
            called="what becomes of it",
            choices=[*answers, *handed],
            reveals=reveals,
        )
        if [f"{name}_why"] in reveals.values():
            self.fields[f"{name}_why"] = fields.TextField(
                label="Why?", called="why it ends", attrs=AS_SENTENCES
            )
