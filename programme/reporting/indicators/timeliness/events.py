"""Whether conferences, reviews and statutory visits were held in time."""

from datetime import date
from uuid import UUID

from programme.core.choices import ContactOutcome
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure, part
from programme.reporting.indicators.counting import share_of
from programme.reporting.indicators.timeliness.due import Due
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload
from programme.reporting.reads.facts import grouped
from programme.reporting.reads.known import local_day
from programme.reporting.reads.tables import CONFERENCES
from programme.reporting.reads.work import VisitRow

CANCELLED = "cancelled"
STATUTORY_VISIT = "statutory_visit"


def events_in_time(caseload: Caseload, period: Period) -> Figure:
    """TI-10. Conferences, reviews and visits held by the day due, of those due in the period.

    All that fell due by the report date are in the base: one that was never held is late, not
    missing. Tries at the visit that is due to a parent on one day are one event, in time if one
    of them met her by then. Left out and counted: cancelled meetings never held. A visit that
    someone cancelled was not made. Not recorded: held or tried in the period, due day unknown.
    """
    by_type = {**_meetings(caseload, period), STATUTORY_VISIT: _visits(caseload, period)}
    judged = {name: [event for event in due if not event.left_out] for name, due in by_type.items()}
    every = [event for due in judged.values() for event in due]
    in_time = {name: [one.id for one in due if one.is_in_time] for name, due in judged.items()}
    return share_of(
        DEFINITIONS["TI-10"],
        [event.id for event in every if event.is_in_time],
        [event.id for event in every],
        not_recorded=_undated(caseload, period),
        excluded={CANCELLED: [e.id for due in by_type.values() for e in due if e.left_out]},
        rows=[part(name, len(in_time[name]), len(due)) for name, due in judged.items()],
        row_members=in_time,
    )


def _is_due(due_on: date | None, done_on: date | None, period: Period) -> bool:
    has_come = due_on is not None and (done_on is not None or due_on <= period.report_date)
    return has_come and period.holds(due_on)


def _meetings(caseload: Caseload, period: Period) -> dict[str, list[Due]]:
    found: dict[str, list[Due]] = {str(kind): [] for kind in CONFERENCES}
    for row in caseload.meetings:
        if row.kind in found and row.due_on and _is_due(row.due_on, row.held_on, period):
            left_out = CANCELLED if row.cancelled_on and not row.held_on else ""
            found[row.kind].append(Due(row.id, row.due_on, row.held_on, left_out))
    return found


def _visits(caseload: Caseload, period: Period) -> list[Due]:
    dated = [row for row in caseload.visits if period.holds(row.due_on)]
    due = grouped(dated, lambda row: (row.episode_id or row.parent_id, row.due_on))
    return [
        Due(tries[0].id, due_on, _first_met(tries))
        for (_, due_on), tries in due.items()
        if due_on and _is_due(due_on, _first_met(tries), period)
    ]


def _first_met(tries: list[VisitRow]) -> date | None:
    met = [local_day(row.happened_at) for row in tries if row.outcome == ContactOutcome.MET]
    return min(met, default=None)


def _undated(caseload: Caseload, period: Period) -> list[UUID]:
    meetings = [
        row.id
        for row in caseload.meetings
        if row.kind in CONFERENCES and row.due_on is None and period.holds(row.held_on)
    ]
    return meetings + [row.id for row in caseload.visits if row.due_on is None]
