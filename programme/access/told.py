"""The walls between two parents of one child (``told.sql``)."""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.models import F, Q

from programme.access.held import is_held
from programme.access.walls import Either, KeyIn, OfParent, Wall, asked_once
from programme.audit.actor import current_actor

COUNTS = "(current_setting('app.reading') = 'figures')"


@dataclass(frozen=True)
class NotHeld(Wall):
    """Another wall for links from a parent to a child, without those nobody was told of."""

    wall: Wall | None = None

    def condition(self, *, writing: bool) -> Q:
        assert self.wall is not None
        inner = self.wall.condition(writing=writing)
        if writing or current_actor().reads_figures:
            return inner
        if connection.vendor != "postgresql":
            standing = apps.get_model("programme", "ParentChild").unwalled.values("id")
            inner &= Q(id__in=standing)
        return inner & Q(~is_held("untold"))

    def expression(self, *, writing: bool) -> str:
        assert self.wall is not None
        inner = self.wall.expression(writing=writing)
        if writing:
            return inner
        held = "SELECT 1 FROM access_held_link h WHERE h.link_id = id AND h.why = 'untold'"
        stands = "EXISTS (SELECT 1 FROM access_standing_link s WHERE s.link_id = id)"
        return f"({inner} AND ({COUNTS} OR ({stands} AND NOT EXISTS ({held}))))"


@dataclass(frozen=True)
class Told(Wall):
    """A pregnancy that a parent may be told of, for who sees that parent: to read, never to change.

    Counting never goes by it.
    """

    column: str = "id"

    def condition(self, *, writing: bool) -> Q:
        if writing or current_actor().reads_figures:
            return Q(pk__in=[])
        told = apps.get_model("programme", "InTheKnow").objects
        parents = OfParent(self.part, column="other_parent_id").condition(writing=False)
        return Q(KeyIn(F(self.column), told.filter(parents).values("pregnancy_id")))

    def expression(self, *, writing: bool) -> str:
        if writing:
            return "FALSE"
        parents = OfParent(self.part, column="t.other_parent_id").expression(writing=False)
        told = f"SELECT t.pregnancy_id FROM access_told t WHERE {parents}"
        return f"(NOT {COUNTS} AND {asked_once(self.column, told)})"


@dataclass(frozen=True)
class Both(Wall):
    """Rows that every one of several walls lets through; changed by who may behind any of them."""

    walls: tuple[Wall, ...] = ()

    def condition(self, *, writing: bool) -> Q:
        joined = Q()
        for wall in self.walls:
            joined &= wall.condition(writing=False)
        if writing:
            joined &= Either(self.part, walls=self.walls).condition(writing=True)
        return joined

    def expression(self, *, writing: bool) -> str:
        read = " AND ".join(wall.expression(writing=False) for wall in self.walls)
        change = Either(self.part, walls=self.walls).expression(writing=True)
        return f"({read} AND {change})" if writing else f"({read})"
