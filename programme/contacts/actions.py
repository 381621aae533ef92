"""Logging and correcting contacts; agreeing and finishing next steps."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.access.writing import save_changes, store_once
from programme.audit import events
from programme.contacts.models import Contact, NextStep
from programme.contacts.reads import Place
from programme.core.choices import ContactOutcome
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Episode
from programme.pathways.models import Worker
from programme.people.models import Parent

__all__ = [
    "Place",
    "add_next_step",
    "correct_contact",
    "finish_next_step",
    "record_contact",
]

events.declare(
    contacts__contact_recorded="logged a contact",
    contacts__contact_corrected="corrected a contact",
    contacts__next_step_agreed="agreed a next step",
    contacts__next_step_finished="finished a next step",
)


CANCELLED = (ContactOutcome.CANCELLED_BY_PARENT, ContactOutcome.CANCELLED_BY_SERVICE)
# A phone may be ahead of the server.
A_SLOW_CLOCK = timedelta(minutes=5)


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

    One's own is free to change for 15 minutes; after that, or by somebody else, ``why`` is kept
    with the change (quality.md U25). Raises ``ChangedMeanwhile`` when somebody else corrected
    it since the page was opened.
    """
    _refuse_future(contact.happened_at, contact.outcome)
    if not why and not contact.is_free_for(by.pk):
        raise RuleBroken("Say why you are correcting it.", field="why")
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
    if contact.episode is None or not contact.episode.is_open:
        raise RuleBroken("A next step needs an open episode.", field="next_step")
    # One key for one wording: sent twice it is one step, sent with other words a second.
    key = uuid5(contact.pk, wording)
    add_next_step(key=key, episode=contact.episode, wording=wording, due_on=due_on, by=by)


def _refuse_future(happened_at: datetime, outcome: str) -> None:
    if outcome not in CANCELLED and happened_at > timezone.now() + A_SLOW_CLOCK:
        raise RuleBroken(
            "That time has not come yet. Enter a time up to now, or say that it was cancelled.",
            field="happened_at",
        )
