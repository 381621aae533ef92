"""Percentages printed without their counts: what they give back, and how to say less.

With a base of 100 or fewer a whole percentage is the exact count, so it is never printed by itself.
"""

from fractions import Fraction

from programme.core.rounding import percentage, rounded

# The coarser bounds a percentage may be printed as, the most telling first.
STEPS = (90, 80, 70, 60, 50)
WHOLE = 100


def recovered_counts(printed: str, base: int) -> tuple[int, ...]:
    """Every count that rounds to the printed percentage ("98%", "97.6%") of a known base."""
    places = len(printed.rstrip("%").partition(".")[2])
    return tuple(n for n in range(base + 1) if percentage(n, base, places) == printed)


def _enough_left(step: int, base: int, threshold: int) -> bool:
    """Whether "step% or more" leaves 1 to the threshold of the base possible."""
    return Fraction(step * base, WHOLE) <= base - threshold


def coded_percentage(count: int, base: int, threshold: int) -> str | None:
    """A percentage that hides small counts at either end; None where even that gives them away.

    "90% or more" and "10% or fewer" stand for a range in which everything from 1 to the threshold,
    of the count or of the rest, is still possible.
    """
    if base == 0 or not 0 <= count <= base:
        return None
    rest = base - count
    if min(count, rest) > threshold:
        return f"{rounded(Fraction(WHOLE * count, base), 0)}%"
    larger = max(count, rest)
    fits = [
        step
        for step in STEPS
        if Fraction(WHOLE * larger, base) >= step and _enough_left(step, base, threshold)
    ]
    if not fits:
        return None
    return f"{fits[0]}% or more" if count == larger else f"{WHOLE - fits[0]}% or fewer"
