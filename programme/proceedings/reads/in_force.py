"""Which of several sources' dates holds (decision 0008)."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from programme.core.choices import CourtDateKind, CourtSource
from programme.proceedings.models import CourtDate, Hearing, Representation
from recurrent.design.words import day_and_year

Key = TypeVar("Key")
# What comes earlier in the list counts for more.
SOURCES = tuple(CourtSource.values)


def newest_in_force(rows: Iterable[CourtDate]) -> CourtDate | None:
    """Of rows of one kind: the newest of the best source that has not taken its date back."""
    newest: dict[str, CourtDate] = {}
    for row in sorted(rows, key=lambda one: one.position):
        newest[row.source] = row
    stands = (newest[source] for source in SOURCES if source in newest)
    return next((row for row in stands if not row.taken_back), None)


def in_force(rows: Iterable[CourtDate]) -> dict[str, CourtDate]:
    """What holds of one set, by kind, without orders.

    A first hearing or a conclusion before the issue does not hold where another source gave it.
    """
    kinds: dict[str, list[CourtDate]] = {}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    kinds.pop(CourtDateKind.ORDER, None)
    found = _found({kind: newest_in_force(of_kind) for kind, of_kind in kinds.items()})
    issued = found.get(CourtDateKind.ISSUED)
    for kind in (CourtDateKind.FIRST_HEARING, CourtDateKind.CONCLUDED):
        if issued and kind in found and _contradicts(found[kind], issued):
            del found[kind]
    return found


def _contradicts(later: CourtDate, issued: CourtDate) -> bool:
    """Of one source it is a slip, which the set refuses."""
    assert later.happened_on and issued.happened_on
    return later.happened_on < issued.happened_on and later.source != issued.source


def orders_in_force(rows: Iterable[CourtDate]) -> dict[UUID, CourtDate]:
    """The order that holds, by child."""
    of_child: dict[UUID, list[CourtDate]] = {}
    for row in rows:
        if row.kind == CourtDateKind.ORDER and row.child_id:
            of_child.setdefault(row.child_id, []).append(row)
    return _found({key: newest_in_force(some) for key, some in of_child.items()})


def _found(rows: dict[Key, CourtDate | None]) -> dict[Key, CourtDate]:
    return {key: row for key, row in rows.items() if row is not None}


def said_by(row: CourtDate | Hearing | Representation) -> str:
    """``A court document: order of 3 March. Known since 5 March 2026.``."""
    words = f": {row.source_words}" if row.source_words else ""
    known = f" Known since {day_and_year(row.known_on)}." if row.known_on else ""
    return f"{row.get_source_display()}{words}.{known}"
