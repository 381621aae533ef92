from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.core.choices import DueDateBasis
from programme.core.gestation import (
    BASIS_ORDER,
    Gestation,
    conception_date,
    day_of_gestation,
    due_date_in_force,
    gestation,
)

DUE = date(2026, 10, 8)  # A last period that began on 1 January 2026.


@dataclass(frozen=True)
class Estimate:
    estimated_due_date: date
    basis: str
    recorded_on: date


@pytest.mark.parametrize(
    ("on", "weeks", "days", "words"),
    [
        (date(2026, 1, 1), 0, 0, "0 days"),
        (date(2026, 1, 2), 0, 1, "1 day"),
        (date(2026, 1, 8), 1, 0, "1 week"),
        (date(2026, 1, 9), 1, 1, "1 week and 1 day"),
        (date(2026, 3, 28), 12, 2, "12 weeks and 2 days"),
        (date(2026, 4, 1), 12, 6, "12 weeks and 6 days"),
        (date(2026, 4, 2), 13, 0, "13 weeks"),
        (DUE, 40, 0, "40 weeks"),
        (date(2026, 10, 18), 41, 3, "41 weeks and 3 days"),
        (date(2025, 12, 31), -1, 6, "before this pregnancy"),
        (date(2025, 12, 24), -2, 6, "before this pregnancy"),
    ],
)
def test_gestation_by_hand(on, weeks, days, words):
    found = gestation(DUE, on)

    assert (found.weeks, found.days, found.in_words, str(found)) == (weeks, days, words, words)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(-100, 400))
def test_a_day_of_gestation_has_that_gestation(due, total):
    weeks, days = divmod(total, 7)
    day = day_of_gestation(due, weeks, days)

    assert gestation(due, day) == Gestation(total)
    assert gestation(due, day) < gestation(due, day + timedelta(days=1))


def test_gestation_at_the_boundaries_of_a_week():
    assert day_of_gestation(DUE, 20) == date(2026, 5, 21)
    assert gestation(DUE, date(2026, 5, 20)).weeks == 19
    assert gestation(DUE, date(2026, 5, 21)).weeks == 20


def test_conception_is_two_weeks_into_the_count():
    assert conception_date(DUE) == date(2026, 1, 15)
    assert gestation(DUE, conception_date(DUE)) == Gestation(14)


LAST_PERIOD = Estimate(date(2026, 10, 8), DueDateBasis.LAST_PERIOD, date(2026, 2, 20))
DATING = Estimate(date(2026, 10, 15), DueDateBasis.DATING_SCAN, date(2026, 3, 27))
LATER = Estimate(date(2026, 10, 1), DueDateBasis.LATER_SCAN, date(2026, 6, 1))
CLINICAL = Estimate(date(2026, 10, 12), DueDateBasis.CLINICAL, date(2026, 7, 1))
EVERY = (LAST_PERIOD, DATING, LATER, CLINICAL)


@pytest.mark.parametrize("estimates", list(permutations(EVERY)))
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 1, 1), LAST_PERIOD),  # None yet: the first recorded after.
        (date(2026, 2, 20), LAST_PERIOD),
        (date(2026, 3, 26), LAST_PERIOD),
        (date(2026, 3, 27), DATING),
        (date(2026, 6, 30), DATING),  # A later scan does not displace a dating scan.
        (date(2026, 7, 1), CLINICAL),
    ],
)
def test_the_best_basis_recorded_by_then_is_in_force(estimates, on, expected):
    assert due_date_in_force(estimates, on) == expected


def test_of_one_basis_the_newest_is_in_force():
    newer = Estimate(date(2026, 10, 17), DueDateBasis.DATING_SCAN, date(2026, 4, 3))

    assert due_date_in_force([newer, DATING], date(2026, 5, 1)) == newer


def test_of_two_recorded_on_one_day_the_later_row_is_in_force():
    put_right = Estimate(date(2026, 10, 16), DueDateBasis.DATING_SCAN, DATING.recorded_on)

    assert due_date_in_force([DATING, put_right], date(2026, 5, 1)) == put_right
    assert due_date_in_force([DATING, put_right], date(2026, 1, 1)) == put_right


def test_of_two_first_recorded_after_the_better_basis_is_in_force():
    same_day = Estimate(date(2026, 10, 9), DueDateBasis.NOT_KNOWN, LAST_PERIOD.recorded_on)

    assert due_date_in_force([LAST_PERIOD, same_day, DATING], date(2026, 1, 1)) == LAST_PERIOD


def test_no_estimate_at_all():
    assert due_date_in_force([], DUE) is None


def test_every_basis_has_its_place():
    assert sorted(BASIS_ORDER) == sorted(DueDateBasis.values)
