"""Recording what a parent answered, putting it right, taking off what is somebody else's."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction

from programme.access.models import User
from programme.access.writing import save_changes, store_once
from programme.audit import events
from programme.contacts.actions import add_next_step
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Episode
from programme.episodes.rows import refuse_closed, refuse_future
from programme.measures.instruments import Instrument
from programme.measures.models import Measure
from programme.measures.reads import score_of
from recurrent.design.words import day_and_year

# Says nothing of what was answered: next steps are read by more people than outcomes are.
TALK = "Talk today about an answer in a questionnaire"

events.declare(
    measures__measure_recorded="recorded a questionnaire",
    measures__measure_corrected="corrected a questionnaire",
    measures__measure_taken_off="took off a questionnaire",
)


@transaction.atomic
def record_measure(
    *,
    key: UUID,
    episode: Episode,
    instrument: Instrument,
    completed_on: date,
    by: User,
    total: Decimal | None = None,
    items: str = "",
    said_risk: bool = False,
) -> tuple[Measure, NextStep | None]:
    """Keeps a completed questionnaire once, however often it is sent; a day holds one of a kind.

    Where its answers ask for a talk, a next step for today is agreed with it.
    """
    refuse_closed(episode)
    _refuse_day(episode, completed_on)
    _refuse_second(key, episode, instrument.code, completed_on)
    measure, is_new = store_once(
        Measure(
            id=key,
            episode=episode,
            instrument=instrument.code,
            completed_on=completed_on,
            total=total,
            items=items,
        )
    )
    if is_new:
        events.record("measures.measure_recorded", subject=measure, parent=episode.parent, by=by)
    if not instrument.asks_for_a_talk(total, said_risk):
        return measure, None
    step = add_next_step(
        key=uuid5(key, "talk"), episode=episode, wording=TALK, due_on=today(), by=by
    )
    return measure, step


@transaction.atomic
def correct_measure(
    *,
    measure: Measure,
    completed_on: date,
    seen_version: int,
    by: User,
    total: Decimal | None = None,
    items: str = "",
    reason: str = "",
) -> Measure:
    """Puts a questionnaire right; what it said before and the reason stay in its history."""
    answers = (completed_on, *_with_its_items(measure, total, items))
    if answers == (measure.completed_on, measure.total, measure.items):
        return measure
    _refuse_day(measure.episode, completed_on)
    _refuse_second(measure.pk, measure.episode, measure.instrument, completed_on)
    measure.completed_on, measure.total, measure.items = answers
    stored = save_changes(measure, seen_version=seen_version, reason=reason)
    parent = stored.episode.parent
    events.record("measures.measure_corrected", subject=stored, parent=parent, by=by)
    return stored


@transaction.atomic
def take_off_measure(*, measure: Measure, reason: str, by: User) -> None:
    """Takes off what was never this parent's answer; that it stood here stays in the history."""
    if not reason.strip():
        raise RuleBroken("Say why this is wrong.", field="reason")
    measure._change_reason = reason.strip()  # type: ignore[attr-defined]
    parent = measure.episode.parent
    events.record("measures.measure_taken_off", subject=measure, parent=parent, by=by)
    measure.delete()


def _with_its_items(
    measure: Measure, total: Decimal | None, items: str
) -> tuple[Decimal | None, str]:
    """Answers that came with a caseload package stay while the total says the same."""
    if items or not measure.items or total != score_of(measure):
        return total, items
    return measure.total, measure.items


def _refuse_day(episode: Episode, completed_on: date) -> None:
    refuse_future(completed_on, "completed_on")
    came_on = episode.referral.received_on
    if completed_on < came_on:
        words = f"The day is before the referral of {day_and_year(came_on)}."
        raise RuleBroken(words, field="completed_on")


def _refuse_second(key: UUID, episode: Episode, code: str, completed_on: date) -> None:
    same = Measure.objects.filter(episode=episode, instrument=code, completed_on=completed_on)
    if same.exclude(pk=key).exists():
        words = "This questionnaire is recorded for that day already. Correct that one instead."
        raise RuleBroken(words, field="completed_on")
