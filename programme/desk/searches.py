"""What was searched for, kept a quarter of an hour in the searcher's own session.

An address never holds a name: it holds the number of a search. The words are kept scrambled, and
the search is made anew each time the page is opened, so that it shows what may be seen then.
"""

from time import time
from uuid import UUID, uuid4

from django.contrib.sessions.backends.base import SessionBase

from programme.core.encryption import scramble, unscramble

SECONDS = 15 * 60
MOST_KEPT = 5
KEPT = "searches"


def remember(session: SessionBase, words: str) -> UUID:
    """The number under which these words are found again."""
    number = uuid4()
    kept = {**_kept(session), str(number): [scramble(words), time() + SECONDS]}
    session[KEPT] = dict(list(kept.items())[-MOST_KEPT:])
    return number


def recall(session: SessionBase, number: UUID) -> str | None:
    """The words of a search; None when it is over, or was never this person's."""
    kept = _kept(session).get(str(number))
    return unscramble(kept[0]) if kept else None


def _kept(session: SessionBase) -> dict[str, tuple[str, float]]:
    return {key: one for key, one in session.get(KEPT, {}).items() if one[1] > time()}
