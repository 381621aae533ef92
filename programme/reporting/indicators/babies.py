"""Babies: where they live, and what happened to a brother or sister before."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from programme.core.choices import ChildPlan, LivingWith
from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS, NOT_RECORDED
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import left_out, members, spread_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload, Facts
from programme.reporting.reads.people import ChildRow

AT_HOME = frozenset({LivingWith.PARENTS, LivingWith.MOTHER, LivingWith.FATHER})
# A baby who is born is somewhere; these rows do not say where.
SAYS_NOTHING = frozenset({LivingWith.UNBORN, LivingWith.NOT_KNOWN})
# Under which plan a baby is at home; at home and "in care" is a care order with the parents.
HOME_UNDER = {
    ChildPlan.UNIVERSAL: "home_universal",
    ChildPlan.CHILD_IN_NEED: "home_child_in_need",
    ChildPlan.CHILD_PROTECTION: "home_child_protection",
    ChildPlan.SUPERVISION_ORDER: "home_supervision_or_care_order",
    ChildPlan.LOOKED_AFTER: "home_supervision_or_care_order",
}
HOME_OTHERWISE = "home_other_plan"
DIED = "died"
MARKS = {"birth": 0, "26_weeks": 26, "52_weeks": 52}


def where_babies_are(caseload: Caseload, period: Period) -> Figure:
    """BA-10. Where the babies born in the period (as SN-3) live on the report date.

    By the newest circumstances on or before that day, even where their last day has passed. A
    baby who died by then is "died". No row, or one that says only "unborn" or "not known": not
    recorded. `by` mark: the same at birth, 26 and 52 weeks, of babies who have reached that day
    by the report date; the others are its open window.
    """
    babies = caseload.babies_born(period)
    whole = _where(caseload.facts, [(baby, period.report_date) for baby in babies], [])
    return whole.split("mark", [_at_mark(caseload, babies, mark) for mark in MARKS])


def _at_mark(caseload: Caseload, babies: Iterable[ChildRow], mark: str) -> Figure:
    reached, too_young = [], []
    for baby in babies:
        assert baby.date_of_birth is not None
        day = baby.date_of_birth + timedelta(weeks=MARKS[mark])
        if day <= caseload.report_date:
            reached.append((baby, day))
        else:
            too_young.append(baby.id)
    return _where(caseload.facts, reached, too_young, mark)


def _where(
    facts: Facts,
    babies: Iterable[tuple[ChildRow, date]],
    open_window: list[UUID],
    category: str = "",
) -> Figure:
    found: dict[str, list[UUID]] = defaultdict(list)
    for baby, day in babies:
        found[place(facts, baby, day)].append(baby.id)
    not_recorded = found.pop(NOT_RECORDED, [])
    return spread_of(
        DEFINITIONS["BA-10"],
        found,
        not_recorded=not_recorded,
        open_window=open_window,
        category=category,
    )


def place(facts: Facts, baby: ChildRow, day: date) -> str:
    """The category of BA-10 on a day."""
    if baby.died_on is not None and baby.died_on <= day:
        return DIED
    row = facts.circumstance(baby.id, day)
    if row is None or row.living_with in SAYS_NOTHING:
        return NOT_RECORDED
    if row.living_with in AT_HOME:
        return HOME_UNDER.get(ChildPlan(row.plan), HOME_OTHERWISE) if row.plan else HOME_OTHERWISE
    return row.living_with


def earlier_separation_and_outcome(caseload: Caseload, period: Period) -> Figure:
    """BA-11. Babies born in the period, by an earlier separation in the family and by outcome.

    Earlier separation: another child of the same mother, or of the recorded father, was first
    separated before the day this baby was born; the baby's own separation never counts. Home:
    with parents, mother or father on the report date; a parent-and-baby placement is not. Left
    out and counted: where the baby lives is not recorded, and babies who died.
    """
    cells: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    apart: dict[str, list[UUID]] = {"outcome_not_yet_known": [], DIED: []}
    for baby in caseload.babies_born(period):
        where = place(caseload.facts, baby, period.report_date)
        if where == NOT_RECORDED:
            apart["outcome_not_yet_known"].append(baby.id)
        elif where == DIED:
            apart[DIED].append(baby.id)
        else:
            cells[_line(caseload.facts, baby), _column(where)].append(baby.id)
    return figures.crosstab(
        DEFINITIONS["BA-11"],
        {cell: len(ids) for cell, ids in cells.items()},
        excluded={reason: len(ids) for reason, ids in apart.items()},
        members=members(cells, left_out(apart)),
    )


def _line(facts: Facts, baby: ChildRow) -> str:
    lines = DEFINITIONS["BA-11"].categories
    return lines[0] if _has_earlier_separation(facts, baby) else lines[1]


def _column(where: str) -> str:
    columns = DEFINITIONS["BA-11"].columns
    return columns[0] if where.startswith("home_") else columns[1]


def _has_earlier_separation(facts: Facts, baby: ChildRow) -> bool:
    born_on = baby.date_of_birth or date.min
    others = {
        child for parent in facts.parents_of(baby) for child in facts.children_of.get(parent, ())
    }
    return any(facts.separated_on.get(child, date.max) < born_on for child in others - {baby.id})
