"""What was due in a period, and whether it was done by then."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from programme.reporting.definitions import Definition
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import NOBODY, Ids, share_of
from programme.reporting.periods import Period


class Due(NamedTuple):
    """Something due on a day, when it was done, and why it is left out if it is."""

    id: UUID
    due_on: date
    done_on: date | None
    left_out: str = ""

    @property
    def is_in_time(self) -> bool:
        """Whether it was done on or before the day it was due."""
        return self.done_on is not None and self.done_on <= self.due_on


def in_time(
    definition: Definition,
    things: Iterable[Due],
    period: Period,
    *,
    reasons: Sequence[str],
    not_recorded: Ids = NOBODY,
) -> Figure:
    """Done by the day it was due, of what was due in the period and is done or overdue.

    Something not done is overdue from the day after it was due; due on the report date itself
    or later, its window is open. `reasons` are those for which something is left out, counted
    even when there is none.
    """
    due = [thing for thing in things if period.holds(thing.due_on)]
    judged = [thing for thing in due if not thing.left_out]
    closed = [t for t in judged if t.done_on is not None or t.due_on < period.report_date]
    return share_of(
        definition,
        [thing.id for thing in closed if thing.is_in_time],
        [thing.id for thing in closed],
        not_recorded=not_recorded,
        open_window=[thing.id for thing in judged if thing not in closed],
        excluded={reason: [t.id for t in due if t.left_out == reason] for reason in reasons},
    )
