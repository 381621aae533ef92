"""The document as callers write it: top to bottom, in words and charts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate
from reportlab.platypus.flowables import Flowable

from programme.reporting.charts.descriptions import Chart
from programme.reporting.charts.layout import NOTHING
from programme.reporting.document import style
from programme.reporting.document.columns import column_widths, holds_figures
from programme.reporting.document.drawing import Drawing
from programme.reporting.document.keeping import KeptWithStart
from programme.reporting.document.metadata import Facts
from programme.reporting.document.page import Margins, drawn_on_each_page
from programme.reporting.document.structure import Element
from programme.reporting.document.table import Header, Row, Table, cell, header_cell
from programme.reporting.document.tagged_canvas import TaggedCanvas
from programme.reporting.document.text import Heading, Note, Text

# Writes its part of the structure under the element and gives back what is to be drawn.
Part = Callable[[Element], list[Flowable]]


@dataclass
class Document:
    """A tagged A4 document in British English. Call its methods in reading order, then `render`.

    `marking` stands on every page, as do `made_by`, `made_at` (aware, in the reader's time) and,
    if said, `for_whom`. `scale` makes headings and paragraphs larger, to read with less effort.
    """

    title: str
    subtitle: str
    marking: str
    made_by: str
    made_at: datetime
    for_whom: str = ""
    scale: float = 1.0
    _parts: list[Part] = field(default_factory=list, init=False)
    _deepest: int = field(default=1, init=False)

    def heading(self, level: int, text: str) -> None:
        """A heading of level 2 or 3; the title is level 1. It is also a bookmark."""
        if level not in style.HEADINGS or level > self._deepest + 1:
            raise ValueError("Headings go down one level at a time, from 2 to 3.")
        self._deepest = level
        key = f"part-{len(self._parts)}"
        look = style.scaled(style.HEADINGS[level], self.scale)
        self._parts.append(lambda top: [Heading(text, top.add(f"H{level}"), look, key, level - 2)])

    def paragraph(self, text: str, *, leads: bool = False) -> None:
        """A paragraph; a line feed starts a new line. What it `leads` to stays on its page."""
        look = style.scaled(style.LEADING if leads else style.BODY, self.scale)
        self._parts.append(lambda top: [Text(text, top.add("P"), look)])

    def note(self, text: str) -> None:
        """A paragraph set apart: what is missing, what to bear in mind."""
        self._parts.append(lambda top: [Note(text, top.add("P"), style.BODY)])

    def figure(self, chart: Chart, *, titled: bool = True) -> None:
        """A chart under its title, unless the heading above says it, and always its table."""
        self._parts.append(lambda top: _figure(chart, titled, top))
        table = chart.table()
        self.table(table.header, table.rows, "The same figures as a table")

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        caption: str,
        widths: Sequence[float] | None = None,
    ) -> None:
        """A table; the first cell of each row is its heading. `widths` are shares of the page."""
        if any(len(row) != len(header) for row in rows):
            raise ValueError("Every row of a table has a cell for each column.")
        self._parts.append(lambda top: _table(header, rows, caption, widths, top))

    def definition_list(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Terms and what they mean."""
        kept = list(pairs)
        self._parts.append(lambda top: _definitions(kept, top.add("L")) if kept else [])

    def points(self, items: Iterable[str]) -> None:
        """A list with a dot before each item."""
        kept, look = list(items), style.scaled(style.BODY, self.scale)
        self._parts.append(lambda top: _points(kept, look, top.add("L")) if kept else [])

    def page_break(self) -> None:
        """What follows starts on a new page."""
        self._parts.append(lambda _top: [PageBreak()])

    def render(self) -> bytes:
        """The PDF. The same document gives the same bytes.

        Raises ``TypefaceMissing`` before set-up. Drawn twice: once to count the pages.
        """
        _bytes, page_count = self._drawn(page_count=1)
        drawn, _page_count = self._drawn(page_count)
        return drawn

    def _drawn(self, page_count: int) -> tuple[bytes, int]:
        file, top = BytesIO(), Element("Document")
        canvas = TaggedCanvas(file, top)
        facts = Facts(self.title, self.subtitle, self.made_by, self.made_at)
        facts.put_into(canvas)
        margins = Margins(
            self.title, self.marking, self.made_by, self.made_at, page_count, self.for_whom
        )
        story = [flowable for part in [self._opening, *self._parts] for flowable in part(top)]
        pages = BaseDocTemplate(
            file,
            pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT),
            pageTemplates=[_template(margins)],
            displayDocTitle=1,
            keepTogetherClass=KeptWithStart,
            title=self.title,
            author=self.made_by,
            subject=self.subtitle,
            creator="",
        )
        pages.build(story, canvasmaker=lambda *_names, **_options: canvas)
        return file.getvalue(), len(canvas.finished_pages)

    def _opening(self, top: Element) -> list[Flowable]:
        opening: list[Flowable] = [Text(self.title, top.add("H1"), style.TITLE)]
        if self.subtitle:
            look = style.scaled(style.SUBTITLE, self.scale)
            opening.append(Text(self.subtitle, top.add("P"), look))
        return opening


def _template(margins: Margins) -> PageTemplate:
    place = (style.SIDE, style.FOOT, style.CONTENT_WIDTH, style.CONTENT_HEIGHT)
    frame = Frame(*place, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    return PageTemplate(frames=[frame], onPage=drawn_on_each_page(margins))


def _figure(chart: Chart, titled: bool, top: Element) -> list[Flowable]:
    title = [Text(chart.title, top.add("P"), style.CHART_TITLE)] if titled else []
    figure = top.add("Figure", alternative=f"{chart.title}. {chart.summary}")
    return [*title, Drawing(chart, figure)]


def _table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str,
    shares: Sequence[float] | None,
    top: Element,
) -> list[Flowable]:
    if not rows:
        return [Text(f"{caption}: {NOTHING}", top.add("P"), style.BODY)]
    table = top.add("Table")
    title = Text(caption, table.add("Caption"), style.CAPTION)
    widths = column_widths([header, *rows], style.CONTENT_WIDTH, shares)
    columns = list(zip(*rows, strict=True))
    sides = [number > 0 and holds_figures(column) for number, column in enumerate(columns)]
    head = _header(header, table.add("THead"), widths, sides)
    body = table.add("TBody")
    drawn = [_row(row, body.add("TR"), widths, sides) for row in rows]
    return [title, Table(head, drawn, widths)]


def _header(
    texts: Sequence[str], head: Element, widths: Sequence[float], sides: Sequence[bool]
) -> Header:
    line = head.add("TR")
    cells = (
        header_cell(text, line.add("TH", scope="Column"), width, to_right=side)
        for text, width, side in zip(texts, widths, sides, strict=True)
    )
    return Header(Row(tuple(cells)))


def _row(
    texts: Sequence[str], line: Element, widths: Sequence[float], sides: Sequence[bool]
) -> Row:
    elements = [line.add("TH", scope="Row"), *(line.add("TD") for _text in texts[1:])]
    parts = zip(texts, elements, widths, sides, strict=True)
    return Row(
        tuple(cell(text, element, width, to_right=side) for text, element, width, side in parts)
    )


def _definitions(pairs: Sequence[tuple[str, str]], list_element: Element) -> list[Flowable]:
    flowables: list[Flowable] = []
    for term, meaning in pairs:
        item = list_element.add("LI")
        flowables.append(Text(term, item.add("Lbl"), style.TERM))
        flowables.append(Text(meaning, item.add("LBody"), style.DEFINITION))
    return flowables


def _points(items: Sequence[str], look: style.TextStyle, list_element: Element) -> list[Flowable]:
    flowables: list[Flowable] = []
    for words in items:
        item = list_element.add("LI")
        flowables.append(Text(f"• {words}", item.add("LBody"), look))
    return flowables
