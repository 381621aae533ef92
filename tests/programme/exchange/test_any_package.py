"""Whatever stands in a package, loading ends in "stored" or in problems, never in a fault."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.access.actors import LOADER
from programme.access.scope import acting_as
from programme.exchange.loading import inspect, load
from programme.exchange.problems import PackageRefused, Problems
from programme.people.models import Parent
from tests.programme.exchange import packages

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COLUMNS = [(column["table"], column["column"]) for column in packages.schema()]
NASTY = (
    "", " ", "-1", "0", "1", "40000", "3000000000", "9" * 30, "1e400", "NaN", "yes", "no",
    "2016-02-30", "1800-01-01", "2999-12-31", "2999-12-31T23:59", "1800-01-01T00:00",
    "x" * 201, "x" * 5000, "no\nlines", "\u202e", "'; DROP TABLE", "{{ x }}", "parents-000",
    "episodes-003", "0.005", "care_order", "mother", "therapeutic", "information_offered",
    "00000000-0000-4000-8000-000000000001", "contacts-001", ";;;;;;;;", "9;9;9;9;9;9;9",
)  # fmt: skip
CELLS = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))
SLOWLY = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def tried(package: packages.Package | bytes) -> None:
    """Loads and takes back. A fault would leave this function as an exception."""
    content = package if isinstance(package, bytes) else packages.zipped(package)
    problems = Problems()
    try:
        load(io.BytesIO(content), problems=problems, is_preview=True)
    except PackageRefused as refused:
        assert "The database refused" not in refused.message
    with acting_as(LOADER):
        assert Parent.objects.count() == 0


@SLOWLY
@given(st.lists(st.tuples(st.sampled_from(COLUMNS), st.integers(0, 30), CELLS), max_size=6))
def test_any_cells(changes: list[tuple[tuple[str, str], int, str]]) -> None:
    package = packages.rich(1, 4)
    for (table, column), number, text in changes:
        rows = package[table]
        rows[number % len(rows)][column] = text

    tried(package)


@pytest.mark.matrix
@pytest.mark.parametrize("table", packages.rich(1, 3))
def test_whatever_passes_the_checks_can_be_stored(table: str) -> None:
    """Each column in turn holds each nasty value: what is not told must not fail later."""
    package = packages.rich(1, 3)
    if table == "consents":
        del package["contraception"]  # it would be told of the consents that are not there
    spoilt = package[table] = [*package[table], *_spoilt(package[table][0], ids_of(table))]
    problems = Problems(keep=10_000)
    inspect(io.BytesIO(packages.zipped(package)), problems=problems)
    bad = {problem.line for problem in problems.kept if problem.file == f"{table}.csv"}
    package[table] = [
        row for line, row in zip(_lines(spoilt), spoilt, strict=True) if line not in bad
    ]

    left = Problems()
    load(io.BytesIO(packages.zipped(package)), problems=left, is_preview=True)

    assert [problem.in_words for problem in left.kept] == []


def _lines(rows: packages.Rows) -> list[int]:
    """The line on which each row begins; line breaks inside cells count."""
    lengths = [1 + sum(cell.count("\n") for cell in row.values()) for row in rows]
    return [2 + sum(lengths[:number]) for number in range(len(rows))]


def ids_of(table: str) -> set[str]:
    """The column that names a row of the table, if it has one."""
    columns = packages.schema()
    return {row["column"] for row in columns if row["table"] == table and row["unique"]}


def _spoilt(row: dict[str, str], unique: set[str]) -> list[dict[str, str]]:
    """The row once for each column and nasty value, under an id of its own."""
    first = next(iter(row))
    id_column = first if first in unique else None
    rows = []
    for column in row:
        for text in NASTY:
            own = {id_column: f"own-{len(rows)}"} if id_column else {}
            rows.append(row | own | {column: text})
    return rows


@SLOWLY
@given(st.binary(max_size=400))
def test_any_bytes_in_a_file(content: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("parents.csv", content)

    tried(packed.getvalue())


@pytest.mark.once
@SLOWLY
@given(st.binary(max_size=400), st.integers(0, 2000))
def test_any_bytes_in_a_zip(content: bytes, at: int) -> None:
    package = bytearray(packages.zipped(packages.read(Path(packages.DURHAM))))
    package[at : at + len(content)] = content

    tried(bytes(package))
