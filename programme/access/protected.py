"""The wall that asks whether somebody is kept away from a record (``joined.sql``)."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from programme.access.walls import KeyIn, Wall, asked_once

PROTECTED = "SELECT p.parent_id FROM access_protected p"


def names_protected(columns: tuple[str, ...]) -> Q:
    """Rows that name, in one of these columns, a record restricted or denied to somebody today."""
    named = Q(pk__in=[])
    for column in columns:
        named |= Q(KeyIn(F(column), RawSQL(PROTECTED, [])))
    return named


@dataclass(frozen=True)
class UnlessProtected(Wall):
    """Another wall, only for rows that name nobody whose record is restricted or denied today.

    A protection counts from its first day, also for rows stored long before, and no longer once
    it is lifted.
    """

    wall: Wall | None = None
    columns: tuple[str, ...] = ("parent_id",)

    def condition(self, *, writing: bool) -> Q:
        assert self.wall is not None
        return ~names_protected(self.columns) & self.wall.condition(writing=writing)

    def expression(self, *, writing: bool) -> str:
        assert self.wall is not None
        named = " OR ".join(asked_once(column, PROTECTED) for column in self.columns)
        return f"(({named}) IS FALSE AND {self.wall.expression(writing=writing)})"
