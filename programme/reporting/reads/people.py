"""Rows about parents, pregnancies and children: only the columns that are counted.

`as_known` is where a fact dated after the report date is left unread: such a row is not there
yet, and such an ending has not come yet.
"""

from datetime import date, datetime
from typing import NamedTuple, Self
from uuid import UUID

from programme.reporting.reads.known import by, local_day


class IdentityRow(NamedTuple):
    """What is counted of who a parent is."""

    parent_id: UUID
    ethnicity: str
    moved_out_on: date | None
    died_on: date | None

    def as_known(self, on: date) -> Self | None:
        """A move or a death that comes later is not read."""
        return self._replace(moved_out_on=by(self.moved_out_on, on), died_on=by(self.died_on, on))


class PregnancyRow(NamedTuple):
    """A pregnancy; ongoing until its ending is dated."""

    id: UUID
    mother_id: UUID
    father_id: UUID | None
    known_on: date
    outcome: str
    ended_on: date | None
    father_not_named_reason: str

    def as_known(self, on: date) -> Self | None:
        """A pregnancy that ends later is ongoing."""
        if self.known_on > on:
            return None
        if self.ended_on is not None and self.ended_on > on:
            return self._replace(outcome="", ended_on=None)
        return self


class DueDateRow(NamedTuple):
    """An estimate of a due date."""

    pregnancy_id: UUID
    estimated_due_date: date
    basis: str
    recorded_on: date

    def as_known(self, on: date) -> Self | None:
        """An estimate recorded later is not read."""
        return None if self.recorded_on > on else self


class ChildRow(NamedTuple):
    """A child; not yet born while there is no date of birth."""

    id: UUID
    pregnancy_id: UUID | None
    date_of_birth: date | None
    born: str
    died_on: date | None

    def as_known(self, on: date) -> Self | None:
        """A birth that comes later has not come: the row itself carries no date."""
        born = self.born if by(self.date_of_birth, on) or self.date_of_birth is None else ""
        return self._replace(
            date_of_birth=by(self.date_of_birth, on), born=born, died_on=by(self.died_on, on)
        )


class ParentChildRow(NamedTuple):
    """Who is a parent of whom; carries no date."""

    parent_id: UUID
    child_id: UUID
    relation: str


class CircumstanceRow(NamedTuple):
    """Where a child lives and under which plan, from a day."""

    child_id: UUID
    from_date: date
    living_with: str
    plan: str

    def as_known(self, on: date) -> Self | None:
        """What begins later is not read."""
        return None if self.from_date > on else self


class SeparationRow(NamedTuple):
    """A child leaving a parent's care."""

    id: UUID
    child_id: UUID
    separated_on: date
    legal_route: str
    proceedings_id: UUID | None

    def as_known(self, on: date) -> Self | None:
        """A later separation is not read."""
        return None if self.separated_on > on else self


class ProceedingsRow(NamedTuple):
    """A set of care proceedings."""

    id: UUID
    issued_on: date | None
    known_on: date | None

    def as_known(self, on: date) -> Self | None:
        """A set issued later, or one that the programme learnt of later, is not read."""
        return self if by(self.issued_on, on) and (self.known_on or on) <= on else None


class ToldIssueRow(NamedTuple):
    """When proceedings were issued as one parent told it, or took it back (decision 0008)."""

    proceedings_id: UUID
    parent_id: UUID
    happened_on: date | None
    taken_back: bool
    known_on: date
    position: int

    def as_known(self, on: date) -> Self | None:
        """What was told later is not read."""
        return self if self.known_on <= on else None


class ConsentRow(NamedTuple):
    """A decision of the permission ledger."""

    parent_id: UUID
    decision: str
    decided_at: datetime
    expires_on: date | None

    def as_known(self, on: date) -> Self | None:
        """A later decision is not read."""
        return None if local_day(self.decided_at) > on else self


class ChoiceRow(NamedTuple):
    """A conversation, choice or change; the method itself is never read for a figure."""

    parent_id: UUID
    happened_on: date
    event: str
    answer: str

    def as_known(self, on: date) -> Self | None:
        """A later choice is not read."""
        return None if self.happened_on > on else self
