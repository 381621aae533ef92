"""Writing the package that the acting user may see, with the ids that came in."""

import csv
import json
from dataclasses import dataclass, field
from uuid import uuid4

from programme.audit import events
from programme.audit.actor import current_actor
from programme.audit.models import Sight
from programme.exchange import describing
from programme.exchange.checking import Progress, silent
from programme.exchange.loading import Key
from programme.exchange.no_place import told_of
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
        exported.counts[table.name] = _write(target, table, columns, eyes, exported)
        written[table.name] = columns
    exported.left_out += told_of()
    _describe(target, reader_name, exported, written)
    _log(eyes)
    return exported


def _write(
    target: Target, table: Table, columns: list[Column], eyes: Reader, exported: Exported
) -> int:
    """Writes one file; a row that must name what is not hers to see is left out and told of."""
    needed = [column.name for column in columns if _must_refer(column)]
    count, seen = 0, 0
    with target.file(table.file) as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        for cells in rows_of(table, eyes):
            seen += 1
            if all(cells[name] for name in needed):
                writer.writerow([cells[column.name] for column in columns])
                count += 1
    if count < seen:
        exported.left_out.append(f"{table.file}: rows that name a row which is not here")
    return count


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
