"""Oracles: the bank holidays the government published, hand-worked dates, a naive counter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.core.choices import Jurisdiction
from programme.core.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    working_days_between,
)

# England and Wales, as published year by year: month and day, weekdays only.
PUBLISHED = {
    2019: "1-1 4-19 4-22 5-6 5-27 8-26 12-25 12-26",
    2020: "1-1 4-10 4-13 5-8 5-25 8-31 12-25 12-28",
    2021: "1-1 4-2 4-5 5-3 5-31 8-30 12-27 12-28",
    2022: "1-3 4-15 4-18 5-2 6-2 6-3 8-29 9-19 12-26 12-27",
    2023: "1-2 4-7 4-10 5-1 5-8 5-29 8-28 12-25 12-26",
    2024: "1-1 3-29 4-1 5-6 5-27 8-26 12-25 12-26",
    2025: "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26",
    2026: "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28",
    2027: "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28",
}
CLOSED = {
    date(year, *map(int, pair.split("-")))
    for year, pairs in PUBLISHED.items()
    for pair in pairs.split()
}


@pytest.mark.parametrize("jurisdiction", list(Jurisdiction))
@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_published(year, jurisdiction):
    weekdays = {day for day in bank_holidays(year, jurisdiction) if day.weekday() < 5}

    assert weekdays == {day for day in CLOSED if day.year == year}


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        # Maundy Thursday 2024: Good Friday and Easter Monday are off.
        (date(2024, 3, 28), 1, date(2024, 4, 2)),
        (date(2024, 3, 28), 10, date(2024, 4, 15)),
        # Christmas 2021 fell on a Saturday: 27 and 28 December and 3 January are off.
        (date(2021, 12, 24), 1, date(2021, 12, 29)),
        (date(2021, 12, 24), 4, date(2022, 1, 4)),
        # Christmas 2022 fell on a Sunday: 26 and 27 December and 2 January are off.
        (date(2022, 12, 23), 1, date(2022, 12, 28)),
        (date(2022, 12, 23), 4, date(2023, 1, 3)),
        # The State Funeral, Monday 19 September 2022.
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        # A leap day is a day: Thursday 29 February 2024.
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 1, date(2024, 3, 1)),
        # From a Saturday the first day counted is Monday.
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        # Fifteen working days of a strategy discussion on 10 December 2025.
        (date(2025, 12, 10), 15, date(2026, 1, 5)),
        # Going back.
        (date(2024, 4, 2), -1, date(2024, 3, 28)),
        (date(2022, 9, 20), -1, date(2022, 9, 16)),
        # None at all: the day itself, or the first working day after it.
        (date(2026, 3, 6), 0, date(2026, 3, 6)),
        (date(2026, 3, 7), 0, date(2026, 3, 9)),
    ],
)
def test_add_working_days_by_hand(start, count, expected):
    assert add_working_days(start, count) == expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 3, 2), 5, date(2026, 3, 6)),
        (date(2024, 3, 28), 2, date(2024, 4, 2)),
        # A first day that is not a working day cannot be counted.
        (date(2024, 3, 29), 1, date(2024, 4, 2)),
        (date(2026, 3, 6), -2, date(2026, 3, 5)),
    ],
)
def test_add_working_days_with_the_first_day_counted(start, count, expected):
    assert add_working_days(start, count, first_day_counted=True) == expected


def test_local_closed_days_are_left_out():
    closed = [date(2026, 3, 10), date(2026, 3, 11)]

    assert not is_working_day(date(2026, 3, 10), closed_days=closed)
    assert add_working_days(date(2026, 3, 9), 1, closed_days=closed) == date(2026, 3, 12)
    assert working_days_between(date(2026, 3, 9), date(2026, 3, 13), closed_days=closed) == 2


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2024, 3, 28), date(2024, 4, 2), 1),
        (date(2026, 3, 6), date(2026, 3, 6), 0),
        (date(2026, 3, 6), date(2026, 3, 8), 0),
        (date(2021, 12, 24), date(2022, 1, 4), 4),
        (date(2024, 4, 2), date(2024, 3, 28), -1),
    ],
)
def test_working_days_between_by_hand(start, end, expected):
    assert working_days_between(start, end) == expected


def test_working_days_between_may_count_the_first_day():
    week = date(2026, 3, 2), date(2026, 3, 6)

    assert working_days_between(*week, first_day_counted=True) == 5
    assert working_days_between(*week) == 4


DAYS = st.dates(date(2019, 2, 1), date(2027, 11, 30))
WORKING = [
    day
    for offset in range((date(2028, 1, 1) - date(2019, 1, 1)).days)
    if (day := date(2019, 1, 1) + timedelta(days=offset)).weekday() < 5 and day not in CLOSED
]


@given(DAYS, st.integers(1, 15))
def test_add_working_days_agrees_with_a_list_of_all_working_days(start, count):
    assert add_working_days(start, count) == [day for day in WORKING if day > start][count - 1]
    assert add_working_days(start, -count) == [day for day in WORKING if day < start][-count]
    assert (
        add_working_days(start, count, first_day_counted=True)
        == [day for day in WORKING if day >= start][count - 1]
    )


@given(DAYS, DAYS)
def test_working_days_between_agrees_with_a_list_of_all_working_days(one, other):
    start, end = sorted([one, other])
    counted = len([day for day in WORKING if start < day <= end])

    assert working_days_between(start, end) == counted
    if start < end:
        assert working_days_between(end, start) == -counted


@given(DAYS, st.integers(1, 40))
def test_adding_then_counting_gives_the_count_back(start, count):
    assert working_days_between(start, add_working_days(start, count)) == count
