"""Rows of the record as cells of the package."""

from collections.abc import Callable, Iterator
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db.models import Model

from programme.core.choices import ConsentCovers, ContraceptionEvent, SupportCategory
from programme.exchange.records import MODELS
from programme.exchange.schema import Column, Table
from programme.exchange.sights import Reader
from programme.exchange.values import money, write
from programme.people.models import Home, Identity

ROWS_AT_ONCE = 1000
# One row as cells; a row of support or contraception may come from either of two models.
Cells = dict[str, str]
MONEY = frozenset({"amount"})


def rows_of(table: Table, eyes: Reader) -> Iterator[Cells]:
    """Every row of the table the reader sees, in the order in which they were stored."""
    read = READERS.get(table.name, _cells)
    if table.name == "parents":
        yield from _parents(table, eyes)
        return
    for row in _stored(table, eyes):
        yield read(table, row, eyes)


def _stored(table: Table, eyes: Reader) -> Iterator[Any]:
    files = [eyes.rows(model).iterator(chunk_size=ROWS_AT_ONCE) for model in MODELS[table.name]]
    return merge(*files, key=attrgetter("stored_at", "pk"))


def _cells(table: Table, row: Any, eyes: Reader) -> Cells:
    return {column.name: _cell(table, column, row, eyes) for column in table.columns.values()}


def _cell(table: Table, column: Column, row: Any, eyes: Reader) -> str:
    if column.is_id:
        return row.package_id or str(row.pk)
    value: Any = getattr(row, column.name, None)
    if column.target:
        # A row that is not hers to see is not named either.
        return eyes.names(column.target).get(value, "") if value else ""
    if column.name in MONEY and value is not None:
        return money(value)
    return write(value)


# --- Tables whose rows are kept differently ---------------------------------------------------


def _programme(table: Table, row: Any, eyes: Reader) -> Cells:
    return _cells(table, row, eyes) | {"pathway": row.pathway_id}


def _consent(table: Table, row: Any, eyes: Reader) -> Cells:
    covered = [whom for whom in ConsentCovers.values if getattr(row, f"covers_{whom}")]
    return _cells(table, row, eyes) | {"covers": ";".join(covered)}


def _support(table: Table, row: Any, eyes: Reader) -> Cells:
    cells = _cells(table, row, eyes)
    return cells | {"category": cells["category"] or SupportCategory.THERAPEUTIC.value}


def _contraception(table: Table, row: Any, eyes: Reader) -> Cells:
    cells = _cells(table, row, eyes)
    return cells | {"event": cells["event"] or ContraceptionEvent.INFORMATION_OFFERED.value}


def _parents(table: Table, eyes: Reader) -> Iterator[Cells]:
    stored = _stored_parents(eyes)
    while batch := list(islice(stored, ROWS_AT_ONCE)):
        beside = [_beside(model, batch, eyes) for model in (Identity, Home)]
        for parent in batch:
            cells = _cells(table, parent, eyes)
            for rows in beside:
                if parent.pk in rows:
                    cells |= _own_cells(table, rows[parent.pk])
            yield cells


def _stored_parents(eyes: Reader) -> Iterator[Any]:
    return eyes.rows(MODELS["parents"][0]).iterator(chunk_size=ROWS_AT_ONCE)


def _beside(model: type[Model], parents: list[Any], eyes: Reader) -> dict[Any, Any]:
    keys = [parent.pk for parent in parents]
    return {row.parent_id: row for row in eyes.rows(model).filter(parent_id__in=keys)}


def _own_cells(table: Table, row: Any) -> Cells:
    own = {field.name for field in row._meta.concrete_fields}
    return {
        column.name: write(getattr(row, column.name))
        for column in table.columns.values()
        if column.name in own
    }


READERS: dict[str, Callable[[Table, Any, Reader], Cells]] = {
    "programmes": _programme,
    "consents": _consent,
    "support": _support,
    "contraception": _contraception,
}
