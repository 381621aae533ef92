"""Receiving a referral and deciding it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import save_changes, store_once
from programme.audit import events
from programme.core.choices import Decision
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.pathways.models import Programme
from programme.people.models import Parent
from programme.pregnancies.models import Pregnancy
from programme.referrals.models import Referral

events.declare(
    referrals__referral_received="received a referral",
    referrals__referral_decided="decided a referral",
)


@transaction.atomic
def receive_referral(
    *,
    key: UUID,
    parent: Parent,
    programme: Programme,
    received_on: date,
    source: str,
    by: User,
    reason: str = "",
    pregnancy: Pregnancy | None = None,
    previous_episode_id: UUID | None = None,
) -> Referral:
    """Keeps a referral, once however often its form is sent; a second one is normal."""
    return receive_once(
        key=key,
        parent=parent,
        programme=programme,
        received_on=received_on,
        source=source,
        by=by,
        reason=reason,
        pregnancy=pregnancy,
        previous_episode_id=previous_episode_id,
    )[0]


@transaction.atomic
def receive_once(
    *,
    key: UUID,
    parent: Parent,
    programme: Programme,
    received_on: date,
    source: str,
    by: User,
    reason: str = "",
    pregnancy: Pregnancy | None = None,
    previous_episode_id: UUID | None = None,
) -> tuple[Referral, bool]:
    """As ``receive_referral``; the second value says whether this call stored it."""
    if received_on > today():
        raise RuleBroken("The day it was received cannot be in the future.", field="received_on")
    referral, is_new = store_once(
        Referral(
            id=key,
            parent=parent,
            programme=programme,
            received_on=received_on,
            source=source,
            reason=reason,
            pregnancy=pregnancy,
            previous_episode_id=previous_episode_id,
            decision=Decision.PENDING,
            referred_by=by,
        )
    )
    if is_new:
        events.record("referrals.referral_received", subject=referral, parent=parent, by=by)
    return referral, is_new


@transaction.atomic
def decide_referral(
    *,
    referral: Referral,
    decision: str,
    decided_on: date,
    seen_version: int,
    by: User,
    not_accepted_reason: str = "",
    passed_to: str = "",
) -> Referral:
    """Stores the decision with its reason; contraception is no reason and is never looked at."""
    if decision == Decision.NOT_ACCEPTED and not not_accepted_reason:
        raise RuleBroken("Choose why it was not accepted.", field="not_accepted_reason")
    referral.decision = decision
    referral.decided_on = decided_on
    referral.not_accepted_reason = not_accepted_reason
    referral.passed_to = passed_to
    save_changes(referral, seen_version=seen_version)
    events.record("referrals.referral_decided", subject=referral, parent=referral.parent, by=by)
    return referral
