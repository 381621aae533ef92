"""One thing that is due."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from programme.core.dates import days_from

# Something agreed with a parent, a day that was set, a pause to look at again, and a
# contact planned for today or earlier.
AGREED, SET, REVIEW, PLANNED = "agreed", "set", "review", "planned"
# A contact that a senior gave back with comments.
RETURNED = "returned"
# What a supervisor sees to, not whoever works with the parent.
SUPERVISORS = frozenset({"T23"})
# About a planned contact, which pages that list those have no second line for.
OF_PLANNED = frozenset({PLANNED, "T22"})
# Seen to by recording an assessment, or a meeting, conference or review.
OF_MEETINGS = frozenset({SET, "T03", "T04", "T05", "T09", "T11", "T21", "T29"})


@dataclass(frozen=True)
class Item:
    """What is due to whom, by when, and why.

    ``rule`` is the code of the timescale rule that asks for it, ``AGREED`` for a next step,
    ``SET`` where somebody set the day, ``REVIEW`` for a pause, ``PLANNED`` for a planned contact,
    ``RETURNED`` for a returned one. ``row`` is the record that it is about. Only of what was agreed
    may there be no day.
    """

    parent_id: UUID
    episode_id: UUID | None
    what: str
    due_on: date | None
    why: str
    rule: str
    row: UUID

    @property
    def is_supervisors(self) -> bool:
        """Whether it is for a supervisor to do."""
        return self.rule in SUPERVISORS

    @property
    def is_of_planned(self) -> bool:
        """Whether it is about a contact that was planned."""
        return self.rule in OF_PLANNED

    @property
    def is_of_meetings(self) -> bool:
        """Whether an assessment or a meeting that is recorded sees to it."""
        return self.rule in OF_MEETINGS

    def is_late(self, on: date) -> bool:
        """Whether its last day has passed."""
        return self.due_on is not None and self.due_on < on

    def when(self, on: date) -> str:
        """``2 days late``, ``today``, ``in 3 days``."""
        return days_from(self.due_on, on) if self.due_on else "no day agreed"
