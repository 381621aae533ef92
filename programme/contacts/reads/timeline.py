"""Contacts as lines of a parent's timeline."""

from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from programme.access.actors import MERGER
from programme.access.models import User
from programme.contacts.models import Contact, ContactPerson
from programme.contacts.reads.happened import in_words
from programme.people.models import Parent
from recurrent.design.components import TimelineEntry
from recurrent.design.words import moment

ONE_LINE = 120


def timeline_rows(parent: Parent) -> list[TimelineEntry]:
    """The contacts of a parent that the acting user may read, newest first.

    Four queries, and one when any was amended. A contact of somebody else that this parent shared
    shows only what was noted about her.
    """
    mine = Contact.objects.filter(parent=parent)
    writable = set(mine.filter(Contact.wall.writable()).values_list("pk", flat=True))
    said = amendments(parent)
    rows = [
        _row(one, writable, said.get(one.pk, ""))
        for one in mine.select_related("worker", "written_by")
    ]
    shared = ContactPerson.objects.filter(parent=parent, contact__in=Contact.objects.all())
    rows += [
        _entry(one.contact, one.private_note, mark=("shared_contact", str(one.pk)))
        for one in shared.select_related("contact__worker", "contact__written_by")
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def who(contact: Contact) -> str:
    """Whose contact it was: the worker, else whoever wrote it down."""
    return str(contact.worker or contact.written_by)


def title(contact: Contact) -> str:
    """How, and what happened: "Phone call: tried, no answer"."""
    return f"{contact.get_mode_display()}: {in_words(contact)}"


def amendments(parent: Parent) -> dict[UUID, str]:
    """How each amended contact was last amended: when, by whom and why."""
    lines = list(
        Contact.history.filter(id__in=Contact.objects.filter(parent=parent).values("pk"))
        .filter(history_type="~")
        .exclude(history_change_reason=None)
        # A contact that came with the other record of the same person was not amended.
        .exclude(history_user_id=MERGER)
        .exclude(history_change_reason="")
        .order_by("history_date")
        .values_list("id", "history_date", "history_user_id", "history_change_reason")
    )
    names = dict(User.objects.filter(pk__in={line[2] for line in lines}).values_list("pk", "name"))
    return {
        key: f"Amended on {moment(at)} by {names.get(user_id, 'someone')}, because: {why}"
        for key, at, user_id, why in lines
    }


def _row(contact: Contact, writable: set[UUID], amended: str) -> TimelineEntry:
    """Its title leads to where it is corrected, for those who may."""
    url = ""
    if contact.pk in writable:
        url = reverse("contacts:correct_contact", args=[contact.parent_id, contact.pk])
    entry = _entry(contact, contact.note, url, mark=("contact", str(contact.pk)))
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
