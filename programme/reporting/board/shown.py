"""A figure as its readers meet it: question, answer, two sentences, chart, and what is missing.

It is made from the published JSON of a figure, so that the board report and a frozen release,
whose JSON is all that is left of it, are shown by the same code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from programme.core.rounding import percentage
from programme.reporting.board.labels import in_words, label_of
from programme.reporting.charts import BarChart, Chart, Crosstab, Entry, Group, Kind, Level
from programme.reporting.charts import Proportions as Share
from programme.reporting.definitions import DEFINITIONS, Definition

Json = Mapping[str, Any]
HIDDEN = "hidden"
HIDDEN_KINDLY = "Hidden, so that nobody can be recognised"


@dataclass(frozen=True)
class Shown:
    """One answer of a report."""

    id: str
    question: str
    headline: str
    sentences: tuple[str, ...]
    chart: Chart | None
    missing: tuple[str, ...]
    definition: tuple[tuple[str, str], ...]
    withheld_because: str = ""


def shown(figure: Json) -> Shown:
    """The answer a figure gives, in plain words, with everything that must stand beside it."""
    definition = DEFINITIONS[figure["id"]]
    return Shown(
        id=definition.id,
        question=definition.question,
        headline=headline(figure),
        sentences=_sentences(figure, definition),
        chart=chart_of(figure, definition),
        missing=_missing(figure),
        definition=_definition(definition),
        withheld_because=figure.get("withheld_because", ""),
    )


def headline(figure: Json) -> str:
    """The answer in the fewest words; hidden is said, never only marked."""
    if figure.get("withheld"):
        return HIDDEN_KINDLY
    if figure["kind"] == "proportion":
        return _share(figure)
    if figure["kind"] in ("distribution", "crosstab"):
        return _of_rows(figure)
    if figure["value"] is None:
        return "No figure"
    if figure["id"] == "TI-1":
        return f"{figure['display']} weeks"
    if figure["kind"] == "count":
        return _of_unit(figure["numerator"], figure["unit"])
    return str(figure["display"])


def _share(figure: Json) -> str:
    if not figure["denominator"]:
        return "No figure"
    if figure["numerator"] is None:
        return HIDDEN_KINDLY
    return f"{figure['display']} ({figure['numerator']} of {figure['denominator']})"


def plural(unit: str, number: int | None) -> str:
    """``1 baby``, ``2 babies``."""
    if number == 1:
        return unit
    return f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"


def _of_unit(number: int | None, unit: str) -> str:
    return HIDDEN_KINDLY if number is None else f"{number:,} {plural(unit, number)}"


def _of_rows(figure: Json) -> str:
    """How many stand in the rows, and out of how many where those are more."""
    counts = [row["count"] for row in figure["rows"]]
    whole = figure["denominator"]
    if None in counts or figure["kind"] == "crosstab" or sum(counts) >= (whole or 0):
        return _of_unit(whole, figure["unit"])
    return f"{sum(counts)} of {_of_unit(whole, figure['unit'])}"


def _sentences(figure: Json, definition: Definition) -> tuple[str, ...]:
    if figure.get("withheld"):
        return (figure.get("withheld_because") or "Hidden so that nobody can be recognised.",)
    reader = {
        "proportion": _read_proportion,
        "distribution": _read_distribution,
        "median": _read_median,
        "mean": _read_mean,
        "crosstab": _read_crosstab,
    }.get(figure["kind"], _read_count)
    return reader(figure, definition)


def _read_count(figure: Json, definition: Definition) -> tuple[str, ...]:
    return (f"From the first to the last day: {_of_unit(figure['numerator'], figure['unit'])}.",)


def _read_proportion(figure: Json, definition: Definition) -> tuple[str, ...]:
    if not figure["denominator"]:
        return ("There was nobody or nothing to count in the period, so there is no share.",)
    if figure["numerator"] is None:
        return ("Hidden so that nobody can be recognised.",)
    counted = _of_unit(figure["denominator"], figure["unit"])
    first = f"Counted: {figure['numerator']} of {counted}."
    return (first, _range(figure)) if figure.get("interval") else (first,)


def _range(figure: Json) -> str:
    low, high = (percentage(round(end * 1000), 1000) for end in figure["interval"])
    return f"With this many, chance alone moves the share: the likely range is {low} to {high}."


def _read_distribution(figure: Json, definition: Definition) -> tuple[str, ...]:
    seen = [row for row in figure["rows"] if row["count"]]
    if not seen:
        return ("Nothing to count in the period.",)
    most = max(seen, key=lambda row: row["count"])
    label = label_of(figure["id"], most["category"])
    return (
        f"Of {_of_unit(figure['denominator'], figure['unit'])},"
        f" the largest group is “{label}”: {most['count']}.",
    )


def _read_median(figure: Json, definition: Definition) -> tuple[str, ...]:
    if figure["value"] is None:
        return ("Nobody was referred in the period because of a pregnancy with a due date.",)
    return (
        f"Half came at {figure['display']} completed weeks or before"
        f" ({_of_unit(figure['denominator'], figure['unit'])} with a due date).",
    )


def _read_mean(figure: Json, definition: Definition) -> tuple[str, ...]:
    if figure["value"] is None:
        return ("No running costs or no parents were recorded for the period.",)
    spent = f"£{float(figure['numerator']):,.0f}"
    return (
        f"{spent} for {_of_unit(figure['denominator'], figure['unit'])}, {figure['display']} each.",
    )


def _read_crosstab(figure: Json, definition: Definition) -> tuple[str, ...]:
    return (
        f"{_of_unit(figure['denominator'], figure['unit'])} counted."
        " It shows who stands where, not what caused it.",
    )


def _missing(figure: Json) -> tuple[str, ...]:
    """What is not in the figure, in words; nothing is left out in silence."""
    lines = []
    if figure.get("not_recorded"):
        lines.append(f"Not recorded: {figure['not_recorded']}.")
    if figure.get("open_window"):
        lines.append(f"Not yet long enough ago to count: {figure['open_window']}.")
    for reason, number in (figure.get("excluded") or {}).items():
        if number:
            lines.append(f"Counted apart: {in_words(reason).lower()}, {number}.")
        elif number is None:
            lines.append(f"Counted apart: {in_words(reason).lower()}, number {HIDDEN}.")
    return tuple(lines)


def _definition(definition: Definition) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("What is counted", definition.numerator),
        ("Out of", definition.denominator),
        ("When", definition.time_basis),
        ("Left out, but counted", definition.excluded_but_counted),
    )
    return tuple((name, words) for name, words in pairs if words)


# --- Charts -------------------------------------------------------------------------------------


def chart_of(figure: Json, definition: Definition) -> Chart | None:
    """The chart of a figure, or None where a number says it all."""
    if figure.get("withheld") or not figure["denominator"]:
        return None
    makers = {"distribution": _bars, "median": _bars, "proportion": _level, "crosstab": _crosstab}
    maker = makers.get(figure["kind"])
    return maker(figure, definition) if maker else None


def _bars(figure: Json, definition: Definition) -> Chart | None:
    entries = tuple(_entry(figure, row) for row in figure["rows"] if _is_told(row))
    if not entries:
        return None
    return BarChart(
        title=definition.question,
        summary=" ".join(_sentences(figure, definition)),
        category="Group",
        measure=in_words(plural(figure["unit"], 2)),
        entries=entries,
    )


def _is_told(row: Json) -> bool:
    """Long lists keep to what was found; the spreadsheet has the noughts too."""
    return bool(row["count"]) or bool(row.get("withheld"))


def _entry(figure: Json, row: Json) -> Entry:
    label = label_of(figure["id"], row["category"])
    if row.get("withheld") or row["count"] is None:
        return Entry(label, None, "hidden so that nobody can be recognised", Kind.WITHHELD)
    base = row.get("denominator") or figure["denominator"]
    text = f"{row['count']} ({percentage(row['count'], base)})" if base else str(row["count"])
    kind = Kind.NOT_RECORDED if row["category"] == "not_recorded" else Kind.RECORDED
    return Entry(label, row["count"], text, kind)


def _level(figure: Json, definition: Definition) -> Chart | None:
    if figure["numerator"] is None:
        return None
    low, high = figure["interval"] or (None, None)
    level = Level(
        label=in_words(definition.name),
        share=Fraction(int(figure["numerator"]), int(figure["denominator"])),
        text=_share(figure),
        low=low,
        high=high,
        interval_text=_interval_words(figure),
    )
    return Share(
        title=definition.question,
        summary=" ".join(_sentences(figure, definition)),
        category="Measure",
        measure="Share",
        levels=(level,),
    )


def _interval_words(figure: Json) -> str:
    if not figure.get("interval"):
        return ""
    low, high = (percentage(round(end * 1000), 1000) for end in figure["interval"])
    return f"{low} to {high}"


def _crosstab(figure: Json, definition: Definition) -> Chart | None:
    lines: dict[str, list[Entry]] = {}
    for row in figure["rows"]:
        if isinstance(row["category"], str):
            continue
        line, column = row["category"]
        told = _entry(figure, {**row, "category": column})
        lines.setdefault(in_words(line), []).append(told)
    if not lines:
        return None
    return Crosstab(
        title=definition.question,
        summary=" ".join(_sentences(figure, definition)),
        category="Brothers and sisters",
        rows=tuple(Group(label, tuple(entries)) for label, entries in lines.items()),
    )
