"""The one narrow way past the closed log: who has seen a parent whom the reader may know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from programme.access.joined import records_of
from programme.access.models import RoleGrant, TimedGrant
from programme.access.parts import Part
from programme.access.walls import visible
from programme.audit.models import Sight
from programme.core.dates import today


@dataclass(frozen=True)
class Seen:
    """One sight of a parent: when, by whom, what kind; and whether the record is restricted."""

    at: datetime
    user_id: UUID
    outcome: str
    is_restricted: bool = False


def sights_of(parent_id: UUID) -> list[Seen]:
    """Every sight of a parent, newest first, as far as the acting user may be told.

    Told to whoever has the core part: sights by people who hold, or held, a role in the programmes
    in which she has it (or in the whole organisation), and by those let in from elsewhere while
    they were. Refusals are never among them, nor what was done to protect the record: both would
    tell that somebody is kept out. An emergency is. On PostgreSQL the function ``access_sights``.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM access_sights(%s)", [parent_id])
            rows = list(cursor.fetchall())
    else:
        rows = _on_sqlite(parent_id)
    return sorted((Seen(*row) for row in rows), key=lambda seen: seen.at, reverse=True)


def _on_sqlite(parent_id: UUID) -> list[tuple[Any, ...]]:
    mine = visible(Part.CORE).filter(parent_id=parent_id).values("programme_id")
    held = RoleGrant.objects.filter(user_id=OuterRef("user_id"))
    let_in = TimedGrant.unwalled.filter(
        user_id=OuterRef("user_id"),
        parent_id=parent_id,
        programme_id__in=mine,
        starts_at__lte=OuterRef("seen_at"),
        ends_at__gte=OuterRef("seen_at"),
    )
    of_hers = Exists(held.filter(programme_id__in=mine)) | Exists(let_in)
    everywhere = Exists(held.filter(programme__isnull=True)) & Exists(mine)
    # Whoever saw a record that leads to this one now saw this person.
    saw = Q()
    for key in records_of(parent_id):
        saw |= Q(parent_id=key) | Q(listed__contains=key.hex)
    rows = Sight.objects.filter(of_hers | everywhere, saw)
    restricted = apps.get_model("programme", "Protection").unwalled.filter(
        parent_id=parent_id, kind="restricted", from_date__lte=today()
    )
    protecting = Q(page__startswith="protection:") & ~Q(outcome=Sight.Outcome.BROKEN_GLASS)
    shown = rows.exclude(Q(outcome=Sight.Outcome.REFUSED) | protecting)
    shown = shown.annotate(restricted=Exists(restricted))
    return list(shown.values_list("seen_at", "user_id", "outcome", "restricted"))
