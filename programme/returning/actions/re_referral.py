"""Re-referral in one act."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.access.writing import ChangedMeanwhile, store
from programme.audit import events
from programme.consents.actions import record_decision
from programme.core.choices import Decision
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.actions import allocate, change_stage
from programme.episodes.models import Episode
from programme.pathways.models import Programme, StageDefinition, Worker
from programme.people.actions import change_rule
from programme.people.models import Parent, SafeContact
from programme.pregnancies.actions import add_due_date, record_pregnancy
from programme.pregnancies.models import Pregnancy
from programme.referrals.actions import decide_referral, receive_once
from programme.referrals.models import Referral
from programme.support.models import Goal

events.declare(
    returning__parent_re_referred="re-referred the parent",
    returning__safe_contact_agreed="agreed how to reach the parent safely",
    returning__safe_contact_confirmed="confirmed how to reach the parent safely",
)


@dataclass(frozen=True)
class NewPregnancy:
    """A pregnancy said at re-referral: what ``record_pregnancy`` asks for."""

    known_on: date
    estimated_due_date: date | None = None
    basis: str = ""
    booked_on: date | None = None


@dataclass(frozen=True)
class Permission:
    """A permission the parent was asked about again, and what she said today."""

    purpose: str
    decision: str
    given_how: str = ""
    covers: frozenset[str] = frozenset()
    shared_with: str = ""
    wording_version: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class ReachRule:
    """A safe-contact rule gone through today: still right, or with other words."""

    rule: SafeContact
    seen_version: int
    is_changed: bool = False


@dataclass(frozen=True)
class Confirmed:
    """What she and her worker kept of last time. What is not named here is left out."""

    goals: tuple[Goal, ...] = ()
    permissions: tuple[Permission, ...] = ()
    rules: tuple[ReachRule, ...] = ()
    first_rule: SafeContact | None = None


NOTHING_CONFIRMED = Confirmed()


@dataclass(frozen=True)
class TakesOn:
    """Her own team takes her on at once: who works with her, if that is settled."""

    worker: Worker | None = None
    stage: str = ""


@dataclass(frozen=True)
class ReReferral:
    """What came of it: always a referral; an episode when a team took her on at once."""

    referral: Referral
    episode: Episode | None = None
    pregnancy: Pregnancy | None = None
    is_new: bool = True


@dataclass(frozen=True)
class Why:
    """When and why she is referred again."""

    received_on: date
    source: str
    reason: str = ""
    previous_episode: Episode | None = None
    pregnancy: Pregnancy | None = None
    new_pregnancy: NewPregnancy | None = None


@transaction.atomic
def re_refer(
    *,
    key: UUID,
    parent: Parent,
    programme: Programme,
    why: Why,
    by: User,
    takes_on: TakesOn | None = None,
    confirmed: Confirmed = NOTHING_CONFIRMED,
) -> ReReferral:
    """Refers a parent again, all or nothing, once however often the form is sent.

    Earlier episodes stay whole: nothing of them is changed, and only what was confirmed is
    written anew. With ``takes_on`` the referral is accepted and a new episode opens; without,
    it waits for the other team's decision.
    """
    earlier = Referral.objects.filter(pk=key).first()
    if earlier is not None:
        return ReReferral(earlier, earlier.episodes.first(), earlier.pregnancy, is_new=False)
    _refuse_second_open_episode(parent, programme)
    pregnancy = why.pregnancy or _record_new(key, parent, why.new_pregnancy, by)
    referral, is_new = receive_once(
        key=key,
        parent=parent,
        programme=programme,
        received_on=why.received_on,
        source=why.source,
        reason=why.reason,
        pregnancy=pregnancy,
        previous_episode_id=why.previous_episode.pk if why.previous_episode else None,
        by=by,
    )
    if not is_new:
        # The same form came in at the same moment and was stored first.
        return ReReferral(referral, referral.episodes.first(), referral.pregnancy, is_new=False)
    # After the referral: with it her own team sees her again, and may add to what it sees.
    _add_estimate(pregnancy, why.new_pregnancy, by)
    episode = _take_on(referral, takes_on, confirmed, by) if takes_on else None
    events.record("returning.parent_re_referred", subject=referral, parent=parent, by=by)
    return ReReferral(referral, episode, pregnancy)


def _refuse_second_open_episode(parent: Parent, programme: Programme) -> None:
    if Episode.objects.filter(parent=parent, programme=programme, closed_on=None).exists():
        raise RuleBroken(
            "This parent is with this programme now. Open the record.", field="programme"
        )


def _record_new(key: UUID, parent: Parent, new: NewPregnancy | None, by: User) -> Pregnancy | None:
    if new is None:
        return None
    return record_pregnancy(
        key=uuid5(key, "pregnancy"),
        mother=parent,
        known_on=new.known_on,
        booked_on=new.booked_on,
        by=by,
    )


def _add_estimate(pregnancy: Pregnancy | None, new: NewPregnancy | None, by: User) -> None:
    if pregnancy and new and new.estimated_due_date:
        add_due_date(
            pregnancy=pregnancy,
            estimated_due_date=new.estimated_due_date,
            basis=new.basis,
            recorded_on=new.known_on,
            by=by,
        )


def _take_on(referral: Referral, takes_on: TakesOn, confirmed: Confirmed, by: User) -> Episode:
    decide_referral(
        referral=referral,
        decision=Decision.ACCEPTED,
        decided_on=today(),
        seen_version=referral.version,
        by=by,
    )
    episode = store(
        Episode(
            referral=referral,
            parent=referral.parent,
            programme=referral.programme,
            opened_on=today(),
        )
    )
    events.record("episodes.episode_opened", subject=episode, parent=episode.parent, by=by)
    # While nobody holds the episode its team may write; the worker is named last.
    _write_confirmed(episode, confirmed, by)
    if stage := takes_on.stage or _first_stage(episode):
        change_stage(episode=episode, stage=stage, entered_on=today(), by=by)
    if takes_on.worker:
        allocate(episode=episode, worker=takes_on.worker, from_date=today(), by=by)
    return episode


def _first_stage(episode: Episode) -> str:
    stages = StageDefinition.objects.filter(pathway_id=episode.programme.pathway_id)
    first = stages.exclude(code="identified").order_by("position").first()
    return first.code if first else ""


def _write_confirmed(episode: Episode, confirmed: Confirmed, by: User) -> None:
    for goal in confirmed.goals:
        store(
            Goal(
                episode=episode,
                wording=goal.wording,
                set_by=goal.set_by,
                kind=goal.kind,
                agreed_on=today(),
            )
        )
    for said in confirmed.permissions:
        record_decision(
            key=uuid5(episode.pk, said.purpose),
            parent=episode.parent,
            purpose=said.purpose,
            decision=said.decision,
            decided_at=timezone.now(),
            given_how=said.given_how,
            covers=said.covers,
            shared_with=said.shared_with,
            wording_version=said.wording_version,
            expires_on=said.expires_on,
            explained_by=by.name,
            by=by,
        )
    for gone_through in confirmed.rules:
        _confirm_rule(episode, gone_through, by)
    if confirmed.first_rule:
        _add_rule(confirmed.first_rule, episode.parent, by)


def _add_rule(rule: SafeContact, parent: Parent, by: User) -> None:
    rule.parent = parent
    store(rule)
    events.record("returning.safe_contact_agreed", subject=rule, parent=parent, by=by)


def _change_rule(episode: Episode, said: ReachRule, by: User) -> None:
    """The rule of last time ends; what was said today takes its place.

    The key is of this referral: another who changed the same rule meanwhile said something else.
    """
    change_rule(
        key=uuid5(episode.referral_id, f"{said.rule.pk} changed"),
        rule=SafeContact.objects.get(pk=said.rule.pk),
        seen_version=said.seen_version,
        by=by,
        **{name: getattr(said.rule, name) for name in SafeContact.PARTS},
    )


def _confirm_rule(episode: Episode, said: ReachRule, by: User) -> None:
    """A rule that is still right is not written again; that it was gone through is kept."""
    if said.is_changed:
        _change_rule(episode, said, by)
    elif not SafeContact.objects.filter(pk=said.rule.pk, version=said.seen_version).exists():
        raise ChangedMeanwhile(said.rule)
    events.record(
        "returning.safe_contact_confirmed", subject=said.rule, parent=said.rule.parent, by=by
    )
