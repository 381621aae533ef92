"""Re-referral in one act, and asking an earlier team for its record."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from programme.access.models import TimedGrant, User
from programme.access.writing import save_changes, store, store_once
from programme.audit import events
from programme.consents.actions import record_decision
from programme.core.choices import Decision
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.actions import allocate, change_stage
from programme.episodes.models import Episode
from programme.pathways.models import Programme, StageDefinition, Worker
from programme.people.models import Parent, SafeContact
from programme.pregnancies.actions import record_pregnancy
from programme.pregnancies.models import Pregnancy
from programme.referrals.actions import decide_referral, receive_referral
from programme.referrals.models import Referral
from programme.returning.models import RecordRequest
from programme.support.models import Goal

events.declare(
    returning__parent_re_referred="re-referred the parent",
    returning__record_asked_for="asked for an earlier record",
    returning__request_answered="answered a request for an earlier record",
    returning__safe_contact_confirmed="confirmed how to reach the parent safely",
)
LONGEST_RELEASE_DAYS = 90


@dataclass(frozen=True)
class NewPregnancy:
    """A pregnancy said at re-referral: what ``record_pregnancy`` asks for."""

    known_on: date
    estimated_due_date: date | None = None
    basis: str = ""
    booked_on: date | None = None
    father_not_named_reason: str = ""


@dataclass(frozen=True)
class Permission:
    """A permission the parent was asked about again, and what she said today."""

    purpose: str
    decision: str
    given_how: str = ""
    covers: frozenset[str] = frozenset()
    shared_with: str = ""


@dataclass(frozen=True)
class Confirmed:
    """What she and her worker kept of last time. What is not named here is left out."""

    goals: tuple[Goal, ...] = ()
    permissions: tuple[Permission, ...] = ()
    # The safe-contact rule as it holds from today; None: not gone through.
    safe_contact: SafeContact | None = None
    safe_contact_version: int = 0


NOTHING_CONFIRMED = Confirmed()


@dataclass(frozen=True)
class TakesOn:
    """Her own team takes her on at once: who works with her, from which stage."""

    worker: Worker
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
    pregnancy = why.pregnancy or _record_new(parent, why.new_pregnancy, by)
    referral = receive_referral(
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
    episode = _take_on(referral, takes_on, confirmed, by) if takes_on else None
    events.record("returning.parent_re_referred", subject=referral, parent=parent, by=by)
    return ReReferral(referral, episode, pregnancy)


def _refuse_second_open_episode(parent: Parent, programme: Programme) -> None:
    if Episode.objects.filter(parent=parent, programme=programme, closed_on=None).exists():
        raise RuleBroken("She is with this programme now. Open her record.", field="programme")


def _record_new(parent: Parent, new: NewPregnancy | None, by: User) -> Pregnancy | None:
    if new is None:
        return None
    return record_pregnancy(
        key=uuid4(),
        mother=parent,
        known_on=new.known_on,
        estimated_due_date=new.estimated_due_date,
        basis=new.basis,
        booked_on=new.booked_on,
        father_not_named_reason=new.father_not_named_reason,
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
    stage = takes_on.stage or _first_stage(episode)
    change_stage(episode=episode, stage=stage, entered_on=today(), by=by)
    allocate(episode=episode, worker=takes_on.worker, from_date=today(), by=by)
    return episode


def _first_stage(episode: Episode) -> str:
    stages = StageDefinition.objects.filter(pathway_id=episode.programme.pathway_id)
    first = stages.exclude(code="identified").order_by("position").first()
    if first is None:
        raise RuleBroken("This programme's pathway has no stages.", field="programme")
    return first.code


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
            key=uuid4(),
            parent=episode.parent,
            purpose=said.purpose,
            decision=said.decision,
            decided_at=timezone.now(),
            given_how=said.given_how,
            covers=said.covers,
            shared_with=said.shared_with,
            explained_by=by.name,
            by=by,
        )
    if confirmed.safe_contact:
        _keep_safe_contact(confirmed.safe_contact, confirmed.safe_contact_version, by)


def _keep_safe_contact(rule: SafeContact, seen_version: int, by: User) -> None:
    if rule._state.adding:
        store(rule)
    else:
        save_changes(rule, seen_version=seen_version)
    events.record("returning.safe_contact_confirmed", subject=rule, parent=rule.parent, by=by)


# --- An earlier team's record ------------------------------------------------------------------


@transaction.atomic
def ask_for_record(
    *, key: UUID, parent: Parent, programme: Programme, why: str, by: User
) -> RecordRequest:
    """Asks whoever may keep an earlier record; stored the same whether or not there is one."""
    request, is_new = store_once(
        RecordRequest(id=key, parent=parent, programme=programme, asked_by=by, why=why)
    )
    if is_new:
        events.record("returning.record_asked_for", subject=request, parent=parent, by=by)
    return request


@transaction.atomic
def answer_request(
    *,
    request: RecordRequest,
    programme: Programme,
    answer: str,
    days: int,
    seen_version: int,
    by: User,
    note: str = "",
) -> RecordRequest:
    """The custodian of ``programme`` releases its record for some days, or does not.

    Whoever asked reads the notes and plan of that programme until the grant ends; never
    contraception, therapy or the safe address.
    """
    if request.answer:
        raise RuleBroken("This request has been answered.")
    if programme.pk == request.programme_id:
        raise RuleBroken("The earlier team answers, not the one that asks.", field="programme")
    request.answer, request.answer_note = answer, note
    request.answered_by, request.answered_at = by, timezone.now()
    save_changes(request, seen_version=seen_version)
    if answer == RecordRequest.Answer.RELEASED:
        _release(request, programme, days, by)
    events.record(
        "returning.request_answered", subject=request, parent=request.parent, by=by
    )
    return request


def _release(request: RecordRequest, programme: Programme, days: int, by: User) -> None:
    if not 1 <= days <= LONGEST_RELEASE_DAYS:
        raise RuleBroken(f"Choose 1 to {LONGEST_RELEASE_DAYS} days.", field="days")
    store(
        TimedGrant(
            user=request.asked_by,
            parent=request.parent,
            programme=programme,
            kind=TimedGrant.Kind.RELEASED,
            starts_at=timezone.now(),
            ends_at=timezone.now() + timedelta(days=days),
            given_by=by,
        )
    )
