"""What the pages of groups show: only of people whom the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from programme.episodes.models import Episode
from programme.groups.models import Attendance, Group, GroupMember, GroupSession
from programme.people.models import Identity, Parent
from programme.people.reads import identities_of, need_of
from programme.referrals.models import Identification, Referral


@dataclass(frozen=True)
class Person:
    """Somebody who may come, by the name the reader may know."""

    parent: Parent
    name: str
    # The question about an interpreter or access; blank where no need is recorded.
    need: str = ""


@dataclass(frozen=True)
class RegisterLine:
    """One person of a register, what was marked, and whether the reader may mark it."""

    person: Person
    may_mark: bool
    attendance: Attendance | None = None
    is_expected: bool = True


@dataclass(frozen=True)
class Dates:
    """The dates of a group: those to come, soonest first; those that were, newest first."""

    to_come: list[GroupSession]
    past: list[GroupSession]


def groups_in(programme_ids: Iterable[UUID]) -> list[Group]:
    """The groups of some programmes, by name (one query)."""
    rows = Group.objects.filter(programme__in=list(programme_ids)).select_related("programme")
    return list(rows.order_by("programme__name", "name", "pk"))


def dates_of(group: Group) -> Dates:
    """Every date of a group (one query); one counts as past when its day is over."""
    today = timezone.localdate()
    rows = list(GroupSession.objects.filter(group=group).order_by("starts_at"))
    past = [one for one in rows if timezone.localdate(one.starts_at) < today]
    return Dates(to_come=rows[len(past) :], past=past[::-1])


def may_come(group: Group) -> set[UUID]:
    """Whom of those the reader may change the group expects now (one query)."""
    rows = GroupMember.objects.filter(GroupMember.wall.writable(), group=group, left_on=None)
    return set(rows.values_list("parent_id", flat=True))


def choosable(group: Group) -> list[Person]:
    """Whom the reader may choose: in open work with the programme, or chosen before (4 queries)."""
    return _by_name({*_worked_with(group), *may_come(group)})


def known_by_reference(group: Group, references: Iterable[str]) -> dict[str, Parent]:
    """Those records of these numbers that the programme knows and the reader may mark.

    Four queries. One that is hidden is answered like one that does not exist.
    """
    asked = {"parent__reference__in": list(references), "programme": group.programme_id}
    may_mark = GroupMember.wall.writable()
    keys: set[UUID] = set()
    for rows in (Episode.objects, Referral.objects, Identification.objects):
        keys.update(rows.filter(may_mark, **asked).values_list("parent_id", flat=True))
    return {one.reference: one for one in Parent.objects.filter(pk__in=keys)}


def _worked_with(group: Group) -> set[UUID]:
    """Whose attendance the reader may record, in open work with the programme (one query)."""
    working = Episode.objects.filter(
        GroupMember.wall.writable(), programme=group.programme_id, closed_on=None
    )
    return set(working.values_list("parent_id", flat=True))


def register_of(session: GroupSession) -> list[RegisterLine]:
    """The people of a session whom the reader may see, by name (five queries; seven of a drop-in).

    To a drop-in comes whoever likes: also those the reader works with who were not chosen.

    Somebody hidden takes no line, no number and no place: the page has the bytes it would have
    if that person had never come.
    """
    marked = {one.parent_id: one for one in Attendance.objects.filter(session=session)}
    members = GroupMember.objects.filter(group=session.group_id)
    expected = set(members.filter(left_on=None).values_list("parent_id", flat=True))
    writable = set(members.filter(GroupMember.wall.writable()).values_list("parent_id", flat=True))
    besides: set[UUID] = set()
    if session.group.is_drop_in:
        besides = _worked_with(session.group)
        own = Attendance.objects.filter(Attendance.wall.writable(), session=session)
        writable |= {*besides, *own.values_list("parent_id", flat=True)}
    return [
        RegisterLine(
            one,
            one.parent.pk in writable,
            marked.get(one.parent.pk),
            one.parent.pk in expected or one.parent.pk in marked,
        )
        for one in _by_name({*expected, *marked, *besides})
    ]


def _by_name(keys: set[UUID]) -> list[Person]:
    known = {one.parent_id: one for one in identities_of(keys)}
    people = [_person(one, known.get(one.pk)) for one in Parent.objects.filter(pk__in=keys)]
    return sorted(people, key=lambda one: (one.name.casefold(), one.parent.reference))


def _person(parent: Parent, identity: Identity | None) -> Person:
    name = identity.name if identity else f"Record {parent.reference}"
    return Person(parent, name, need_of(identity))
