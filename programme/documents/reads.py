"""The documents of a record, as its pages show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Part
from programme.core.choices import DocumentKind
from programme.documents.gate import FileType
from programme.documents.models import KEPT_AFTER_REMOVAL, Document
from programme.people.models import Parent
from recurrent.design.components import Link, SummaryRow
from recurrent.design.words import day_and_year, moment


@dataclass(frozen=True)
class Line:
    """A document in a list: what it is, in one line beneath its title, and what hangs on it."""

    document: Document
    about: str
    attachments: tuple["Line", ...] = ()


@dataclass(frozen=True)
class RemovedLine:
    """A document that was taken out, why, and until when it can be put back."""

    document: Document
    until: datetime


def documents_of(parent: Parent) -> list[Line]:
    """The documents the acting user may read, newest first, attachments beneath (one query)."""
    below: dict[UUID | None, list[Document]] = defaultdict(list)
    rows = Document.objects.filter(parent=parent, removed_at=None)
    for one in rows.order_by("-stored_at", "-pk"):
        below[one.attached_to_id].append(one)
    return [_line(one, below) for one in below[None]]


def removed_of(parent: Parent) -> list[RemovedLine]:
    """What the acting user may put back; attachments come back with their e-mail (one query)."""
    rows = Document.objects.filter(Document.wall.writable(), parent=parent)
    rows = rows.filter(removed_at__gt=timezone.now() - KEPT_AFTER_REMOVAL)
    rows = rows.select_related("removed_by", "attached_to")
    return [
        RemovedLine(one, one.removed_at + KEPT_AFTER_REMOVAL)
        for one in rows.order_by("-removed_at")
        if one.removed_at and not (one.attached_to and one.attached_to.removed_at)
    ]


def attachments_of(document: Document) -> list[Line]:
    """What was attached to an e-mail, in its order (one query)."""
    rows = document.attachments.filter(removed_at=None).order_by("stored_at", "pk")
    return [_line(one, {}) for one in rows]


def may_change(document: Document) -> bool:
    """Whether the acting user may take this document out, not only read it."""
    return Document.objects.filter(Document.wall.writable(), pk=document.pk).exists()


def changed_to(document: Document) -> str:
    """What somebody else made of it meanwhile, for whoever is about to save over it."""
    about = ", ".join(filter(None, [document.get_kind_display(), document.from_whom]))
    return (
        "This document has changed since you opened it. "
        f"It now says: “{document.title}” ({about}). Save again to keep what you typed."
    )


def part_of(kind: str) -> Part:
    """The part of the record that a kind of document belongs to."""
    return Part.COURT if kind == DocumentKind.COURT_PAPER else Part.NOTES


def facts_of(document: Document) -> list[SummaryRow]:
    """Everything that is known about a document, as its page lists it."""
    attached_to = document.attached_to
    rows = [
        SummaryRow("What it is", document.get_kind_display()),
        SummaryRow("Dated", _day(document.dated_on)),
        SummaryRow("Came to us", _day(document.received_on)),
        SummaryRow("From", document.from_whom),
        SummaryRow("File", _file(document)),
        SummaryRow("Part of", str(document.programme)),
        SummaryRow("Added", f"{moment(document.stored_at)}, by {document.added_by}"),
    ]
    if attached_to is not None:
        url = reverse("documents:show_document", args=[document.parent_id, attached_to.pk])
        rows.insert(1, SummaryRow("Attached to", attached_to.title, [Link("Open", url, "email")]))
    return rows


def _line(document: Document, below: dict[UUID | None, list[Document]]) -> Line:
    # Attachments keep the order of their e-mail.
    attached = reversed(below.get(document.pk, ()))
    return Line(document, _about(document), tuple(_line(one, below) for one in attached))


def _about(document: Document) -> str:
    if document.attached_to_id:
        return _file(document)
    said: Iterable[str] = (
        document.get_kind_display(),
        f"from {document.from_whom}" if document.from_whom else "",
        f"dated {day_and_year(document.dated_on)}" if document.dated_on else "",
        f"added {day_and_year(document.stored_at)}",
    )
    return " · ".join(filter(None, said))


def _file(document: Document) -> str:
    return f"{FileType(document.file_type).label}, {filesizeformat(document.size)}"


def _day(day: date | None) -> str:
    return day_and_year(day) if day else ""
