"""The report as CSV for people: every count with its base, noughts included, nothing executable."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from programme.core.rounding import NONE, percentage
from programme.reporting.board.labels import in_words, label_of, split_label
from programme.reporting.board.report import Report
from programme.reporting.definitions import DEFINITIONS, Definition

Json = Mapping[str, Any]
HEADER = (
    "indicator",
    "question",
    "group",
    "count",
    "out of",
    "shown as",
    "not recorded",
    "open window",
    "counted apart",
    "first day",
    "last day",
    "as at",
    "definition",
)
HIDDEN = "hidden"
ALL = "all"
# A spreadsheet program would run a cell that begins with one of these.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def as_csv(report: Report) -> bytes:
    """UTF-8 with its mark, so that spreadsheet programs read Welsh letters."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADER)
    days = (report.first, report.last, report.as_at)
    for figure in report.figures:
        definition = DEFINITIONS[figure["id"]]
        for row in _rows(figure):
            cells = (definition.id, definition.question, *row, *days, _meaning(definition))
            writer.writerow([escaped(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def escaped(cell: object) -> str:
    """The cell as words, with an apostrophe before what would run."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(RUNS) else text


def _meaning(definition: Definition) -> str:
    return f"{definition.numerator} Out of: {definition.denominator} When: {definition.time_basis}"


def _rows(figure: Json, within: str = "") -> Iterator[tuple[object, ...]]:
    """The figure, its rows, and the same again for each part of its splits."""
    yield (
        within or ALL,
        figure["numerator"],
        figure["denominator"],
        _shown(figure),
        figure.get("not_recorded"),
        figure.get("open_window"),
        _apart(figure),
    )
    for row in figure["rows"]:
        group = _label(figure["id"], row["category"])
        base = row.get("denominator", figure["denominator"])
        label = f"{within}: {group}" if within else group
        yield label, row["count"], base, _row_shown(row, base), "", "", ""
    for parts in figure.get("by", {}).values():
        for part in parts:
            yield from _rows(part, split_label(part["category"]))


def _shown(figure: Json) -> str:
    """Rows say it for themselves where the figure as a whole has no value."""
    if figure.get("withheld"):
        return HIDDEN
    return "" if figure["display"] == NONE else str(figure["display"])


def _row_shown(row: Json, base: int | None) -> str:
    if row.get("withheld"):
        return HIDDEN
    return percentage(row["count"], base) if base else ""


def _apart(figure: Json) -> str:
    found = (figure.get("excluded") or {}).items()
    told = (
        f"{in_words(reason)}: {HIDDEN if number is None else number}" for reason, number in found
    )
    return "; ".join(told)


def _label(indicator: str, category: str | list[str]) -> str:
    """A crosstab's cell says both: its line and its column."""
    if isinstance(category, str):
        return label_of(indicator, category)
    return in_words(", ".join(category))
