"""Wilson's interval against a published implementation and a figure printed in the contract."""

import pytest
from scipy.stats import binomtest

from programme.reporting.intervals import wilson


def test_fifty_six_of_sixty_four_to_the_last_digit() -> None:
    assert wilson(56, 64) == (0.7722543817887005, 0.9352775733666955)


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(0, 1), (1, 1), (0, 22), (22, 22), (1, 3), (40, 97), (7, 1000)]
)
def test_same_interval_as_scipy(numerator: int, denominator: int) -> None:
    expected = binomtest(numerator, denominator).proportion_ci(method="wilson")

    assert wilson(numerator, denominator) == pytest.approx((expected.low, expected.high), abs=1e-14)


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (3, 2), (-1, 4)])
def test_no_interval_where_there_is_no_proportion(numerator: int, denominator: int) -> None:
    assert wilson(numerator, denominator) is None


def test_the_ends_of_a_full_or_empty_proportion_are_exact() -> None:
    assert (wilson(0, 10) or (9, 9))[0] == 0
    assert (wilson(10, 10) or (9, 9))[1] == 1
