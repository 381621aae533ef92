"""Wilson's 95% interval of a proportion (E. B. Wilson, 1927)."""

from decimal import Decimal, localcontext

# The 97.5% point of the normal curve. Decimal arithmetic rounds to a float once, at the end, so
# the printed interval does not depend on the order in which the formula is worked out.
Z = Decimal("1.959963984540054235524594430520551527955")
DIGITS = 40

Interval = tuple[float, float]


def wilson(numerator: int, denominator: int) -> Interval | None:
    """The 95% interval of numerator out of denominator; None where there is no proportion."""
    if denominator <= 0 or not 0 <= numerator <= denominator:
        return None
    with localcontext(prec=DIGITS):
        middle = (numerator + Z * Z / 2) / (denominator + Z * Z)
        spread = Decimal(numerator * (denominator - numerator)) / denominator + Z * Z / 4
        half = Z / (denominator + Z * Z) * spread.sqrt()
        low = Decimal(0) if numerator == 0 else middle - half
        high = Decimal(1) if numerator == denominator else middle + half
        return float(low), float(high)
