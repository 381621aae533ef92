"""Restricting a record to named people, denying it to one, and lifting either."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.access.records import CaseRecord
from programme.access.writing import LONGEST_REASON, save_changes, store, store_once
from programme.audit import events
from programme.core.choices import ProtectionCategory, ProtectionKind
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.people.models import Parent, Protection
from programme.protection.models import ProtectionRequest

events.declare(
    protection__asked_for="asked for a record to be protected",
    protection__record_restricted="restricted a record to named people",
    protection__person_denied="denied a record to a person",
    protection__protection_kept="reviewed who may see a record",
    protection__protection_lifted="lifted a protection",
    protection__requests_answered="answered a request for protection",
)
REVIEW_DAYS = 90
R = TypeVar("R", bound=CaseRecord)


@transaction.atomic
def ask_for_protection(
    *, key: UUID, parent: Parent, kind: str, why: str, by: User, category: str = ""
) -> ProtectionRequest:
    """Asks the protection officer; nothing changes until she answers."""
    if kind not in ProtectionKind.values:
        raise RuleBroken("Choose what you ask for.", field="kind")
    request, is_new = store_once(
        ProtectionRequest(
            id=key,
            parent=parent,
            kind=kind,
            category=category,
            why=why,
            asked_by=by,
            asked_at=timezone.now(),
        )
    )
    if is_new:
        events.record("protection.asked_for", subject=request, parent=parent, by=by)
    return request


@transaction.atomic
def restrict_record(
    *,
    parent: Parent,
    category: str,
    people: Iterable[User],
    why: str,
    by: User,
    answers: Iterable[ProtectionRequest] = (),
) -> list[Protection]:
    """From now only these people see the record; all of them are named anew each time.

    Holds until it is lifted; it is to be reviewed within 90 days.
    """
    named = list(people)
    if category not in ProtectionCategory.values:
        raise RuleBroken("Choose why only some people may see this record.", field="category")
    if not named:
        raise RuleBroken("Choose who may see this record.", field="people")
    reason = _reason(why)
    answer_requests(parent=parent, answers=answers, why=reason, by=by)
    earlier = list(Protection.objects.filter(parent=parent, kind=ProtectionKind.RESTRICTED))
    if {(row.user_id, row.category) for row in earlier} == {(one.pk, category) for one in named}:
        return earlier
    for row in earlier:
        _because(row, reason).delete()
    kind = ProtectionKind.RESTRICTED
    rows = [store(_because(_protection(parent, kind, user, category), reason)) for user in named]
    events.record("protection.record_restricted", subject=parent, parent=parent, by=by)
    return rows


@transaction.atomic
def deny_person(
    *, parent: Parent, user: User, why: str, by: User, answers: Iterable[ProtectionRequest] = ()
) -> Protection:
    """From now this person does not see the record, whatever else she may."""
    reason = _reason(why)
    answer_requests(parent=parent, answers=answers, why=reason, by=by)
    denied = Protection.objects.filter(parent=parent, kind=ProtectionKind.DENIED, user=user)
    if earlier := denied.first():
        return earlier
    row = store(_because(_protection(parent, ProtectionKind.DENIED, user), reason))
    events.record("protection.person_denied", subject=row, parent=parent, by=by)
    return row


@transaction.atomic
def answer_requests(
    *, parent: Parent, answers: Iterable[ProtectionRequest], why: str, by: User
) -> None:
    """These requests wait no longer, whether or not anything changed for them; each once."""
    reason = _reason(why)
    keys = [one.pk for one in answers]
    waiting = ProtectionRequest.objects.filter(parent=parent, pk__in=keys, answered_at=None)
    for request in waiting:
        request.answered_by, request.answered_at = by, timezone.now()
        save_changes(_because(request, reason), seen_version=request.version)
        events.record("protection.requests_answered", subject=request, parent=parent, by=by)


@transaction.atomic
def keep_protection(*, parent: Parent, by: User) -> None:
    """Looked at again: every protection of the record holds on, to be reviewed in 90 days."""
    due = Protection.objects.filter(parent=parent).exclude(review_on__gte=_next_review())
    rows = list(due)
    for row in rows:
        row.review_on = _next_review()
        save_changes(row, seen_version=row.version)
    if not rows:
        return
    events.record("protection.protection_kept", subject=parent, parent=parent, by=by)


@transaction.atomic
def lift_protection(*, protection: Protection, why: str, by: User) -> None:
    """Takes a denial away, or the whole restriction a row belongs to; history keeps what was."""
    reason = _reason(why)
    parent = protection.parent
    rows = Protection.objects.filter(parent=parent, kind=protection.kind)
    if protection.kind == ProtectionKind.DENIED:
        rows = rows.filter(pk=protection.pk)
    lifted = list(rows)
    if not lifted:
        raise RuleBroken("This has been lifted already.")
    for row in lifted:
        _because(row, reason).delete()
    events.record("protection.protection_lifted", subject=parent, parent=parent, by=by)


def _protection(parent: Parent, kind: str, user: User, category: str = "") -> Protection:
    return Protection(
        parent=parent,
        kind=kind,
        user=user,
        category=category,
        from_date=today(),
        review_on=_next_review(),
    )


def _next_review() -> date:
    return today() + timedelta(days=REVIEW_DAYS)


def _reason(why: str) -> str:
    reason = why.strip()
    if not reason:
        raise RuleBroken("Say why.", field="why")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(f"Say why in {LONGEST_REASON} characters.", field="why")
    return reason


def _because(row: R, reason: str) -> R:
    """Has the history keep why this row is written or taken away."""
    noted: Any = row
    noted._change_reason = reason
    return row
