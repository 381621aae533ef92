"""Recording a supervision, handing an episode over, reading over what was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from programme.access.models import User
from programme.access.writing import ChangedMeanwhile, store, store_once
from programme.audit import events
from programme.contacts.actions import add_next_step
from programme.contacts.models import Contact
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.actions import allocate
from programme.episodes.models import Allocation, Episode, Supervision
from programme.episodes.rows import refuse_closed, refuse_future, write_on
from programme.pathways.models import Programme, StageWeight, Worker
from programme.supervision.models import Handover, SignOff, SupervisionAction
from programme.supervision.reads import leads_of, newest_step, why_not_read_over, working_in

events.declare(
    supervision__supervision_recorded="recorded a supervision",
    supervision__supervision_corrected="corrected a supervision",
    supervision__episode_handed_over="handed an episode over",
    supervision__contact_returned="returned a contact with comments",
    supervision__return_answered="answered about a returned contact",
    supervision__contact_signed_off="signed a contact off",
    supervision__settings_changed="changed how a programme supervises",
)


@dataclass(frozen=True)
class Agreed:
    """One action that was decided on: what, by when, by whom."""

    wording: str
    due_on: date
    worker: Worker


@transaction.atomic
def record_supervision(
    *,
    key: UUID,
    episode: Episode,
    held_on: date,
    talked_about: str,
    decision: str,
    agreed: Sequence[Agreed],
    by: User,
) -> Supervision:
    """Keeps a supervision with its actions, once however often its form is sent.

    Each action is a next step of the episode, so it is due to the worker it names.
    """
    _refuse_day(held_on, episode)
    working = working_in(episode)
    if any(one.worker not in working for one in agreed):
        raise RuleBroken("Choose somebody who works in this episode.")
    leads = leads_of(episode)
    held, is_new = store_once(
        Supervision(
            id=key,
            episode=episode,
            held_on=held_on,
            worker=leads[-1].worker if leads else None,
            talked_about=talked_about,
            decision=decision,
        )
    )
    if is_new:
        events.record(
            "supervision.supervision_recorded", subject=held, parent=episode.parent, by=by
        )
        for place, one in enumerate(agreed):
            _agree(held, one, uuid5(key, str(place)), by)
    return held


@transaction.atomic
def correct_supervision(
    *, supervision: Supervision, seen_version: int, reason: str, by: User, **said: Any
) -> Supervision:
    """Puts right what was said in a supervision; ``said`` are the fields of ``Supervision``.

    Her own words are free for 15 minutes, then, and for anybody else, a reason is kept. Raises
    ``ChangedMeanwhile`` when somebody else corrected it since the page was opened.
    """
    _refuse_day(said["held_on"], supervision.episode)
    return write_on(
        supervision,
        said,
        amends=True,
        seen_version=seen_version,
        reason=reason,
        event="supervision.supervision_corrected",
        by=by,
    )


def _refuse_day(held_on: date, episode: Episode) -> None:
    refuse_future(held_on, "held_on")
    if held_on < episode.opened_on:
        raise RuleBroken("The day is before this work began.", field="held_on")


def _agree(held: Supervision, one: Agreed, key: UUID, by: User) -> None:
    step = add_next_step(
        key=key, episode=held.episode, wording=one.wording, due_on=one.due_on, by=by
    )
    store(SupervisionAction(supervision=held, step=step, worker=one.worker))


@transaction.atomic
def hand_over(
    *, episode: Episode, worker: Worker, from_date: date, note: str, seen: str, by: User
) -> Allocation:
    """Gives an episode to a worker, with a note where somebody led it before.

    ``seen`` is the mark of the lead that stood on the page ("" for nobody). What is open goes
    over: next steps hang on the episode, and actions of supervision name the new worker. Raises
    ``ChangedMeanwhile`` when somebody else leads by now.
    """
    locked = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    refuse_closed(locked)
    leads = leads_of(episode)
    if (leads[-1].pk.hex if leads else "") != seen:
        raise ChangedMeanwhile(leads[-1] if leads else locked)
    _refuse_handing_over(leads, worker, from_date, note, episode)
    allocation = allocate(episode=episode, worker=worker, from_date=from_date, by=by)
    if note:
        store(Handover(episode=episode, allocation=allocation, note=note))
    earlier = [spell.worker_id for spell in leads]
    for action in SupervisionAction.objects.filter(
        supervision__episode=episode,
        step__done_on=None,
        step__ended_on=None,
        worker__in=earlier,
    ):
        action.worker = worker
        action.save()
    events.record(
        "supervision.episode_handed_over", subject=allocation, parent=episode.parent, by=by
    )
    return allocation


def _refuse_handing_over(
    leads: Sequence[Allocation], worker: Worker, from_date: date, note: str, episode: Episode
) -> None:
    if from_date < episode.opened_on:
        raise RuleBroken("The day is before this work began.", field="from_date")
    if leads and leads[-1].worker_id == worker.pk:
        raise RuleBroken("This worker leads the work already.", field="worker")
    if leads and from_date < leads[-1].from_date:
        raise RuleBroken("The day is before the present worker began.", field="from_date")
    if leads and not note:
        raise RuleBroken("Write what the next worker needs to know.", field="note")


# --- Reading over what was written ----------------------------------------------------------


@transaction.atomic
def return_contact(*, contact: Contact, comment: str, seen_version: int, by: User) -> SignOff:
    """Gives a contact back to its writer with comments; it is then due to whoever works there."""
    _refuse_reading_over(contact, seen_version, by)
    return _step(contact, SignOff.Step.RETURNED, comment, "supervision.contact_returned", by)


@transaction.atomic
def sign_off(*, contact: Contact, comment: str, seen_version: int, by: User) -> SignOff:
    """Signs off a contact as it stands; words corrected later wait to be read again.

    Both raise ``ChangedMeanwhile`` when it was corrected since the page was opened.
    """
    _refuse_reading_over(contact, seen_version, by)
    return _step(contact, SignOff.Step.SIGNED, comment, "supervision.contact_signed_off", by)


@transaction.atomic
def answer_return(*, contact: Contact, comment: str, by: User) -> SignOff:
    """Sends a returned contact back with an answer, corrected or not."""
    _lock(contact)
    last = newest_step(contact)
    if last is None or last.step != SignOff.Step.RETURNED:
        raise RuleBroken("This contact is not waiting for an answer.")
    return _step(contact, SignOff.Step.ANSWERED, comment, "supervision.return_answered", by)


def _refuse_reading_over(contact: Contact, seen_version: int, by: User) -> None:
    current = _lock(contact)
    if current.version != seen_version:
        raise ChangedMeanwhile(current)
    if why_not := why_not_read_over(current, by):
        raise RuleBroken(why_not)


def _lock(contact: Contact) -> Contact:
    """Two at once wait for each other; the row as it stands now."""
    return Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)


def _step(contact: Contact, step: SignOff.Step, comment: str, event: str, by: User) -> SignOff:
    version = Contact.objects.values_list("version", flat=True).get(pk=contact.pk)
    done = store(
        SignOff(contact=contact, step=step, comment=comment, contact_version=version, by=by)
    )
    events.record(event, subject=done, parent=contact.parent, by=by)
    return done


# --- How a programme supervises -------------------------------------------------------------


@transaction.atomic
def change_settings(
    *, programme: Programme, signs_off: bool, weights: dict[str, str], by: User
) -> None:
    """Whether contacts written from today on are signed off, and what a parent counts by stage."""
    if signs_off != bool(programme.signs_off_since):
        programme.signs_off_since = today() if signs_off else None
        programme.save()
    rows = {one.stage: one for one in StageWeight.objects.filter(programme=programme)}
    for stage, row in rows.items():
        if stage not in weights:
            row.delete()
    for stage, weight in weights.items():
        row = rows.get(stage) or StageWeight(programme=programme, stage=stage)
        row.weight = row._meta.get_field("weight").to_python(weight)
        store(row)
    events.record("supervision.settings_changed", subject=programme, by=by)
