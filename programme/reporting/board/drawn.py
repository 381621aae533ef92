"""The chart of a figure, made from its published JSON."""

from collections.abc import Iterator
from fractions import Fraction

from programme.core.rounding import percentage
from programme.reporting.board.labels import in_words, label_of, measure_of, plural
from programme.reporting.board.sentences import Json, sentences, share
from programme.reporting.charts import BarChart, Chart, Crosstab, Entry, Group, Kind, Level
from programme.reporting.charts import Proportions as Share
from programme.reporting.definitions import NOT_RECORDED, Definition

HIDDEN = "hidden so that nobody can be recognised"


def chart_of(figure: Json, definition: Definition) -> Chart | None:
    """The chart of a figure, or None where a number says it all."""
    if figure.get("withheld") or not figure["denominator"]:
        return None
    makers = {"distribution": _bars, "median": _bars, "proportion": _levels, "crosstab": _crosstab}
    maker = makers.get(figure["kind"])
    return maker(figure, definition) if maker else None


def _bars(figure: Json, definition: Definition) -> Chart | None:
    entries = tuple(_entry(figure, row) for row in figure["rows"] if _is_told(row))
    if not entries:
        return None
    return BarChart(
        title=definition.question,
        summary=" ".join(sentences(figure)),
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
        return Entry(label, None, HIDDEN, Kind.WITHHELD)
    base = row.get("denominator") or figure["denominator"]
    text = f"{row['count']} ({percentage(row['count'], base)})" if base else str(row["count"])
    kind = Kind.NOT_RECORDED if row["category"] == NOT_RECORDED else Kind.RECORDED
    return Entry(label, row["count"], text, kind)


def _levels(figure: Json, definition: Definition) -> Chart | None:
    """The share, and each kind of thing by itself where the rows have a base of their own."""
    if figure["numerator"] is None:
        return None
    return Share(
        title=definition.question,
        summary=" ".join(sentences(figure)),
        category="Measure",
        measure="Share",
        levels=(_level(figure), *_levels_of_rows(figure)),
    )


def _level(figure: Json) -> Level:
    low, high = figure["interval"] or (None, None)
    # More than all places may be in use: the bar is full then, and the words say it.
    part = min(Fraction(int(figure["numerator"]), int(figure["denominator"])), Fraction(1))
    return Level(
        label=measure_of(figure["id"], figure["name"]),
        share=part,
        text=share(figure),
        low=low,
        high=high,
        interval_text=_interval_words(figure),
    )


def _levels_of_rows(figure: Json) -> Iterator[Level]:
    for row in figure["rows"]:
        label, base = label_of(figure["id"], row["category"]), row.get("denominator")
        if "denominator" in row and row["count"] is None:
            yield Level(label, None, HIDDEN, kind=Kind.WITHHELD)
        elif base:
            text = f"{percentage(row['count'], base)} ({row['count']} of {base})"
            yield Level(label, Fraction(row["count"], base), text)


def _interval_words(figure: Json) -> str:
    if not figure.get("interval"):
        return ""
    low, high = (percentage(round(end * 1000), 1000) for end in figure["interval"])
    return f"{low} to {high}"


def _crosstab(figure: Json, definition: Definition) -> Chart | None:
    lines: dict[str, list[Entry]] = {}
    for row in figure["rows"]:
        line, column = row["category"]
        told = _entry(figure, {**row, "category": column})
        lines.setdefault(in_words(line), []).append(told)
    if not lines:
        return None
    return Crosstab(
        title=definition.question,
        summary=" ".join(sentences(figure)),
        category="Brothers and sisters",
        rows=tuple(Group(label, tuple(entries)) for label, entries in lines.items()),
    )
