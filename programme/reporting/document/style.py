"""Language, sizes and colours of a document, in points: A4, wide margins, text to read aloud."""

from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

LANGUAGE = "en-GB"

PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE = 22 * mm
TOP = 27 * mm
FOOT = 26 * mm
CONTENT_WIDTH = PAGE_WIDTH - 2 * SIDE
CONTENT_HEIGHT = PAGE_HEIGHT - TOP - FOOT

INK = "#0b0c0c"
QUIET_INK = "#484949"
ACCENT = "#1d4f5c"
RULE = "#b1b4b6"
SHADE = "#eef3f3"


@dataclass(frozen=True)
class TextStyle:
    """How a paragraph is set."""

    size: float
    leading: float
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 0
    keep_with_next: bool = False


TITLE = TextStyle(26, 31, bold=True, colour=ACCENT, after=4)
SUBTITLE = TextStyle(14, 19, colour=QUIET_INK, after=16)
HEADINGS = {
    2: TextStyle(17, 22, bold=True, colour=ACCENT, before=18, after=6, keep_with_next=True),
    3: TextStyle(13, 17, bold=True, before=12, after=4, keep_with_next=True),
}
BODY = TextStyle(11, 16, after=8)
LEADING = replace(BODY, keep_with_next=True)
CHART_TITLE = TextStyle(11, 16, bold=True, before=6, after=4, keep_with_next=True)
CAPTION = TextStyle(9.5, 13, colour=QUIET_INK, after=4, keep_with_next=True)
CELL = TextStyle(10, 14)
HEADER_CELL = TextStyle(10, 14, bold=True)
TERM = TextStyle(11, 16, bold=True, before=2, keep_with_next=True)
DEFINITION = TextStyle(11, 16, after=8)
MARGIN_TEXT = TextStyle(9, 12, colour=QUIET_INK)
MARKING = TextStyle(9, 12, bold=True)


def scaled(look: TextStyle, scale: float) -> TextStyle:
    """The same, larger or smaller."""
    return replace(look, size=look.size * scale, leading=look.leading * scale)
