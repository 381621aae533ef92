"""What belongs to an episode: stored once, written on or amended, each with its line in the log."""

from datetime import date
from typing import Any, TypeVar

from programme.access.models import User
from programme.access.writing import save_changes, store_once
from programme.audit import events
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Episode

Row = TypeVar("Row", bound=Any)


def refuse_closed(episode: Episode) -> None:
    """Raises ``RuleBroken`` where the work has ended."""
    if not episode.is_open:
        raise RuleBroken("This episode is closed.")


def refuse_future(day: date | None, field: str) -> None:
    """Raises ``RuleBroken`` beside ``field`` where the day is still to come."""
    if day and day > today():
        raise RuleBroken("The day cannot be in the future.", field=field)


def keep_once(row: Row, event: str, by: User) -> Row:
    """Stores a row of an episode under its key; sent again, the first comes back."""
    stored, is_new = store_once(row)
    if is_new:
        events.record(event, subject=stored, parent=stored.episode.parent, by=by)
    return stored


def write_on(
    row: Row,
    said: dict[str, Any],
    *,
    amends: bool,
    seen_version: int,
    reason: str,
    event: str,
    by: User,
) -> Row:
    """Stores what is ``said`` of a row; the same again is no change.

    Where it ``amends`` what was written, a reason is asked as ``save_changes`` asks it.
    """
    if all(getattr(row, name) == value for name, value in said.items()):
        return row
    for name, value in said.items():
        setattr(row, name, value)
    stored = save_changes(row, seen_version=seen_version, reason=reason if amends else None)
    events.record(event, subject=stored, parent=stored.episode.parent, by=by)
    return stored
