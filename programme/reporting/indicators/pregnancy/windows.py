"""What did not happen again in the months after a start: a contract's measures."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from programme.core.dates import add_months
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import NOBODY, Ids, share_of
from programme.reporting.periods import Period, Window
from programme.reporting.reads import Caseload

ENGAGED_MONTHS, FREE_MONTHS, COURT_MONTHS = 12, 18, 36


class Start(NamedTuple):
    """A parent's first engagement of the period, and when the episode it began was closed."""

    parent_id: UUID
    started_on: date
    closed_on: date | None

    def stayed(self, months: int) -> bool:
        """Whether the episode was open for so many months; closing on that day is enough."""
        return self.closed_on is None or self.closed_on >= add_months(self.started_on, months)


class Cohort(NamedTuple):
    """The starts of a period, by what can be said of them on the report date."""

    followed: list[Start]
    open_window: list[UUID]
    moved_out: list[UUID]
    died: list[UUID]


def stayed_without_new_pregnancy(caseload: Caseload, period: Period) -> Figure:
    """PR-2. Parents who stayed 12 months and conceived no pregnancy in 18, from the start.

    Cohort: the first engagement start of each parent in the period, whose 18 months have passed
    on the report date. Stayed: the episode that started then was open for 12 months; closed on
    the day they had passed is stayed, lost touch before it is not met. New: conceived after the
    start and before the 18 months had passed; without a due date, known in that time (and
    counted as not recorded, while it stays in). A father's pregnancies are those he is recorded
    for. Left out and counted: moved out, or died, in that time, whichever came first.
    """
    cohort = cohort_of(caseload, period, FREE_MONTHS)
    met = [
        start.parent_id
        for start in cohort.followed
        if start.stayed(ENGAGED_MONTHS)
        and not _any_within(start, FREE_MONTHS, _pregnancy_days(caseload, start.parent_id))
    ]
    undated = [
        start.parent_id
        for start in cohort.followed
        if _any_within(start, FREE_MONTHS, _undated_pregnancies(caseload, start.parent_id))
    ]
    return _figure("PR-2", cohort, met, undated)


def no_new_proceedings(caseload: Caseload, period: Period) -> Figure:
    """PR-3. Parents with no new care proceedings in the 36 months from the start.

    Cohort as PR-2, with 36 months. New: a set issued after the start and before the 36 months
    had passed, to which the parent is party or which is about a child of the parent, and which
    the programme knew of by the report date; or a separation then by interim or full care order
    of a child in no recorded set. Left out and counted as PR-2.
    """
    cohort = cohort_of(caseload, period, COURT_MONTHS)
    issued = caseload.facts.proceedings_of
    met = [
        start.parent_id
        for start in cohort.followed
        if not _any_within(start, COURT_MONTHS, issued.get(start.parent_id, ()))
    ]
    return _figure("PR-3", cohort, met)


def _figure(indicator: str, cohort: Cohort, met: Ids, not_recorded: Ids = NOBODY) -> Figure:
    return share_of(
        DEFINITIONS[indicator],
        met,
        [start.parent_id for start in cohort.followed],
        not_recorded=not_recorded,
        open_window=cohort.open_window,
        excluded={"moved_out": cohort.moved_out, "died": cohort.died},
    )


def cohort_of(caseload: Caseload, period: Period, months: int) -> Cohort:
    """Each parent once, by the first engagement that started in the period."""
    cohort = Cohort([], [], [], [])
    for start in _first_starts(caseload, period):
        window = Window(start.started_on, months)
        left_on = caseload.facts.left_on(start.parent_id)
        moved_out_on, died_on = (day if window.holds(day) else None for day in left_on)
        if not window.is_complete(period.report_date):
            cohort.open_window.append(start.parent_id)
        elif moved_out_on is None and died_on is None:
            cohort.followed.append(start)
        elif (moved_out_on or date.max) <= (died_on or date.max):
            cohort.moved_out.append(start.parent_id)
        else:
            cohort.died.append(start.parent_id)
    return cohort


def _first_starts(caseload: Caseload, period: Period) -> list[Start]:
    starts = [
        Start(row.parent_id, row.engagement_started_on, row.closed_on)
        for row in caseload.episodes
        if row.engagement_started_on is not None and period.holds(row.engagement_started_on)
    ]
    # The earliest of each parent comes last and so stays.
    latest_first = sorted(starts, key=lambda start: start.started_on, reverse=True)
    return list({start.parent_id: start for start in latest_first}.values())


def _any_within(start: Start, months: int, days: Iterable[date]) -> bool:
    window = Window(start.started_on, months)
    return any(window.holds(day) for day in days)


def _pregnancy_days(caseload: Caseload, parent_id: UUID) -> list[date]:
    """When each pregnancy of a parent began; without a due date, when it was known."""
    return [
        caseload.facts.conceived_on(pregnancy.id) or pregnancy.known_on
        for pregnancy in caseload.facts.pregnancies_of.get(parent_id, ())
    ]


def _undated_pregnancies(caseload: Caseload, parent_id: UUID) -> list[date]:
    return [
        pregnancy.known_on
        for pregnancy in caseload.facts.pregnancies_of.get(parent_id, ())
        if caseload.facts.conceived_on(pregnancy.id) is None
    ]
