"""How wide the columns of a table are, and which hold figures."""

import re
from collections.abc import Iterable, Sequence

from programme.reporting.charts.typeface import printable, width_of
from programme.reporting.document.style import CELL, HEADER_CELL

FIGURE = re.compile(r"[-£]*[0-9]")
PADDING = 5.0
# Between a column and the next where there is room.
AIR = 24.0


def column_widths(
    rows: Sequence[Sequence[str]], room: float, shares: Sequence[float] | None = None
) -> list[float]:
    """Widths in points, no wider than the room: by the shares given, else by what cells hold."""
    if shares is None:
        return _widths(rows, room)
    return [room * share / sum(shares) for share in shares]


def holds_figures(cells: Sequence[str]) -> bool:
    """Whether most cells of a column begin as a number or an amount does; they stand right."""
    return 2 * sum(1 for cell in cells if FIGURE.match(cell)) > len(cells)


def _widths(rows: Sequence[Sequence[str]], room: float) -> list[float]:
    """Each column gets its longest word at least; what is left goes by the length of its text."""
    columns = list(zip(*rows, strict=True))
    least = [_widest(map(_longest_word, column)) for column in columns]
    wished = [_widest(column) for column in columns]
    spare = room - sum(least)
    if spare <= 0:
        return [room * little / sum(least) for little in least]
    wishes = [max(wish - little, 0.0) for wish, little in zip(wished, least, strict=True)]
    if sum(wishes) <= spare:
        # All text fits on one line: a narrow table is easier to read than one pulled apart.
        air = min(AIR, (room - sum(wished)) / len(wished))
        return [wish + air for wish in wished]
    return [little + spare * wish / sum(wishes) for little, wish in zip(least, wishes, strict=True)]


def _longest_word(cell: str) -> str:
    return max(cell.split(), key=len, default="")


def _widest(column: Iterable[str]) -> float:
    """The width that the header, which is bold, and every cell below it need."""
    header, *cells = map(printable, column)
    below = max((width_of(cell, CELL.size) for cell in cells), default=0.0)
    return max(width_of(header, HEADER_CELL.size, bold=True), below) + 2 * PADDING + 1
