"""Adding a document, putting right what is said of it, taking out one added by mistake."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from programme.access.actors import FILE_KEEPER
from programme.access.forgetting import forget_words_of_document
from programme.access.models import User
from programme.access.scope import acting_as
from programme.access.writing import save_changes, store_once
from programme.audit import events
from programme.contacts.reads import Place
from programme.core.choices import DocumentKind
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.documents import keeping
from programme.documents.gate import Admitted, Refused, admit
from programme.documents.models import KEPT_AFTER_REMOVAL, Document
from programme.people.models import Parent

# From so many names on, the whole list is asked for instead.
MANY = 500

events.declare(
    documents__document_added="added a document",
    documents__document_corrected="corrected what is said about a document",
    documents__document_removed="took out a document added by mistake",
    documents__document_put_back="put a document back",
)


@dataclass(frozen=True)
class Facts:
    """What is said about a document; the attachments of an e-mail share it."""

    kind: str
    title: str
    dated_on: date | None = None
    received_on: date | None = None
    from_whom: str = ""


FACTS = tuple(one.name for one in fields(Facts))


@dataclass(frozen=True)
class Added:
    """A document as stored, and what whoever added it should know about how it was kept."""

    document: Document
    told: tuple[str, ...] = ()


@transaction.atomic
def add_document(
    *, key: UUID, parent: Parent, place: Place, facts: Facts, content: bytes, name: str, by: User
) -> Added:
    """Keeps a file and, of an e-mail, each attachment; all or nothing, once for one key.

    ``name`` is what the sender called the file; the wall says who may add which kind. Raises
    ``RuleBroken`` at "file", with what to do instead, when it is not one that can be kept.
    """
    _refuse_unknown_day(facts)
    mark = salted_hmac("programme.documents", content, algorithm="sha256").hexdigest()
    earlier = Document.objects.filter(pk=key).first()
    if earlier is not None:
        return Added(_unless_another(earlier, facts, mark))
    try:
        admitted = admit(content, name)
    except Refused as refused:
        raise RuleBroken(refused.words, field="file") from None
    document, is_new = _keep(key, parent, place, facts, admitted, by, mark=mark)
    if not is_new:
        return Added(_unless_another(document, facts, mark))
    return Added(document, tuple(admitted.all_told))


@transaction.atomic
def correct_document(
    *, document: Document, facts: Facts, seen_version: int, by: User, reason: str = ""
) -> Document:
    """Puts right what is said about a document; what it said before stays in its history.

    One's own is free to change for 15 minutes, any other change needs a reason (``save_changes``).
    What becomes a court paper takes its attachments behind that wall. None comes out by itself:
    whoever corrects that looks at each.
    """
    _refuse_unknown_day(facts)
    if facts == said_of(document):
        return document
    if _is_held_by_court(document) and facts.kind != DocumentKind.COURT_PAPER:
        raise RuleBroken("What came with a court paper is a court paper too.", field="kind")
    for name in FACTS:
        setattr(document, name, getattr(facts, name))
    save_changes(document, seen_version=seen_version, reason=reason)
    if facts.kind == DocumentKind.COURT_PAPER:
        for one in _with_attachments(document):
            if one.kind != DocumentKind.COURT_PAPER:
                one.kind = DocumentKind.COURT_PAPER
                save_changes(one, seen_version=one.version, reason=reason)
    events.record("documents.document_corrected", subject=document, parent=document.parent, by=by)
    return document


def said_of(document: Document) -> Facts:
    """What is said about a document now."""
    return Facts(**{name: getattr(document, name) for name in FACTS})


@transaction.atomic
def remove_document(*, document: Document, why: str, by: User) -> Document:
    """Takes out a document added by mistake, with its attachments, for 30 days; then it ends."""
    moment = timezone.now()
    there = [one for one in _with_attachments(document) if one.removed_at is None]
    for one in there:
        one.removed_at, one.removed_by, one.removed_why = moment, by, why
        one.save()
    if there:
        events.record("documents.document_removed", subject=document, parent=document.parent, by=by)
    return document


@transaction.atomic
def put_back_document(*, document: Document, by: User) -> Document:
    """Puts a document back with the attachments that were taken out with it."""
    moment = document.removed_at
    if moment is None:
        return document
    if moment <= timezone.now() - KEPT_AFTER_REMOVAL:
        raise RuleBroken("This was taken out over 30 days ago, so it cannot be put back any more.")
    if document.attached_to is not None and document.attached_to.removed_at is not None:
        raise RuleBroken("Put the email back first.")
    for one in _with_attachments(document):
        if one.removed_at == moment:
            one.removed_at, one.removed_by, one.removed_why = None, None, ""
            one.save()
    events.record("documents.document_put_back", subject=document, parent=document.parent, by=by)
    return document


def remove_files_without_rows(names: Iterable[str]) -> None:
    """Takes away those of the files that no row names (one query)."""
    for name in files_without_rows(names):
        keeping.remove(name)


def files_without_rows(names: Iterable[str]) -> list[str]:
    """Those of the files that no row names (one query)."""
    listed = list(names)
    with acting_as(FILE_KEEPER):
        found = Document.objects.values_list("file_name", flat=True)
        known = set(found.filter(file_name__in=listed) if len(listed) < MANY else found)
    return [name for name in listed if name not in known]


def rows_without_files() -> int:
    """How many documents lack their file, as after a backup without the folder."""
    there = set(keeping.names())
    with acting_as(FILE_KEEPER):
        named = Document.objects.values_list("file_name", flat=True)
        return sum(name not in there for name in named)


@transaction.atomic
def end_removed_documents() -> int:
    """Deletes rows and files of what was taken out over 30 days ago; says how many.

    What they were called and whom they came from goes too: often that names somebody else. The
    history keeps that there was a document, and who did what with it when.
    """
    with acting_as(FILE_KEEPER):
        over = Document.objects.filter(removed_at__lt=timezone.now() - KEPT_AFTER_REMOVAL)
        # What is attached goes before what it is attached to.
        rows = sorted(over, key=lambda one: len(_ancestors(one)), reverse=True)
        for one in rows:
            key = one.pk
            one.delete()
            forget_words_of_document(key)
    return len(rows)


def _keep(
    key: UUID,
    parent: Parent,
    place: Place,
    facts: Facts,
    admitted: Admitted,
    by: User,
    *,
    mark: str = "",
    attached_to: Document | None = None,
) -> tuple[Document, bool]:
    """The file first, then its row: a row never lacks its file."""
    document, is_new = store_once(
        Document(
            id=key,
            parent=parent,
            programme=place.programme,
            episode=place.episode,
            attached_to=attached_to,
            kind=facts.kind,
            title=facts.title,
            dated_on=facts.dated_on,
            received_on=facts.received_on,
            from_whom=facts.from_whom,
            file_type=admitted.file_type,
            file_name=keeping.write(admitted.content),
            size=len(admitted.content),
            sent_mark=mark,
            added_by=by,
        )
    )
    if not is_new:
        return document, False
    for number, one in enumerate(admitted.attachments):
        own = _facts_of_attachment(facts, one)
        inner_key = uuid5(key, str(number))
        _keep(inner_key, parent, place, own, one, by, attached_to=document)
    events.record("documents.document_added", subject=document, parent=parent, by=by)
    return document, True


def _facts_of_attachment(facts: Facts, attachment: Admitted) -> Facts:
    """An attachment stays behind the wall of its e-mail: a court paper's is a court paper."""
    kind = facts.kind
    if kind == DocumentKind.EMAIL and not attachment.attachments:
        kind = DocumentKind.PHOTO if attachment.file_type.is_picture else DocumentKind.OTHER
    title = attachment.name or "Attachment"
    return Facts(kind, title, facts.dated_on, facts.received_on, facts.from_whom)


def _unless_another(earlier: Document, facts: Facts, mark: str) -> Document:
    """The document stored under this key, when it is what was sent now."""
    if earlier.sent_mark == mark and facts == said_of(earlier):
        return earlier
    raise RuleBroken(
        f"You saved “{earlier.title}” from this page already. "
        "Choose the file again and save to add this one too.",
        field="key",
    )


def _is_held_by_court(document: Document) -> bool:
    above = document.attached_to
    return above is not None and above.kind == DocumentKind.COURT_PAPER


def _refuse_unknown_day(facts: Facts) -> None:
    if facts.received_on and facts.received_on > today():
        raise RuleBroken("The day it came cannot be in the future.", field="received_on")


def _with_attachments(document: Document) -> list[Document]:
    """The document and everything below it, locked."""
    found = [Document.objects.select_for_update(of=("self",)).get(pk=document.pk)]
    for one in found:
        found += Document.objects.select_for_update(of=("self",)).filter(attached_to=one)
    return found


def _ancestors(document: Document) -> list[Document]:
    above: list[Document] = []
    while document.attached_to is not None:
        document = document.attached_to
        above.append(document)
    return above
