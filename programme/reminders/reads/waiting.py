"""How many things wait for somebody: one number, by one function."""

from collections.abc import Callable

from programme.access.holdings import holdings_of
from programme.access.models import User
from programme.core.dates import today
from programme.desk.reads.home import Home, home
from programme.drafts.reads import drafts_waiting
from programme.letters.models import Letter

Source = Callable[[User, Home], int]


def waiting_count(user: User) -> int:
    """What is due, waits in her teams or was begun by her (a fixed number of queries).

    The acting user is the one who is counted for: the wall decides what she may know of.
    """
    found = home(user, holdings_of(user))
    return sum(count(user, found) for count in SOURCES)


def _due(_: User, found: Home) -> int:
    days = [row.item.due_on for row in found.due]
    return sum(day is not None and day <= today() for day in days)


def _drafts(user: User, _: Home) -> int:
    return len(drafts_waiting(user))


def _waiting_in_teams(_: User, found: Home) -> int:
    return len(found.waiting)


def _letters_begun(user: User, _: Home) -> int:
    return Letter.objects.filter(written_by=user, state=Letter.State.IN_PROGRESS).count()


# Whatever else comes to wait is one more function here.
SOURCES: tuple[Source, ...] = (_due, _drafts, _waiting_in_teams, _letters_begun)
