"""Contacts as lines of a parent's timeline."""

from uuid import UUID

from django.urls import reverse

from programme.contacts.models import Contact, ContactPerson
from programme.people.models import Parent
from recurrent.design.components import TimelineEntry

ONE_LINE = 120


def timeline_rows(parent: Parent) -> list[TimelineEntry]:
    """The contacts of a parent that the acting user may read, newest first (three queries).

    A contact of somebody else that this parent shared shows only what was noted about her.
    """
    mine = Contact.objects.filter(parent=parent)
    writable = set(mine.filter(Contact.wall.writable()).values_list("pk", flat=True))
    rows = [_row(one, writable) for one in mine.select_related("worker", "written_by")]
    shared = ContactPerson.objects.filter(parent=parent, contact__in=Contact.objects.all())
    rows += [
        _entry(one.contact, one.private_note)
        for one in shared.select_related("contact__worker", "contact__written_by")
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def who(contact: Contact) -> str:
    """Whose contact it was: the worker, else whoever wrote it down."""
    return str(contact.worker or contact.written_by)


def title(contact: Contact) -> str:
    """How, and what happened: "Phone call: tried, no answer"."""
    return f"{contact.get_mode_display()}: {in_a_sentence(contact.get_outcome_display())}"


def in_a_sentence(label: str) -> str:
    """A label as it stands inside a sentence: "We cancelled" becomes "we cancelled"."""
    return f"{label[:1].lower()}{label[1:]}"


def _row(contact: Contact, writable: set[UUID]) -> TimelineEntry:
    """Its title leads to where it is corrected, for those who may."""
    url = ""
    if contact.pk in writable:
        url = reverse("contacts:correct_contact", args=[contact.parent_id, contact.pk])
    return _entry(contact, contact.note, url)


def _entry(contact: Contact, note: str, url: str = "") -> TimelineEntry:
    text, more = one_line(note)
    return TimelineEntry(title(contact), contact.happened_at, who(contact), text, more, url)


def one_line(note: str) -> tuple[str, str]:
    """A note's first line, cut at a word, and the whole note when that is not all of it."""
    lines = note.strip().splitlines()
    first = lines[0] if lines else ""
    if len(first) > ONE_LINE:
        first = f"{first[:ONE_LINE].rsplit(' ', 1)[0]}…"
    return first, note if first != note.strip() else ""
