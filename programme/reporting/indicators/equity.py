"""Equity: who is referred, and every figure about parents by ethnic group."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from programme.reporting.definitions import DEFINITIONS, NOT_RECORDED
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import spread_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload, Facts

# What is counted one parent at a time, so that the parts of a split add up to the whole. A baby
# or a pregnancy has two parents; a place, a worker or a pound has none.
OF_ONE_PARENT = frozenset(
    {"parent", "referral", "episode", "contact", "assessment", "event", "answer"}
)
NOT_SPLIT = frozenset({"EQ-2", "CA-1"})


def parents_by_ethnicity(caseload: Caseload, period: Period) -> Figure:
    """EQ-2. Parents referred in the period by ethnic group, each once however often referred.

    Refused (REFU) and not obtained (NOBT) are rows of their own; blank is not recorded. A code
    that an authority added stands after those that ship.
    """
    parents = {row.parent_id for row in caseload.referrals if period.holds(row.received_on)}
    found = _by_code(caseload.facts, parents)
    not_recorded = found.pop(NOT_RECORDED, set())
    return spread_of(DEFINITIONS["EQ-2"], found, order=_codes(found), not_recorded=not_recorded)


def can_be_split(figure: Figure) -> bool:
    """Whether each thing the figure counts belongs to one parent."""
    return figure.unit in OF_ONE_PARENT and figure.id not in NOT_SPLIT


def split_by_ethnicity(
    indicator: Callable[[Caseload, Period], Figure], caseload: Caseload, period: Period
) -> list[Figure]:
    """The indicator for the parents of each ethnic group, in the order of EQ-2."""
    found = _by_code(caseload.facts, caseload.every_parent)
    return [
        replace(indicator(caseload.only(found.get(code, set())), period), category=code)
        for code in [*_codes(set(found) - {NOT_RECORDED}), NOT_RECORDED]
    ]


def _by_code(facts: Facts, parents: Iterable[UUID]) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for parent in parents:
        identity = facts.identities.get(parent)
        found[(identity.ethnicity if identity else "") or NOT_RECORDED].add(parent)
    return dict(found)


def _codes(found: Iterable[str]) -> list[str]:
    shipped = DEFINITIONS["EQ-2"].categories
    return [*shipped, *sorted(set(found) - set(shipped))]
