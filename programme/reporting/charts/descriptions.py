"""What a chart shows, before anything is drawn. Numbers arrive exact, with their words.

Nothing here rounds: `text` is what people read, `value` is what the bar is as long as.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

Number = int | Fraction | Decimal | float


class Kind(Enum):
    """Whether there is a number to show, and if not, why."""

    RECORDED = "recorded"
    NOT_RECORDED = "not recorded"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Entry:
    """One labelled value. `value` is None where there is nothing to draw (no denominator)."""

    label: str
    value: Number | None
    text: str
    kind: Kind = Kind.RECORDED

    def __post_init__(self) -> None:
        _check_size(self.value)
        _check_withheld(self.value, self.text, self.kind)


@dataclass(frozen=True)
class ChartTable:
    """The figures of a chart as rows of words; the first cell of a row is its heading."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars from zero, one for each category, in the order given."""

    title: str
    summary: str
    category: str
    measure: str
    entries: tuple[Entry, ...]
    maximum: Number | None = None

    def table(self) -> ChartTable:
        """Category and value."""
        return _table_of_entries(self.category, self.measure, self.entries)


@dataclass(frozen=True)
class Group:
    """The bars of one category of a `GroupedBars`, one for each series."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class GroupedBars:
    """Two or three bars for each category: before and after, mothers and fathers."""

    title: str
    summary: str
    category: str
    groups: tuple[Group, ...]
    maximum: Number | None = None

    def table(self) -> ChartTable:
        """Category, then a column for each series."""
        series = tuple(entry.label for entry in self.groups[0].entries) if self.groups else ()
        rows = tuple((group.label, *_texts(group.entries)) for group in self.groups)
        return ChartTable((self.category, *series), rows)


@dataclass(frozen=True)
class TrendLine:
    """A value over periods, from zero. The line breaks where nothing was recorded."""

    title: str
    summary: str
    category: str
    measure: str
    entries: tuple[Entry, ...]
    maximum: Number
    maximum_text: str

    def __post_init__(self) -> None:
        if any(size_of(entry) > float(self.maximum) for entry in self.entries):
            raise ValueError("The scale of a line ends at or above its highest value.")

    def table(self) -> ChartTable:
        """Period and value."""
        return _table_of_entries(self.category, self.measure, self.entries)


@dataclass(frozen=True)
class StackedShare:
    """One bar cut into the parts of a whole, in the order given."""

    title: str
    summary: str
    category: str
    measure: str
    entries: tuple[Entry, ...]

    def table(self) -> ChartTable:
        """Part and value."""
        return _table_of_entries(self.category, self.measure, self.entries)


@dataclass(frozen=True)
class Level:
    """One proportion, 0 to 1, with its interval and those of whom nothing is recorded.

    `not_recorded` is a share on the same scale.
    """

    label: str
    share: Number | None
    text: str
    low: Number | None = None
    high: Number | None = None
    interval_text: str = ""
    kind: Kind = Kind.RECORDED
    not_recorded: Entry | None = None

    def __post_init__(self) -> None:
        for part in (self.share, self.low, self.high):
            _check_size(part)
            if part is not None and part > 1:
                raise ValueError("A proportion is not more than 1.")
        _check_withheld(self.share, self.text, self.kind)


@dataclass(frozen=True)
class Proportions:
    """One or more proportions of different wholes, each filling its own bar from zero to all."""

    title: str
    summary: str
    category: str
    measure: str
    levels: tuple[Level, ...]

    def table(self) -> ChartTable:
        """Measure, value, interval in words and, where any level has it, not recorded."""
        header = [self.category, self.measure, "Likely range"]
        rows = [[level.label, level.text, level.interval_text or "none"] for level in self.levels]
        if any(level.not_recorded for level in self.levels):
            header.append("Not recorded")
            for row, level in zip(rows, self.levels, strict=True):
                row.append(level.not_recorded.text if level.not_recorded else "none")
        return ChartTable(tuple(header), tuple(map(tuple, rows)))


@dataclass(frozen=True)
class Crosstab:
    """Counts by two questions at once. Areas are counts, so nobody is lost behind a percentage."""

    title: str
    summary: str
    category: str
    rows: tuple[Group, ...]
    not_recorded: Entry | None = None

    def table(self) -> ChartTable:
        """A row for each answer to the first question, a column for each to the second."""
        columns = tuple(entry.label for entry in self.rows[0].entries) if self.rows else ()
        rows = [(row.label, *_texts(row.entries)) for row in self.rows]
        if self.not_recorded:
            label = f"{self.not_recorded.label}: {self.not_recorded.text}"
            rows.append((label, *("not known" for _column in columns)))
        return ChartTable((self.category, *columns), tuple(rows))


Chart = BarChart | GroupedBars | TrendLine | StackedShare | Proportions | Crosstab


def size_of(entry: Entry) -> float:
    """How much there is to draw; nothing where no number is shown."""
    return float(entry.value or 0)


def _texts(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(entry.text for entry in entries)


def _table_of_entries(category: str, measure: str, entries: Iterable[Entry]) -> ChartTable:
    return ChartTable((category, measure), tuple((entry.label, entry.text) for entry in entries))


def _check_size(value: Number | None) -> None:
    if value is not None and value < 0:
        raise ValueError("A bar starts at zero, so its value is not below zero.")


def _check_withheld(value: Number | None, text: str, kind: Kind) -> None:
    if kind is Kind.WITHHELD and (value is not None or "hidden" not in text.lower()):
        raise ValueError("A withheld value has no number, and words that say it is hidden.")
