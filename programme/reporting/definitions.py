"""The definitions of the indicators, read once from definitions.csv."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

# Raised whenever a row of definitions.csv changes what is counted.
DEFINITIONS_VERSION = "1.0"

Kind = Literal["count", "rate", "proportion", "mean", "median", "distribution", "curve", "crosstab"]
# How a count of one period stands to the count of a longer one: the periods add up; it can only
# grow; only the base does so; or a figure of one day, which says nothing about another day.
OverTime = Literal["adds", "grows", "base_adds", "base_grows", "stands"]

NOT_RECORDED = "not_recorded"
# Columns that are not plain words.
READ_APART = {"kind", "threshold", "base_threshold", "categories", "over_time", "sensitive"}


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator: what it counts, out of whom, when, and how small a count may be shown.

    ``base``, ``counted`` and ``rest`` name the populations behind the denominator, the numerator
    and what is left; two indicators that name the same population share that count.
    """

    id: str
    group: str
    name: str
    numerator: str
    denominator: str
    time_basis: str
    excluded_but_counted: str
    kind: Kind
    unit: str
    threshold: int
    base_threshold: int
    question: str
    categories: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    base: str = ""
    counted: str = ""
    rest: str = ""
    rows_add_to: str = ""
    over_time: OverTime = "stands"
    sensitive: bool = False

    @property
    def is_money(self) -> bool:
        """Whether the figure is an amount in pounds: so far every mean is."""
        return self.kind == "mean"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(";") if word.strip())


def _from_row(row: Mapping[str, str]) -> Definition:
    lines, _, columns = row["categories"].partition(" / ")
    as_they_are = {name: text for name, text in row.items() if name not in READ_APART}
    return Definition(
        **as_they_are,
        kind=cast(Kind, row["kind"]),
        threshold=int(row["threshold"]),
        base_threshold=int(row["base_threshold"]),
        categories=_words(lines),
        columns=_words(columns),
        over_time=cast(OverTime, row["over_time"]),
        sensitive=row["sensitive"] == "yes",
    )


def read_definitions(path: Path) -> Mapping[str, Definition]:
    """The definitions of a file, by id, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["id"]: _from_row(row) for row in csv.DictReader(file)})


DEFINITIONS: Mapping[str, Definition] = read_definitions(
    Path(__file__).with_name("definitions.csv")
)
