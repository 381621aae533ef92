"""Reads a tagged PDF as a screen reader would: by its structure, not by its looks."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "EI"}
MAPPED_CODE = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>")


@dataclass(frozen=True)
class Read:
    """One element of the structure, with the text that is in it and in its parts."""

    kind: str
    text: str
    scope: str
    alternative: str
    page: int | None


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def elements(pdf: pikepdf.Pdf) -> list[Read]:
    """Every element in reading order."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    texts = {number: texts_by_piece(page) for number, page in enumerate(pdf.pages)}
    return [
        _read(node, pages, texts) for node in _nodes(pdf.Root.StructTreeRoot.K[0]) if "/S" in node
    ]


def texts_by_piece(page: pikepdf.Page) -> dict[int, str]:
    """The text of each numbered piece of marked content of a page."""
    found: dict[int, str] = {}
    maps = {str(name): _map(font) for name, font in page.Resources.get("/Font", {}).items()}
    for operator, operands, piece in painted(page):
        if operator == "Tf":
            letters = maps[str(operands[0])]
        if operator == "Tj" and piece is not None:
            text = "".join(letters[code] for code in bytes(operands[0]))
            found[piece] = found.get(piece, "") + text
    return found


def painted(page: pikepdf.Page) -> Iterator[tuple[str, list, int | None]]:
    """Each operator with the piece it is in: a number, -1 for an artifact, None for neither."""
    open_pieces: list[int] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            is_artifact = str(operands[0]) == "/Artifact"
            open_pieces.append(-1 if is_artifact else int(operands[1].MCID))
        elif str(operator) == "EMC":
            open_pieces.pop()
        yield str(operator), list(operands), open_pieces[-1] if open_pieces else None
    assert open_pieces == []


@dataclass(frozen=True)
class PlacedLine:
    """A line of text: where it begins and ends, how high it stands, in points."""

    text: str
    left: float
    right: float
    foot: float
    size: float


def lines_on(page: pikepdf.Page) -> Iterator[PlacedLine]:
    """Each line of text of a page, measured with the widths in its font."""
    fonts = page.Resources.Font
    right, up, kept = 0.0, 0.0, []
    for operator, operands, _piece in painted(page):
        if operator == "q":
            kept.append((right, up))
        elif operator == "Q":
            right, up = kept.pop()
        elif operator == "cm":
            assert [float(part) for part in operands[:4]] == [1, 0, 0, 1]
            right, up = right + float(operands[4]), up + float(operands[5])
        elif operator == "Tm":
            x, y = right + float(operands[4]), up + float(operands[5])
        elif operator == "Tf":
            font, size = fonts[str(operands[0])], float(operands[1])
        elif operator == "Tj":
            text = "".join(_map(font)[code] for code in bytes(operands[0])).rstrip()
            widths = [float(font.Widths[code]) for code in bytes(operands[0])[: len(text)]]
            yield PlacedLine(text, x, x + sum(widths) * size / 1000, y, size)


def artifacts(page: pikepdf.Page) -> str:
    """The text of a page that a screen reader passes over."""
    return texts_by_piece(page).get(-1, "")


def _nodes(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield node
    for kid in node.get("/K", []):
        yield from _nodes(kid)


def _read(node: pikepdf.Object, pages: dict, texts: dict) -> Read:
    pieces = [kid for kid in _nodes(node) if "/MCID" in kid]
    places = [(pages[piece.Pg.objgen], int(piece.MCID)) for piece in pieces]
    return Read(
        kind=str(node.S)[1:],
        text=" ".join(texts[page].get(number, "") for page, number in places).strip(),
        scope=str(node.get("/A", {}).get("/Scope", ""))[1:],
        alternative=str(node.get("/Alt", "")),
        page=places[0][0] if places else None,
    )


def _map(font: pikepdf.Object) -> dict[int, str]:
    pairs = MAPPED_CODE.findall(font.ToUnicode.read_bytes().partition(b"beginbfchar")[2])
    return {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}
