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


def who_sees(part: Part, parent_id: UUID) -> list[User]:
    """Everybody to whom the rule view gives a part of one parent, by name (one query).

    For telling people what waits for them: a restriction and a denial hold against that too.
    """
    rows = Visible.objects.filter(parent_id=parent_id, part=part)
    return list(User.objects.filter(pk__in=rows.values("user_id")).order_by("name", "pk"))


def parts_of(parent_id: UUID) -> dict[Part, bool]:
    """The parts of a parent the acting user sees, each with whether she may change it."""
    return rights_of(parent_id).parts


@dataclass(frozen=True)
class Rights:
    """What the acting user may do with one parent's record, by part and programme."""

    rows: tuple[tuple[str, UUID, int], ...]

    @property
    def parts(self) -> dict[Part, bool]:
        """The parts she sees, each with whether she may change it in any programme."""
        found: dict[Part, bool] = {}
        for part, _, can_write in self.rows:
            found[Part(part)] = found.get(Part(part), False) or bool(can_write)
        return found

    @property
    def written(self) -> dict[Part, set[UUID]]:
        """The programmes in whose name she may write each part."""
        return _by_part((part, programme) for part, programme, writes in self.rows if writes)


def rights_of(parent_id: UUID) -> Rights:
    """Read anew from the rule view (one query): a page asks at its start and hands it on."""
    return Rights(tuple(_rows_of(parent_id)))


def read_in(parent_id: UUID) -> dict[Part, set[UUID]]:
    """The programmes in which the acting user sees each part of a parent's record."""
    return _by_part((part, programme) for part, programme, _ in _rows_of(parent_id))


def written_in(parent_id: UUID) -> dict[Part, set[UUID]]:
    """The programmes in whose name the acting user may write each part of a parent's record."""
    return rights_of(parent_id).written


def seen_of(
    parent_ids: Iterable[UUID], parts: Iterable[Part]
) -> dict[tuple[UUID, UUID], frozenset[Part]]:
    """Which of these parts of many parents the acting user sees, by parent and programme.

    One query. Where she does not see a part, that nothing stands there is no answer.
    """
    found: dict[tuple[UUID, UUID], frozenset[Part]] = {}
    for part, parent_id, programme_id in _rows_of_many(list(parent_ids), list(parts)):
        pair = (parent_id, programme_id)
        found[pair] = found.get(pair, frozenset()) | {Part(part)}
    return found


def _rows_of_many(parent_ids: list[UUID], parts: list[Part]) -> list[tuple[str, UUID, UUID]]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT a.part, p.parent_id, p.programme_id"
                " FROM unnest(%s::text[]) AS a (part), access_pairs(a.part, false) p"
                " WHERE p.parent_id = ANY (%s)",
                [[part.value for part in parts], parent_ids],
            )
            return list(cursor.fetchall())
    mine = Visible.objects.filter(user_id=current_actor().user_id, part__in=parts)
    rows = mine.filter(parent_id__in=parent_ids)
    return list(rows.values_list("part", "parent_id", "programme_id"))


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
