"""Asking an earlier team for its record, and answering."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.access.models import TimedGrant, User
from programme.access.writing import save_changes, store, store_once
from programme.audit import events
from programme.core.errors import RuleBroken
from programme.pathways.models import Programme
from programme.people.models import Parent
from programme.returning.models import RecordRequest

events.declare(
    returning__record_asked_for="asked for an earlier record",
    returning__request_answered="answered a request for an earlier record",
)
LONGEST_RELEASE_DAYS = 90


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
    if answer not in RecordRequest.Answer.values:
        raise RuleBroken("Choose whether to release the record.", field="answer")
    if request.asked_by_id == by.pk:
        raise RuleBroken("Someone else has to answer this.")
    if programme.pk == request.programme_id:
        raise RuleBroken("The earlier team answers, not the one that asks.", field="programme")
    request.answer, request.answer_note = answer, note
    request.answered_by, request.answered_at = by, timezone.now()
    save_changes(request, seen_version=seen_version)
    if answer == RecordRequest.Answer.RELEASED:
        _release(request, programme, days, by)
    events.record("returning.request_answered", subject=request, parent=request.parent, by=by)
    return request


# A database compares with the moment its transaction began, or cut to the second.
AT_ONCE = timedelta(minutes=1)


def _release(request: RecordRequest, programme: Programme, days: int, by: User) -> None:
    if not 1 <= days <= LONGEST_RELEASE_DAYS:
        raise RuleBroken(f"Choose 1 to {LONGEST_RELEASE_DAYS} days.", field="days")
    store(
        TimedGrant(
            user=request.asked_by,
            parent=request.parent,
            programme=programme,
            kind=TimedGrant.Kind.RELEASED,
            starts_at=timezone.now() - AT_ONCE,
            ends_at=timezone.now() + timedelta(days=days),
            given_by=by,
        )
    )
