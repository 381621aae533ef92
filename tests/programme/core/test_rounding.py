from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.core.rounding import one_place, percentage, rounded, whole_pounds

EXACT = Context(prec=60)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (56, 64, "87.5%"),
        (3, 64, "4.7%"),  # 4.6875
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (0, 7, "0.0%"),
        (7, 7, "100.0%"),
        (1, 2000, "0.1%"),  # 0.05: a half goes up
        (9, 8000, "0.1%"),  # 0.1125
        (23, 2000, "1.2%"),  # 1.15: a float would say 1.1
        (0, 0, "none"),
        (5, 0, "none"),
    ],
)
def test_percentage_by_hand(numerator, denominator, expected):
    assert percentage(numerator, denominator) == expected


def test_percentage_to_other_places():
    assert percentage(7, 8, places=0) == "88%"
    assert percentage(1, 3, places=2) == "33.33%"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(7, 2), "3.5"),
        (Fraction(47, 20), "2.4"),  # 2.35
        (Fraction(-47, 20), "-2.4"),
        (Fraction(-1, 100), "0.0"),
        (12, "12.0"),
        (Decimal("0.25"), "0.3"),
    ],
)
def test_one_place(value, expected):
    assert one_place(value) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Decimal("18250.00"), "£18,250"),
        (Decimal("18249.50"), "£18,250"),
        (Decimal("18249.49"), "£18,249"),
        (Decimal("1234567.8"), "£1,234,568"),
        (Decimal("-20.00"), "-£20"),
        (Decimal("-0.49"), "£0"),
        (Fraction(100, 3), "£33"),
        (0, "£0"),
    ],
)
def test_whole_pounds(amount, expected):
    assert whole_pounds(amount) == expected


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 5))
def test_rounded_agrees_with_decimal_half_up(value, places):
    quantum = Decimal(1).scaleb(-places)
    expected = value.quantize(quantum, rounding=ROUND_HALF_UP, context=EXACT)

    assert Decimal(rounded(value, places)) == expected


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_percentage_agrees_with_decimal_half_up(numerator, denominator):
    exact = EXACT.divide(Decimal(100 * numerator), Decimal(denominator))
    expected = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP, context=EXACT)

    assert percentage(numerator, denominator) == f"{expected}%"
