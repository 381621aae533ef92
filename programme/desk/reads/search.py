"""Finding a parent by whatever is remembered: names, a child's name, a number, a reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, cast
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from rapidfuzz.distance import JaroWinkler

from programme.episodes.models import Episode
from programme.people.models import Identity, Parent, ParentChild, SafeContact
from programme.people.names import SOUND, digits_of, sound_of, words_of

MOST_SHOWN = 20
# So many are compared letter by letter; the database has put the likeliest first.
MOST_COMPARED = 1500
# A word counts as the same name from this likeness on (of 1).
LEAST_LIKE = 0.72
# Two spellings that sound alike are this alike, however they are written.
SOUNDS_ALIKE = 0.9
# But not when they share hardly a letter: "Q" and "Cai" sound the same to a machine.
LEAST_SHARED = 0.3
# A child's name must fit better than the parent's own by so much to be called the reason.
CHILD_COMES_SECOND = 0.05
LEAST_DIGITS = 5
# Nobody remembers more of a name; each costs the database another look at every row.
MOST_WORDS = 8
# Two mistakes seldom touch both the first and the last letters of both names.
LETTERS = 3


@dataclass(frozen=True)
class Found:
    """A parent who may be meant, why, and what tells her from others of the same name."""

    parent_id: UUID
    reference: str
    name: str
    born_on: date | None
    because: str
    works_with: str
    likeness: float


@dataclass
class _Candidate:
    """The best reason found so far why a parent may be meant."""

    likeness: float = 0.0
    because: str = ""

    def may_be(self, likeness: float, because: str) -> None:
        if likeness > self.likeness:
            self.likeness, self.because = likeness, because


def search(asked: str) -> list[Found]:
    """The parents the acting user may know of who fit what was asked, the likeliest first.

    Words may stand in any order and be misspelt. A fixed number of queries, whoever is found.
    """
    words = words_of(asked)[:MOST_WORDS]
    candidates: dict[UUID, _Candidate] = {}
    _by_reference(asked, candidates)
    _by_number(digits_of(asked), candidates)
    _by_names(words, candidates)
    best = sorted(candidates, key=lambda key: -candidates[key].likeness)[: MOST_SHOWN * 2]
    found = _told({key: candidates[key] for key in best})
    return sorted(found, key=lambda one: (-one.likeness, one.name))[:MOST_SHOWN]


def _by_reference(asked: str, candidates: dict[UUID, _Candidate]) -> None:
    reference = "".join(asked.split()).upper()
    rows = Parent.objects.filter(reference=reference)
    for key in rows.values_list("pk", flat=True):
        candidates.setdefault(key, _Candidate()).may_be(1.0, "")
    other = Q(local_reference__iexact=asked.strip()) & ~Q(local_reference="")
    rows_of_others = Identity.objects.filter(
        other | Q(nhs_number=digits_of(asked), nhs_number__gt="")
    )
    for key in rows_of_others.values_list("parent_id", flat=True):
        candidates.setdefault(key, _Candidate()).may_be(1.0, "this number")


def _by_number(digits: str, candidates: dict[UUID, _Candidate]) -> None:
    """Part of a telephone number."""
    fits = Q(digits__contains=digits) if len(digits) >= LEAST_DIGITS else Q(pk=None)
    for key in SafeContact.objects.filter(fits).values_list("parent_id", flat=True)[:MOST_COMPARED]:
        candidates.setdefault(key, _Candidate()).may_be(1.0, "a telephone number")


def _by_names(words: Sequence[str], candidates: dict[UUID, _Candidate]) -> None:
    """Own names first; then those of children, alone or beside an own name."""
    own: dict[UUID, list[str]] = {}
    names = ("parent_id", "given_names", "family_name", "known_as", "other_names")
    for key, *texts in _likely(Identity.objects, words).values_list(*names):
        own[key] = [word for text in texts for word in words_of(text)]
        candidates.setdefault(key, _Candidate()).may_be(_likeness(words, own[key]), "")
    links = _likely(ParentChild.objects, words, "child__")
    columns = ("parent_id", "child__given_names", "child__family_name")
    for key, given, family in links.values_list(*columns):
        together = [*words_of(given), *words_of(family), *own.get(key, ())]
        likeness = _likeness(words, together) - CHILD_COMES_SECOND
        candidates.setdefault(key, _Candidate()).may_be(
            likeness, f"a child, {given} {family}".strip()
        )


def _likely(rows: Any, words: Sequence[str], path: str = "") -> QuerySet[Any]:
    """The rows of which a word begins, ends or sounds as one that was asked, most words first."""
    fits = Q(pk=None)
    weight: Any = Value(0)
    for word in words:
        likely = _ways(f"{path}search_keys__contains", word)
        fits |= reduce(or_, likely.values())
        whens = [When(way, then=points) for points, way in likely.items()]
        weight += Case(*whens, default=0, output_field=IntegerField())
    rows = rows.filter(fits).annotate(weight=weight).order_by("-weight")[:MOST_COMPARED]
    return cast("QuerySet[Any]", rows)


def _ways(keys: str, word: str) -> dict[int, Q]:
    """How a word may stand in a row's keys, the surest first, with what each counts."""
    sound = sound_of(word)
    return {
        4: Q(**{keys: f" {word} "}),
        3: Q(**{keys: f" {SOUND}{sound} "}) if sound else Q(pk=None),
        2: Q(**{keys: f" {word[:LETTERS]}"}),
        1: Q(**{keys: f"{word[-LETTERS:]} "}) if len(word) > LETTERS else Q(pk=None),
    }


def _likeness(asked: Sequence[str], names: Sequence[str]) -> float:
    """How well each word that was asked fits one of the names, on average, from 0 to 1."""
    if not asked or not names:
        return 0.0
    best = [max(_alike(word, name) for name in names) for word in asked]
    if max(best) < LEAST_LIKE:
        return 0.0
    return sum(best) / len(best)


def _alike(word: str, name: str) -> float:
    likeness = JaroWinkler.similarity(word, name)
    if name.startswith(word) and len(word) >= LETTERS:
        likeness = max(likeness, SOUNDS_ALIKE)
    if LEAST_SHARED < likeness < SOUNDS_ALIKE and sound_of(word) == sound_of(name):
        return SOUNDS_ALIKE
    return likeness


def _told(candidates: Mapping[UUID, _Candidate]) -> list[Found]:
    parents = Parent.objects.filter(pk__in=candidates)
    identities = {one.parent_id: one for one in Identity.objects.filter(parent__in=candidates)}
    open_work = Episode.objects.filter(parent__in=candidates, closed_on=None)
    programmes: dict[UUID, list[str]] = {}
    for episode in open_work.select_related("programme").order_by("programme__name"):
        programmes.setdefault(episode.parent_id, []).append(episode.programme.name)
    return [
        Found(
            parent_id=parent.pk,
            reference=parent.reference,
            name=identities[parent.pk].name if parent.pk in identities else parent.reference,
            born_on=identities[parent.pk].date_of_birth if parent.pk in identities else None,
            because=candidates[parent.pk].because,
            works_with=", ".join(dict.fromkeys(programmes.get(parent.pk, ()))),
            likeness=candidates[parent.pk].likeness,
        )
        for parent in parents
        if candidates[parent.pk].likeness > 0
    ]
