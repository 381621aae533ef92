"""Reads a board report as its readers get it: the page, the PDF and the spreadsheet.

Each reader gives the same shape: for each indicator its headline and the counts of its rows.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO

from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader

from programme.reporting.definitions import DEFINITIONS
from tests.programme.reporting.pdf_reading import Read, elements, opened

ID_OF = {definition.question: name for name, definition in DEFINITIONS.items()}
FIRST_NUMBER = re.compile(r"[\d,]+")
OUT_OF = re.compile(r"\((\d+) of (\d+)\)")


@dataclass
class Answer:
    """What a reader finds under one question."""

    headline: str = ""
    # Label of a row, then its count; of a crosstab "line, column".
    rows: dict[str, int] = field(default_factory=dict)
    words: str = ""
    has_chart: bool = False
    has_table: bool = False


Answers = dict[str, Answer]


def count_in(text: str) -> int:
    """``10 (45.5%)`` is 10; ``100.0% (54 of 54)`` is 54."""
    share = OUT_OF.search(text)
    if share:
        return int(share.group(1))
    [number] = FIRST_NUMBER.findall(text.partition(" (")[0])
    return int(number.replace(",", ""))


def _add_row(answer: Answer, header: list[str], cells: list[str]) -> None:
    """Label and count; where every other column is a count, one for each column."""
    label, *values = cells
    if header[1:] == ["Home", "Not home"]:
        answer.rows |= {
            f"{label}, {column.lower()}": count_in(value)
            for column, value in zip(header[1:], values, strict=True)
        }
    else:
        answer.rows[label] = count_in(values[0])


def _text(node: Tag) -> str:
    return " ".join(node.get_text(" ", strip=True).split())


def on_page(html: bytes) -> Answers:
    """The page: a heading for each question, its headline, sentences and table."""
    answers: Answers = {}
    for section in BeautifulSoup(html, "html.parser").select("section"):
        for node in section.find_all(recursive=False):
            if node.name == "h3":
                answer = answers.setdefault(str(node["id"]).upper(), Answer())
            elif node.name != "h2":
                _read_node(answer, node)
    return answers


def _read_node(answer: Answer, node: Tag) -> None:
    strong = node.find(class_="report-headline")
    if strong:
        answer.headline = _text(strong)
    answer.words = f"{answer.words} {_text(node)}".strip()
    if node.name == "figure":
        answer.has_chart = node.find("svg") is not None
        lines = [[_text(cell) for cell in row.select("th, td")] for row in node.select("tr")]
        header, *rows = lines
        answer.has_table = bool(rows)
        for row in rows:
            _add_row(answer, header, row)


def on_paper(pdf: bytes) -> Answers:
    """The PDF by its structure, as a screen reader gets it; the definitions at its end apart."""
    answers: Answers = {}
    answer = Answer()
    for kind, words, table in _blocks(_until(elements(opened(pdf)), "How each figure is made")):
        if kind == "H3":
            answer = answers.setdefault(ID_OF[words], Answer())
        elif kind == "P":
            answer.words = words
            answer.headline = words.split(". ")[0].removesuffix(".")
        elif kind == "Figure":
            answer.has_chart = True
        elif kind == "Table" and answers:
            answer.has_table = True
            for row in table[1:]:
                _add_row(answer, table[0], row)
    return answers


def _blocks(read: list[Read]) -> Iterator[tuple[str, str, list[list[str]]]]:
    """Headings, paragraphs, figures and tables in order, a table with its lines of cells."""
    table: list[list[str]] = []
    for element in [*read, END]:
        if table and element.kind not in INSIDE:
            yield "Table", "", table
            table = []
        if element.kind == "TR":
            table = [*table, []]
        elif element.kind in ("TH", "TD"):
            table[-1].append(_joined(element.text))
        elif element.kind in ("H3", "P", "Figure"):
            yield element.kind, _joined(element.text), []


INSIDE = ("THead", "TBody", "TR", "TH", "TD", "Caption")
END = Read("End", "", "", "", None)


def _until(read: list[Read], heading: str) -> list[Read]:
    texts = [element.text for element in read]
    return read[: texts.index(heading)]


def _joined(text: str) -> str:
    return " ".join(text.split())


def definitions_on_paper(pdf: bytes) -> dict[str, list[str]]:
    """The tables of definitions by indicator."""
    read = elements(opened(pdf))
    at_end = read[len(_until(read, "How each figure is made")) :]
    rows = [row for _, _, table in _blocks(at_end) for row in table[1:]]
    return {name.rpartition("(")[2].removesuffix(")"): words for name, *words in rows}


def in_spreadsheet(content: bytes) -> Answers:
    """The spreadsheet: a row "all", then the rows that are not nought; splits are left out."""
    answers: Answers = {}
    for line in lines_of(content):
        answer = answers.setdefault(line["indicator"], Answer())
        if line["group"] == "all":
            answer.headline = " of ".join(filter(None, (line["count"], line["out of"])))
            answer.words = line["shown as"]
        elif ":" not in line["group"] and line["count"] not in ("", "0"):
            answer.rows[line["group"]] = int(line["count"])
    return answers


def lines_of(content: bytes) -> list[dict[str, str]]:
    """The rows of the spreadsheet by the names of its columns."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, as a reader would copy it."""
    return [_joined(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]
