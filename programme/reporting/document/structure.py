"""The structure tree of a tagged PDF: what each piece of a page is, in reading order.

Kinds and attributes are those of ISO 32000-1, 14.7 and 14.8.
"""

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString, PDFtrue

# A reference to an object of the file. ReportLab's document model is not typed.
Reference = Any


@dataclass(frozen=True)
class Piece:
    """Marked content: its page, counted from 0, and its number on that page."""

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """A heading, paragraph, figure, table part ... and what is inside it."""

    kind: str
    alternative: str = ""
    attributes: dict[str, object] = field(default_factory=dict)
    kids: list["Element | Piece"] = field(default_factory=list)

    def add(self, kind: str, *, alternative: str = "", scope: str = "") -> "Element":
        """A new element at the end of this one; `scope` is Row or Column, for table headers."""
        attributes: dict[str, object] = {"O": PDFName("Table"), "Scope": PDFName(scope)}
        element = Element(kind, alternative, attributes if scope else {})
        self.kids.append(element)
        return element


class StructureTree:
    """Writes a tree of elements into a document, with the way back from pages to elements."""

    def __init__(self, document: Any, pages: list[Any]) -> None:
        """`pages` are the finished pages, in order."""
        self._document = document
        self._pages = pages
        self._owners: dict[Piece, Reference] = {}

    def write(self, top: Element) -> None:
        """Put the tree into the catalogue and mark the document as tagged."""
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        reference = self._document.Reference(root)
        root["K"] = PDFArray([self._written(top, reference)])
        root["ParentTree"] = self._document.Reference(PDFDictionary({"Nums": self._way_back()}))
        root["ParentTreeNextKey"] = len(self._pages)
        self._document.Catalog.StructTreeRoot = root
        self._document.Catalog.MarkInfo = PDFDictionary({"Marked": PDFtrue})

    def _written(self, element: Element, parent: Reference) -> Reference:
        entry = PDFDictionary(
            {"Type": PDFName("StructElem"), "S": PDFName(element.kind), "P": parent}
        )
        reference = self._document.Reference(entry)
        if element.alternative:
            entry["Alt"] = PDFString(element.alternative)
        if element.attributes:
            entry["A"] = PDFDictionary(element.attributes)
        entry["K"] = PDFArray([self._kid(kid, reference) for kid in element.kids])
        return reference

    def _kid(self, kid: Element | Piece, parent: Reference) -> Reference:
        if isinstance(kid, Element):
            return self._written(kid, parent)
        self._owners[kid] = parent
        page = self._document.Reference(self._pages[kid.page])
        return PDFDictionary({"Type": PDFName("MCR"), "Pg": page, "MCID": kid.number})

    def _way_back(self) -> PDFArray:
        """For each page, the elements that own its pieces, in the order of their numbers."""
        numbers: list[object] = []
        for page in range(len(self._pages)):
            pieces = sorted(
                (piece for piece in self._owners if piece.page == page),
                key=lambda piece: piece.number,
            )
            owners = PDFArray([self._owners[piece] for piece in pieces])
            numbers += [page, self._document.Reference(owners)]
        return PDFArray(numbers)
