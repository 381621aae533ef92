"""Words that may speak of somebody else, in one text. A question is asked too often, not missed.

Nothing here knows what is true: a name nobody recorded looks like any other word with a capital,
so every such word is asked about unless it is an ordinary one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

SOMEBODY, WORKER = "a third party", "a worker"
# Why a word such as "sister" is asked about: it tells of somebody and names nobody.
NAMES_NOBODY = "somebody else"
MAY_BE = "may be a name"
WORD = re.compile(r"[^\W\d_]+(?:[’'`][^\W\d_]+)*")
SENTENCE_START = re.compile(r"(?:^|[.!?:;•–—\n“\"(]|\.\.\.)\s*[“\"'‘(]*$")
JOINS = re.compile(r"[ \-–’']{1,2}")
# Behind a title or an initial a full stop ends no sentence.
JOINS_SHORTENED = re.compile(r"\.?[ \-–’']{0,2}")
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir pc sgt judge hhj dj auntie aunty".split()
)
MONTHS = frozenset("april may june august".split())
CAPITALS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march july"
    " september october november december christmas easter ramadan eid gp gps nhs id tv uk cv dv"
    " cin cp lac plo ico epo sgo iro cafcass marac camhs idva hmrc dwp pip esa sms ok i i'm i'll"
    " i've i'd english welsh british wales england".split()
)
# With a capital inside a sentence too, as offices and orders are written.
OFFICES = frozenset(
    "care court courts order orders proceedings programme family council police hospital social"
    " worker interim placement special guardianship supervision home office local authority housing"
    " children adult services service centre midwife midwifery health visitor early help safety"
    " protection plan stage referral referred pregnancy goal source".split()
)
RELATIONS = (
    "mother|father|mum|mam|mummy|dad|daddy|sister|brother|aunt|auntie|aunty|uncle|grandmother"
    "|grandfather|grandma|grandad|granny|nan|nana|gran|partner|ex-partner|ex|boyfriend|girlfriend|husband|wife|son"
    "|daughter|cousin|niece|nephew|step-?mother|step-?father|step-?dad|step-?mum|friend|neighbour"
    "|foster carers?|adopters?|housemate|flatmate|landlord|landlady|perpetrator"
)
PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("a telephone number", "[number taken out]", r"(?<!\d)(?:\+44|0)(?:[\s\-()]*\d){9,11}(?!\d)"),
    ("a number of somebody", "[number taken out]", r"(?<!\d)\d{3}\s?\d{3}\s?\d{4}(?!\d)"),
    ("an email address", "[address taken out]", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("an account or link", "[taken out]", r"(?:https?://|www\.)\S+|(?<!\w)@\w{2,}"),
    (
        "a postcode",
        "[address taken out]",
        r"(?<!\w)[A-Za-z]{1,2}\d[A-Za-z\d]?\s{0,2}\d[A-Za-z]{2}(?!\w)",
    ),
    (
        "an address",
        "[address taken out]",
        r"(?<!\w)(?:flat\s+\w+,?\s+)?\d+[a-z]?,?\s+(?:[^\W\d_][\w’']*\s+){1,3}(?:street|st|road|rd|avenue"
        r"|ave|lane|close|drive|way|place|terrace|gardens|crescent|court|square|grove|row|hill)(?!\w)",
    ),
    (NAMES_NOBODY, "", rf"(?<!\w)(?:{RELATIONS})(?!\w)"),
)


@dataclass(frozen=True)
class Known:
    """Names the reader may know: the parent's own, and others' with what each is to her.

    Those ``near`` her are looked for in any writing; others only with a capital letter. Of
    ``workers`` the whole names are known: half of one may be anybody's. The words of ``phrases``
    (names of programmes) are asked about only where they do not stand together.
    """

    own: frozenset[str] = frozenset()
    near: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    workers: tuple[frozenset[str], ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A piece of a text that may speak of somebody else, why, and what could stand instead."""

    start: int
    end: int
    words: str
    why: str
    instead: str


@dataclass(frozen=True)
class Piece:
    """A stretch of text, with a question about it or none."""

    words: str
    why: str = ""


def questions(text: str, known: Known) -> list[Question]:
    """Every question about a text, from its beginning; none lies inside another."""
    found = sorted(
        [*_patterns(text), *_names(text, known)], key=lambda one: (one.start, one.start - one.end)
    )
    kept: list[Question] = []
    for one in found:
        if not kept or one.end > kept[-1].end:
            overlaps = kept and one.start < kept[-1].end
            kept[-1:] = [_joined(text, kept[-1], one)] if overlaps else [*kept[-1:], one]
    return kept


def pieces(text: str, found: Sequence[Question]) -> list[Piece]:
    """The text cut at its questions, to be shown."""
    cut, at = [], 0
    for one in found:
        cut += [Piece(text[at : one.start]), Piece(text[one.start : one.end], one.why)]
        at = one.end
    return [piece for piece in [*cut, Piece(text[at:])] if piece.words]


def without(text: str, replaced: Iterable[tuple[str, str]]) -> str:
    """The text with each of these words replaced wherever they stand, in any writing.

    Where two overlap ("Will Kyle" and "Kyle Marsh" in "Will Kyle Marsh") nothing of either stays.
    """
    instead = {_folded(words): new for words, new in replaced if words and words != new}
    plain, places = _folded_with_places(text)
    cut, at = [], 0
    for start, end, words in _overlapping_as_one(_standing(plain, instead)):
        cut += [text[at : places[start]], instead[words]]
        at = places[end]
    return "".join([*cut, text[at:]])


def _standing(plain: str, phrases: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """From where to where each phrase stands in a text."""
    for words in phrases:
        for match in re.finditer(rf"(?<!\w)(?={re.escape(words)}(?!\w))", plain):
            yield match.start(), match.start() + len(words), words


def _overlapping_as_one(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Stretches that overlap become one, under the longest of their phrases."""
    merged: list[tuple[int, int, str]] = []
    for start, end, words in sorted(found):
        if merged and start < merged[-1][1]:
            first, last, before = merged.pop()
            start, end, words = first, max(end, last), max(before, words, key=len)
        merged.append((start, end, words))
    return merged


# --- How they are found ---------------------------------------------------------------------


def _joined(text: str, first: Question, second: Question) -> Question:
    """Two that overlap are one, and said to be whichever of them can be told apart."""
    said = second if first.why == NAMES_NOBODY or first.instead == WORKER else first
    words = text[first.start : second.end]
    return Question(first.start, second.end, words, said.why, said.instead)


def _patterns(text: str) -> Iterator[Question]:
    for why, instead, pattern in _compiled():
        for match in pattern.finditer(text):
            words = match.group()
            yield Question(match.start(), match.end(), words, why, instead or words)


@cache
def _compiled() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((why, new, re.compile(one, re.IGNORECASE)) for why, new, one in PATTERNS)


@dataclass(frozen=True)
class _Word:
    """A word with what it may be: ``asks`` is why it is asked about, ``joins`` a name beside it."""

    start: int
    end: int
    plain: str = ""
    asks: str = ""
    role: str = ""
    joins: bool = False


def _names(text: str, known: Known) -> Iterator[Question]:
    """Names side by side are one: "Ivy" and her family name, "Mr" and his."""
    run: list[_Word] = []
    held = _phrases(text, known.phrases)
    for word in [_looked_at(text, match, known, held) for match in WORD.finditer(text)]:
        if run and not (word.joins and _is_beside(text, run[-1], word)):
            yield from _asked(text, run, known)
            run = []
        if word.joins:
            run.append(word)
    yield from _asked(text, run, known)


def _is_beside(text: str, first: _Word, second: _Word) -> bool:
    """Whether no sentence ends between two words, and nothing else stands there."""
    is_shortened = first.plain in TITLES or len(first.plain) == 1
    between = JOINS_SHORTENED if is_shortened else JOINS
    return bool(between.fullmatch(text[first.end : second.start]))


def _asked(text: str, run: list[_Word], known: Known) -> Iterator[Question]:
    asking = [word for word in run if word.asks]
    if asking:
        start, end, role = run[0].start, run[-1].end, _role(asking, known)
        why = next((word.asks for word in asking if word.role == role), MAY_BE)
        yield Question(start, end, text[start:end], why, role)


def _role(asking: list[_Word], known: Known) -> str:
    """What a run is to her. It is a worker's only as a whole: "Grace-Darren" is somebody else."""
    roles, words = {word.role for word in asking}, {word.plain for word in asking}
    is_whole_name = len(words) > 1 and any(words <= name for name in known.workers)
    if roles == {WORKER} or (is_whole_name and roles <= {WORKER, SOMEBODY}):
        return WORKER
    return next((word.role for word in asking if word.role not in ("", WORKER)), SOMEBODY)


def _phrases(text: str, phrases: Iterable[str]) -> set[int]:
    """Every place of the text that is inside one of the phrases."""
    found = set()
    for phrase in phrases:
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text):
            found |= set(range(match.start(), match.end()))
    return found


def _looked_at(text: str, match: re.Match[str], known: Known, held: set[int]) -> _Word:
    word = re.sub(r"[’'`]s$", "", match.group())
    start, end, plain = match.start(), match.start() + len(word), _folded(word)
    role = known.near.get(plain, "")
    if not role and not word[0].isupper():
        return _Word(start, end, plain)
    role = role or known.others.get(plain, "")
    if role:
        return _Word(start, end, plain, f"known as {role}", role, joins=True)
    if plain in TITLES:
        return _Word(start, end, plain, MAY_BE, joins=True)
    if plain in known.own:
        return _Word(start, end, plain, joins=True)
    if start in held or _is_ordinary(text, start, end, plain):
        return _Word(start, end, plain)
    return _Word(start, end, plain, MAY_BE, joins=True)


def _is_ordinary(text: str, start: int, end: int, plain: str) -> bool:
    if plain in CAPITALS or plain in OFFICES:
        return True
    if plain in MONTHS:
        return bool(re.search(r"\d\s*$", text[:start]) or re.match(r"\s*\d", text[end:]))
    return plain in _ordinary_words() and bool(SENTENCE_START.search(text[:start]))


@cache
def _ordinary_words() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("ordinary_words.txt").read_text("utf-8").split())


def _folded(text: str) -> str:
    return _folded_with_places(text)[0]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The text in small letters without accents, and where each of its letters stood."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(plain):
                letters.append("'" if plain in "’`" else plain)
                places.append(place)
    return "".join(letters), [*places, len(text)]


def folded(text: str) -> str:
    """Small letters without accents, as names are compared."""
    return _folded(text)
