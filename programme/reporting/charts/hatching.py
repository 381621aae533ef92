"""A box filled with slanted lines: the sign for 'not recorded', also without any colour."""

from programme.reporting.charts.marks import Box, Lines, Mark, Point
from programme.reporting.charts.paints import Look

SPACING = 7.0


def hatched(x: float, y: float, width: float, height: float) -> tuple[Mark, ...]:
    """A box and its lines at 45 degrees, cut at its edges."""
    count = int((width + height) / SPACING)
    offsets = (SPACING * number for number in range(1, count + 1))
    slants = (_slant(width, height, offset) for offset in offsets)
    strokes = tuple(((x + a, y + b), (x + c, y + d)) for (a, b), (c, d) in slants)
    return Box(x, y, width, height, Look.MISSING), Lines(strokes, Look.HATCH)


def _slant(width: float, height: float, offset: float) -> tuple[Point, Point]:
    """From the left or lower edge to the upper or right edge, where x + y is the offset."""
    lower = (max(0.0, offset - height), min(offset, height))
    upper = (min(offset, width), max(0.0, offset - width))
    return lower, upper
