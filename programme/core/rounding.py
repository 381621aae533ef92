"""Figures as people see them: rounded half up from exact numbers, never from a float."""

from decimal import Decimal
from fractions import Fraction

# What stands where a figure has no denominator.
NONE = "none"

Exact = int | Fraction | Decimal


def rounded(value: Exact, places: int) -> str:
    """The value to so many decimal places, a half away from zero: '2.35' to one place is '2.4'."""
    exact = Fraction(value)
    unit = 10**places
    steps = (2 * abs(exact.numerator) * unit + exact.denominator) // (2 * exact.denominator)
    whole, part = divmod(steps, unit)
    sign = "-" if exact < 0 and steps else ""
    return f"{sign}{whole}" if places == 0 else f"{sign}{whole}.{part:0{places}}"


def percentage(numerator: int, denominator: int, places: int = 1) -> str:
    """'87.5%'; 'none' when there was nobody to count."""
    if denominator == 0:
        return NONE
    return rounded(Fraction(100 * numerator, denominator), places) + "%"


def one_place(value: Exact) -> str:
    """A mean or another figure to one decimal place: '3.5'."""
    return rounded(value, 1)


def whole_pounds(amount: Exact) -> str:
    """Money in whole pounds: '£18,250'; a refund is '-£20'."""
    pounds = int(rounded(amount, 0))
    return f"{'-' if pounds < 0 else ''}£{abs(pounds):,}"
