"""What the work with each parent cost."""

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from programme.core.choices import ClosureReason, CostKind
from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import members
from programme.reporting.periods import ONE_DAY, Period
from programme.reporting.reads import Caseload
from programme.reporting.reads.work import CostRow

FINISHED = frozenset({ClosureReason.COMPLETED, ClosureReason.MOVED_TO_NEXT_STEPS})


def cost_for_each_parent(caseload: Caseload, period: Period) -> Figure:
    """CA-1. Running costs of the period for each parent with an episode open on a day of it.

    A cost that lies partly inside the period, or runs past the report date, counts by days.
    Nothing loaded is no cost known, never £0. Set-up cost, and cost of no recorded kind, are
    left out and shown in pounds. `by` outcome: the same costs for each parent who finished
    (completed, or moved to next steps) in the period.
    """
    costs = caseload.facts.known(caseload.tables.costs)
    working = {row.parent_id for row in caseload.open_in(period)}
    running = _total(costs, CostKind.RUNNING, period)
    others = {"set_up": CostKind.SET_UP.value, "kind_not_recorded": ""}
    figure = figures.mean_money(
        DEFINITIONS["CA-1"],
        running,
        len(working),
        excluded={name: _total(costs, kind, period) or 0 for name, kind in others.items()},
        members=members({"denominator": working}),
    )
    return figure.split("outcome", [_for_finished(caseload, period, running)])


def _for_finished(caseload: Caseload, period: Period, running: Fraction | None) -> Figure:
    finished: set[UUID] = {
        row.parent_id
        for row in caseload.episodes
        if row.closure_reason in FINISHED and period.holds(row.closed_on)
    }
    return figures.mean_money(
        DEFINITIONS["CA-1"],
        running,
        len(finished),
        category="finished",
        members=members({"denominator": finished}),
    )


def _total(costs: Iterable[CostRow], kind: str, period: Period) -> Fraction | None:
    parts = [_inside(row, period) for row in costs if row.kind == kind]
    touching = [part for part in parts if part is not None]
    return sum(touching, Fraction(0)) if touching else None


def _inside(row: CostRow, period: Period) -> Fraction | None:
    """The part of a cost on days of the period that have been reached, in pounds."""
    days = period.open_days(row.from_date, row.to_date + ONE_DAY)
    whole = (row.to_date - row.from_date + timedelta(days=1)).days
    return Fraction(row.amount) * Fraction(days, whole) if days else None
