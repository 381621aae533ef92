"""A chronology read back from its files, each with a reader of its own."""

import io
import re
from typing import Any
from zipfile import ZipFile

import docx

from tests.programme.reporting.pdf_reading import elements, opened

Rows = list[tuple[str, ...]]
COLUMNS = 4


def rows_of_pdf(content: bytes) -> Rows:
    """The cells below the header, row by row, from the structure a screen reader uses."""
    read = elements(opened(content))
    cells = [one.text for one in read if one.kind in ("TH", "TD") and one.scope != "Column"]
    return [tuple(map(squeezed, cells[at : at + COLUMNS])) for at in range(0, len(cells), COLUMNS)]


def rows_of_docx(content: bytes) -> Rows:
    """The cells below the header, row by row, from the table in the file's own XML."""
    (table,) = docx.Document(io.BytesIO(content)).tables
    rows = [tuple(squeezed(cell.text) for cell in row.cells) for row in table.rows]
    return rows[1:]


def squeezed(text: str) -> str:
    """Words without how they are broken into lines."""
    return re.sub(r"\s+", " ", text).strip()


def xml_of(content: bytes) -> dict[str, str]:
    """Every part of a Word file, as it is stored."""
    with ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()}


def stamps_of(content: bytes) -> set[Any]:
    """When each part says it was packed."""
    with ZipFile(io.BytesIO(content)) as parts:
        return {one.date_time for one in parts.infolist()}
