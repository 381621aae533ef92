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
GAP = 24.0
FOOTER_LINES = 2


@dataclass(frozen=True)
class Margins:
    """The words in the margins of each page; `page_count` is known from a first drawing."""

    title: str
    marking: str
    made_by: str
    made_at: datetime
    page_count: int
    for_whom: str = ""

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
            [title] = shortened(self.title, MARGIN_TEXT, CONTENT_WIDTH / 2 - GAP, 1)
            _write_right(canvas, title, y, MARGIN_TEXT)
        [marking] = shortened(self.marking, MARKING, CONTENT_WIDTH / 2, 1)
        canvas.write_line(marking, SIDE, y, MARKING)

    def _draw_footer(self, canvas: TaggedCanvas) -> None:
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, FOOT - 16, PAGE_WIDTH - SIDE, FOOT - 16)
        y = FOOT - 31
        number = f"Page {canvas.getPageNumber()} of {self.page_count}"
        _write_right(canvas, number, y, MARGIN_TEXT)
        with translation.override("en-gb"):
            when = dated(self.made_at, r"j F Y \a\t H:i")
        made = f"Made on {when} by {self.made_by}"
        if self.for_whom:
            made = f"{made} for {self.for_whom}"
        room = CONTENT_WIDTH - _length(number, MARGIN_TEXT) - GAP
        for row, line in enumerate(shortened(made, MARGIN_TEXT, room, FOOTER_LINES)):
            canvas.write_line(line, SIDE, y - row * MARGIN_TEXT.leading, MARGIN_TEXT)


def shortened(text: str, style: TextStyle, room: float, most: int) -> list[str]:
    """The text in so many lines at most, with dots where more would follow."""
    whole = wrapped(text, style.size, room, bold=style.bold)
    if len(whole) <= most:
        return list(whole)
    *kept, last = wrapped(text, style.size, room - _length(" …", style), bold=style.bold)[:most]
    return [*kept, f"{last} …"]


def drawn_on_each_page(margins: Margins) -> Callable[[Canvas, object], None]:
    """The margins in the form ReportLab calls for each page."""
    return lambda canvas, _document: margins.draw(cast(TaggedCanvas, canvas))


def _length(text: str, style: TextStyle) -> float:
    return width_of(text, style.size, bold=style.bold)


def _write_right(canvas: TaggedCanvas, text: str, y: float, style: TextStyle) -> None:
    canvas.write_line(text, PAGE_WIDTH - SIDE - _length(text, style), y, style)
