"""Opening an episode, changing its stage, saying who works with the parent, closing it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import ChangedMeanwhile, save_changes, store, store_once
from programme.audit import events
from programme.core.choices import ClosureReason
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Allocation, Episode, Pause, Stage
from programme.episodes.rows import refuse_closed, refuse_future
from programme.pathways.models import StageDefinition, Worker
from programme.referrals.models import Referral
from recurrent.design.words import day_and_year

events.declare(
    episodes__episode_opened="opened an episode",
    episodes__stage_changed="changed the stage",
    episodes__worker_allocated="allocated a worker",
    episodes__episode_closed="closed the episode",
    episodes__pause_begun="agreed a pause",
    episodes__pause_reviewed="reviewed a pause and went on with it",
    episodes__pause_ended="ended a pause",
)


@transaction.atomic
def open_episode(
    *, referral: Referral, opened_on: date, worker: Worker | None, stage: str, by: User
) -> Episode:
    """Opens an episode for an accepted referral, with its first stage and, if known, its worker."""
    episode = store(
        Episode(
            referral=referral,
            parent=referral.parent,
            programme=referral.programme,
            opened_on=opened_on,
        )
    )
    events.record("episodes.episode_opened", subject=episode, parent=episode.parent, by=by)
    if worker:
        allocate(episode=episode, worker=worker, from_date=opened_on, by=by)
    if stage:
        change_stage(episode=episode, stage=stage, entered_on=opened_on, by=by)
    return episode


@transaction.atomic
def allocate(*, episode: Episode, worker: Worker, from_date: date, by: User) -> Allocation:
    """Makes ``worker`` the lead from that day; the earlier lead's spell ends then."""
    if worker.programme_id != episode.programme_id:
        raise RuleBroken("This worker belongs to another programme.", field="worker")
    # The new spell first: whoever hands over must not lose sight of the row she is ending.
    earlier = list(episode.allocations.filter(to_date=None).exclude(lead=False))
    allocation = store(Allocation(episode=episode, worker=worker, from_date=from_date, lead=True))
    for spell in earlier:
        spell.to_date = from_date
        spell.save()
    events.record("episodes.worker_allocated", subject=allocation, parent=episode.parent, by=by)
    return allocation


@transaction.atomic
def change_stage(
    *, episode: Episode, stage: str, entered_on: date, by: User, seen: str | None = None
) -> Stage:
    """Moves the episode to a stage of its pathway from that day; the same move twice is one.

    ``seen`` is the mark of the stage that stood on the page ("" for none yet). Raises
    ``ChangedMeanwhile`` when somebody else changed it since; two at once wait for each other.
    """
    _refuse_foreign_stage(episode, stage)
    refuse_future(entered_on, "entered_on")
    refuse_closed(Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk))
    current = list(episode.stages.filter(left_on=None))
    for spell in current:
        if (spell.stage, spell.entered_on) == (stage, entered_on):
            return spell
    if seen is not None and seen not in _marks(current):
        raise ChangedMeanwhile(current[-1] if current else episode)
    _end_stages(current, stage, entered_on)
    entered = store(Stage(episode=episode, stage=stage, entered_on=entered_on))
    events.record("episodes.stage_changed", subject=entered, parent=episode.parent, by=by)
    return entered


def _marks(current: list[Stage]) -> set[str]:
    return {spell.mark for spell in current} or {""}


def _end_stages(current: list[Stage], stage: str, entered_on: date) -> None:
    for spell in current:
        if spell.stage == stage:
            since = day_and_year(spell.entered_on)
            raise RuleBroken(f"This is the present stage, since {since}.", field="stage")
        if entered_on < spell.entered_on:
            raise RuleBroken("The day is before the present stage began.", field="entered_on")
        spell.left_on = entered_on
        save_changes(spell, seen_version=spell.version)


@transaction.atomic
def begin_pause(
    *, key: UUID, episode: Episode, from_date: date, reason: str, review_on: date, by: User
) -> Pause:
    """Keeps an agreed pause, once however often its form is sent; one at a time.

    It is looked at again by ``review_on``, which it cannot do without.
    """
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    refuse_closed(episode)
    if from_date < episode.opened_on:
        raise RuleBroken("The day is before the work began.", field="from_date")
    if not reason.strip():
        raise RuleBroken("Say why.", field="reason")
    # The pause of the same form is no other one: it comes back as it stands.
    for other in episode.pauses.exclude(pk=key):
        if other.to_date is None or from_date <= other.to_date:
            since = day_and_year(other.from_date)
            raise RuleBroken(f"There is a pause already, since {since}.", field="from_date")
    pause, is_new = store_once(
        Pause(id=key, episode=episode, from_date=from_date, reason=reason, review_on=review_on)
    )
    if is_new:
        events.record("episodes.pause_begun", subject=pause, parent=episode.parent, by=by)
    return pause


@transaction.atomic
def continue_pause(
    *, pause: Pause, review_on: date, reason: str, seen_version: int, by: User
) -> Pause:
    """The pause goes on until a new day of review; the earlier reason stays in its history.

    Sent twice, it is one review.
    """
    if (pause.review_on, pause.reason, pause.to_date) == (review_on, reason, None):
        return pause
    _refuse_ended(pause)
    if review_on <= today():
        raise RuleBroken("The next review must be after today.", field="review_on")
    pause.review_on, pause.reason = review_on, reason
    save_changes(pause, seen_version=seen_version)
    events.record("episodes.pause_reviewed", subject=pause, parent=pause.episode.parent, by=by)
    return pause


@transaction.atomic
def end_pause(*, pause: Pause, to_date: date, seen_version: int, by: User) -> Pause:
    """The pause ends with that day, its last; sent twice, it ends once."""
    if pause.to_date == to_date:
        return pause
    _refuse_ended(pause)
    pause.to_date = to_date
    save_changes(pause, seen_version=seen_version)
    events.record("episodes.pause_ended", subject=pause, parent=pause.episode.parent, by=by)
    return pause


def _refuse_ended(pause: Pause) -> None:
    if pause.to_date is not None:
        raise RuleBroken(f"This pause ended on {day_and_year(pause.to_date)}.")


@transaction.atomic
def close_episode(
    *,
    episode: Episode,
    closed_on: date,
    reason: str,
    seen_version: int,
    by: User,
    note: str = "",
) -> Episode:
    """Closes an episode; what runs in it ends that day. Never because of contraception."""
    if reason not in ClosureReason.values:
        raise RuleBroken("Choose why it is closing.", field="closure_reason")
    for pause in episode.pauses.filter(to_date=None):
        pause.to_date = max(closed_on, pause.from_date)
        pause.save()
    for spell in episode.stages.filter(left_on=None):
        spell.left_on = max(closed_on, spell.entered_on)
        spell.save()
    allocations = list(episode.allocations.filter(to_date=None))
    episode.closed_on, episode.closure_reason, episode.closure_note = closed_on, reason, note
    save_changes(episode, seen_version=seen_version)
    for allocation in allocations:
        allocation.to_date = max(closed_on, allocation.from_date)
        allocation.save()
    events.record("episodes.episode_closed", subject=episode, parent=episode.parent, by=by)
    return episode


def _refuse_foreign_stage(episode: Episode, stage: str) -> None:
    pathway = episode.programme.pathway_id
    if pathway == "other":
        return
    if not StageDefinition.objects.filter(pathway_id=pathway, code=stage).exists():
        raise RuleBroken("Choose a stage of this programme's pathway.", field="stage")
