"""Recording that information was offered, and conversations and choices within consent.

The row policies are the last word: without consent in force that names the writer, the database
refuses the row, whatever this code does.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import store_once
from programme.audit import events
from programme.contraception.models import ContraceptionChoice, InformationOffered
from programme.core.choices import ContraceptionAnswer
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.people.models import Parent

events.declare(
    contraception__information_offered="recorded that information was offered",
    contraception__conversation_recorded="recorded a conversation",
)


@transaction.atomic
def record_information(
    *, key: UUID, parent: Parent, happened_on: date, explained_by_role: str, by: User
) -> InformationOffered:
    """Keeps the day and the role of who offered information; needs no consent."""
    _refuse_future(happened_on)
    offer, is_new = store_once(
        InformationOffered(
            id=key, parent=parent, happened_on=happened_on, explained_by_role=explained_by_role
        )
    )
    if is_new:
        events.record("contraception.information_offered", subject=offer, parent=parent, by=by)
    return offer


@transaction.atomic
def record_conversation(
    *,
    key: UUID,
    parent: Parent,
    happened_on: date,
    event: str,
    answer: str,
    by: User,
    method: str = "",
    explained_by_role: str = "",
    review_due_on: date | None = None,
    end_reason: str = "",
) -> ContraceptionChoice:
    """Keeps a conversation or choice; every one of the eight answers is a full answer."""
    _refuse_future(happened_on)
    if method and answer != ContraceptionAnswer.METHOD:
        raise RuleBroken("A method goes only with that answer.", field="method")
    if answer == ContraceptionAnswer.METHOD and not method:
        raise RuleBroken("Choose the method she named.", field="method")
    choice, is_new = store_once(
        ContraceptionChoice(
            id=key,
            parent=parent,
            happened_on=happened_on,
            event=event,
            answer=answer,
            method=method,
            explained_by_role=explained_by_role,
            review_due_on=review_due_on,
            end_reason=end_reason,
        )
    )
    if is_new:
        events.record("contraception.conversation_recorded", subject=choice, parent=parent, by=by)
    return choice


def _refuse_future(happened_on: date) -> None:
    if happened_on > today():
        raise RuleBroken("The day cannot be in the future.", field="happened_on")
