"""What the pages about the same person show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from programme.access.holdings import written_in
from programme.access.parts import Part
from programme.access.walls import visible
from programme.joining.reads.alike import LookAlike, known_of, look_alikes
from programme.joining.reads.records import side_by_side, what_is_joined
from programme.people.matching import Known, compare
from programme.people.models import Home, Parent
from recurrent.design.components import Cell


@dataclass(frozen=True)
class Shown:
    """Somebody who may be the same person, beside the one who was looked for."""

    alike: LookAlike
    head: tuple[str, str, str, str]
    rows: list[list[Cell]]

    @property
    def words(self) -> str:
        """How sure this is, and by how much."""
        return f"{self.alike.likeness.words} ({self.alike.likeness.points:g} points)"


def shown(known: Known, alike: LookAlike, ours: str) -> Shown:
    """The two side by side; ``ours`` says what the known facts are."""
    head = ("", ours, f"Record {alike.reference}", "How well it fits")
    return Shown(alike, head, side_by_side(known, alike.known, alike.likeness))


def found_for(parent: Parent, *, even_if_said: bool = False) -> list[Shown]:
    """Who may be the same person as this parent, among those the acting user may see."""
    known = known_of([parent.pk]).get(parent.pk)
    if known is None:
        return []
    found = look_alikes(known, but=parent.pk, even_if_said=even_if_said)
    return [shown(known, one, f"Record {parent.reference}") for one in found]


def may_be_joined(found: Iterable[Shown]) -> set[UUID]:
    """Those whose core part the acting user may change, as ``parents_to_join`` asks (one query)."""
    keys = [one.alike.parent_id for one in found]
    writable = visible(Part.CORE, writing=True).filter(parent_id__in=keys)
    return set(writable.values_list("parent_id", flat=True))


def parents_to_join(other_id: UUID) -> QuerySet[Parent]:
    """The other record, if the acting user may change who that is; else nothing."""
    may = written_in(other_id)[Part.CORE]
    return Parent.objects.filter(pk__in=[other_id] if may else [])


def what_joining_does(kept: Parent, absorbed: Parent) -> dict[str, Any]:
    """Both records side by side, what hangs on the one, and which address stays."""
    known = known_of([kept.pk, absorbed.pk])
    mine, theirs = known[kept.pk], known[absorbed.pk]
    likeness = compare(mine, theirs)
    head = ("", f"Record {kept.reference}", f"Record {absorbed.reference}", "How well it fits")
    homes = Home.objects.filter(parent__in=[kept.pk, absorbed.pk]).count()
    return {
        "head": head,
        "rows": side_by_side(mine, theirs, likeness),
        "likeness": likeness,
        "joined": what_is_joined(absorbed),
        "two_addresses": homes == 2,
    }
