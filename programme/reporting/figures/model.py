"""What a figure is: exact counts, what is missing, and the value worked out from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from programme.core.rounding import NONE, one_place, percentage, whole_pounds
from programme.reporting.definitions import Kind
from programme.reporting.figures.as_json import figure_json
from programme.reporting.intervals import Interval

Number = int | Fraction
Category = str | tuple[str, str]
# For the page that opens the rows behind a figure: the ids of the records counted, by what they
# were counted as ("numerator", "denominator", a category). Never part of anything that leaves.
Members = Mapping[Category, tuple[str, ...]]
# The mark of a hidden figure, as in English official statistics: confidential.
CONFIDENTIAL = "c"


def _share(part: int | None, whole: int | None) -> Fraction | None:
    return Fraction(part, whole) if part is not None and whole else None


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a figure: how many, out of how many; in a crosstab also of its row and column."""

    category: Category
    count: int | None
    base: int | None = None
    row_base: int | None = None
    column_base: int | None = None
    has_own_base: bool = False
    withheld: str = ""

    @property
    def value(self) -> Fraction | None:
        """The share of the base, exactly; None where the base is empty or hidden."""
        return _share(self.count, self.base)

    @property
    def row_value(self) -> Fraction | None:
        """The share of this row of a crosstab."""
        return _share(self.count, self.row_base)

    @property
    def column_value(self) -> Fraction | None:
        """The share of this column of a crosstab."""
        return _share(self.count, self.column_base)

    @property
    def display(self) -> str:
        """The share as people see it: '4.7%', 'none' without a base, 'c' when hidden."""
        if self.withheld:
            return self.withheld
        if self.count is None or self.base is None:
            return NONE
        return percentage(self.count, self.base)


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one programme and period, with everything that must stand beside it."""

    id: str
    name: str
    kind: Kind
    unit: str
    numerator: Number | None = None
    denominator: int | None = None
    value: Number | None = None
    not_recorded: int | None = 0
    open_window: int | None = 0
    excluded: Mapping[str, Number | None] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    by: Mapping[str, tuple["Figure", ...]] = field(default_factory=dict)
    interval: Interval | None = None
    interval_method: str | None = None
    category: str = ""
    is_money: bool = False
    withheld: str = ""
    withheld_because: str = ""
    members: Members = field(default_factory=dict, compare=False, repr=False)

    @property
    def display(self) -> str:
        """The value as people see it; 'none' where there is none, 'c' where it is hidden."""
        if self.withheld:
            return self.withheld
        return NONE if self.value is None else self._shown(self.value)

    def _shown(self, value: Number) -> str:
        if self.kind == "proportion":
            # A proportion always has whole numbers behind it; the percentage is worked from them.
            return percentage(int(self.numerator or 0), self.denominator or 0)
        if self.is_money:
            return whole_pounds(value)
        if Fraction(value).denominator == 1 and self.kind in {"count", "median"}:
            return f"{int(value):,}"
        return one_place(value)

    def split(self, name: str, parts: Sequence["Figure"]) -> "Figure":
        """The same figure, split by one attribute: one part a category, not recorded included."""
        return replace(self, by={**self.by, name: tuple(parts)})

    def to_json(self) -> dict[str, Any]:
        """The figure as the published JSON of the indicators command; the members stay here."""
        return figure_json(self)
