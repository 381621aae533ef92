"""The report as CSV for people: every count with its base, noughts included, nothing executable."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from programme.reporting.board.labels import label_of
from programme.reporting.board.report import Report
from programme.reporting.definitions import DEFINITIONS

HEADER = (
    "indicator",
    "question",
    "group",
    "count",
    "out of",
    "shown as",
    "not recorded",
    "open window",
    "first day",
    "last day",
    "as at",
    "definition",
)
# A spreadsheet program would run a cell that begins with one of these.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def as_csv(report: Report) -> bytes:
    """UTF-8 with its mark, so that spreadsheet programs read Welsh letters."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADER)
    for figure in report.figures:
        for row in _rows(figure, report):
            writer.writerow([escaped(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def escaped(cell: object) -> str:
    """The cell as words, with an apostrophe before what would run."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(RUNS) else text


def _rows(figure: Mapping[str, Any], report: Report) -> Iterator[tuple[object, ...]]:
    definition = DEFINITIONS[figure["id"]]
    days = (report.first, report.last, report.as_at)
    meaning = f"{definition.numerator}; out of: {definition.denominator}"
    hidden = "hidden" if figure.get("withheld") else figure["display"]
    beside = (figure.get("not_recorded"), figure.get("open_window"))
    yield (
        figure["id"],
        definition.question,
        "all",
        figure["numerator"],
        figure["denominator"],
        hidden,
        *beside,
        *days,
        meaning,
    )
    for row in figure["rows"]:
        category = row["category"]
        label = (
            label_of(figure["id"], category)
            if isinstance(category, str)
            else ", ".join(str(part) for part in category)
        )
        shown = "hidden" if row.get("withheld") else ""
        base = row.get("denominator", figure["denominator"])
        yield (
            figure["id"],
            definition.question,
            label,
            row["count"],
            base,
            shown,
            "",
            "",
            *days,
            meaning,
        )
