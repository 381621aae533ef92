"""The search for the least and the most of a sum of unknown counts, by integer programming."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any

from programme.reporting.disclosure.limits import (
    Contradiction,
    Expression,
    Limits,
    Relation,
    value,
)

FOUND, OUT_OF_TIME = 0, 1
# What was not answered in so many branches or seconds is taken to give somebody away: nobody
# waits for a search without end. Branches come first, so that the answer is the same each time.
LIMITS = {"node_limit": 20_000, "time_limit": 60}
# By default the solver may stop within a ten-thousandth of the best, which is several people.
EXACTLY = {"mip_rel_gap": 0, **LIMITS}
# Its presolve calls some possible systems impossible (HiGHS issues 1718, 2303, 3090).
WITHOUT_PRESOLVE = {**EXACTLY, "presolve": False}


class Undecided(Exception):
    """The search was given up: what the attacker can find is not known."""


def _solver() -> ModuleType:
    # scipy takes half a second to import and only a release needs it.
    return import_module("scipy.optimize")


@dataclass
class Search:
    """Unknowns that have to do with each other, with limits and relations.

    Every solution that was ever found is kept: it proves that its values are possible. Each is
    checked in whole numbers against every relation, so that a count that is called safe because of
    it is safe whatever the solver does.
    """

    limits: Mapping[str, Limits]
    relations: Sequence[Relation]
    solutions: list[dict[str, int]] = field(default_factory=list)

    @cached_property
    def _problem(self) -> dict[str, Any]:
        optimize = _solver()
        low, high = zip(*self.limits.values(), strict=True)
        problem = {"integrality": [1] * len(low), "bounds": optimize.Bounds(low, high)}
        if self.relations:
            least = [relation.least for relation in self.relations]
            most = [relation.most for relation in self.relations]
            problem["constraints"] = optimize.LinearConstraint(self._matrix(), least, most)
        return problem

    def _matrix(self) -> list[list[int]]:
        place = {name: index for index, name in enumerate(self.limits)}
        rows = [[0] * len(place) for _ in self.relations]
        for row, relation in zip(rows, self.relations, strict=True):
            for name, times in relation.terms:
                row[place[name]] += times
        return rows

    def _solution(self, costs: Sequence[int], options: Mapping[str, Any]) -> dict[str, int] | None:
        result = _solver().milp(costs, options=options, **self._problem)
        if result.status == OUT_OF_TIME:
            raise Undecided
        if result.status != FOUND:
            return None
        found = dict(zip(self.limits, (round(number) for number in result.x), strict=True))
        return found if all(relation.holds(found) for relation in self.relations) else None

    def _least(self, expression: Expression) -> int:
        costs = [expression.get(name, 0) for name in self.limits]
        for options in (EXACTLY, WITHOUT_PRESOLVE):
            found = self._solution(costs, options)
            if found is not None:
                self.solutions.append(found)
                return value(expression.items(), found)
        raise Contradiction

    def bounds(self, expression: Expression) -> Limits:
        """The least and the most that the expression can be.

        Raises Contradiction where no whole numbers fit, Undecided where the search was given up.
        """
        least = self._least(expression)
        return least, -self._least({name: -times for name, times in expression.items()})

    def seen(self, expression: Expression) -> Limits:
        """The least and the most that it is in the solutions found so far."""
        if not self.solutions:
            self._least({})
        values = [value(expression.items(), solution) for solution in self.solutions]
        return min(values), max(values)
