"""Finding a parent by whatever is remembered: names, a child's name, a number, a reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rapidfuzz.distance import JaroWinkler

from programme.access.joined import found_under
from programme.access.likely import Key, known_by_number, likely_by_child, likely_by_name
from programme.access.scope import asking_only_about
from programme.episodes.models import Episode
from programme.people.models import Child, Identity, Parent
from programme.people.names import LETTERS, digits_of, sound_of, ways_of, words_in, words_of

MOST_SHOWN = 20
# So many are compared letter by letter; the database has put the likeliest first.
MOST_COMPARED = 500
# A word counts as the same name from this likeness on (of 1).
LEAST_LIKE = 0.72
# Two spellings that sound alike are this alike, however they are written.
SOUNDS_ALIKE = 0.9
# But not when they share hardly a letter: "Q" and "Cai" sound the same to a machine.
LEAST_SHARED = 0.3
# A child's name must fit better than the parent's own by so much to be called the reason.
CHILD_COMES_SECOND = 0.05
LEAST_DIGITS = 5
NHS_DIGITS = 10
# Nobody remembers more of a name; each costs the database another look at every row.
MOST_WORDS = 8
# How a parent was found, other than by name.
BECAUSE = {"reference": "", "number": "this number", "telephone": "a telephone number"}


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
    may_reach: bool = False


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
    _by_number(asked, candidates)
    _by_names(words, candidates)
    best = sorted(candidates, key=lambda key: -candidates[key].likeness)[: MOST_SHOWN * 2]
    with asking_only_about(best):
        found = _told({key: candidates[key] for key in best})
    return sorted(found, key=lambda one: (-one.likeness, one.name))[:MOST_SHOWN]


def _by_number(asked: str, candidates: dict[UUID, _Candidate]) -> None:
    """A reference, a number of another service, or part of a telephone number."""
    digits = digits_of(asked)
    part = digits if len(digits) >= LEAST_DIGITS else ""
    reference = "".join(asked.split()).upper()
    number = digits if len(digits) == NHS_DIGITS else asked.strip()
    for key, way in known_by_number(reference, number, part, MOST_COMPARED).items():
        candidates.setdefault(key, _Candidate()).may_be(1.0, BECAUSE[way])
    # Whom the reader may not know of is left out with the rest (``_told``).
    if earlier := found_under(reference):
        candidates.setdefault(earlier, _Candidate()).may_be(1.0, "an earlier number")


def _by_names(words: Sequence[str], candidates: dict[UUID, _Candidate]) -> None:
    """Own names first; then those of children, alone or beside an own name."""
    keys = keys_asked(words)
    found, links = likely_by_name(keys, MOST_COMPARED), likely_by_child(keys, MOST_COMPARED)
    with asking_only_about({*found, *(parent for parent, _ in links)}):
        own = _own_words(found)
        children = Child.objects.in_bulk([child for _, child in links])
    for key in found:
        candidates.setdefault(key, _Candidate()).may_be(_likeness(words, own[key]), "")
    for key, child_id in links:
        child = children[child_id]
        names = [*words_of(child.given_names), *words_of(child.family_name), *own.get(key, ())]
        likeness = _likeness(words, names) - CHILD_COMES_SECOND
        because = f"a child, {child.given_names} {child.family_name}".strip()
        candidates.setdefault(key, _Candidate()).may_be(likeness, because)


def keys_asked(words: Sequence[str]) -> list[Key]:
    """Every way in which the words may stand in somebody's keys."""
    return [
        Key(place, way, points)
        for place, word in enumerate(words)
        for way, points in ways_of(word).items()
    ]


def _own_words(parent_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    rows = Identity.objects.filter(parent_id__in=parent_ids)
    return {key: words_in(keys) for key, keys in rows.values_list("parent_id", "search_keys")}


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
            may_reach=parent.pk in identities,
        )
        for parent in parents
        if candidates[parent.pk].likeness > 0
    ]
