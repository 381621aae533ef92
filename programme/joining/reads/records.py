"""Two records side by side, what joining them does, and what was joined."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from programme.access.parts import Part
from programme.access.protected import names_protected
from programme.access.walls import OfParent
from programme.consents.models import Consent
from programme.contacts.models import Contact
from programme.episodes.models import Episode
from programme.joining.models import BOTH, Merge, PossibleMatch
from programme.pathways.models import Programme
from programme.people.matching import Known, KnownChild, Likeness
from programme.people.models import Parent, ParentChild, SafeContact
from programme.people.reads import names_of
from programme.referrals.models import Referral
from recurrent.design.components import Cell
from recurrent.design.words import day_and_year

NOT_KNOWN = "not recorded"


@dataclass(frozen=True)
class OpenInBoth:
    """A programme that works with the person under both records."""

    programme: Programme
    kept: tuple[Episode, ...]
    absorbed: tuple[Episode, ...]

    @property
    def field_name(self) -> str:
        """What a form calls the question which goes on."""
        return f"goes_on_{self.programme.pk.hex}"


def open_in_both(kept: Parent, absorbed: Parent) -> list[OpenInBoth]:
    """Programmes with open work under both records, as far as the acting user sees (one query)."""
    rows = Episode.objects.filter(parent__in=[kept.pk, absorbed.pk], closed_on=None)
    programmes: dict[UUID, Programme] = {}
    found: dict[UUID, dict[UUID, tuple[Episode, ...]]] = {}
    for row in rows.select_related("programme").order_by("programme__name", "opened_on"):
        programmes[row.programme_id] = row.programme
        sides = found.setdefault(row.programme_id, {})
        sides[row.parent_id] = (*sides.get(row.parent_id, ()), row)
    return [
        OpenInBoth(programmes[key], sides[kept.pk], sides[absorbed.pk])
        for key, sides in found.items()
        if len(sides) == 2
    ]


# --- Side by side -----------------------------------------------------------------------------


def side_by_side(one: Known, other: Known, likeness: Likeness) -> list[list[Cell]]:
    """A line for each field: what the one says, what the other says, and how well they fit."""
    lines = [
        ("Name", "given_names", _name(one), _name(other)),
        ("Family name", "family_name", one.family_name, other.family_name),
        ("Other names", "", ", ".join(one.other_names.splitlines()), _others(other)),
        ("Born", "born_on", _day(one), _day(other)),
        ("Children", "children", _children(one), _children(other)),
        ("Telephone", "numbers", ", ".join(one.numbers), ", ".join(other.numbers)),
        ("NHS number", "nhs_number", one.nhs_number, other.nhs_number),
    ]
    return [
        [Cell(title), Cell(mine or NOT_KNOWN), Cell(theirs or NOT_KNOWN), Cell(_fit(likeness, of))]
        for title, of, mine, theirs in lines
        if mine or theirs
    ]


def _name(known: Known) -> str:
    also = f" (known as {known.known_as})" if known.known_as else ""
    return f"{known.given_names}{also}"


def _others(known: Known) -> str:
    return ", ".join(known.other_names.splitlines())


def _day(known: Known) -> str:
    return day_and_year(known.born_on) if known.born_on else ""


def _children(known: Known) -> str:
    return "; ".join(_child(one) for one in known.children)


def _child(child: KnownChild) -> str:
    name = child.names or "name not recorded"
    return f"{name}, {day_and_year(child.born_on)}" if child.born_on else name


def _fit(likeness: Likeness, field: str) -> str:
    score = likeness.of(field) if field else None
    return f"{score.words} ({score.points:+g})" if score else "Says nothing either way"


# --- What joining does ------------------------------------------------------------------------


def what_is_joined(absorbed: Parent) -> list[str]:
    """What hangs on the record, as far as the acting user sees; never all there may be."""
    counted = (
        ("referral", Referral.objects.filter(parent=absorbed)),
        ("episode", Episode.objects.filter(parent=absorbed)),
        ("contact", Contact.objects.filter(parent=absorbed)),
        ("child", ParentChild.objects.filter(parent=absorbed)),
        ("rule on how to reach the parent", SafeContact.objects.filter(parent=absorbed)),
        ("decision on permissions", Consent.objects.filter(parent=absorbed)),
    )
    return [_counted(rows.count(), what) for what, rows in counted]


MANY = {
    "child": "children",
    "rule on how to reach the parent": "rules on how to reach the parent",
    "decision on permissions": "decisions on permissions",
}


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count or 'No'} {MANY.get(what, what + 's')}"


def joined_with(parent: Parent) -> list[Merge]:
    """Records that lead to this one now, the newest first."""
    merges = Merge.objects.filter(kept=parent, undone_at=None).select_related("joined_by")
    return list(merges.order_by("-stored_at"))


# --- A keeper's list --------------------------------------------------------------------------


@dataclass(frozen=True)
class MatchLine:
    """Somebody another team met who may be a parent whose record is kept here."""

    match: PossibleMatch
    name: str


# A protection officer reads neither name nor reference.
SOMEBODY = "A record that is restricted or denied to somebody"


def waiting_matches() -> "QuerySet[PossibleMatch]":
    """What waits for the acting user's answer, the oldest first.

    Seniors keep what their programmes knew; protection officers what is restricted or denied.
    """
    kept = OfParent(Part.CUSTODY).condition(writing=False) | names_protected(BOTH)
    return _matches().filter(kept, answer="").order_by("stored_at", "pk")


def match_lines(rows: Iterable[PossibleMatch]) -> list[MatchLine]:
    """Each with a name, where the acting user may know it (two queries)."""
    shown = list(rows)
    keys = {row.parent_id for row in shown}
    named = dict(Parent.objects.filter(pk__in=keys).values_list("pk", "reference"))
    named |= names_of(keys)
    return [MatchLine(row, named.get(row.parent_id, SOMEBODY)) for row in shown]


def match_line(parent_id: UUID, match_id: UUID) -> MatchLine | None:
    """One match of this parent's, if the acting user is told of it."""
    return next(iter(match_lines(_matches().filter(pk=match_id, parent_id=parent_id))), None)


def _matches() -> "QuerySet[PossibleMatch]":
    found: QuerySet[PossibleMatch] = PossibleMatch.objects.select_related("programme", "asked_by")
    return found
