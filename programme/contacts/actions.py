"""Planning, logging and correcting contacts; agreeing and finishing next steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.access.writing import own_key, save_changes, store, store_once
from programme.audit import events
from programme.contacts.models import Contact, NextStep, PlannedContact, Served
from programme.contacts.reads import CANCELLED, Place
from programme.core.choices import ContactKind, ContactOutcome
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Episode
from programme.pathways.models import Worker
from programme.people.models import Parent

__all__ = [
    "Place",
    "Present",
    "add_next_step",
    "correct_contact",
    "finish_next_step",
    "plan_contact",
    "record_contact",
    "record_together",
    "settle_planned_contact",
]

events.declare(
    contacts__contact_recorded="logged a contact",
    contacts__contact_corrected="corrected a contact",
    contacts__contact_planned="planned a contact",
    contacts__planned_contact_settled="said what became of a planned contact",
    contacts__next_step_agreed="agreed a next step",
    contacts__next_step_finished="finished a next step",
)


# A phone may be ahead of the server.
A_SLOW_CLOCK = timedelta(minutes=5)


@dataclass(frozen=True)
class Present:
    """One of several people of one contact: where it belongs on this record, and what it says."""

    parent: Parent
    place: Place
    worker: Worker | None
    note: str = ""
    together_because: str = ""
    outcome: str = ContactOutcome.MET
    missed_because: str = ""
    needs_met: bool | None = None
    goals: Sequence[UUID] = ()
    support: Sequence[UUID] = ()
    next_step: str = ""
    next_step_due_on: date | None = None


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
    missed_because: str = "",
    needs_met: bool | None = None,
    note: str = "",
    together_because: str = "",
    purpose: str = "",
    planned: bool | None = None,
    minutes: int | None = None,
    statutory_visit: bool | None = None,
    due_on: date | None = None,
    goals: Iterable[UUID] = (),
    support: Iterable[UUID] = (),
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
            missed_because=missed_because,
            needs_met=needs_met,
            note=note,
            together_because=together_because,
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
    _tick(contact, goals, support)
    if next_step:
        _agree_with_contact(contact, next_step, next_step_due_on, by)
    return contact


@transaction.atomic
def record_together(
    *, key: UUID, people: Sequence[Present], happened_at: datetime, mode: str, by: User
) -> list[Contact]:
    """Keeps one contact of several people as a contact of each (decision 15): all or none.

    Each stands on its own record, with its own history; none names another.
    """
    return [
        record_contact(
            key=own_key(key, one.parent.pk, by.pk),
            parent=one.parent,
            place=one.place,
            worker=one.worker,
            happened_at=happened_at,
            mode=mode,
            outcome=one.outcome,
            missed_because=one.missed_because,
            needs_met=one.needs_met,
            note=one.note,
            together_because=one.together_because,
            goals=one.goals,
            support=one.support,
            next_step=one.next_step,
            next_step_due_on=one.next_step_due_on,
            by=by,
        )
        for one in people
    ]


@transaction.atomic
def plan_contact(
    *,
    key: UUID,
    parent: Parent,
    place: Place,
    worker: Worker | None,
    planned_for: datetime,
    mode: str,
    with_whom: str = "",
    kind: str = "",
    by: User,
) -> PlannedContact:
    """Keeps what was agreed for a day and time to come, once however often its form is sent."""
    if planned_for < timezone.now() - A_SLOW_CLOCK:
        raise RuleBroken("That time has passed. Log the contact instead.", field="at")
    plan, is_new = store_once(
        PlannedContact(
            id=key,
            parent=parent,
            programme=place.programme,
            episode=place.episode,
            referral=place.referral,
            worker=worker,
            planned_for=planned_for,
            mode=mode,
            with_whom=with_whom,
            kind=kind,
            written_by=by,
        )
    )
    if is_new:
        events.record("contacts.contact_planned", subject=plan, parent=parent, by=by)
    return plan


@transaction.atomic
def settle_planned_contact(
    *, plan: PlannedContact, outcome: str, missed_because: str = "", note: str = "", by: User
) -> Contact:
    """Makes a planned contact a kept, missed or cancelled one, once however often it is sent.

    Before its time it can only be cancelled. Another answer after the first is a correction.
    """
    plan = PlannedContact.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.contact_id is not None:
        return _said_before(plan, outcome, missed_because)
    contact = record_contact(
        key=uuid5(plan.pk, "contact"),
        parent=plan.parent,
        place=Place(plan.programme, episode=plan.episode, referral=plan.referral),
        worker=plan.worker,
        happened_at=plan.planned_for,
        mode=plan.mode,
        outcome=outcome,
        missed_because=missed_because,
        note=note,
        planned=True,
        statutory_visit=True if plan.kind == ContactKind.STATUTORY_VISIT else None,
        by=by,
    )
    plan.contact = contact
    plan.save()
    events.record("contacts.planned_contact_settled", subject=plan, parent=plan.parent, by=by)
    return contact


@transaction.atomic
def correct_contact(
    *,
    contact: Contact,
    seen_version: int,
    by: User,
    reason: str = "",
    goals: Sequence[UUID] | None = None,
    support: Sequence[UUID] | None = None,
) -> Contact:
    """Stores a corrected contact; the earlier words stay in its history.

    ``goals`` and ``support`` are what it served, as corrected; None leaves them as they are.

    One's own is free to change for 15 minutes; after that, or by somebody else, it is amended and
    needs a reason (``save_changes``). Raises ``ChangedMeanwhile`` when somebody else corrected it
    since the page was opened.
    """
    _refuse_future(contact.happened_at, contact.outcome)
    save_changes(contact, seen_version=seen_version, reason=reason)
    if goals is not None and support is not None:
        _untick(contact, goals, support, reason)
        _tick(contact, goals, support, reason)
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
    """Marks a next step as done today; done or ended before, it stays as it was."""
    if step.is_open:
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


def _said_before(plan: PlannedContact, outcome: str, missed_because: str) -> Contact:
    """The contact it became; another answer is refused."""
    same = {"pk": plan.contact_id, "outcome": outcome, "missed_because": missed_because}
    contact = Contact.objects.filter(**same).first()
    if contact is None:
        raise RuleBroken("Somebody has said already what became of it.", field="outcome")
    return contact


def _tick(
    contact: Contact, goals: Iterable[UUID], support: Iterable[UUID], reason: str = ""
) -> None:
    """Notes what a contact served, each once."""
    wanted = [("goal_id", key) for key in goals] + [("support_id", key) for key in support]
    if not wanted:
        return
    stored = {(one.goal_id, one.support_id) for one in Served.objects.filter(contact=contact)}
    for column, key in wanted:
        row: Any = Served(contact=contact, **{column: key})
        if (row.goal_id, row.support_id) not in stored:
            row._change_reason = reason
            store(row)


def _untick(contact: Contact, goals: Sequence[UUID], support: Sequence[UUID], reason: str) -> None:
    """Takes away what is no longer ticked; its line of history stays."""
    row: Any
    for row in Served.objects.filter(contact=contact):
        if row.goal_id not in goals and row.support_id not in support:
            row._change_reason = reason
            row.delete()


def _refuse_future(happened_at: datetime, outcome: str) -> None:
    if outcome not in CANCELLED and happened_at > timezone.now() + A_SLOW_CLOCK:
        raise RuleBroken(
            "That time has not come yet. Enter a time up to now, or say that it was cancelled.",
            field="happened_at",
        )
