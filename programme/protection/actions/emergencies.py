"""Opening a record in an emergency: one hour, in one's own words, seen and reviewed by others."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.access.actors import EMERGENCY
from programme.access.holdings import parts_of, who_sees
from programme.access.joined import joined_into
from programme.access.models import TimedGrant, User
from programme.access.parts import Part
from programme.access.scope import acting_as
from programme.access.writing import own_key, save_changes, store, store_once
from programme.audit import events
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.core.working_days import add_working_days
from programme.episodes.models import Episode
from programme.people.models import Identity, Parent
from programme.people.names import words_of
from programme.protection.models import EmergencyOpening
from programme.protection.notices import tell
from programme.referrals.models import Identification, Referral

events.declare(
    protection__opened_in_emergency="opened a record in an emergency",
    protection__opening_reviewed="reviewed an emergency opening",
)
MINUTES = 60
LEAST_LETTERS = 20
LEAST_NAMES = 2
REVIEW_WORKING_DAYS = 5
MOST_TOLD = 2
# What an emergency opens to read (rules.sql).
OPENED = frozenset({Part.CORE, Part.NOTES, Part.SAFE_ADDRESS})
# The same words for a parent nobody knows, one kept from the asker, and one with a namesake.
NOT_OPENED = "No record can be opened with this. Check it, or ring the duty lead, who can say more."
# A database compares with the moment its transaction began, or cut to the second.
AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True)
class Named:
    """Whose record is needed: by reference, or by a whole name with the date of birth."""

    reference: str = ""
    name: str = ""
    born_on: date | None = None


@dataclass(frozen=True)
class Answer:
    """Whose record was meant, whether it is open now, and the opening where one was needed."""

    parent_id: UUID | None = None
    is_open: bool = False
    opening: EmergencyOpening | None = None
    told_count: int = 0


def open_in_emergency(*, key: UUID, named: Named, reason: str, why: str, by: User) -> Answer:
    """Opens the record for an hour, unless ``by`` reads all of it anyway.

    A record restricted to others, or denied to ``by``, stays shut: the rule view says so, not this
    function. Up to two people are told, by nothing but that something waits. Sent twice under one
    key, it is opened once.
    """
    if len(why.strip()) < LEAST_LETTERS:
        words = f"Say in at least {LEAST_LETTERS} letters why it cannot wait."
        raise RuleBroken(words, field="why")
    parent = _meant(named)
    if parent is None:
        return Answer()
    if _parts_seen(parent, by) >= OPENED:
        return Answer(parent.pk, is_open=True)
    now = timezone.now()
    opening = EmergencyOpening(
        id=own_key(key, parent.pk, by.pk),
        parent=parent,
        opened_by=by,
        reason=reason,
        why=why,
        opened_at=now,
        ends_at=now + timedelta(minutes=MINUTES),
        review_by=add_working_days(today(), REVIEW_WORKING_DAYS),
    )
    with transaction.atomic():
        told = _open(opening)
        if told is None:
            transaction.set_rollback(True)
    if told is not None:
        return Answer(parent.pk, is_open=True, opening=opening, told_count=len(told))
    return _answer_without_opening(opening)


def _open(opening: EmergencyOpening) -> list[User] | None:
    """Grants the hour and keeps it; None where it stays shut, or was sent before."""
    parent, by = opening.parent, opening.opened_by
    with acting_as(EMERGENCY):
        _grant(opening)
    if Part.CORE not in _parts_seen(parent, by):
        return None
    with acting_as(EMERGENCY):
        seniors = [one for one in who_sees(Part.CUSTODY, parent.pk) if one.pk != by.pk]
        officers = [one for one in who_sees(Part.PROTECTION, parent.pk) if one.pk != by.pk]
        opening.told_senior = seniors[0] if seniors else None
        opening.told_officer = officers[0] if officers else None
        _, is_new = store_once(opening)
    if not is_new:
        return None
    events.record("protection.opened_in_emergency", subject=opening, parent=parent, by=by)
    # One who is both is told once, and another officer beside.
    told = list(dict.fromkeys([*seniors[:1], *officers]))[:MOST_TOLD]
    tell(told)
    return told


def _answer_without_opening(opening: EmergencyOpening) -> Answer:
    """Shut; or sent a second time, and open by the first for as long as that lasts."""
    with acting_as(EMERGENCY):
        earlier = EmergencyOpening.objects.filter(pk=opening.pk).first()
    if earlier is None:
        return Answer(opening.parent_id)
    if Part.CORE not in _parts_seen(opening.parent, opening.opened_by):
        raise RuleBroken("This was sent before, and the hour is over. Open this page again.")
    return Answer(opening.parent_id, is_open=True)


def _parts_seen(parent: Parent, by: User) -> set[Part]:
    with acting_as(by):
        return set(parts_of(parent.pk))


def _meant(named: Named) -> Parent | None:
    """The one parent meant, whoever may see her; None when nobody is, or more than one.

    Records that were joined are one: who she is still stands in both, and both numbers lead to it.
    """
    with acting_as(EMERGENCY):
        reference = "".join(named.reference.split()).upper()
        by_reference = Parent.objects.filter(reference=reference).values_list("pk", flat=True)
        asked = set(words_of(named.name))
        born_then = Identity.objects.filter(date_of_birth=named.born_on or date.max)
        fitting = [
            one.parent_id
            for one in born_then
            if len(asked) >= LEAST_NAMES and asked <= _names_of(one)
        ]
        found = {joined_into(key) or key for key in [*by_reference, *fitting]}
        return Parent.objects.get(pk=found.pop()) if len(found) == 1 else None


def _names_of(identity: Identity) -> set[str]:
    """The words of all her names, now and earlier."""
    texts = (
        identity.given_names,
        identity.family_name,
        identity.known_as,
        identity.other_names,
    )
    return {word for text in texts for word in words_of(text)}


def _programmes_of(parent: Parent) -> set[UUID]:
    known = [
        model.objects.filter(parent=parent).values_list("programme_id", flat=True)
        for model in (Episode, Referral, Identification)
    ]
    return {programme_id for keys in known for programme_id in keys}


def _grant(opening: EmergencyOpening) -> None:
    for programme_id in _programmes_of(opening.parent):
        store(
            TimedGrant(
                user=opening.opened_by,
                parent=opening.parent,
                programme_id=programme_id,
                kind=TimedGrant.Kind.EMERGENCY,
                starts_at=opening.opened_at - AT_ONCE,
                ends_at=opening.ends_at,
                given_by_id=EMERGENCY,
            )
        )


@transaction.atomic
def review_opening(
    *, opening: EmergencyOpening, finding: str, note: str, seen_version: int, by: User
) -> EmergencyOpening:
    """Somebody else says whether it was right; once."""
    if opening.reviewed_by_id:
        raise RuleBroken("This has been reviewed.")
    if opening.opened_by_id == by.pk:
        raise RuleBroken("Someone else has to review this.")
    if finding not in EmergencyOpening.Finding.values:
        raise RuleBroken("Choose what you found.", field="finding")
    opening.finding, opening.review_note = finding, note
    opening.reviewed_by, opening.reviewed_at = by, timezone.now()
    save_changes(opening, seen_version=seen_version)
    events.record("protection.opening_reviewed", subject=opening, parent=opening.parent, by=by)
    return opening
