"""Ending an episode together with whatever was still open in it: all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import check
from programme.audit import events
from programme.contacts.actions import settle_planned_contact
from programme.contacts.models import NextStep, PlannedContact
from programme.contacts.reads import happened_of
from programme.core.errors import RuleBroken
from programme.ending.reads import Carrier
from programme.episodes.actions import close_episode
from programme.episodes.models import Episode

events.declare(
    ending__next_step_ended="ended a next step with the work",
    ending__next_step_handed_over="handed a next step over",
    ending__planned_contact_handed_over="handed a planned contact over",
)


@dataclass(frozen=True)
class Becomes:
    """What becomes of something open: it goes to a carrier, or ends, and why or how.

    ``answer`` says what became of a planned contact; ``due_on`` is a new day for a next step.
    """

    carrier: Carrier | None = None
    why: str = ""
    answer: str = ""
    due_on: date | None = None


@transaction.atomic
def end_episode(
    *,
    episode: Episode,
    closed_on: date,
    reason: str,
    note: str,
    becomes: Mapping[UUID, Becomes],
    seen_version: int,
    by: User,
) -> Episode:
    """Ends an episode, and each open next step and planned contact in it by what was said of it.

    Refused while one is left that nothing was said of, as when it was agreed in the meantime.
    """
    Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    for step in NextStep.objects.filter(NextStep.OPEN, episode=episode).select_for_update(
        of=("self",)
    ):
        _end_step(step, _said(becomes, step.pk), closed_on, by)
    plans = PlannedContact.objects.filter(episode=episode, contact=None)
    for plan in plans.select_related("parent", "programme", "episode", "referral"):
        _end_plan(plan, _said(becomes, plan.pk), by)
    return close_episode(
        episode=episode,
        closed_on=closed_on,
        reason=reason,
        note=note,
        seen_version=seen_version,
        by=by,
    )


def _said(becomes: Mapping[UUID, Becomes], key: UUID) -> Becomes:
    if key not in becomes:
        raise RuleBroken("Something was added since you opened this page. Say what becomes of it.")
    return becomes[key]


def _end_step(step: NextStep, said: Becomes, closed_on: date, by: User) -> None:
    parent = step.episode.parent
    if said.carrier:
        step.episode = said.carrier.episode
        step.due_on = said.due_on or step.due_on
        event = "ending.next_step_handed_over"
    else:
        step.ended_on, step.ended_because = closed_on, said.why
        event = "ending.next_step_ended"
    check(step)
    step.save()
    events.record(event, subject=step, parent=parent, by=by)


def _end_plan(plan: PlannedContact, said: Becomes, by: User) -> None:
    if said.carrier is None:
        outcome, missed_because = happened_of(said.answer)
        settle_planned_contact(
            plan=plan, outcome=outcome, missed_because=missed_because, note=said.why, by=by
        )
        return
    plan.episode, plan.worker = said.carrier.episode, said.carrier.worker
    plan.programme, plan.referral = said.carrier.episode.programme, None
    check(plan)
    plan.save()
    events.record("ending.planned_contact_handed_over", subject=plan, parent=plan.parent, by=by)
