"""Reading a whole package and telling everything that is wrong with it; nothing is stored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from programme.exchange.codes import Codes
from programme.exchange.facts import Facts, Values
from programme.exchange.limits import LIMITS, Limits
from programme.exchange.problems import Problem, Problems
from programme.exchange.reading import FileReader, Row, refuse_when_nothing_is_known
from programme.exchange.records import identified
from programme.exchange.rules import broken_rules
from programme.exchange.schema import DESCRIPTIONS, FILES, TABLES, Column, Table
from programme.exchange.sources import Source
from programme.exchange.values import BAD_BYTE, LONGEST_ID, WrongValue, read
from programme.reporting.models import Population

ASKED_AT_ONCE = 500
Progress = Callable[[str], None]


def silent(words: str) -> None:
    """Progress that nobody reads."""


@dataclass
class Ids:
    """The ids of one table: the key each row will have, and the line that names it first."""

    keys: dict[str, UUID] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    already_loaded: set[str] = field(default_factory=set)
    # Part of the file could not be read, so an unknown id may be in it.
    is_partial: bool = False


@dataclass
class Checked:
    """What storing needs of a package that has been read once."""

    source: Source
    facts: Facts
    ids: dict[str, Ids] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    # Filled while contacts are stored: those who shared one are of the same programme.
    contact_programme: dict[str, str | None] = field(default_factory=dict)


def check(
    source: Source, problems: Problems, progress: Progress = silent, limits: Limits = LIMITS
) -> Checked:
    """Reads every row and tells ``problems``; raises ``PackageRefused`` when it is no package."""
    refuse_when_nothing_is_known(source, FILES)
    checked = Checked(source, Facts(Codes()))
    _tell_unknown_files(source, problems)
    progress("Reading ids")
    for table in TABLES.values():
        if table.id_column:
            checked.ids[table.name] = _ids(table, table.id_column, source, limits)
    for table in TABLES.values():
        if table.file in source.files:
            checker = _Checker(table, checked, problems)
            checked.counts[table.name] = checker.run(limits)
            progress(f"Checked {table.file}: {_rows(checked.counts[table.name])}")
    return checked


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _tell_unknown_files(source: Source, problems: Problems) -> None:
    for name in source.files:
        if name not in FILES and name not in DESCRIPTIONS:
            right = "Not a file of a caseload package, so not read."
            problems.add(Problem(name, None, "", "", right, stops=False))


# --- Ids ------------------------------------------------------------------------------------


def _ids(table: Table, id_column: str, source: Source, limits: Limits) -> Ids:
    found = Ids()
    # What is wrong with the file is told when its rows are checked.
    reader = FileReader(table, source, Problems(keep=0), limits)
    for row in reader.rows():
        name = row.cells.get(id_column, "")
        if name and _can_be_an_id(name) and name not in found.keys:
            found.keys[name] = uuid4()
            found.lines[name] = row.line
    found.is_partial = reader.is_partial
    found.already_loaded = _already_loaded(table.name, found.keys)
    return found


def _can_be_an_id(name: str) -> bool:
    return len(name) <= LONGEST_ID and "\0" not in name and not BAD_BYTE.search(name)


def _already_loaded(table: str, names: dict[str, UUID]) -> set[str]:
    """The ids that some row has already: as its package id or, given back by us, as its key."""
    loaded: set[str] = set()
    remaining = iter(names)
    while asked := list(islice(remaining, ASKED_AT_ONCE)):
        for model in identified(table):
            loaded.update(_known(model, asked))
    return loaded


def _known(model: type[Model], names: list[str]) -> Iterator[str]:
    rows: Any = model._default_manager
    yield from rows.filter(package_id__in=names).values_list("package_id", flat=True)
    keys = {key: name for name in names if (key := _as_key(name))}
    if keys:
        for key in rows.filter(pk__in=list(keys)).values_list("pk", flat=True):
            yield keys[key]


def _as_key(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


# --- Rows -----------------------------------------------------------------------------------


class _Checker:
    """Checks the rows of one file."""

    def __init__(self, table: Table, checked: Checked, problems: Problems) -> None:
        self.table = table
        self.checked = checked
        self.problems = problems

    def run(self, limits: Limits) -> int:
        """Tells what is wrong with each row; returns how many rows there are."""
        count = 0
        reader = FileReader(self.table, self.checked.source, self.problems, limits)
        for row in reader.rows():
            count += 1
            self._check(row)
        return count

    def _check(self, row: Row) -> None:
        values: Values = {}
        for column in self.table.columns.values():
            text = row.cells.get(column.name, "")
            try:
                values[column.name] = read(column, text)
                self._check_cell(row, column, values[column.name])
            except WrongValue as wrong:
                values.pop(column.name, None)
                self._tell(row, column, wrong.right)
        for broken in broken_rules(self.table.name, values, self.checked.facts):
            self._tell(row, self.table.columns[broken.column], broken.right)
        self._check_not_there_yet(row, values)
        if len(values) == len(self.table.columns):
            self.checked.facts.learn(self.table.name, values)
        else:
            self.checked.facts.miss(self.table.name, values)

    def _check_cell(self, row: Row, column: Column, value: Any) -> None:
        if not value:
            return
        if column.is_id:
            self._check_id(row, value)
        if column.target:
            self._check_target(column.target, value)
        if column.code_list and not self.checked.facts.codes.is_known(column.code_list, value):
            listed = self.checked.facts.codes.listed(column.code_list)
            raise WrongValue(f"A code of this list is right: {listed}.")

    def _check_id(self, row: Row, value: str) -> None:
        ids = self.checked.ids[self.table.name]
        if ids.lines.get(value) != row.line:
            raise WrongValue(f"An id used once is right; line {ids.lines.get(value)} has it too.")
        if value in ids.already_loaded:
            # Told, but its other cells are still worth checking.
            column = self.table.columns[self.table.id_column or ""]
            self._tell(row, column, "This is loaded already. An id that is not there yet is right.")

    def _check_target(self, target: str, value: str) -> None:
        ids = self.checked.ids[target]
        if value not in ids.keys and not ids.is_partial:
            raise WrongValue(f"An id of {TABLES[target].file} is right; this one is not in it.")

    def _check_not_there_yet(self, row: Row, values: Values) -> None:
        """A figure has no id, so one that says exactly the same is what is refused."""
        if self.table.name != "population" or len(values) != len(self.table.columns):
            return
        if tuple(values.values()) in self._figures:
            column = self.table.columns["figure"]
            self._tell(row, column, "This is loaded already. A figure not there yet is right.")

    @cached_property
    def _figures(self) -> set[tuple[Any, ...]]:
        return set(Population.objects.values_list(*self.table.columns))

    def _tell(self, row: Row, column: Column, right: str) -> None:
        tell = partial(Problem, self.table.file, row.line, column.name)
        text = row.cells.get(column.name, "")
        self.problems.add(tell(text, right, is_code_or_date=column.is_code_or_date))
