"""Deciding a referral; what begins when it is accepted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from programme.access.holdings import written_in
from programme.access.models import User
from programme.access.parts import Part
from programme.core.choices import Decision
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.actions import allocate, open_episode
from programme.episodes.models import Episode
from programme.pathways.models import Worker
from programme.referrals.actions import decide_referral
from programme.referrals.models import Referral


@dataclass(frozen=True)
class Decided:
    """What was decided, and why where it was not accepted."""

    decision: str
    decided_on: date
    not_accepted_reason: str = ""
    passed_to: str = ""


@dataclass(frozen=True)
class TakesOn:
    """The stage an accepted parent begins in, and who works with her if that is settled."""

    stage: str = ""
    worker: Worker | None = None


@transaction.atomic
def decide(
    *,
    referral: Referral,
    seen_version: int,
    by: User,
    decided: Decided | None = None,
    takes_on: TakesOn | None = None,
) -> Episode | None:
    """Decides a referral to a team of one's own, begins its episode, names its worker.

    Each step only where it is still to be done: one that was accepted before is only begun, one
    that was begun is only given a worker. Contraception is no reason, and is never looked at.
    """
    if referral.programme_id not in written_in(referral.parent_id)[Part.INTAKE]:
        raise RuleBroken("The team that was asked decides this referral.")
    if decided is not None:
        if decided.decided_on > today():
            raise RuleBroken("The day cannot be in the future.", field="decided_on")
        decide_referral(
            referral=referral,
            decision=decided.decision,
            decided_on=decided.decided_on,
            not_accepted_reason=decided.not_accepted_reason,
            passed_to=decided.passed_to,
            seen_version=seen_version,
            by=by,
        )
    if referral.decision != Decision.ACCEPTED or takes_on is None:
        return None
    return _take_on(referral, takes_on, by)


def _take_on(referral: Referral, takes_on: TakesOn, by: User) -> Episode:
    begun_on = referral.decided_on or today()
    of_parent = Episode.objects.filter(parent=referral.parent_id)
    # Two who begin it at the same moment come one after the other.
    Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    episode = of_parent.filter(referral=referral).first()
    if episode is None:
        if of_parent.filter(programme=referral.programme_id, closed_on=None).exists():
            raise RuleBroken("Work with this programme is open already. Open the record.")
        return open_episode(
            referral=referral,
            opened_on=begun_on,
            worker=takes_on.worker,
            stage=takes_on.stage,
            by=by,
        )
    if takes_on.worker:
        allocate(episode=episode, worker=takes_on.worker, from_date=today(), by=by)
    return episode
