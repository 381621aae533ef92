"""Recording a parent's decision about one purpose."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.access.writing import store_once
from programme.audit import events
from programme.consents.models import Consent
from programme.core.choices import ConsentCovers, ConsentDecision, ConsentPurpose
from programme.core.errors import RuleBroken
from programme.people.models import Parent

events.declare(consents__decision_recorded="recorded a decision about permission")


@transaction.atomic
def record_decision(
    *,
    key: UUID,
    parent: Parent,
    purpose: str,
    decision: str,
    decided_at: datetime,
    by: User,
    wording_version: str = "",
    given_how: str = "",
    covers: frozenset[str] = frozenset(),
    shared_with: str = "",
    explained_by: str = "",
    expires_on: date | None = None,
) -> Consent:
    """Adds a decision to the ledger, once however often its form is sent.

    A consent to record contraception says whom it lets see; it names nobody by itself.
    """
    if decided_at > timezone.now():
        raise RuleBroken("The decision cannot be in the future.", field="decided_at")
    records = purpose == ConsentPurpose.RECORD_CONTRACEPTION
    given = decision == ConsentDecision.GIVEN
    if records and given and not covers:
        raise RuleBroken("Say who may see it.", field="covers")
    if covers and not (records and given):
        covers = frozenset()
    consent, is_new = store_once(
        Consent(
            id=key,
            parent=parent,
            purpose=purpose,
            decision=decision,
            decided_at=decided_at,
            wording_version=wording_version,
            given_how=given_how,
            covers_own_worker=ConsentCovers.OWN_WORKER in covers,
            covers_stand_in=ConsentCovers.STAND_IN in covers,
            covers_clinician=ConsentCovers.CLINICIAN in covers,
            shared_with=shared_with,
            explained_by=explained_by,
            expires_on=expires_on,
        )
    )
    if is_new:
        events.record("consents.decision_recorded", subject=consent, parent=parent, by=by)
    return consent
