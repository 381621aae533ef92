"""Whether two sets of facts are about one person: a score for each field, in plain words.

The points are weights of evidence, as in record linkage (Fellegi and Sunter 1969): what is much
likelier between two records of one person than between two people adds, what is much less likely
takes away, and what is not known does neither. They add up. ``tests/programme/people`` measures
them on pairs made by rule: precision and recall stand there, not here.

The words never repeat a name or a date, so they may be read where the facts may not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz.distance import JaroWinkler

from programme.core.choices import ParentRole
from programme.people.names import digits_of, sound_of, words_of

# From here on two records are shown side by side. One field alone never reaches it, but for the
# NHS number; the commonest ways of meeting somebody again all do (see the tests).
LEAST_SHOWN = 5.0
# From here on "very likely" is said.
LIKELY = 9.0
# Two words are one name in two spellings from this likeness on (of 1) ...
SAME_SPELT = 0.9
# ... or when they sound alike and share at least this much.
SOUND_SHARED = 0.6
LEAST_DIGITS = 7


@dataclass(frozen=True)
class KnownChild:
    """A child, as far as told."""

    names: str = ""
    born_on: date | None = None


@dataclass(frozen=True)
class Known:
    """What is known of somebody: whatever is blank counts neither for nor against."""

    given_names: str = ""
    family_name: str = ""
    known_as: str = ""
    other_names: str = ""
    born_on: date | None = None
    role: str = ""
    nhs_number: str = ""
    numbers: tuple[str, ...] = ()
    children: tuple[KnownChild, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Score:
    """How well one field fits, in points and in words."""

    field: str
    points: float
    words: str


@dataclass(frozen=True)
class Likeness:
    """The scores of every field that says something, and what they come to."""

    scores: tuple[Score, ...]

    @property
    def points(self) -> float:
        """All fields together."""
        return sum(score.points for score in self.scores)

    @property
    def is_shown(self) -> bool:
        """Whether somebody should look at the two side by side."""
        return self.points >= LEAST_SHOWN

    @property
    def words(self) -> str:
        """How sure this is."""
        return "Very likely the same person" if self.points >= LIKELY else "May be the same person"

    def of(self, name: str) -> Score | None:
        """The score of one field; None when nothing can be said."""
        return next((score for score in self.scores if score.field == name), None)


def compare(one: Known, other: Known) -> Likeness:
    """Scores two sets of facts field by field; the order of the two does not matter."""
    made = (
        _given(one, other),
        _family(one, other),
        _born(one.born_on, other.born_on),
        _role(one.role, other.role),
        _children(one.children, other.children),
        _numbers(one.numbers, other.numbers),
        _nhs(one.nhs_number, other.nhs_number),
    )
    return Likeness(tuple(score for score in made if score is not None))


# --- Names ----------------------------------------------------------------------------------


def _given(one: Known, other: Known) -> Score | None:
    mine, theirs = words_of(one.given_names), words_of(other.given_names)
    if not mine or not theirs:
        return None
    if set(mine) == set(theirs) or mine[0] == theirs[0]:
        return Score("given_names", 3, "Same first name")
    if _any_alike([mine[0]], [theirs[0]]):
        return Score("given_names", 2, "First names spelt or sounding alike")
    if _any_alike(_every_given(one), _every_given(other)):
        return Score("given_names", 2, "One goes by a first name of the other")
    if _any_alike(mine[:1], words_of(other.family_name)) and _any_alike(
        theirs[:1], words_of(one.family_name)
    ):
        return Score("given_names", 2, "First and family name changed round")
    return Score("given_names", -4.5, "Other first name")


def _every_given(known: Known) -> list[str]:
    return words_of(f"{known.given_names} {known.known_as}")


def _family(one: Known, other: Known) -> Score | None:
    mine, theirs = words_of(one.family_name), words_of(other.family_name)
    if not mine or not theirs:
        return None
    if mine == theirs or set(mine) == set(theirs):
        return Score("family_name", 3, "Same family name")
    if _any_alike(mine, words_of(other.other_names)) or _any_alike(
        theirs, words_of(one.other_names)
    ):
        return Score("family_name", 2.5, "Same as a family name of an earlier time")
    if _any_alike(mine, theirs):
        return Score("family_name", 2, "Family names spelt or sounding alike, or share a part")
    if _any_alike(mine, words_of(other.given_names)[:1]) and _any_alike(
        theirs, words_of(one.given_names)[:1]
    ):
        return Score("family_name", 2, "First and family name changed round")
    # Names change with marriage, and with safety: that speaks only softly against.
    return Score("family_name", -1, "Other family name")


def _any_alike(some: Iterable[str], others: Iterable[str]) -> bool:
    listed = list(others)
    return any(alike(word, name) for word in some for name in listed)


def alike(word: str, name: str) -> bool:
    """Whether two words are one name, misspelt or as it was heard."""
    if word == name:
        return True
    shared = JaroWinkler.similarity(word, name)
    if shared >= SAME_SPELT:
        return True
    sound = sound_of(word)
    return shared >= SOUND_SHARED and len(sound) > 1 and sound == sound_of(name)


# --- Days, numbers, children ----------------------------------------------------------------


def _born(one: date | None, other: date | None) -> Score | None:
    if one is None or other is None:
        return None
    if one == other:
        return Score("born_on", 6, "Same date of birth")
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return Score("born_on", 4, "Same date of birth with day and month swapped")
    parts = [one.year == other.year, one.month == other.month, one.day == other.day]
    if sum(parts) == 2 and abs(one.year - other.year) <= 10:
        return Score("born_on", 1, "Date of birth differs in one part")
    return Score("born_on", -5, "Other date of birth")


def _role(one: str, other: str) -> Score | None:
    if {one, other} == {ParentRole.MOTHER.value, ParentRole.FATHER.value}:
        return Score("role", -6, "One is a mother, the other a father")
    return None


def _children(some: tuple[KnownChild, ...], others: tuple[KnownChild, ...]) -> Score | None:
    if not some or not others:
        return None
    found = [_child(one, other) for one in some for other in others]
    best = max(found, key=lambda score: score.points)
    return best if best.points > 0 else None


def _child(one: KnownChild, other: KnownChild) -> Score:
    same_day = one.born_on is not None and one.born_on == other.born_on
    names = words_of(one.names)[:1], words_of(other.names)[:1]
    same_name = _any_alike(*names)
    if same_day and same_name:
        return Score("children", 5, "A child of the same name and birth date")
    if same_day and not all(names):
        return Score("children", 3, "A child of the same birth date")
    if same_name and None in (one.born_on, other.born_on):
        return Score("children", 1.5, "A child of the same name")
    return Score("children", 0, "")


def _numbers(some: tuple[str, ...], others: tuple[str, ...]) -> Score | None:
    mine, theirs = ({_national(one) for one in every} - {""} for every in (some, others))
    return Score("numbers", 3, "Same telephone number") if mine & theirs else None


def _national(number: str) -> str:
    digits = digits_of(number).removeprefix("00").removeprefix("44").removeprefix("0")
    return digits if len(digits) >= LEAST_DIGITS else ""


def _nhs(one: str, other: str) -> Score | None:
    if not one or not other:
        return None
    if one == other:
        return Score("nhs_number", 8, "Same NHS number")
    return Score("nhs_number", -8, "Other NHS number")
