"""The attacker: whole numbers that fit everything said.

A system is a list of unknown counts and of relations between them. For any sum of unknowns the
attacker finds the least and the most it can be: what follows step by step first (`limits`), and by
a search over what is then still open (`search`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from programme.reporting.disclosure.limits import (
    MORE_THAN_ANY,
    Expression,
    Limits,
    Relation,
    narrowed,
    reach,
    without_fixed,
)
from programme.reporting.disclosure.search import Search

# None: no limit.
Bounds = tuple[int, int | None]


@dataclass
class Component:
    """Unknowns that have to do with each other; nothing outside says anything about them."""

    unknowns: tuple[str, ...]
    relations: tuple[Relation, ...]
    switches: frozenset[str]

    @cached_property
    def _limits(self) -> dict[str, Limits]:
        widest = dict.fromkeys(self.unknowns, (0, MORE_THAN_ANY))
        widest |= dict.fromkeys(self.switches, (0, 1))
        return narrowed(self.relations, widest)

    @cached_property
    def _searches(self) -> dict[str, Search]:
        """What is still open, taken apart: a count that is known ties nothing together."""
        limits = self._limits
        still = {name: limits[name] for name in self.unknowns if limits[name][0] < limits[name][1]}
        left = (without_fixed(relation, limits) for relation in self.relations)
        relations = [relation for relation in left if relation is not None]
        groups = grouped(still, relations)
        searches = [
            Search({name: still[name] for name in names}, linked) for names, linked in groups
        ]
        return {name: search for search in searches for name in search.limits}

    def _by_search(self, expression: Expression) -> Iterator[tuple[Search, dict[str, int]]]:
        parts: dict[int, tuple[Search, dict[str, int]]] = {}
        for name, times in expression.items():
            search = self._searches.get(name)
            if search is not None:
                parts.setdefault(id(search), (search, {}))[1][name] = times
        yield from parts.values()

    def _together(
        self, expression: Expression, find: Callable[[Search, Expression], Limits]
    ) -> Bounds:
        fixed = [term for term in expression.items() if term[0] not in self._searches]
        least, most = reach(fixed, self._limits)
        for search, part in self._by_search(expression):
            low, high = find(search, part)
            least, most = least + low, most + high
        return bounded(least, most)

    def bounds(self, expression: Expression) -> Bounds:
        """The least and the most that the expression can be."""
        return self._together(expression, Search.bounds)

    def seen(self, expression: Expression) -> Bounds:
        """The least and the most that it is in the solutions found so far."""
        return self._together(expression, Search.seen)

    def outside(self, expression: Expression) -> Bounds:
        """Bounds that the expression cannot leave, found without a search."""
        return bounded(*reach(expression.items(), self._limits))


def bounded(least: int, most: int) -> Bounds:
    """Bounds where what is more than any programme will see is no limit."""
    return least, most if most < MORE_THAN_ANY else None


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
        if not terms:
            # The same count on both sides, as between two releases of the same days.
            return
        self.relations.append(Relation(terms, least, inf if most is None else most))

    def either(self, one: Expression, other: Expression, limit: int) -> None:
        """One of two expressions is no more than ``limit``."""
        switch = f"switch {len(self.switches)}"
        self.switches.add(switch)
        self.between({**one, switch: -MORE_THAN_ANY}, -inf, limit)
        self.between({**other, switch: MORE_THAN_ANY}, -inf, limit + MORE_THAN_ANY)

    def components(self, memory: Memory) -> dict[str, Component]:
        """Each unknown with the part of the system that says anything about it."""
        found = {}
        for names, relations in grouped(self.unknowns, self.relations):
            key = tuple(names), tuple(relations)
            switches = frozenset(self.switches.intersection(names))
            component = memory.setdefault(key, Component(*key, switches))
            found.update(dict.fromkeys(names, component))
        return found


def grouped(
    unknowns: Iterable[str], relations: Iterable[Relation]
) -> list[tuple[list[str], list[Relation]]]:
    """Unknowns and relations, taken apart into groups that have nothing to do with each other."""
    unknowns, relations = list(unknowns), list(relations)
    leader = _leaders(unknowns, relations)
    groups: dict[str, tuple[list[str], list[Relation]]] = defaultdict(lambda: ([], []))
    for name in unknowns:
        groups[leader[name]][0].append(name)
    for relation in relations:
        groups[leader[relation.terms[0][0]]][1].append(relation)
    return list(groups.values())


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
