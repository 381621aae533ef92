"""What stands on every page around the text: the marking, the title, who and when, the number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.utils import translation
from django.utils.dateformat import format as dated
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from programme.reporting.charts.typeface import width_of, wrapped
from programme.reporting.document.style import (
    ACCENT,
    CONTENT_WIDTH,
    FOOT,
    MARGIN_TEXT,
    MARKING,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    SIDE,
    TOP,
    TextStyle,
)
from programme.reporting.document.tagged_canvas import TaggedCanvas

BAND = 6.0


@dataclass(frozen=True)
class Margins:
    """The words in the margins of each page; `page_count` is known from a first drawing."""

    title: str
    marking: str
    made_by: str
    made_at: datetime
    page_count: int

    def draw(self, canvas: TaggedCanvas) -> None:
        """Header and footer, passed over by a screen reader because they repeat."""
        with canvas.artifact("Pagination"):
            self._draw_header(canvas)
            self._draw_footer(canvas)

    def _draw_header(self, canvas: TaggedCanvas) -> None:
        y = PAGE_HEIGHT - TOP + 24
        if canvas.getPageNumber() == 1:
            canvas.setFillColor(HexColor(ACCENT))
            canvas.rect(0, PAGE_HEIGHT - BAND, PAGE_WIDTH, BAND, stroke=0, fill=1)
        else:
            room = CONTENT_WIDTH - _length(self.marking, MARKING) - 24
            _write_right(canvas, first_line(self.title, MARGIN_TEXT, room), y, MARGIN_TEXT)
        canvas.write_line(self.marking, SIDE, y, MARKING)

    def _draw_footer(self, canvas: TaggedCanvas) -> None:
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, FOOT - 16, PAGE_WIDTH - SIDE, FOOT - 16)
        y = FOOT - 31
        number = f"Page {canvas.getPageNumber()} of {self.page_count}"
        _write_right(canvas, number, y, MARGIN_TEXT)
        with translation.override("en-gb"):
            when = dated(self.made_at, "j F Y, H:i")
        made = f"Made by {self.made_by} on {when}"
        room = CONTENT_WIDTH - _length(number, MARGIN_TEXT) - 24
        lines = wrapped(made, MARGIN_TEXT.size, room)
        for row, line in enumerate(lines):
            canvas.write_line(line, SIDE, y - row * MARGIN_TEXT.leading, MARGIN_TEXT)


def first_line(text: str, style: TextStyle, room: float) -> str:
    """The text, or as much of it as fits one line, with dots that say so."""
    lines = wrapped(text, style.size, room, bold=style.bold)
    if len(lines) == 1:
        return lines[0]
    return wrapped(text, style.size, room - _length(" …", style), bold=style.bold)[0] + " …"


def drawn_on_each_page(margins: Margins) -> Callable[[Canvas, object], None]:
    """The margins in the form ReportLab calls for each page."""
    return lambda canvas, _document: margins.draw(cast(TaggedCanvas, canvas))


def _length(text: str, style: TextStyle) -> float:
    return width_of(text, style.size, bold=style.bold)


def _write_right(canvas: TaggedCanvas, text: str, y: float, style: TextStyle) -> None:
    canvas.write_line(text, PAGE_WIDTH - SIDE - _length(text, style), y, style)
