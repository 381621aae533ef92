"""The attacker: whole numbers that fit everything said, found by integer programming (HiGHS).

A system is a list of unknown counts and of relations between them. For any sum of unknowns the
attacker finds the least and the most it can be.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from math import ceil, floor, inf
from types import ModuleType
from typing import Any

# Unknown counts with how often each is taken: 1 for a sum, -1 for what is taken away.
Expression = Mapping[str, int]
Bounds = tuple[int, int | None]
Limits = tuple[float, float]

# More people than any programme will see: what has no other limit is taken to be less than this.
MORE_THAN_ANY = 100_000
FOUND = 0
# By default the solver may stop within a ten-thousandth of the best, which is several people. Its
# presolve calls some possible systems impossible (HiGHS issues 1718, 2303, 3090), so it is off.
EXACTLY = {"mip_rel_gap": 0, "presolve": False}
# How often limits are narrowed by each other; they are true limits after any pass.
PASSES = 20


def _solver() -> ModuleType:
    # scipy takes half a second to import and only a release needs it.
    return import_module("scipy.optimize")


class Contradiction(Exception):
    """No whole numbers fit what was said: an earlier figure has been corrected since."""


class SolverMistaken(Exception):
    """The solver gave a solution that is none: nothing may be released on its word."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum of unknown counts lies between two numbers."""

    terms: tuple[tuple[str, int], ...]
    least: float
    most: float


@dataclass
class Component:
    """Unknowns that have to do with each other; nothing outside says anything about them.

    Every solution that was ever found is kept: it proves that its values are possible. Each is
    checked in whole numbers against every relation, so that a count that is called safe is safe
    whatever the solver does.
    """

    unknowns: tuple[str, ...]
    relations: tuple[Relation, ...]
    switches: frozenset[str]
    solutions: list[dict[str, int]] = field(default_factory=list)

    @cached_property
    def _problem(self) -> dict[str, Any]:
        upper = [1 if name in self.switches else MORE_THAN_ANY for name in self.unknowns]
        limits = _solver().Bounds([0] * len(upper), upper)
        problem = {"integrality": [1] * len(upper), "bounds": limits, "options": EXACTLY}
        if self.relations:
            least = [relation.least for relation in self.relations]
            most = [relation.most for relation in self.relations]
            problem["constraints"] = _solver().LinearConstraint(self._matrix(), least, most)
        return problem

    def _matrix(self) -> list[list[int]]:
        place = {name: index for index, name in enumerate(self.unknowns)}
        rows = [[0] * len(place) for _ in self.relations]
        for row, relation in zip(rows, self.relations, strict=True):
            for name, times in relation.terms:
                row[place[name]] += times
        return rows

    def _least(self, expression: Expression) -> int:
        costs = [expression.get(name, 0) for name in self.unknowns]
        result = _solver().milp(costs, **self._problem)
        if result.status != FOUND:
            raise Contradiction
        found = dict(zip(self.unknowns, (round(value) for value in result.x), strict=True))
        if not all(_holds(relation, found) for relation in self.relations):
            raise SolverMistaken
        self.solutions.append(found)
        return _value(expression, found)

    def bounds(self, expression: Expression) -> Bounds:
        """The least and the most (None: no limit) that the expression can be."""
        least = self._least(expression)
        most = -self._least({name: -times for name, times in expression.items()})
        return least, most if most < MORE_THAN_ANY else None

    @cached_property
    def _limits(self) -> dict[str, Limits]:
        """Limits of each unknown that follow without any search, once it is sure they exist."""
        self._least({})
        limits = {
            name: (0.0, 1.0 if name in self.switches else float(MORE_THAN_ANY))
            for name in self.unknowns
        }
        for _ in range(PASSES):
            changes = [_narrowed(relation, limits) for relation in self.relations]
            if not any(changes):
                break
        return limits

    def outside(self, expression: Expression) -> Bounds:
        """Bounds that the expression cannot leave, found without a search."""
        least, most = _reach(expression.items(), self._limits)
        return round(least), round(most) if most < MORE_THAN_ANY else None

    def seen(self, expression: Expression) -> Bounds | None:
        """The least and the most that it is in the solutions found so far."""
        values = [_value(expression, solution) for solution in self.solutions]
        return (min(values), max(values)) if values else None


def _reach(terms: Iterable[tuple[str, int]], limits: Mapping[str, Limits]) -> Limits:
    least = most = 0.0
    for name, times in terms:
        low, high = limits[name]
        least += times * (low if times > 0 else high)
        most += times * (high if times > 0 else low)
    return least, most


def _within(limits: Limits, ends: Iterable[float]) -> Limits:
    """The whole numbers of the limits that also lie between the ends."""
    low, high = limits
    first, last = sorted(ends)
    return ceil(first) if first > low else low, floor(last) if last < high else high


def _narrowed(relation: Relation, limits: dict[str, Limits]) -> bool:
    """Narrow the limits by one relation; whether that changed anything."""
    changed = False
    for name, times in relation.terms:
        least, most = _reach((term for term in relation.terms if term[0] != name), limits)
        ends = ((relation.least - most) / times, (relation.most - least) / times)
        new = _within(limits[name], ends)
        changed |= new != limits[name]
        limits[name] = new
    return changed


def _holds(relation: Relation, solution: Mapping[str, int]) -> bool:
    return relation.least <= _value(dict(relation.terms), solution) <= relation.most


def _value(expression: Expression, solution: Mapping[str, int]) -> int:
    return sum(times * solution[name] for name, times in expression.items())


# Parts of a system that were attacked before, with the solutions that were found.
Memory = dict[tuple[tuple[str, ...], tuple[Relation, ...]], Component]


@dataclass
class System:
    """Unknown counts, each nought or more, and what is known of them."""

    relations: list[Relation] = field(default_factory=list)
    unknowns: dict[str, None] = field(default_factory=dict)
    switches: set[str] = field(default_factory=set)

    def mention(self, names: Iterable[str]) -> None:
        """Counts that exist, whether or not anything is known of them."""
        self.unknowns.update(dict.fromkeys(names))

    def between(self, expression: Expression, least: float, most: float | None) -> None:
        """The expression is from ``least`` to ``most``."""
        self.mention(expression)
        terms = tuple((name, times) for name, times in expression.items() if times)
        self.relations.append(Relation(terms, least, inf if most is None else most))

    def either(self, one: Expression, other: Expression, limit: int) -> None:
        """One of two expressions is no more than ``limit``."""
        switch = f"switch {len(self.switches)}"
        self.switches.add(switch)
        self.between({**one, switch: -MORE_THAN_ANY}, -inf, limit)
        self.between({**other, switch: MORE_THAN_ANY}, -inf, limit + MORE_THAN_ANY)

    def components(self, memory: Memory) -> dict[str, Component]:
        """Each unknown with the part of the system that says anything about it."""
        leader = _leaders(self.unknowns, self.relations)
        names: dict[str, list[str]] = defaultdict(list)
        relations: dict[str, list[Relation]] = defaultdict(list)
        for name in self.unknowns:
            names[leader[name]].append(name)
        for relation in self.relations:
            relations[leader[relation.terms[0][0]]].append(relation)
        found = {}
        for first, group in names.items():
            key = tuple(group), tuple(relations[first])
            fresh = Component(*key, frozenset(self.switches.intersection(group)))
            found[first] = memory.setdefault(key, fresh)
        return {name: found[leader[name]] for name in self.unknowns}


def _leaders(unknowns: Iterable[str], relations: Iterable[Relation]) -> dict[str, str]:
    """Unknowns that stand in one relation follow the same leader."""
    leader = {name: name for name in unknowns}

    def follow(name: str) -> str:
        while leader[name] != name:
            leader[name] = name = leader[leader[name]]
        return name

    for relation in relations:
        first, *others = (name for name, _ in relation.terms)
        for other in others:
            leader[follow(other)] = follow(first)
    return {name: follow(name) for name in leader}
