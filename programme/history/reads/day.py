"""A record as it stood at the end of a past day: what had been written by then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from programme.access.joined import records_of
from programme.access.parts import Part
from programme.core.dates import at_local
from programme.history.reads.changes import lines_of
from programme.history.reads.kinds import Kind, kinds
from programme.history.reads.saying import Sayer
from programme.people.models import Parent
from recurrent.design.components import SummaryRow

# Of one table so many rows are told; the page says how many more there were.
MOST_ROWS = 30


@dataclass(frozen=True)
class Section:
    """The rows of one table as they stood, the newest first."""

    label: str
    rows: tuple[tuple[SummaryRow, ...], ...]
    more: int


def stood_on(parent: Parent, parts: Mapping[Part, bool], day: date) -> list[Section]:
    """Every table of the parts the reader has, as it stood (two queries a table at most)."""
    until = at_local(day + timedelta(days=1), time(0))
    records = records_of(parent.pk)
    standing = [
        (kind, _last(lines_of(kind, records, until)))
        for kind in kinds()
        if kind.parts & parts.keys() and not kind.says_only_that
    ]
    sayer = Sayer(parent)
    sayer.learn(
        getattr(line, "written_by_id", None) or line.history_user_id
        for _, lines in standing
        for line in lines
    )
    sections = [_section(kind, lines, sayer) for kind, lines in standing]
    return [section for section in sections if section.rows]


def _last(lines: Any) -> list[Any]:
    """The last line of each row that had not been taken out, newest first."""
    last: dict[UUID, Any] = {}
    for line in lines:
        last.pop(line.id, None)
        last[line.id] = line
    return [line for line in reversed(last.values()) if line.history_type != "-"]


def _section(kind: Kind, lines: list[Any], sayer: Sayer) -> Section:
    told = [_row(kind, line, sayer) for line in lines[:MOST_ROWS]]
    return Section(kind.label, tuple(row for row in told if row), max(0, len(lines) - MOST_ROWS))


def _row(kind: Kind, line: Any, sayer: Sayer) -> tuple[SummaryRow, ...]:
    return tuple(
        SummaryRow(sayer.label(field), sayer.value(field, line))
        for field in kind.fields()
        if getattr(line, field.attname) not in (None, "") and sayer.may_say(kind, field, line)
    )
