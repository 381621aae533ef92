"""Loading a package: all of it or nothing, in one transaction, in the loader's name."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import UUID, uuid4

from django.db import connection, transaction

from programme.access.actors import LOADER
from programme.access.scope import acting_as
from programme.access.statistics import count_rows_anew
from programme.audit import events
from programme.exchange.checking import Checked, Progress, check, silent
from programme.exchange.problems import Problems
from programme.exchange.sources import opened
from programme.exchange.storing import store

events.declare(exchange__caseload_loaded="loaded a caseload package")


@dataclass
class Key:
    """Something an audit event tells of, by its key alone."""

    pk: UUID


def load(
    package: Path | IO[bytes],
    *,
    problems: Problems,
    progress: Progress = silent,
    is_preview: bool = False,
    subject: UUID | None = None,
) -> dict[str, int]:
    """Stores the whole package if it is all good; returns the rows of each table.

    A preview does everything and takes it back, so it finds whatever loading would. Raises
    ``PackageRefused`` when the package cannot be read; then, too, nothing is stored.
    """
    with acting_as(LOADER), opened(package) as source:
        checked = check(source, problems, progress)
        if problems.count:
            return checked.counts
        store(checked, progress)
        count_rows_anew()
        events.record("exchange.caseload_loaded", subject=Key(subject or uuid4()), by=Key(LOADER))
        if is_preview:
            _take_back()
    return checked.counts


def inspect(package: IO[bytes] | Path, *, problems: Problems) -> Checked:
    """Reads and checks a package without storing anything, not even to try."""
    with acting_as(LOADER), opened(package) as source:
        return check(source, problems)


def _take_back() -> None:
    """Rolls back, having asked the database all it asks at the end."""
    connection.check_constraints()
    transaction.set_rollback(True)
