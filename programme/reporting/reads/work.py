"""Rows about the work with a parent: only the columns that are counted.

`as_known` is where a fact dated after the report date is left unread: such a row is not there
yet, and such an ending has not come yet.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Self
from uuid import UUID

from programme.core.choices import Decision
from programme.reporting.reads.known import by, local_day


class ReferralRow(NamedTuple):
    """A referral; undecided until its decision is dated."""

    id: UUID
    parent_id: UUID
    programme_id: UUID
    received_on: date
    pregnancy_id: UUID | None
    previous_episode_id: UUID | None
    decision: str
    decided_on: date | None
    not_accepted_reason: str

    def as_known(self, on: date) -> Self | None:
        """A decision taken later is still to come: the referral is pending."""
        if self.received_on > on:
            return None
        if self.decided_on is not None and self.decided_on > on:
            return self._replace(decision="", decided_on=None, not_accepted_reason="")
        return self

    @property
    def is_pending(self) -> bool:
        """Whether nothing has been decided (blank = pending)."""
        return self.decision in ("", Decision.PENDING)

    @property
    def is_decided(self) -> bool:
        """Whether the programme decided, one way or the other."""
        return self.decision in (Decision.ACCEPTED, Decision.NOT_ACCEPTED)


class EpisodeRow(NamedTuple):
    """A parent's time with a programme."""

    id: UUID
    referral_id: UUID
    parent_id: UUID
    programme_id: UUID
    opened_on: date
    engagement_started_on: date | None
    closed_on: date | None
    closure_reason: str

    def as_known(self, on: date) -> Self | None:
        """An episode that is closed later is still open."""
        if self.opened_on > on:
            return None
        return self._replace(
            engagement_started_on=by(self.engagement_started_on, on),
            closed_on=by(self.closed_on, on),
        )


class StageRow(NamedTuple):
    """A spell of an episode in a stage."""

    episode_id: UUID
    stage: str
    entered_on: date
    left_on: date | None

    def as_known(self, on: date) -> Self | None:
        """A stage that is left later is still held."""
        if self.entered_on > on:
            return None
        return self._replace(left_on=by(self.left_on, on))


class AllocationRow(NamedTuple):
    """Who works with a parent; a blank `lead` means yes."""

    episode_id: UUID
    worker_id: UUID
    from_date: date
    to_date: date | None
    lead: bool | None

    def as_known(self, on: date) -> Self | None:
        """An allocation that ends later still holds."""
        return None if self.from_date > on else self._replace(to_date=by(self.to_date, on))


class AssessmentRow(NamedTuple):
    """An assessment with a timescale."""

    id: UUID
    episode_id: UUID
    kind: str
    pregnancy_id: UUID | None
    child_id: UUID | None
    started_on: date
    due_on: date | None
    completed_on: date | None
    cancelled_on: date | None

    def as_known(self, on: date) -> Self | None:
        """An assessment that is finished or cancelled later is still open."""
        if self.started_on > on:
            return None
        return self._replace(
            completed_on=by(self.completed_on, on), cancelled_on=by(self.cancelled_on, on)
        )


class MeetingRow(NamedTuple):
    """A meeting, conference or review."""

    id: UUID
    episode_id: UUID
    kind: str
    due_on: date | None
    held_on: date | None
    cancelled_on: date | None

    def as_known(self, on: date) -> Self | None:
        """A meeting that is held or cancelled later is neither yet."""
        return self._replace(held_on=by(self.held_on, on), cancelled_on=by(self.cancelled_on, on))


class ContactRow(NamedTuple):
    """A planned contact, or one that nobody says was or was not planned."""

    id: UUID
    parent_id: UUID
    happened_at: datetime
    planned: bool | None
    outcome: str

    def as_known(self, on: date) -> Self | None:
        """A later contact is not read."""
        return None if local_day(self.happened_at) > on else self


class VisitRow(NamedTuple):
    """A statutory visit, or a try at one."""

    id: UUID
    parent_id: UUID
    episode_id: UUID | None
    happened_at: datetime
    outcome: str
    due_on: date | None

    def as_known(self, on: date) -> Self | None:
        """A later visit is not read, nor that it was due: nothing else says so."""
        return None if local_day(self.happened_at) > on else self


class SupportRow(NamedTuple):
    """Help offered, and what became of it."""

    episode_id: UUID
    category: str
    offered_on: date
    response: str
    started_on: date | None
    ended_on: date | None

    def as_known(self, on: date) -> Self | None:
        """Help that starts or ends later has not started or ended."""
        if self.offered_on > on:
            return None
        return self._replace(started_on=by(self.started_on, on), ended_on=by(self.ended_on, on))


class FeedbackRow(NamedTuple):
    """A question, and what was answered."""

    id: UUID
    episode_id: UUID
    question: str
    asked_on: date
    answered_on: date | None
    answer: str

    def as_known(self, on: date) -> Self | None:
        """A question answered later is not answered yet."""
        if self.asked_on > on:
            return None
        if self.answered_on is not None and self.answered_on > on:
            return self._replace(answered_on=None, answer="")
        return self


class CostRow(NamedTuple):
    """What the programme cost over some days."""

    id: UUID
    from_date: date
    to_date: date
    amount: Decimal
    kind: str

    def as_known(self, on: date) -> Self | None:
        """A cost that begins later is not read; one that runs on is cut where it is used."""
        return None if self.from_date > on else self
