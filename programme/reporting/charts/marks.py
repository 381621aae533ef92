"""What a drawing is made of: boxes, lines, dots and words, and blocks of them.

The unit is one pixel of a page at its natural size; y runs downwards. Every writer draws the
same marks, so page and paper cannot differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from programme.reporting.charts.paints import LEADING, Look, paint_of
from programme.reporting.charts.typeface import width_of, wrapped

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

# From the top of a line of text to the feet of its letters.
BASELINE_IN_LINE = 15.0


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    look: Look


@dataclass(frozen=True)
class Lines:
    """One or more strokes, each through its own points."""

    strokes: tuple[tuple[Point, ...], ...]
    look: Look


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    radius: float
    look: Look


@dataclass(frozen=True)
class Words:
    """One line of text; y is where its letters stand."""

    x: float
    y: float
    text: str
    look: Look
    anchor: Anchor = "start"

    @property
    def width(self) -> float:
        """As measured with the font of its look."""
        return measured(self.text, self.look)

    @property
    def left(self) -> float:
        """Where the first letter begins."""
        return self.x - self.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]


Mark = Box | Lines | Dot | Words


@dataclass(frozen=True)
class Block:
    """Marks that belong together, placed from their own top left corner."""

    height: float
    marks: tuple[Mark, ...] = ()

    def moved(self, right: float = 0, down: float = 0) -> "Block":
        """The same block elsewhere."""
        return Block(self.height, tuple(_moved(mark, right, down) for mark in self.marks))


@dataclass(frozen=True)
class Scene:
    """A finished drawing of a known size."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def stacked(blocks: Iterable[Block], gap: float = 0) -> Block:
    """The blocks one under the other."""
    height, marks = 0.0, list[Mark]()
    for number, block in enumerate(blocks):
        top = height + (gap if number else 0)
        marks.extend(block.moved(down=top).marks)
        height = top + block.height
    return Block(height, tuple(marks))


def line(start: Point, end: Point, look: Look) -> Lines:
    """One straight stroke."""
    return Lines(((start, end),), look)


def measured(text: str, look: Look) -> float:
    """The width of a line of text in this look."""
    paint = paint_of(look)
    return width_of(text, paint.size, bold=paint.bold)


def lines_of(text: str, look: Look, width: float) -> tuple[str, ...]:
    """The text in lines that fit the width in this look."""
    paint = paint_of(look)
    return wrapped(text, paint.size, width, bold=paint.bold)


def words(text: str, look: Look, width: float, *, x: float = 0, anchor: Anchor = "start") -> Block:
    """A paragraph no wider than `width`, standing at `x`."""
    lines = lines_of(text, look, width)
    marks = tuple(
        Words(x, LEADING * number + BASELINE_IN_LINE, line, look, anchor)
        for number, line in enumerate(lines)
    )
    return Block(LEADING * len(lines), marks)


def _moved(mark: Mark, right: float, down: float) -> Mark:
    if isinstance(mark, Lines):
        strokes = (tuple((x + right, y + down) for x, y in stroke) for stroke in mark.strokes)
        return replace(mark, strokes=tuple(strokes))
    return replace(mark, x=mark.x + right, y=mark.y + down)
