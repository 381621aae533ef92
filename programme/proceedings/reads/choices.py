"""Which sets, children and parents a page offers, and what the timeline says of court."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from programme.core.choices import CourtDateKind
from programme.people.models import Child, Identity, Parent
from programme.people.reads import links_beside, names_of, open_children
from programme.proceedings.models import (
    CourtDate,
    Hearing,
    Named,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    Representation,
    named_key,
)
from programme.proceedings.reads.in_force import in_force, orders_in_force


def sets_of(parent: Parent) -> QuerySet[ProceedingsParent]:
    """The sets this parent is party to, the newest first."""
    links = ProceedingsParent.objects.filter(parent=parent).select_related("proceedings")
    newest = F("proceedings__issued_on").desc(nulls_first=True)
    return links.order_by(newest, "-proceedings__stored_at")


def who_stands_for(parent: Parent, set_ids: Iterable[UUID]) -> dict[UUID, Representation]:
    """What was last said of who stands for this parent, by set (one query)."""
    said = Representation.objects.filter(parent=parent, proceedings_id__in=set_ids)
    return {row.proceedings_id: row for row in said.order_by("position")}


@dataclass(frozen=True)
class CourtEvent:
    """What the timeline says of court, and by which row it can be marked."""

    words: str
    day: date
    mark: tuple[str, str]
    is_significant: bool = False


def court_questions(
    parent: Parent,
) -> tuple[QuerySet[ProceedingsParent], QuerySet[CourtDate], QuerySet[Hearing]]:
    """What to ask for ``court_events``, in its order."""
    sets = ProceedingsParent.objects.filter(parent=parent).values("proceedings_id")
    return (
        sets_of(parent),
        CourtDate.objects.filter(parent=parent),
        Hearing.objects.filter(proceedings__in=sets, outcome="held"),
    )


def court_events(
    parent: Parent,
    sets: Iterable[ProceedingsParent],
    told: Iterable[CourtDate],
    held: Iterable[Hearing],
) -> Iterator[CourtEvent]:
    """Dates in force, what the parent told us, hearings that were held."""
    for link in sets:
        yield from _events_of_set(link)
    for row in _still_told(told):
        if row.happened_on:
            words = f"{CourtDateKind(row.kind).label} (the parent told us)"
            yield CourtEvent(words, row.happened_on, ("court_date", str(row.pk)))
    for hearing in held:
        if hearing.parent_id in (None, parent.pk):
            words = hearing.get_kind_display()
            yield CourtEvent(words, hearing.held_on, ("hearing", str(hearing.pk)))


def _still_told(rows: Iterable[CourtDate]) -> Iterator[CourtDate]:
    """What the parent told us of each set, without what was said otherwise or taken back since."""
    of_set: dict[UUID, list[CourtDate]] = {}
    for row in rows:
        of_set.setdefault(row.proceedings_id, []).append(row)
    for told in of_set.values():
        yield from in_force(told).values()
        yield from orders_in_force(told).values()


def _events_of_set(link: ProceedingsParent) -> Iterator[CourtEvent]:
    one, key = link.proceedings, str(link.pk)
    if one.pre_proceedings_letter_on:
        letter = ("proceedings_letter", key)
        yield CourtEvent("Pre-proceedings letter", one.pre_proceedings_letter_on, letter, True)
    if one.issued_on:
        yield CourtEvent("Care proceedings issued", one.issued_on, ("proceedings", key), True)
    if one.concluded_on:
        ended = ("proceedings_ended", key)
        yield CourtEvent("Care proceedings concluded", one.concluded_on, ended)


def children_of(parent: Parent) -> list[Child]:
    """The parent's children, the eldest first."""
    children = Child.objects.filter(pk__in=open_children(parent))
    return list(children.order_by("date_of_birth", "stored_at"))


def children_to_name(parent: Parent, proceedings: Proceedings) -> list[Child]:
    """The parent's children who are not in the set yet."""
    named = ProceedingsChild.objects.filter(proceedings=proceedings)
    known = set(named.values_list("child_id", flat=True))
    return [child for child in children_of(parent) if child.pk not in known]


def other_parents_to_name(parent: Parent, proceedings: Proceedings) -> list[tuple[Parent, str]]:
    """Other parents of the parent's children whose court part is the reader's to change."""
    party = set(
        ProceedingsParent.objects.filter(proceedings=proceedings).values_list(
            "parent_id", flat=True
        )
    )
    links = links_beside(parent)
    keys = {key for key in links.values_list("parent_id", flat=True) if key not in party}
    # Asked of all at once: the wall of the row that naming one of them would add.
    theirs = Identity.objects.filter(ProceedingsParent.wall.writable(), parent_id__in=keys)
    return [(one.parent, one.name) for one in theirs.select_related("parent")]


def named_by_hand(parent: Parent, proceedings: Proceedings) -> list[tuple[Named, str]]:
    """Who can be taken off a set, having been named on a page, each with a name (four queries).

    Never whom the set began with or came with: somebody has to be party to it.
    """
    of_the_set = {"proceedings": proceedings}
    children = ProceedingsChild.objects.filter(ProceedingsChild.wall.writable(), **of_the_set)
    parties = ProceedingsParent.objects.filter(ProceedingsParent.wall.writable(), **of_the_set)
    children = children.filter(child__in=children_of(parent)).select_related("child")
    names = names_of([link.parent_id for link in parties])
    return [
        *(
            (link, link.child.given_names or "A child")
            for link in children
            if link.pk == named_key(proceedings.pk, link.child_id)
        ),
        *(
            (link, names[link.parent_id])
            for link in parties
            if link.parent_id in names and link.pk == named_key(proceedings.pk, link.parent_id)
        ),
    ]
