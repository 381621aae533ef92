"""Tables that run on over pages, with their header repeated on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable

from programme.reporting.charts.typeface import width_of, wrapped
from programme.reporting.document.columns import PADDING
from programme.reporting.document.structure import Element
from programme.reporting.document.style import CELL, CONTENT_HEIGHT, HEADER_CELL, RULE, TextStyle
from programme.reporting.document.style import INK as DARK_RULE
from programme.reporting.document.tagged_canvas import TaggedCanvas

# A row taller than this is cut between its lines rather than moved whole to the next page.
TALLEST_ROW = CONTENT_HEIGHT / 3


@dataclass(frozen=True)
class Cell:
    """Lines of text of one element, to the left or to the right of their column."""

    lines: tuple[str, ...]
    element: Element
    style: TextStyle = CELL
    to_right: bool = False


@dataclass(frozen=True)
class Row:
    """The cells of one row, as tall as the tallest."""

    cells: tuple[Cell, ...]

    @property
    def height(self) -> float:
        """In points, with the space around the text."""
        lines = max((len(cell.lines) for cell in self.cells), default=0)
        return lines * CELL.leading + 2 * PADDING if lines else 0.0

    def cut(self, count: int) -> tuple["Row", "Row"]:
        """The first lines of each cell, and the others."""
        above = (Cell(c.lines[:count], c.element, c.style, c.to_right) for c in self.cells)
        below = (Cell(c.lines[count:], c.element, c.style, c.to_right) for c in self.cells)
        return Row(tuple(above)), Row(tuple(below))


@dataclass(frozen=True)
class Header:
    """The header row: part of the structure once, decoration where it is repeated."""

    row: Row
    is_repeat: bool = False


class Table(Flowable):
    """A header and rows; what does not fit goes to the next page under the same header."""

    def __init__(self, header: Header, rows: Sequence[Row], widths: Sequence[float]) -> None:
        """`widths` are in points, one for each column."""
        super().__init__()
        # A header that would fill the pages it is repeated on is read once, as a row.
        is_too_tall = header.row.height > TALLEST_ROW
        self.header = Header(Row(())) if is_too_tall else header
        self.rows = [header.row, *rows] if is_too_tall else list(rows)
        self.widths = list(widths)

    def getSpaceAfter(self) -> float:
        """Points below."""
        return 14

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The size of all rows."""
        self.width = sum(self.widths)
        self.height = self.header.row.height + sum(row.height for row in self.rows)
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """The rows that fit the height, and a table of the others."""
        room = height - self.header.row.height
        fitting: list[Row] = []
        for row in self.rows:
            if row.height > room:
                break
            room -= row.height
            fitting.append(row)
        others = self.rows[len(fitting) :]
        if others and others[0].height > TALLEST_ROW:
            fitting, others = _cut_next(fitting, others, room)
        if not fitting or not others:
            return []
        header = Header(self.header.row, is_repeat=True)
        return [Table(self.header, fitting, self.widths), Table(header, others, self.widths)]

    def draw(self) -> None:
        """Header, rows and the rules between them, from the top."""
        y = self._draw_header(self.height)
        for row in self.rows:
            self._draw_cells(row, y)
            y -= row.height
            self._rule(y, RULE, 0.5)

    def _draw_header(self, y: float) -> float:
        if self.header.is_repeat:
            with self._canvas.artifact("Pagination"):
                self._write_cells(self.header.row, y)
        else:
            self._draw_cells(self.header.row, y)
        y -= self.header.row.height
        self._rule(y, DARK_RULE, 1)
        return y

    @property
    def _canvas(self) -> TaggedCanvas:
        return cast(TaggedCanvas, self.canv)

    def _draw_cells(self, row: Row, top: float) -> None:
        x = 0.0
        for cell, width in zip(row.cells, self.widths, strict=False):
            if any(cell.lines):
                with self._canvas.tagged(cell.element):
                    self._write(cell, x, top, width)
            x += width

    def _write_cells(self, row: Row, top: float) -> None:
        x = 0.0
        for cell, width in zip(row.cells, self.widths, strict=False):
            self._write(cell, x, top, width)
            x += width

    def _write(self, cell: Cell, x: float, top: float, width: float) -> None:
        for number, line in enumerate(cell.lines):
            y = top - PADDING - number * cell.style.leading - cell.style.size
            length = width_of(line, cell.style.size, bold=cell.style.bold)
            left = x + self._inset(x)
            if cell.to_right:
                left = x + width - self._inset(x + width) - length
            ending = " " if number < len(cell.lines) - 1 else ""
            self._canvas.write_line(line + ending, left, y, cell.style)

    def _inset(self, x: float) -> float:
        """The space beside a column; none at the edges, so that text and rules are flush."""
        return PADDING if 0 < x < self.width - 1 else 0.0

    def _rule(self, y: float, colour: str, thickness: float) -> None:
        with self._canvas.artifact():
            self._canvas.setStrokeColor(HexColor(colour))
            self._canvas.setLineWidth(thickness)
            self._canvas.line(0, y, self.width, y)


def cell(
    text: str, element: Element, width: float, *, style: TextStyle = CELL, to_right: bool = False
) -> Cell:
    """A cell with its text in lines that fit its column."""
    lines = wrapped(text, style.size, width - 2 * PADDING, bold=style.bold)
    return Cell(lines, element, style, to_right)


def header_cell(text: str, element: Element, width: float, *, to_right: bool) -> Cell:
    """A cell of the header row."""
    return cell(text, element, width, style=HEADER_CELL, to_right=to_right)


def _cut_next(fitting: list[Row], others: list[Row], room: float) -> tuple[list[Row], list[Row]]:
    lines = int((room - 2 * PADDING) // CELL.leading)
    if lines < 1:
        return fitting, others
    above, below = others[0].cut(lines)
    return [*fitting, above], [below, *others[1:]]
