"""Logging and correcting contacts; agreeing and finishing next steps."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.access.writing import save_changes, store, store_once
from programme.audit import events
from programme.contacts.models import Contact, NextStep
from programme.core.choices import ContactOutcome
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Episode
from programme.pathways.models import Programme, Worker
from programme.people.models import Parent
from programme.referrals.models import Referral

events.declare(
    contacts__contact_recorded="logged a contact",
    contacts__contact_corrected="corrected a contact",
    contacts__next_step_agreed="agreed a next step",
    contacts__next_step_finished="finished a next step",
)


@dataclass(frozen=True)
class Place:
    """What a contact belongs to: an episode (open or closed), a referral, or only a programme."""

    programme: Programme
    episode: Episode | None = None
    referral: Referral | None = None


@transaction.atomic
def record_contact(
    *,
    key: UUID,
    parent: Parent,
    place: Place,
    worker: Worker | None,
    happened_at: datetime,
    mode: str,
    outcome: str,
    by: User,
    note: str = "",
    purpose: str = "",
    planned: bool | None = None,
    minutes: int | None = None,
    statutory_visit: bool | None = None,
    due_on: date | None = None,
    next_step: str = "",
    next_step_due_on: date | None = None,
) -> Contact:
    """Keeps a contact made, missed or tried, once however often its form is sent.

    A contact may belong to an episode, open or closed, to a referral not yet decided, or to a
    parent only identified. It cannot be in the future unless it was cancelled.
    """
    _refuse_future(happened_at, outcome)
    contact, is_new = store_once(
        Contact(
            id=key,
            parent=parent,
            programme=place.programme,
            episode=place.episode,
            referral=place.referral,
            worker=worker,
            happened_at=happened_at,
            recorded_at=timezone.now(),
            mode=mode,
            outcome=outcome,
            note=note,
            purpose=purpose,
            planned=planned,
            minutes=minutes,
            statutory_visit=statutory_visit,
            due_on=due_on,
            written_by=by,
        )
    )
    if is_new:
        events.record("contacts.contact_recorded", subject=contact, parent=parent, by=by)
        if next_step:
            _agree_with_contact(contact, next_step, next_step_due_on, by)
    return contact


@transaction.atomic
def correct_contact(*, contact: Contact, seen_version: int, by: User, why: str = "") -> Contact:
    """Stores a corrected contact; the earlier words stay in its history.

    Raises ``ChangedMeanwhile`` when somebody else corrected it since the page was opened.
    """
    _refuse_future(contact.happened_at, contact.outcome)
    contact._change_reason = why  # type: ignore[attr-defined]  # read by simple-history
    save_changes(contact, seen_version=seen_version)
    events.record("contacts.contact_corrected", subject=contact, parent=contact.parent, by=by)
    return contact


@transaction.atomic
def add_next_step(
    *, key: UUID, episode: Episode, wording: str, due_on: date | None, by: User
) -> NextStep:
    """Keeps what was agreed to do next, once however often its form is sent."""
    step, is_new = store_once(NextStep(id=key, episode=episode, wording=wording, due_on=due_on))
    if is_new:
        events.record("contacts.next_step_agreed", subject=step, parent=episode.parent, by=by)
    return step


@transaction.atomic
def finish_next_step(*, step: NextStep, by: User) -> NextStep:
    """Marks a next step as done today; done before, it stays as it was."""
    if step.done_on is None:
        step.done_on = today()
        step.save()
        events.record(
            "contacts.next_step_finished", subject=step, parent=step.episode.parent, by=by
        )
    return step


def _agree_with_contact(contact: Contact, wording: str, due_on: date | None, by: User) -> None:
    if contact.episode is None:
        raise RuleBroken("A next step needs an open episode.", field="next_step")
    step = store(NextStep(episode=contact.episode, wording=wording, due_on=due_on))
    events.record("contacts.next_step_agreed", subject=step, parent=contact.parent, by=by)


def _refuse_future(happened_at: datetime, outcome: str) -> None:
    cancelled = outcome in (ContactOutcome.CANCELLED_BY_PARENT, ContactOutcome.CANCELLED_BY_SERVICE)
    if happened_at > timezone.now() and not cancelled:
        raise RuleBroken("The contact cannot be in the future.", field="happened_at")
