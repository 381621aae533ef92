"""People among those the acting user may see who may be the one described."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from programme.access.actors import MATCHER
from programme.access.scope import acting_as
from programme.joining.models import Merge, NotTheSame
from programme.people.matching import Known, KnownChild, Likeness, compare
from programme.people.models import Identity, Parent, ParentChild, SafeContact
from programme.people.names import SOUND, digits_of, sound_of, words_of

MOST_SHOWN = 5
# So many are compared field by field; the database has put the likeliest first.
MOST_COMPARED = 400
MOST_WORDS = 8
LETTERS = 3
LEAST_DIGITS = 7


@dataclass(frozen=True)
class LookAlike:
    """Somebody who may be the same person, and how well each field fits."""

    parent_id: UUID
    reference: str
    known: Known
    likeness: Likeness


def look_alikes(
    known: Known, *, but: UUID | None = None, even_if_said: bool = False
) -> list[LookAlike]:
    """The likeliest first, at most ``MOST_SHOWN``, without pairs that are known to be two people.

    ``but`` is the record looked from. A fixed number of queries, whoever is found.
    """
    likely = _likely(known) - {but}
    references = dict(Parent.objects.filter(pk__in=likely).values_list("pk", "reference"))
    apart = _gone() if even_if_said else _gone() | _said_apart(but)
    found = [
        LookAlike(key, references[key], facts, compare(known, facts))
        for key, facts in known_of(likely).items()
        if key in references and key not in apart
    ]
    shown = [one for one in found if one.likeness.is_shown]
    return sorted(shown, key=lambda one: (-one.likeness.points, one.reference))[:MOST_SHOWN]


def known_of(parent_ids: Iterable[UUID]) -> dict[UUID, Known]:
    """The facts of those parents whose core part the acting user sees (four queries)."""
    keys = list(parent_ids)
    roles = dict(Parent.objects.filter(pk__in=keys).values_list("pk", "parent_role"))
    facts = {row.parent_id: _facts(row) for row in Identity.objects.filter(parent__in=keys)}
    numbers = SafeContact.objects.filter(parent__in=facts).exclude(number="")
    for key, number in numbers.values_list("parent_id", "number"):
        facts[key] = replace(facts[key], numbers=(*facts[key].numbers, number))
    links = ParentChild.objects.filter(parent__in=facts).select_related("child")
    for link in links.order_by("child__date_of_birth", "child_id"):
        names = f"{link.child.given_names} {link.child.family_name}".strip()
        child = KnownChild(names, link.child.date_of_birth)
        facts[link.parent_id] = replace(
            facts[link.parent_id], children=(*facts[link.parent_id].children, child)
        )
    return {key: replace(one, role=roles.get(key, "")) for key, one in facts.items()}


def _facts(row: Identity) -> Known:
    return Known(
        given_names=row.given_names,
        family_name=row.family_name,
        known_as=row.known_as,
        other_names=row.other_names,
        born_on=row.date_of_birth,
        nhs_number=row.nhs_number,
    )


def _gone() -> set[UUID]:
    """Records that lead to another: only declared actors meet them at all."""
    return set(Merge.objects.filter(undone_at=None).values_list("absorbed_id", flat=True))


def _said_apart(parent_id: UUID | None) -> set[UUID]:
    """Everybody of whom it was said, with this record, that they are two people."""
    if parent_id is None:
        return set()
    with acting_as(MATCHER):
        pairs = NotTheSame.objects.filter(Q(one=parent_id) | Q(other=parent_id))
        return {key for pair in pairs.values_list("one_id", "other_id") for key in pair}


def kept_apart_from(parent: Parent) -> list[Parent]:
    """Whom somebody said to be somebody else, among those the acting user may see (two queries)."""
    others = Parent.objects.filter(pk__in=_said_apart(parent.pk)).exclude(pk=parent.pk)
    return list(others.order_by("reference"))


# --- Whom the database puts forward -----------------------------------------------------------


def _likely(known: Known) -> set[UUID]:
    return {*_by_person(known), *_by_number(known), *_by_child(known)}


def _by_person(known: Known) -> Iterable[UUID]:
    texts = (known.given_names, known.family_name, known.known_as, known.other_names)
    words = list(dict.fromkeys(word for text in texts for word in words_of(text)))[:MOST_WORDS]
    ways = [*_born(known.born_on), *(way for word in words for way in _spelt(word))]
    if known.nhs_number:
        ways.append((9, Q(nhs_number=known.nhs_number)))
    return _best(Identity.objects, ways)


def _born(day: date | None) -> list[tuple[int, Q]]:
    days = [day, _swapped(day)] if day else []
    return [(8, Q(date_of_birth=one)) for one in dict.fromkeys(days) if one]


def _swapped(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 else None


def _spelt(word: str, keys: str = "search_keys__contains") -> list[tuple[int, Q]]:
    ways = [(4, Q(**{keys: f" {word} "})), (2, Q(**{keys: f" {word[:LETTERS]}"}))]
    sound = sound_of(word)
    return [*ways, (3, Q(**{keys: f" {SOUND}{sound} "}))] if sound else ways


def _best(rows: Any, ways: Sequence[tuple[int, Q]]) -> Iterable[UUID]:
    if not ways:
        return []
    weight: Any = Value(0)
    for points, way in ways:
        weight += Case(When(way, then=points), default=0, output_field=IntegerField())
    fitting = rows.filter(reduce(or_, (way for _, way in ways))).annotate(weight=weight)
    ordered = fitting.order_by("-weight", "parent_id")
    return list(ordered.values_list("parent_id", flat=True)[:MOST_COMPARED])


def _by_number(known: Known) -> Iterable[UUID]:
    ends = [digits_of(number)[-LEAST_DIGITS:] for number in known.numbers]
    ways = [(1, Q(digits__endswith=end)) for end in ends if len(end) == LEAST_DIGITS]
    return _best(SafeContact.objects, ways)


def _by_child(known: Known) -> Iterable[UUID]:
    days = [(2, Q(child__date_of_birth=one.born_on)) for one in known.children if one.born_on]
    names = {word for one in known.children for word in words_of(one.names)[:1]}
    keys = "child__search_keys__contains"
    spelt = [way for word in sorted(names)[:MOST_WORDS] for way in _spelt(word, keys)]
    return _best(ParentChild.objects, [*days, *spelt])
