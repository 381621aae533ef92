"""The independent audit: what an attacker can work out from this pack and all earlier releases.

It reads statements only, as any reader of the releases could, and shares no code with `primary`.
A hidden count is safe when everything from 1 to the threshold is still possible for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from programme.reporting.disclosure.attacker import Bounds, Memory
from programme.reporting.disclosure.knowledge import Knowledge
from programme.reporting.disclosure.ledger import Statement
from programme.reporting.disclosure.limits import Contradiction
from programme.reporting.disclosure.questions import About, Choice, Question, Watch, questions
from programme.reporting.disclosure.search import Undecided

Verdict = Literal["exact", "too narrow", "safe", "contradiction", "undecided"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the attacker found of one count, or of the change in it since another release."""

    cell: str
    about: About
    bounds: Bounds | None
    verdict: Verdict
    related: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def is_safe(self) -> bool:
        """Whether nobody is given away."""
        return self.verdict == "safe"


def holds(bounds: Bounds, least: int, most: int) -> bool:
    """Whether everything from least to most is within the bounds."""
    return bounds[0] <= least and (bounds[1] is None or bounds[1] >= most)


def _rules_out(bounds: Bounds, count: int | None) -> bool:
    """Whether the attacker is wrong: he believes an earlier figure that has been corrected."""
    return count is not None and not holds(bounds, count, count)


def verdict_of(bounds: Bounds, least: int, most: int) -> Verdict:
    """How well a hidden count is hidden when least to most must stay possible."""
    if bounds[0] == bounds[1]:
        return "exact"
    return "safe" if holds(bounds, least, most) else "too narrow"


def _tells_nothing(question: Question, bounds: Bounds) -> bool:
    """Where no mark stands, a true nought and many people give nobody away."""
    return question.is_open and (bounds[0] > question.small or bounds[1] == 0)


def _judged(question: Question, bounds: Bounds) -> Verdict:
    if _tells_nothing(question, bounds):
        return "safe"
    return verdict_of(bounds, question.least, question.most)


def _searched(question: Question, knowledge: Knowledge) -> Bounds:
    return knowledge.bounds(question.expression(knowledge))


def _quickly(question: Question, knowledge: Knowledge) -> Bounds:
    """Bounds that settle the question, by a search only where nothing simpler does."""
    expression = question.expression(knowledge)
    outside = knowledge.outside(expression)
    if outside[0] == outside[1] or _tells_nothing(question, outside):
        return outside
    if not question.is_open and not holds(outside, question.least, question.most):
        return outside
    seen = knowledge.seen(expression)
    if verdict_of(seen, question.least, question.most) == "safe":
        return seen
    return knowledge.bounds(expression)


@dataclass
class _Attack:
    """One attacker at work.

    Where releases contradict each other he keeps them ``apart``. What he knew when the new pack
    was still ``silent`` is not its fault.
    """

    before: Sequence[tuple[Statement, int]]
    pack: Sequence[tuple[Statement, int]]
    new: int
    exact: bool
    memory: Memory
    found: dict[Question, Finding] = field(default_factory=dict)
    _silent: dict[bool, Knowledge] = field(default_factory=dict)

    @cached_property
    def knowledge(self) -> Knowledge:
        return Knowledge([*self.before, *self.pack], memory=self.memory)

    @cached_property
    def apart(self) -> Knowledge:
        return Knowledge([*self.before, *self.pack], by_edition=True, memory=self.memory)

    def silent(self, *, by_edition: bool) -> Knowledge:
        if by_edition not in self._silent:
            silence = [(replace(each, said={}, either=()), number) for each, number in self.pack]
            everything = [*self.before, *silence]
            self._silent[by_edition] = Knowledge(everything, by_edition, self.memory)
        return self._silent[by_edition]

    def answer(self, question: Question) -> Finding:
        if question not in self.found:
            self.found[question] = self._worked_out(question)
        return self.found[question]

    def _worked_out(self, question: Question) -> Finding:
        related = self.knowledge.related(question.expression(self.knowledge))
        bounds, verdict = self._attacked_for_a_while(question)
        return Finding(question.cell, question.about, bounds, verdict, related)

    def _attacked_for_a_while(self, question: Question) -> tuple[Bounds | None, Verdict]:
        """What is not known to be safe is not safe."""
        try:
            return self._attacked(question)
        except Undecided:
            return None, "undecided"

    def _attacked(self, question: Question) -> tuple[Bounds | None, Verdict]:
        for by_edition in (False, True):
            try:
                bounds = self._bounds(question, self.apart if by_edition else self.knowledge)
            except Contradiction:
                continue
            verdict = _judged(question, bounds)
            if verdict == "safe" or not _rules_out(bounds, question.count):
                return bounds, self._unless_known_before(question, bounds, verdict, by_edition)
        return None, "contradiction"

    def _bounds(self, question: Question, knowledge: Knowledge) -> Bounds:
        if question.difference is not None:
            return question.difference, question.difference
        return (_searched if self.exact else _quickly)(question, knowledge)

    def _unless_known_before(
        self, question: Question, bounds: Bounds, verdict: Verdict, by_edition: bool
    ) -> Verdict:
        of_this_pack = question.about == "count" and question.edition == self.new
        if verdict == "safe" or of_this_pack or question.difference is not None:
            return verdict
        before = _searched(question, self.silent(by_edition=by_edition))
        return "safe" if before == bounds else verdict

    def best(self, choice: Choice) -> Finding:
        """Of counts of which only one is small, nobody knows which: the best hidden speaks."""
        findings = [self.answer(question) for question in choice]
        return next((finding for finding in findings if finding.is_safe), findings[0])


def findings(
    new: Sequence[Statement],
    earlier: Sequence[Sequence[Statement]] = (),
    watches: Iterable[Watch] = (),
    *,
    exact: bool = True,
    memory: Memory | None = None,
) -> Iterator[Finding]:
    """What an attacker finds of each hidden count, with each earlier release as its statements.

    ``watches`` are the counts of the new pack that must stay hidden. Marks in earlier releases that
    have to do with it are watched too, and every change of a count since an earlier release.
    Without ``exact`` the bounds are only as exact as the verdict needs. ``memory`` carries what was
    worked out from one audit to the next.
    """
    attack = _Attack(
        before=[(each, number) for number, release in enumerate(earlier) for each in release],
        pack=[(each, len(earlier)) for each in new],
        new=len(earlier),
        exact=exact,
        memory={} if memory is None else memory,
    )
    for choice in questions(attack.knowledge, len(earlier), watches):
        yield attack.best(choice)


def audit(
    new: Sequence[Statement],
    earlier: Sequence[Sequence[Statement]] = (),
    watches: Iterable[Watch] = (),
) -> list[Finding]:
    """The full report on a pack, with exact bounds."""
    return list(findings(new, earlier, watches))
