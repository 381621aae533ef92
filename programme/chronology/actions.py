"""Marking an event as significant and taking it back; adding an event by hand."""

from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from programme.access.models import User
from programme.access.writing import save_changes, store_once
from programme.audit import events
from programme.chronology.kinds import place_of
from programme.chronology.models import ChronologyEntry, SignificantEvent
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.pathways.models import Programme
from programme.people.models import Parent

events.declare(
    chronology__event_marked="marked an event as significant",
    chronology__reason_changed="said why an event is significant",
    chronology__mark_taken_back="took back that an event is significant",
    chronology__entry_added="added an event to the chronology",
    chronology__entry_corrected="corrected an event of the chronology",
)


@transaction.atomic
def mark_significant(*, parent: Parent, kind: str, row: UUID, by: User) -> SignificantEvent | None:
    """Marks an event, once however often it is pressed; None if ``by`` sees no such event."""
    place = place_of(parent, kind, row)
    if place is None:
        return None
    # The key follows from the event on this record, so that two presses meet; a hearing may
    # stand on two records.
    mark, is_new = store_once(
        SignificantEvent(
            id=uuid5(row, f"{kind} {parent.pk}"),
            parent=parent,
            kind=kind,
            row=row,
            part=place.part,
            programme_id=place.programme_id,
            pregnancy_id=place.pregnancy_id,
            marked_by=by,
        )
    )
    if is_new:
        events.record("chronology.event_marked", subject=mark, parent=parent, by=by)
    return mark


@transaction.atomic
def say_why(
    *, mark: SignificantEvent, why: str, seen_version: int, by: User, reason: str = ""
) -> SignificantEvent:
    """Keeps in own words why it matters; the same words again change nothing.

    Words that stand there are changed with a ``reason``, the first ones are not.
    """
    if mark.why == why:
        return mark
    earlier, mark.why = mark.why, why
    stored = save_changes(mark, seen_version=seen_version, reason=reason if earlier else None)
    events.record("chronology.reason_changed", subject=stored, parent=stored.parent, by=by)
    return stored


@transaction.atomic
def take_back(*, mark: SignificantEvent, by: User) -> None:
    """The event is no longer marked; that it was stays in the history."""
    parent, subject = mark.parent, SignificantEvent(id=mark.pk)
    deleted, _ = mark.delete()
    if not deleted:
        raise PermissionDenied("This part of the record is not yours to change.")
    events.record("chronology.mark_taken_back", subject=subject, parent=parent, by=by)


@transaction.atomic
def add_entry(
    *,
    key: UUID,
    parent: Parent,
    programme: Programme,
    happened_on: date,
    what: str,
    source: str,
    by: User,
    known_on: date | None = None,
) -> ChronologyEntry:
    """Adds an event that nothing else in the record holds, once however often it is sent."""
    _refuse_future(happened_on, known_on)
    entry, is_new = store_once(
        ChronologyEntry(
            id=key,
            parent=parent,
            programme=programme,
            happened_on=happened_on,
            known_on=known_on,
            what=what,
            source=source,
            written_by=by,
        )
    )
    if is_new:
        events.record("chronology.entry_added", subject=entry, parent=parent, by=by)
    return entry


@transaction.atomic
def correct_entry(
    *,
    entry: ChronologyEntry,
    happened_on: date,
    what: str,
    source: str,
    seen_version: int,
    by: User,
    known_on: date | None = None,
    reason: str = "",
) -> ChronologyEntry:
    """Puts an entry right; what it said before and the reason stay in its history."""
    _refuse_future(happened_on, known_on)
    words = (happened_on, known_on, what, source)
    if words == (entry.happened_on, entry.known_on, entry.what, entry.source):
        return entry
    entry.happened_on, entry.known_on, entry.what, entry.source = words
    stored = save_changes(entry, seen_version=seen_version, reason=reason)
    events.record("chronology.entry_corrected", subject=stored, parent=stored.parent, by=by)
    return stored


def _refuse_future(happened_on: date, known_on: date | None) -> None:
    if happened_on > today():
        raise RuleBroken("The day cannot be in the future.", field="happened_on")
    if known_on and known_on > today():
        raise RuleBroken("The day cannot be in the future.", field="known_on")
