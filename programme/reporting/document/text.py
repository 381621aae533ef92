"""Paragraphs and headings. Text is data: no markup is read in it, so it can fetch nothing."""

from typing import cast

from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable

from programme.reporting.charts.typeface import wrapped
from programme.reporting.document.structure import Element
from programme.reporting.document.style import ACCENT, TextStyle
from programme.reporting.document.tagged_canvas import TaggedCanvas

# Fewer lines than this are not left alone at the foot or the head of a page.
FEWEST_LINES = 2
BAR_WIDTH = 3.0
BAR_INDENT = 14.0


class Text(Flowable):
    """A paragraph of one element, in lines; it may run on over pages."""

    def __init__(self, text: str, element: Element, style: TextStyle) -> None:
        """`text` is written letter by letter, whatever it holds."""
        super().__init__()
        self.text = text
        self.element = element
        self.style = style
        self.keepWithNext = style.keep_with_next
        self.lines: tuple[str, ...] | None = None
        self.indent = 0.0

    def getSpaceBefore(self) -> float:
        """Points above, left out at the head of a page."""
        return self.style.before

    def getSpaceAfter(self) -> float:
        """Points below."""
        return self.style.after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The size it takes in this width."""
        if self.lines is None:
            room = width - self.indent
            self.lines = wrapped(self.text, self.style.size, room, bold=self.style.bold)
        self.width = width
        self.height = len(self.lines) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits the height, and the rest; nothing if too little stands on either side."""
        self.wrap(width, height)
        lines = self.lines or ()
        count = int(height // self.style.leading)
        if len(lines) - count < FEWEST_LINES:
            count = len(lines) - FEWEST_LINES
        if count < FEWEST_LINES:
            return []
        return [self._part(lines[:count]), self._part(lines[count:])]

    def draw(self) -> None:
        """The lines, as one piece of the element."""
        canvas = cast(TaggedCanvas, self.canv)
        lines = self.lines or ()
        with canvas.tagged(self.element):
            for number, line in enumerate(lines):
                y = self.height - number * self.style.leading - self.style.size
                # A space keeps the last word of a line apart from the first of the next.
                ending = " " if number < len(lines) - 1 else ""
                canvas.write_line(line + ending, self.indent, y, self.style)

    def _part(self, lines: tuple[str, ...]) -> "Text":
        part = type(self)(self.text, self.element, self.style)
        part.lines = lines
        return part


class Heading(Text):
    """A heading, also found in the list of bookmarks."""

    def __init__(self, text: str, element: Element, style: TextStyle, key: str, depth: int):
        """`key` is unique in the document; `depth` counts from 0."""
        super().__init__(text, element, style)
        self.key = key
        self.depth = depth

    def split(self, _width: float, _height: float) -> list[Flowable]:
        """A heading stays whole."""
        return []

    def draw(self) -> None:
        """The heading and its bookmark."""
        canvas = cast(TaggedCanvas, self.canv)
        canvas.bookmarkHorizontal(self.key, 0, self.height)
        canvas.addOutlineEntry(self.text, self.key, self.depth)
        super().draw()


class Note(Text):
    """A paragraph set apart by a bar at its left."""

    def __init__(self, text: str, element: Element, style: TextStyle) -> None:
        """As a paragraph, indented."""
        super().__init__(text, element, style)
        self.indent = BAR_INDENT

    def draw(self) -> None:
        """The bar, which is decoration, and the text."""
        canvas = cast(TaggedCanvas, self.canv)
        with canvas.artifact():
            canvas.setFillColor(HexColor(ACCENT))
            canvas.rect(0, 0, BAR_WIDTH, self.height, stroke=0, fill=1)
        super().draw()
