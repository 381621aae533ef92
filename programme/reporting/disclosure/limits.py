"""Limits of unknown counts that follow from relations one after the other, without any search."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

# Unknown counts with how often each is taken: 1 for a sum, -1 for what is taken away.
Expression = Mapping[str, int]
Limits = tuple[int, int]

# More people than any programme will see: what has no other limit is taken to be less than this.
MORE_THAN_ANY = 100_000
# How often limits are narrowed by each other; they are true limits after any pass.
PASSES = 20


class Contradiction(Exception):
    """No whole numbers fit what was said: an earlier figure has been corrected since."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum of unknown counts lies between two numbers."""

    terms: tuple[tuple[str, int], ...]
    least: float
    most: float

    def holds(self, solution: Mapping[str, int]) -> bool:
        """Whether the relation is true of these counts."""
        return self.least <= value(self.terms, solution) <= self.most


def value(terms: Iterable[tuple[str, int]], solution: Mapping[str, int]) -> int:
    """What the terms add up to."""
    return sum(times * solution[name] for name, times in terms)


def reach(terms: Iterable[tuple[str, int]], limits: Mapping[str, Limits]) -> Limits:
    """The least and the most that the terms could add up to, each taken by itself."""
    least = most = 0
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


def _narrow(relation: Relation, limits: dict[str, Limits]) -> bool:
    """Narrow the limits by one relation; whether that changed anything."""
    changed = False
    least, most = reach(relation.terms, limits)
    if relation.least <= least and most <= relation.most:
        return False
    for name, times in relation.terms:
        least, most = reach((term for term in relation.terms if term[0] != name), limits)
        ends = ((relation.least - most) / times, (relation.most - least) / times)
        new = _within(limits[name], ends)
        if new[0] > new[1]:
            raise Contradiction
        changed |= new != limits[name]
        limits[name] = new
    return changed


def narrowed(relations: Sequence[Relation], limits: dict[str, Limits]) -> dict[str, Limits]:
    """The limits that the relations leave; Contradiction where they leave none."""
    for _ in range(PASSES):
        changes = [_narrow(relation, limits) for relation in relations]
        if not any(changes):
            break
    return limits


def without_fixed(relation: Relation, limits: Mapping[str, Limits]) -> Relation | None:
    """The relation between what is still open; None where it says nothing any more."""
    least, most = reach(relation.terms, limits)
    if relation.least <= least and most <= relation.most:
        return None
    fixed = [term for term in relation.terms if limits[term[0]][0] == limits[term[0]][1]]
    known, _ = reach(fixed, limits)
    terms = tuple(term for term in relation.terms if term not in fixed)
    return Relation(terms, relation.least - known, relation.most - known)
