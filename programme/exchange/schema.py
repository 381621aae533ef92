"""The tables and columns of the caseload package, version 1, as rows of two csv files."""

import csv
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.db.models import TextChoices

from programme.access.parts import Part
from programme.core import choices

HERE = Path(__file__).with_name("schema")
VERSION = "1.0"
CODED_RULES = frozenset({"choice", "some", "list", "stage"})
CODED_TYPES = frozenset({"date", "datetime", "boolean"})


@dataclass(frozen=True)
class Column:
    """One column: its type, whether it must be filled, and the rule its values follow."""

    table: str
    name: str
    type: str
    is_required: bool
    rule: str

    @cached_property
    def _rule(self) -> tuple[str, str]:
        word, _, rest = self.rule.partition(" ")
        return word, rest

    @property
    def is_id(self) -> bool:
        """Whether the value names the row."""
        return self.rule == "id"

    @property
    def target(self) -> str | None:
        """The table that the value names a row of."""
        return self._rule[1] if self._rule[0] == "ref" else None

    @property
    def code_list(self) -> str | None:
        """The dated code list that the value is of."""
        return self._rule[1] if self._rule[0] == "list" else None

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The fixed codes allowed; empty when the column has none."""
        if self._rule[0] not in ("choice", "some"):
            return ()
        listed: type[TextChoices] = getattr(choices, self._rule[1])
        return tuple(listed.values)

    @property
    def takes_several(self) -> bool:
        """Whether several codes may stand in a cell, with semicolons between them."""
        return self._rule[0] == "some"

    @cached_property
    def bounds(self) -> tuple[int | None, int | None]:
        """The least and greatest number allowed, where there is one."""
        if self._rule[0] != "from":
            return None, None
        low, _, high = self._rule[1].partition(" to ")
        return int(low), int(high) if high else None

    @property
    def is_code_or_date(self) -> bool:
        """Whether a wrong value may be shown on a page."""
        return self.type in CODED_TYPES or self._rule[0] in CODED_RULES


@dataclass(frozen=True)
class Table:
    """One file of the package."""

    name: str
    title: str
    # The parts of a record its rows are; none for rows about no person.
    parts: tuple[Part, ...]
    columns: dict[str, Column] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """'parents.csv'."""
        return f"{self.name}.csv"

    @cached_property
    def id_column(self) -> str | None:
        """The column that names a row, if the table has one."""
        return next((column.name for column in self.columns.values() if column.is_id), None)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _read_tables() -> dict[str, Table]:
    tables = {
        row["table"]: Table(
            row["table"],
            row["title"],
            tuple(Part(part) for part in row["parts"].split() if part != "none"),
        )
        for row in _rows("tables")
    }
    for row in _rows("columns"):
        column = Column(row["table"], row["column"], row["type"], row["must"] == "yes", row["rule"])
        tables[column.table].columns[column.name] = column
    return tables


# In an order in which all but one reference (a referral's earlier episode) point backwards.
TABLES = _read_tables()
FILES = {table.file: table for table in TABLES.values()}
# Files that describe a package and hold no rows.
DESCRIPTIONS = frozenset({"datapackage.json", "README.txt", "README.md", "expected.json"})
# Tables of this product beside the public ones; written only when they have rows.
ADDED = frozenset({"identifications"})
