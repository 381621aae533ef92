"""What the forms about a family offer to choose from: only what the reader may see."""

from collections.abc import Iterable
from uuid import UUID

from programme.access.held import opens_the_child
from programme.access.holdings import written_in
from programme.access.parts import Part
from programme.core.choices import PregnancyOutcome
from programme.episodes.models import Episode
from programme.families.models import Noticed, OtherParentOfChild
from programme.families.reads.people import name_of_child
from programme.people.models import (
    Child,
    FamilyMember,
    Identity,
    Parent,
    ParentChild,
)
from programme.people.reads import names_of, open_children, others_around
from programme.pregnancies.models import Pregnancy
from recurrent.design.words import day_and_year


def others_with_records(parent: Parent) -> dict[UUID, str]:
    """Partners and other parents of the children whom the reader sees, by name (three queries)."""
    names = names_of(others_around(parent))
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def members_of(parent: Parent) -> dict[UUID, FamilyMember]:
    """The names on this record (one query)."""
    return {one.pk: one for one in FamilyMember.objects.filter(parent=parent).order_by("name")}


def other_member_of(parent: Parent, child: Child) -> UUID | None:
    """Which of the names on this record is the child's other parent (one query)."""
    rows = OtherParentOfChild.objects.filter(parent=parent, child=child).order_by("stored_at")
    return rows.values_list("member_id", flat=True).first()


def name_by_link(link: ParentChild) -> str:
    """The child of a link as this record may name it (one query)."""
    child = Child.objects.filter(pk__in=open_children(link.parent), pk=link.child_id).first()
    return name_of_child(child) if child else "An adopted child"


def pregnancies_of(parent: Parent, child: Child | None = None) -> dict[UUID, str]:
    """This parent's own pregnancies, to say of which a child was born (one query).

    None for a child of somebody else's pregnancy.
    """
    rows = Pregnancy.objects.filter(mother=parent).exclude(outcome=PregnancyOutcome.TERMINATION)
    said = {
        one.pk: f"Known since {day_and_year(one.known_on)}" for one in rows.order_by("-known_on")
    }
    known = child.pregnancy_id if child else None
    return said if known is None or known in said else {}


def children_to_link(parent: Parent, *, and_linked: bool = False) -> dict[UUID, str]:
    """Children of partners and other parents who are not on this record yet (six queries).

    With those that are: a form sent twice finds the child it linked the first time.
    """
    others = others_with_records(parent)
    own = ParentChild.objects.filter(parent=parent).values_list("child_id", flat=True)
    links = ParentChild.objects.filter(opens_the_child(), parent__in=others)
    keys = set(links.values_list("child_id", flat=True)) - (set() if and_linked else set(own))
    return _named(Child.objects.filter(pk__in=keys).order_by("date_of_birth"))


def children_of_the_same_day(parent: Parent) -> dict[UUID, str]:
    """Children born on this parent's birthday, on records the reader sees (three queries)."""
    identity = Identity.objects.filter(parent=parent).exclude(date_of_birth=None).first()
    if identity is None:
        return {}
    own = ParentChild.objects.filter(parent=parent).values_list("child_id", flat=True)
    rows = Child.objects.filter(date_of_birth=identity.date_of_birth)
    return _named(rows.exclude(pk__in=list(own)))


def own_episodes(parent: Parent) -> list[Episode]:
    """The open episodes in which the acting user may write notes (two queries)."""
    programmes = written_in(parent.pk)[Part.NOTES]
    rows = Episode.objects.filter(parent=parent, closed_on=None, programme__in=programmes)
    return list(rows.select_related("programme").order_by("-opened_on", "-stored_at"))


def noticed(parent: Parent, kind: str) -> list[Noticed]:
    """One of the two lists: what is so first, then what was, each newest first (one query)."""
    rows = Noticed.objects.filter(episode__parent=parent, kind=kind)
    newest_first = rows.order_by("-noted_on", "-stored_at")
    return sorted(newest_first, key=lambda one: one.ended_on is not None)


def may_change(row: Noticed) -> bool:
    """Whether the acting user may change this row, not only read it."""
    return Noticed.objects.filter(row.wall.writable(), pk=row.pk).exists()


def _named(children: Iterable[Child]) -> dict[UUID, str]:
    named = {}
    for child in children:
        born = f", born {day_and_year(child.date_of_birth)}" if child.date_of_birth else ""
        named[child.pk] = f"{name_of_child(child)}{born}"
    return named
