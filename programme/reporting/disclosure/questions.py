"""What the audit asks the attacker: hidden counts, changes between releases, and short spells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from programme.reporting.disclosure.knowledge import Knowledge, Place, taken_away
from programme.reporting.disclosure.ledger import Said, Scope, Statement
from programme.reporting.disclosure.limits import Expression

About = Literal["count", "change", "spell"]


@dataclass(frozen=True, slots=True)
class Watch:
    """A count of the new pack that must stay hidden: least to most must stay possible.

    ``count`` is the true one: where earlier releases rule it out, they have been corrected since.
    """

    cell: str
    scope: Scope
    least: int
    most: int
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A count, or the difference of two, and which values of it must stay possible.

    ``is_open``: no mark stands here, so nought and more than ``small`` give nobody away.
    ``difference`` is given where both numbers are printed and nothing has to be worked out.
    """

    cell: str
    about: About
    least: int
    most: int
    scope: Scope
    edition: int
    without: tuple[Scope, int] | None = None
    unknown: str = ""
    difference: int | None = None
    count: int | None = None
    is_open: bool = False
    small: int = 0

    def expression(self, knowledge: Knowledge) -> Expression:
        """The question as a sum of the attacker's unknowns."""
        if self.unknown and self.unknown in knowledge.components:
            return {self.unknown: 1}
        whole = knowledge.expression(self.cell, self.scope, self.edition)
        if self.without is None:
            return whole
        less = taken_away(whole, knowledge.expression(self.cell, *self.without))
        return less or whole


# Of these questions one has to be safe: nobody knows which of the counts is the small one.
Choice = tuple[Question, ...]


def _of_watch(watch: Watch, edition: int) -> Choice:
    return (
        Question(
            watch.cell, "count", watch.least, watch.most, watch.scope, edition, count=watch.count
        ),
    )


def _of_marks(statement: Statement, edition: int) -> Iterator[Choice]:
    """The marks of an earlier release: what they hid has to stay hidden."""

    def question(name: str, most: int) -> Question:
        return Question(name, "count", 1, most, statement.scope, edition)

    for name, said in statement.said.items():
        if said.is_hidden and said.most is not None:
            yield (question(name, said.most),)
    for either in statement.either:
        yield question(either.cell, either.limit), question(either.rest, either.limit)


def _of_change(name: str, larger: Place, smaller: Place) -> Choice:
    """What was added to a count between two releases."""
    change = Question(
        cell=name,
        about="change",
        least=1,
        most=_largest_change(larger, smaller),
        scope=larger.scope,
        edition=larger.edition,
        without=(smaller.scope, smaller.edition),
        difference=_difference(larger.said, smaller.said),
        is_open=True,
        small=max(larger.known.threshold, smaller.known.threshold),
    )
    return (change,)


def _largest_change(one: Place, other: Place) -> int:
    """How large a change must stay possible, given what the marks alone say."""
    if one.said is None or other.said is None:
        return min(one.known.loose, other.known.loose)
    threshold = max(one.known.threshold, other.known.threshold)
    both_hidden = one.said.is_hidden and other.said.is_hidden
    # Two marks already say that the change is less than the threshold.
    return max(1, threshold - 1) if both_hidden else threshold


def _difference(one: Said | None, other: Said | None) -> int | None:
    if one is None or other is None or one.number is None or other.number is None:
        return None
    return abs(one.number - other.number)


def _changes(knowledge: Knowledge, new: int) -> Iterator[Choice]:
    for name, places in knowledge.places.items():
        if knowledge.modes[name] == "stands":
            continue
        fresh = [place for place in places if place.edition == new]
        before = [place for place in places if place.edition != new]
        for one, other in product(fresh, before):
            yield from _change(name, one, other)


def _change(name: str, one: Place, other: Place) -> Iterator[Choice]:
    if one.scope == other.scope:
        # The same count twice: only a correction, where both are printed, is a change.
        if _difference(one.said, other.said) is not None:
            yield _of_change(name, one, other)
    elif one.scope.holds(other.scope):
        yield _of_change(name, one, other)
    elif other.scope.holds(one.scope):
        yield _of_change(name, other, one)


def _spells(knowledge: Knowledge, new: int) -> Iterator[Choice]:
    """The smallest spells of counts that add up, where more than one release has cut them."""
    for name, places in knowledge.places.items():
        scopes = {place.scope for place in places}
        editions = {place.edition for place in places}
        if knowledge.modes[name] != "adds" or len(scopes) < 2 or new not in editions:
            continue
        loose = min(place.known.loose for place in places)
        small = max(place.known.threshold for place in places)
        spells = {
            unknown: place
            for place in places
            for unknown in knowledge.expression(name, place.scope, place.edition)
        }
        for unknown, place in spells.items():
            question = Question(name, "spell", 1, max(1, loose - 1), place.scope, place.edition)
            yield (replace(question, unknown=unknown, is_open=True, small=small),)


def questions(knowledge: Knowledge, new: int, watches: Iterable[Watch]) -> Iterator[Choice]:
    """Everything the attacker is asked about a new pack, the edition ``new``."""
    yield from (_of_watch(watch, new) for watch in watches)
    touched = _touched(knowledge, new)
    for statement, edition in knowledge.statements:
        if edition != new and touched & _components(knowledge, statement, edition):
            yield from _of_marks(statement, edition)
    yield from _changes(knowledge, new)
    yield from _spells(knowledge, new)


def _components(knowledge: Knowledge, statement: Statement, edition: int) -> set[int]:
    cells = (knowledge.expression(name, statement.scope, edition) for name in statement.known)
    return {id(part) for cell in cells for part, _ in knowledge.by_component(cell)}


def _touched(knowledge: Knowledge, new: int) -> set[int]:
    """The parts of the system that the new pack says something about."""
    return {
        component
        for statement, edition in knowledge.statements
        if edition == new
        for component in _components(knowledge, statement, edition)
    }
