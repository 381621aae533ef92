"""Contacts as lines of a parent's timeline."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from programme.access.actors import MERGER
from programme.access.models import User
from programme.contacts.models import Contact, ContactPerson
from programme.contacts.reads.happened import in_words
from programme.people.models import Parent
from recurrent.design.components import TimelineEntry
from recurrent.design.words import moment

ONE_LINE = 120
# By which mark a contact is named: of the parent herself, or of somebody else with her.
OWN, SHARED = "contact", "shared_contact"


def place_questions(parent: Parent) -> tuple[QuerySet[Any, Any], ...]:
    """What to ask for ``contact_places``, in its order."""
    return (
        Contact.objects.filter(parent=parent).values_list("pk", "happened_at"),
        _shared(parent).values_list("pk", "contact__happened_at"),
    )


def contact_places(
    parent: Parent, own: Iterable[tuple[UUID, datetime]], shared: Iterable[tuple[UUID, datetime]]
) -> Iterator[TimelineEntry]:
    """Where each contact stands on the timeline, without its words (``contact_entries``)."""
    for kind, places in ((OWN, own), (SHARED, shared)):
        for key, at in places:
            yield TimelineEntry("", at, mark=(kind, str(key)))


def contact_questions(
    parent: Parent, marks: Collection[tuple[str, str]]
) -> tuple[QuerySet[Any, Any], ...]:
    """What to ask for ``contact_entries``, in its order, of the contacts so named."""
    named = {kind: [key for its, key in marks if its == kind] for kind in (OWN, SHARED)}
    mine = Contact.objects.filter(parent=parent, pk__in=named[OWN])
    shared = _shared(parent).filter(pk__in=named[SHARED])
    amended = _amendments(mine)
    writers = User.objects.filter(pk__in=amended.values("history_user_id"))
    return (
        mine.select_related("worker", "written_by"),
        mine.filter(Contact.wall.writable()).values_list("pk", flat=True),
        shared.select_related("contact__worker", "contact__written_by"),
        amended.order_by("history_date").values_list(
            "id", "history_date", "history_user_id", "history_change_reason"
        ),
        writers.values_list("pk", "name"),
    )


def contact_entries(
    parent: Parent,
    contacts: Iterable[Contact],
    writable: Iterable[UUID],
    shared: Iterable[ContactPerson],
    amended: Iterable[tuple[UUID, datetime, UUID, str]],
    writers: Iterable[tuple[UUID, str]],
) -> Iterator[TimelineEntry]:
    """The contacts of a parent that the acting user may read, with their words.

    A contact of somebody else that this parent shared shows only what was noted about her.
    """
    may_change, said = set(writable), _last_said(amended, dict(writers))
    for one in contacts:
        yield _row(one, may_change, said.get(one.pk, ""))
    for person in shared:
        yield _entry(person.contact, person.private_note, mark=(SHARED, str(person.pk)))


def _shared(parent: Parent) -> QuerySet[ContactPerson]:
    """Contacts of others at which this parent was too."""
    return ContactPerson.objects.filter(parent=parent, contact__in=Contact.objects.all())


def who(contact: Contact) -> str:
    """Whose contact it was: the worker, else whoever wrote it down."""
    return str(contact.worker or contact.written_by)


def title(contact: Contact) -> str:
    """How, and what happened: "Phone call: tried, no answer"."""
    return f"{contact.get_mode_display()}: {in_words(contact)}"


def _amendments(contacts: QuerySet[Contact]) -> QuerySet[Any]:
    """The lines of history in which somebody said why a contact was changed."""
    lines: QuerySet[Any] = (
        Contact.history.filter(id__in=contacts.values("pk"), history_type="~")
        .exclude(history_change_reason=None)
        # A contact that came with the other record of the same person was not amended.
        .exclude(history_user_id=MERGER)
        .exclude(history_change_reason="")
    )
    return lines


def _last_said(
    amended: Iterable[tuple[UUID, datetime, UUID, str]], names: Mapping[UUID, str]
) -> dict[UUID, str]:
    """How each amended contact was last amended: when, by whom and why."""
    return {
        key: f"Amended on {moment(at)} by {names.get(user_id, 'someone')}, because: {why}"
        for key, at, user_id, why in amended
    }


def _row(contact: Contact, writable: set[UUID], amended: str) -> TimelineEntry:
    """Its title leads to where it is corrected, for those who may."""
    url = ""
    if contact.pk in writable:
        url = reverse("contacts:correct_contact", args=[contact.parent_id, contact.pk])
    entry = _entry(contact, contact.note, url, mark=(OWN, str(contact.pk)))
    if not amended:
        return entry
    versions_url = reverse("history:show_row", args=[contact.parent_id, "contact", contact.pk])
    return replace(entry, amended=amended, versions_url=versions_url)


def _entry(contact: Contact, note: str, url: str = "", *, mark: tuple[str, str]) -> TimelineEntry:
    text, more = one_line(note)
    at = contact.happened_at
    return TimelineEntry(title(contact), at, who(contact), text, more, url, mark=mark)


def one_line(note: str) -> tuple[str, str]:
    """A note's first line, cut at a word, and the whole note when that is not all of it."""
    lines = note.strip().splitlines()
    first = lines[0] if lines else ""
    if len(first) > ONE_LINE:
        first = f"{first[:ONE_LINE].rsplit(' ', 1)[0]}…"
    return first, note if first != note.strip() else ""
