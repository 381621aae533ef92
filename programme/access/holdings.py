"""Which roles a person holds where, and what they let her do with one parent's record."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from programme.access.models import RoleGrant, User, Visible
from programme.access.parts import SEES_PEOPLE, Part, Role
from programme.audit.actor import current_actor


@dataclass(frozen=True)
class Holdings:
    """The roles in force: pairs of role and programme; no programme = the whole organisation."""

    pairs: frozenset[tuple[str, UUID | None]]

    @property
    def roles(self) -> frozenset[str]:
        """Every role held anywhere."""
        return frozenset(role for role, _ in self.pairs)

    @property
    def sees_people(self) -> bool:
        """Whether any role held can see a person."""
        return bool(self.roles & SEES_PEOPLE)

    def programmes(self, *roles: Role) -> set[UUID]:
        """The programmes in which one of the roles is held by name."""
        return {programme for role, programme in self.pairs if role in roles and programme}

    def everywhere(self, *roles: Role) -> bool:
        """Whether one of the roles is held for the whole organisation."""
        return any(role in roles and programme is None for role, programme in self.pairs)

    def holds(self, programme_id: UUID, *roles: Role) -> bool:
        """Whether one of the roles is held in this programme, or everywhere."""
        return self.everywhere(*roles) or programme_id in self.programmes(*roles)


def holdings_of(user: User) -> Holdings:
    """The roles of ``user`` in force today (one query)."""
    grants = RoleGrant.objects.in_force().filter(user=user)
    return Holdings(frozenset(grants.values_list("role", "programme_id")))


def parts_of(parent_id: UUID) -> dict[Part, bool]:
    """The parts of a parent the acting user sees, each with whether she may change it."""
    found: dict[Part, bool] = {}
    for part, _programme_id, can_write in _rows_of(parent_id):
        found[Part(part)] = found.get(Part(part), False) or bool(can_write)
    return found


def read_in(parent_id: UUID) -> dict[Part, set[UUID]]:
    """The programmes in which the acting user sees each part of a parent's record."""
    return _by_part((part, programme) for part, programme, _ in _rows_of(parent_id))


def written_in(parent_id: UUID) -> dict[Part, set[UUID]]:
    """The programmes in whose name the acting user may write each part of a parent's record."""
    return _by_part((part, programme) for part, programme, writes in _rows_of(parent_id) if writes)


def _by_part(rows: Iterable[tuple[str, UUID]]) -> dict[Part, set[UUID]]:
    found: dict[Part, set[UUID]] = {part: set() for part in Part}
    for part, programme_id in rows:
        found[Part(part)].add(programme_id)
    return found


def _rows_of(parent_id: UUID) -> list[tuple[str, UUID, int]]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT part, programme_id, can_write FROM access_parts(%s)", [parent_id]
            )
            return list(cursor.fetchall())
    mine = Visible.objects.filter(user_id=current_actor().user_id, parent_id=parent_id)
    columns = ("part", "programme_id", "can_write")
    return list(mine.exclude(part=Part.FIGURES).values_list(*columns))
