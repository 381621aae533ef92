from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from programme.core import dates


@time_machine.travel(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), tick=False)
def test_today_is_london_s_date_not_the_server_s():
    assert dates.today() == date(2026, 7, 1)
    assert dates.now_local().isoformat() == "2026-07-01T00:30:00+01:00"


@time_machine.travel(datetime(2026, 1, 31, 23, 30, tzinfo=UTC), tick=False)
def test_today_in_winter():
    assert dates.today() == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("day", "moment", "in_utc"),
    [
        (date(2026, 1, 15), time(9, 0), "2026-01-15T09:00:00+00:00"),
        (date(2026, 7, 15), time(9, 0), "2026-07-15T08:00:00+00:00"),
        # 25 October 2026: 01:30 comes twice, and the first is still summer time.
        (date(2026, 10, 25), time(1, 30), "2026-10-25T00:30:00+00:00"),
    ],
)
def test_at_local(day, moment, in_utc):
    assert dates.at_local(day, moment).astimezone(UTC).isoformat() == in_utc


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 120, date(2034, 2, 28)),
        (date(2020, 6, 5), 96, date(2028, 6, 5)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 7), 0, date(2026, 5, 7)),
    ],
)
def test_add_months_cuts_to_the_last_day(day, months, expected):
    assert dates.add_months(day, months) == expected


def month_by_month(day: date, months: int) -> date:
    """A second way: step a month at a time, then find the latest day that exists."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        year, month = (
            (year + 1, 1) if month == 13 else (year - 1, 12) if month == 0 else (year, month)
        )
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(-300, 300))
def test_add_months_agrees_with_stepping(day, months):
    assert dates.add_months(day, months) == month_by_month(day, months)


@time_machine.travel(datetime(2026, 2, 1, tzinfo=UTC))
def test_in_words_names_the_year_only_when_it_is_another():
    assert dates.in_words(date(2026, 3, 4)) == "Wed 4 March"
    assert dates.in_words(date(2025, 3, 4)) == "Tue 4 March 2025"


TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (-2, "2 days late"),
        (-1, "1 day late"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (3, "in 3 days"),
    ],
)
def test_days_from(ahead, expected):
    assert dates.days_from(TODAY + timedelta(days=ahead), TODAY) == expected


@pytest.mark.parametrize(
    ("ago", "expected"),
    [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (-1, "tomorrow"), (-2, "in 2 days")],
)
def test_days_ago(ago, expected):
    assert dates.days_ago(TODAY - timedelta(days=ago), TODAY) == expected
