"""Writing the package that the acting user may see, with the ids that came in."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from programme.audit import events
from programme.audit.actor import current_actor
from programme.audit.models import Sight
from programme.exchange import describing
from programme.exchange.checking import Progress, silent
from programme.exchange.loading import Key
from programme.exchange.rows import rows_of
from programme.exchange.schema import ADDED, TABLES, Column, Table
from programme.exchange.sights import Reader, reader
from programme.exchange.targets import Target

SIGHTS_AT_ONCE = 1000
events.declare(exchange__caseload_taken_out="took out a caseload package")


@dataclass
class Exported:
    """What was written, and in words what was not."""

    counts: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def export(target: Target, *, reader_name: str, progress: Progress = silent) -> Exported:
    """Writes every row and column the acting user may see, and logs the sight of each parent."""
    exported = Exported()
    eyes = reader()
    written: dict[str, list[Column]] = {}
    for table in TABLES.values():
        exported.left_out += eyes.left_out(table)
        columns = eyes.columns(table)
        if not columns or (table.name in ADDED and not eyes.has_rows(table)):
            continue
        progress(f"Writing {table.file}")
        exported.counts[table.name] = _write(target, table, columns, eyes)
        written[table.name] = columns
    _describe(target, reader_name, exported, written)
    _log(eyes)
    return exported


def _write(target: Target, table: Table, columns: list[Column], eyes: Reader) -> int:
    with target.file(table.file) as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        count = 0
        for cells in _cells(table, columns, eyes):
            writer.writerow(cells)
            count += 1
    return count


def _cells(table: Table, columns: list[Column], eyes: Reader) -> Iterator[list[str]]:
    """Each row as text; a row is left out when what it must refer to is not hers to see."""
    for values in rows_of(table, eyes):
        if all(values[column.name] or not _must_refer(column) for column in columns):
            yield [values[column.name] for column in columns]


def _must_refer(column: Column) -> bool:
    return column.target is not None and column.is_required


def _describe(
    target: Target, reader_name: str, exported: Exported, written: dict[str, list[Column]]
) -> None:
    with target.file("datapackage.json") as file:
        json.dump(describing.package(written), file, indent=1, ensure_ascii=False)
    with target.file("README.txt") as file:
        file.write(describing.letter(reader_name, exported.counts, exported.left_out))


def _log(eyes: Reader) -> None:
    """One line for each parent taken out (quality.md D1), and one for the package."""
    user_id = current_actor().user_id
    Sight.objects.bulk_create(
        (
            Sight(
                user_id=user_id,
                parent_id=parent_id,
                page="export_caseload",
                method="",
                outcome=Sight.Outcome.TAKEN_OUT,
            )
            for parent_id in eyes.names("parents")
        ),
        batch_size=SIGHTS_AT_ONCE,
    )
    events.record("exchange.caseload_taken_out", subject=Key(uuid4()), by=Key(user_id))
