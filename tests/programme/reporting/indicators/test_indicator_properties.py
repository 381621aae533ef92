"""Properties of every indicator, and the windows worked out a second time, day by day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from programme.core.gestation import BASIS_ORDER
from programme.reporting.definitions import NOT_RECORDED
from programme.reporting.figures import Figure
from programme.reporting.indicators import INDICATORS
from programme.reporting.indicators.equity import can_be_split, split_by_ethnicity
from programme.reporting.periods import Period
from tests.programme.reporting.indicators.memory import (
    FIRST,
    LAST,
    caseload_of,
    days,
    rows_of_a_caseload,
    shifted,
)

ONE_DAY = timedelta(days=1)
# The day from which a row is there at all.
BEGINS = {
    "referrals": "received_on",
    "episodes": "opened_on",
    "stages": "entered_on",
    "allocations": "from_date",
    "pregnancies": "known_on",
    "due_dates": "recorded_on",
    "circumstances": "from_date",
    "separations": "separated_on",
    "proceedings": "issued_on",
    "assessments": "started_on",
    "help": "offered_on",
    "feedback": "asked_on",
    "costs": "from_date",
    "choices": "happened_on",
}
PAIRS = {"children_in_proceedings", "parents_in_proceedings"}
Rows = dict[str, Any]
# A caseload is much to draw and takes minutes to shrink: fewer are drawn, none is shrunk.
whole_caseloads = settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
periods = st.sampled_from(
    [
        Period(FIRST, LAST),
        Period(FIRST, LAST, date(2024, 10, 15)),
        Period(FIRST, LAST, date(2025, 12, 1)),
        Period(date(2021, 4, 1), date(2022, 8, 31), date(2025, 8, 31)),
    ]
)


def every_figure(rows: Rows, period: Period) -> dict[str, tuple[Any, Any]]:
    caseload = caseload_of(rows, period)
    figures = {name: work(caseload, period) for name, work in INDICATORS.items()}
    return {name: (figure.to_json(), figure.members) for name, figure in figures.items()}


# --- What comes after the report date -------------------------------------------------------


@whole_caseloads
@given(rows_of_a_caseload(), periods, st.integers(1, 400))
def test_what_comes_later_changes_no_figure(rows: Rows, period: Period, later: int) -> None:
    moved = {
        name: held
        if name in PAIRS
        else [shifted(row, period.report_date, timedelta(days=later)) for row in held]
        for name, held in rows.items()
    }
    assert every_figure(moved, period) == every_figure(rows, period)


@whole_caseloads
@given(rows_of_a_caseload(), periods)
def test_rows_that_begin_later_are_not_there(rows: Rows, period: Period) -> None:
    without = {
        name: [row for row in held if getattr(row, BEGINS[name]) <= period.report_date]
        if name in BEGINS
        else held
        for name, held in rows.items()
    }

    assert every_figure(without, period) == every_figure(rows, period)


# --- Every figure ---------------------------------------------------------------------------


@whole_caseloads
@given(rows_of_a_caseload(), periods)
def test_the_parts_of_a_split_add_up_to_the_whole(rows: Rows, period: Period) -> None:
    caseload = caseload_of(rows, period)
    for name, indicator in INDICATORS.items():
        whole = indicator(caseload, period)
        if can_be_split(whole) and whole.kind != "median":
            parts = split_by_ethnicity(indicator, caseload, period)
            for count in (of_base, of_counted, of_missing):
                assert sum(map(count, parts)) == count(whole), name


def of_base(figure: Figure) -> Any:
    return figure.denominator or 0


def of_counted(figure: Figure) -> Any:
    return figure.numerator or 0


def of_missing(figure: Figure) -> Any:
    return figure.not_recorded or 0


@whole_caseloads
@given(rows_of_a_caseload(), periods)
def test_a_row_for_what_is_not_recorded_comes_last(rows: Rows, period: Period) -> None:
    caseload = caseload_of(rows, period)
    for indicator in INDICATORS.values():
        figure = indicator(caseload, period)
        if figure.kind == "distribution":
            assert figure.rows[-1].category == NOT_RECORDED
            assert figure.rows[-1].count == figure.not_recorded


# --- The windows, a second time -------------------------------------------------------------


followed = rows_of_a_caseload(
    *["referrals", "episodes", "identities", "pregnancies", "due_dates", "children"],
    *["parent_links", "separations", "proceedings", "children_in_proceedings"],
    "parents_in_proceedings",
)
cohorts = st.builds(
    Period,
    st.just(date(2021, 1, 1)),
    st.dates(date(2022, 6, 1), date(2023, 12, 31)),
    st.dates(date(2024, 9, 1), date(2026, 6, 30)),
)
windows = settings(
    max_examples=150,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def months_later(day: date, months: int) -> date:
    """Month by month, then back from the first day of the next month where it is too short."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def conception(rows: Rows, pregnancy: Any, report: date) -> date | None:
    best = None
    for basis in reversed(BASIS_ORDER):
        newest = None
        for row in rows["due_dates"]:
            if (
                row.pregnancy_id == pregnancy.id
                and row.basis == basis
                and row.recorded_on <= report
            ):
                newest = row if newest is None or row.recorded_on >= newest.recorded_on else newest
        best = newest or best
    return best.estimated_due_date - timedelta(days=266) if best else None


def expecting(rows: Rows, pregnancy: Any) -> set[Any]:
    children = {row.id for row in rows["children"] if row.pregnancy_id == pregnancy.id}
    linked = {
        row.parent_id
        for row in rows["parent_links"]
        if row.child_id in children and row.relation in ("birth", "expected")
    }
    return {pregnancy.mother_id, pregnancy.father_id} | linked


def pregnancies(rows: Rows, parent: Any, report: date) -> Iterator[Any]:
    for pregnancy in rows["pregnancies"]:
        if pregnancy.known_on <= report and parent in expecting(rows, pregnancy):
            yield pregnancy


def starts(rows: Rows, period: Period) -> dict[Any, tuple[date, date | None]]:
    """Parent -> first engagement start of the period, and the closing as far as it is known."""
    found: dict[Any, tuple[date, date | None]] = {}
    for row in sorted(rows["episodes"], key=lambda row: row.engagement_started_on or date.max):
        start, report = row.engagement_started_on, period.report_date
        if start is None or start > report or row.opened_on > report or row.parent_id in found:
            continue
        if period.first <= start <= period.last:
            closed = row.closed_on if row.closed_on and row.closed_on <= report else None
            found[row.parent_id] = (start, closed)
    return found


def inside(start: date, months: int) -> set[date]:
    """Every day strictly between the start and the day on which the months have passed."""
    end, day, found = months_later(start, months), start + ONE_DAY, set()
    while day < end:
        found.add(day)
        day += ONE_DAY
    return found


def answer(rows: Rows, period: Period, months: int, is_met: Any) -> tuple[int, int, int, int]:
    """Met, followed, open window, left out."""
    met = followed = still_open = left_out = 0
    identities = {row.parent_id: row for row in rows["identities"]}
    for parent, (start, closed) in starts(rows, period).items():
        window, report = inside(start, months), period.report_date
        gone = {identities[parent].moved_out_on, identities[parent].died_on}
        if months_later(start, months) > report:
            still_open += 1
        elif gone & window:
            left_out += 1
        else:
            followed += 1
            met += is_met(parent, start, closed, window)
    return met, followed, still_open, left_out


def of_figure(figure: Figure) -> tuple[Any, ...]:
    excluded = sum(int(number or 0) for number in figure.excluded.values())
    return figure.numerator, figure.denominator, figure.open_window, excluded


@windows
@given(followed, cohorts)
def test_pr_2_worked_out_day_by_day(rows: Rows, period: Period) -> None:
    def is_met(parent: Any, start: date, closed: date | None, window: set[date]) -> bool:
        stayed = closed is None or closed >= months_later(start, 12)
        began = {
            conception(rows, one, period.report_date) or one.known_on
            for one in pregnancies(rows, parent, period.report_date)
        }
        return stayed and not began & window

    figure = INDICATORS["PR-2"](caseload_of(rows, period), period)

    assert of_figure(figure) == answer(rows, period, 18, is_met)


def proceedings(rows: Rows, parent: Any, report: date) -> set[date]:
    own = set()
    for child in rows["children"]:
        linked = {
            (row.parent_id, row.child_id)
            for row in rows["parent_links"]
            if row.relation in ("birth", "expected")
        }
        carried = [
            one
            for one in rows["pregnancies"]
            if one.id == child.pregnancy_id and one.known_on <= report
        ]
        if (parent, child.id) in linked or any(parent in expecting(rows, p) for p in carried):
            own.add(child.id)
    sets = {key for key, child in rows["children_in_proceedings"] if child in own}
    sets |= {key for key, party in rows["parents_in_proceedings"] if party == parent}
    issued = {
        row.issued_on
        for row in rows["proceedings"]
        if row.id in sets and row.issued_on <= report and (row.known_on or date.min) <= report
    }
    in_a_set = {child for _, child in rows["children_in_proceedings"]}
    return issued | {
        row.separated_on
        for row in rows["separations"]
        if row.child_id in own - in_a_set
        and row.separated_on <= report
        and row.proceedings_id is None
        and row.legal_route in ("interim_care_order", "care_order")
    }


@windows
@given(followed, cohorts)
def test_pr_3_worked_out_day_by_day(rows: Rows, period: Period) -> None:
    def is_met(parent: Any, start: date, closed: date | None, window: set[date]) -> bool:
        return not proceedings(rows, parent, period.report_date) & window

    figure = INDICATORS["PR-3"](caseload_of(rows, period), period)

    assert of_figure(figure) == answer(rows, period, 36, is_met)


def days_of(period: Period) -> Iterator[date]:
    day = period.first
    while day <= min(period.last, period.report_date):
        yield day
        day += ONE_DAY


@windows
@given(followed, cohorts)
def test_pr_1_worked_out_day_by_day(rows: Rows, period: Period) -> None:
    report = period.report_date
    referrals = {row.id: row for row in rows["referrals"] if row.received_on <= report}
    base, newly, seen = set(), set(), set()
    for row in rows["episodes"]:
        if row.opened_on > report:
            continue
        open_days = {
            day
            for day in days_of(period)
            if day >= row.opened_on and not (row.closed_on and day >= row.closed_on)
        }
        if not open_days:
            continue
        referral = referrals.get(row.referral_id)
        received = referral.received_on if referral else row.opened_on
        engaged = row.engagement_started_on
        start = engaged if engaged and engaged <= report else row.opened_on
        seen.add(row.parent_id)
        held = list(pregnancies(rows, row.parent_id, report))
        conceived = {one.id: conception(rows, one, report) for one in held}
        if any(
            ((conceived[one.id] or one.known_on - ONE_DAY) < received)
            and not (one.ended_on and one.ended_on <= min(received, report))
            for one in held
        ):
            continue
        base.add(row.parent_id)
        closed = row.closed_on if row.closed_on and row.closed_on <= report else date.max
        if any(
            day and start < day < closed and day in set(days_of(period))
            for day in conceived.values()
        ):
            newly.add(row.parent_id)

    figure = INDICATORS["PR-1"](caseload_of(rows, period), period)

    assert (figure.numerator, figure.denominator) == (len(newly), len(base))
    assert figure.excluded["pregnant_at_referral"] == len(seen - base)


@given(days, st.integers(0, 60))
def test_the_second_way_to_add_months_agrees_at_month_ends(day: date, months: int) -> None:
    later = months_later(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + ONE_DAY).day == 1


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 12, 31), 18, date(2024, 6, 30)),
    ],
)
def test_months_by_hand(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
