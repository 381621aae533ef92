"""Everything that was ever said, as one system of whole numbers for the attacker.

Periods that add up are cut into the smallest spells between any two releases, so that overlapping,
adjoining and growing periods, and areas that make up a whole, are all one kind of sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, pairwise

from programme.reporting.disclosure.attacker import Bounds, Component, Memory, System
from programme.reporting.disclosure.cells import Mode, Sum
from programme.reporting.disclosure.ledger import Known, Said, Scope, Statement
from programme.reporting.disclosure.limits import Expression


def taken_away(whole: Expression, part: Expression) -> dict[str, int]:
    """The whole without the part."""
    left = defaultdict(int, whole)
    for name, times in part.items():
        left[name] -= times
    return {name: times for name, times in left.items() if times}


def added(parts: Iterable[Expression]) -> dict[str, int]:
    """The sum of the parts."""
    total: dict[str, int] = defaultdict(int)
    for part in parts:
        for name, times in part.items():
            total[name] += times
    return dict(total)


def _spells(scopes: Iterable[Scope]) -> list[tuple[date, date]]:
    """The smallest spells that every period is made of, first day and the day after the last."""
    edges = {scope.first for scope in scopes} | {scope.last + timedelta(1) for scope in scopes}
    return list(pairwise(sorted(edges)))


def _together(parts: Iterable[Bounds]) -> Bounds:
    """The bounds of a sum of parts that have nothing to do with each other."""
    found = list(parts)
    most = [bounds[1] for bounds in found if bounds[1] is not None]
    return sum(least for least, _ in found), sum(most) if len(most) == len(found) else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: the scope and the edition, with everything said of it there."""

    scope: Scope
    edition: int
    known: Known
    said: Said | None


def _both(one: Place, other: Place) -> Place:
    """What two tables of one release say of one cell."""
    known = Known(
        max(one.known.threshold, other.known.threshold),
        min(one.known.loose, other.known.loose),
        one.known.mode,
    )
    said = other.said if one.said is None or one.said.is_hidden else one.said
    return replace(one, known=known, said=said or one.said)


def _piece(stem: str, scope: Scope, mode: Mode) -> str:
    who = "+".join(sorted(scope.programmes))
    day = f" at {scope.at}" if mode == "stands" else ""
    return f"{stem} {who} {scope.first}..{scope.last}{day}"


@dataclass
class Knowledge:
    """What an attacker can write down from all statements, each with the edition it stood in.

    With ``by_edition`` earlier releases are taken to be about other figures than the new ones: the
    fallback where a correction has made them contradict each other.
    """

    statements: Sequence[tuple[Statement, int]]
    by_edition: bool = False
    memory: Memory = field(default_factory=dict)
    system: System = field(default_factory=System)
    modes: dict[str, Mode] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    components: dict[str, Component] = field(init=False)

    def __post_init__(self) -> None:
        self._spells = _spells([statement.scope for statement, _ in self.statements])
        for statement, _ in self.statements:
            self.modes.update({name: known.mode for name, known in statement.known.items()})
        for statement, edition in self.statements:
            self._learn(statement, edition)
        self._learn_that_it_only_grows()
        self.components = self.system.components(self.memory)

    def expression(self, name: str, scope: Scope, edition: int) -> dict[str, int]:
        """A cell of a scope as the sum of its unknowns."""
        mode = self.modes[name]
        stem = f"{name} #{edition}" if self.by_edition else name
        pieces = self._pieces(stem, scope) if mode == "adds" else [_piece(stem, scope, mode)]
        self.cells.update(dict.fromkeys(pieces, name))
        return dict.fromkeys(pieces, 1)

    def _pieces(self, stem: str, scope: Scope) -> list[str]:
        end = scope.last + timedelta(1)
        spells = [spell for spell in self._spells if scope.first <= spell[0] and spell[1] <= end]
        return [f"{stem} {who} {a}..{b}" for who in sorted(scope.programmes) for a, b in spells]

    def _learn(self, statement: Statement, edition: int) -> None:
        def cell(name: str) -> dict[str, int]:
            return self.expression(name, statement.scope, edition)

        for name in statement.known:
            self.system.mention(cell(name))
        for name, said in statement.said.items():
            self.system.between(cell(name), said.least, said.most)
        for either in statement.either:
            self.system.either(cell(either.cell), cell(either.rest), either.limit)
        for sum_ in statement.sums:
            self._learn_sum(sum_, statement.scope, edition)

    def _learn_sum(self, sum_: Sum, scope: Scope, edition: int) -> None:
        total = self.expression(sum_.total, scope, edition)
        parts = [self.expression(name, scope, edition) for name in sum_.parts]
        if any(len(part) != len(total) for part in parts):
            self.system.between(taken_away(total, added(parts)), 0, 0)
            return
        # What adds up over the whole period adds up in each of its spells.
        for pieces in zip(total, *parts, strict=True):
            left = taken_away({pieces[0]: 1}, added({piece: 1} for piece in pieces[1:]))
            self.system.between(left, 0, 0)

    def by_component(self, expression: Expression) -> list[tuple[Component, dict[str, int]]]:
        """The expression, taken apart into what has nothing to do with each other."""
        parts: dict[int, tuple[Component, dict[str, int]]] = {}
        for name, times in expression.items():
            component = self.components[name]
            parts.setdefault(id(component), (component, {}))[1][name] = times
        return list(parts.values())

    def bounds(self, expression: Expression) -> Bounds:
        """The least and the most (None: no limit) that the expression can be."""
        return _together(
            component.bounds(part) for component, part in self.by_component(expression)
        )

    def outside(self, expression: Expression) -> Bounds:
        """Bounds that the expression cannot leave, found without a search."""
        return _together(
            component.outside(part) for component, part in self.by_component(expression)
        )

    def seen(self, expression: Expression) -> Bounds:
        """Bounds within which all is known to be possible from what was worked out before."""
        return _together(component.seen(part) for component, part in self.by_component(expression))

    def related(self, expression: Expression) -> frozenset[str]:
        """The cells that have to do with an expression."""
        unknowns = (name for each, _ in self.by_component(expression) for name in each.unknowns)
        return frozenset(self.cells[unknown] for unknown in unknowns if unknown in self.cells)

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """Every place of every cell, whether or not anything is said of it there."""
        found: dict[str, dict[tuple[Scope, int], Place]] = defaultdict(dict)
        for statement, edition in self.statements:
            for name, known in statement.known.items():
                place = Place(statement.scope, edition, known, statement.said.get(name))
                key = place.scope, edition
                before = found[name].get(key, place)
                found[name][key] = _both(before, place)
        return {name: list(places.values()) for name, places in found.items()}

    def _learn_that_it_only_grows(self) -> None:
        for name, places in self.places.items():
            if self.modes[name] != "grows" or self.by_edition:
                continue
            for one, other in combinations(places, 2):
                self._learn_order(name, (one.scope, one.edition), (other.scope, other.edition))

    def _learn_order(self, name: str, one: tuple[Scope, int], other: tuple[Scope, int]) -> None:
        for (larger, a), (smaller, b) in ((one, other), (other, one)):
            if larger.holds(smaller):
                grown = self.expression(name, larger, a)
                self.system.between(taken_away(grown, self.expression(name, smaller, b)), 0, None)
                return
