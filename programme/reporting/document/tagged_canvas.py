"""A ReportLab canvas that says what it draws: every mark is part of an element, or an artifact."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.pdfgen.canvas import Canvas

from programme.reporting.charts.typeface import font
from programme.reporting.document.structure import Element, Piece, StructureTree
from programme.reporting.document.style import LANGUAGE, PAGE_HEIGHT, PAGE_WIDTH, TextStyle

# ISO 32000-1, the first with all that is used here.
PDF_VERSION = (1, 7)


class TaggedCanvas(Canvas):
    """Draws onto A4 pages and remembers which element owns each piece of them."""

    # ReportLab's own, which its type stubs leave out.
    _code: list[str]
    _doc: Any

    def __init__(self, file: BytesIO, top: Element) -> None:
        """An empty document; `top` is its structure. The same drawing gives the same bytes."""
        self._top = top
        self._next_number = 0
        first_font: Any = font()
        super().__init__(
            file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pdfVersion=PDF_VERSION,
            pageCompression=1,
            invariant=1,
            initialFontName=first_font,
            lang=LANGUAGE,
        )

    @property
    def finished_pages(self) -> list[Any]:
        """The pages so far, without the one being drawn."""
        pages: list[Any] = self._doc.Pages.pages
        return pages

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to the element."""
        piece = Piece(len(self.finished_pages), self._next_number)
        self._next_number += 1
        element.kids.append(piece)
        yield from self._marked(f"/{element.kind} <</MCID {piece.number}>> BDC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is drawn inside is passed over by a screen reader: rules, headers, footers."""
        yield from self._marked(f"/Artifact <</Type /{kind}>> BDC")

    def write_line(self, text: str, x: float, y: float, style: TextStyle) -> None:
        """One line of text with its feet at y."""
        self.setFillColor(HexColor(style.colour))
        self.setFont(font(bold=style.bold), style.size)
        self.drawString(x, y, text)

    def showPage(self) -> None:
        """Finish the page, and give it the number by which the structure finds it."""
        super().showPage()
        page = self.finished_pages[-1]
        # Without this ReportLab leaves out what it does not know of a page.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self.finished_pages) - 1
        page.Tabs = PDFName("S")
        self._next_number = 0

    def save(self) -> None:
        """Write the structure, then the file."""
        StructureTree(self._doc, self.finished_pages).write(self._top)
        super().save()

    def _marked(self, opening: str) -> Iterator[None]:
        self._code.append(opening)
        yield
        self._code.append("EMC")
