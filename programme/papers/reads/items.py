"""Free words on a paper: left out while somebody is to be asked about them first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from programme.papers.third_parties import Known, Question, questions
from programme.papers.third_parties.finder import NAMES_NOBODY, WORKER

# A paper may be found at home by somebody who must not learn of these. Asked too often, not missed.
HEALTH = re.compile(
    r"(?<![^\W_])(?:pregnan\w*|(?:ante|pre)-?natal\w*|maternity|midwi\w*|trimesters?|gestation\w*"
    r"|scan(?:s|ned|ning)?|ultra-?sounds?|due date|expecting|in labour|bump|fo?etus"
    r"|birth(?!day)\w*|(?:still|un|new)?-?born|stillbirth|bab(?:y|ies)|miscarr\w*|abort\w*"
    r"|terminat\w*|conce(?:iv|pti)\w*|fertility|contracept\w*|family planning|sexual health"
    r"|morning[ -]after|coils?|iuds?|ius|implants?|pills?|injections?|depo(?:-provera)?|condoms?"
    r"|diaphragms?|sterili[sz]\w*|vasectom\w*|smears?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Item:
    """Words of one row, and what in them somebody is asked about before they stand on a paper."""

    key: str
    words: str
    asks: tuple[str, ...]


def items(rows: Iterable[tuple[str, str]], known: Known) -> tuple[Item, ...]:
    """Pairs of key and words, each with the names in it and what tells of health."""
    return tuple(
        Item(key, words, (*_names(words, known), *tells_of_health(words))) for key, words in rows
    )


def tells_of_health(words: str) -> tuple[str, ...]:
    """Words that tell of a pregnancy, of birth or of contraception."""
    return tuple(HEALTH.findall(words))


def asked(rows: Iterable[Item]) -> list[Item]:
    """Those that stay out unless they are chosen."""
    return [item for item in rows if item.asks]


def _names(words: str, known: Known) -> tuple[str, ...]:
    return tuple(one.words for one in questions(words, known) if _names_somebody(one))


def _names_somebody(question: Question) -> bool:
    return question.why != NAMES_NOBODY and question.instead != WORKER
