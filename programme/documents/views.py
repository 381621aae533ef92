"""The documents of a record: list, add, look, download, correct, take out, put back."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.access.holdings import written_in
from programme.access.parts import Part
from programme.access.policy import POLICY
from programme.access.requests import Request, posted
from programme.access.writing import ChangedMeanwhile, is_free_to_change, own_key
from programme.contacts.reads import places_of
from programme.core.errors import RuleBroken
from programme.documents import actions, keeping, reads
from programme.documents.forms import CorrectDocumentForm, DocumentForm, RemovalForm
from programme.documents.gate import FileType
from programme.documents.models import Document
from programme.people.models import Parent
from programme.people.reads import name_of

ON_A_PAGE = 50
# Nothing in a download may run, load or be shown inside a page, wherever it is opened.
INERT = (
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)


@require_GET
def list_documents(request: Request, parent_id: UUID) -> HttpResponse:
    """Every document of a parent, newest first; for seniors also what was taken out."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    page = Paginator(reads.documents_of(parent), ON_A_PAGE).get_page(request.GET.get("page"))
    puts_back = bool(POLICY["documents:put_back_document"].roles & request.holdings.roles)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "page": page,
        "lines": page.object_list,
        "removed": reads.removed_of(parent) if puts_back else [],
        "may_add": _may_add(request),
    }
    return render(request, "programme/documents/list_documents.html", context)


@require_http_methods(["GET", "POST"])
def add_document(request: Request, parent_id: UUID) -> HttpResponse:
    """One file with what it is; an e-mail brings its attachments."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    is_sent = request.method == "POST"
    form = DocumentForm(
        *((request.POST, request.FILES) if is_sent else ()),
        places=places_of(parent),
        rights=written_in(parent.pk),
    )
    added = _add(request, parent, form) if form.is_valid() else None
    if added is not None:
        messages.success(request, f"Document saved, record {parent.reference}")
        for words in added.told:
            messages.warning(request, words)
        return redirect("documents:show_document", parent_id, added.document.pk)
    context = {"parent": parent, "name": name_of(parent), "form": form}
    return render(request, "programme/documents/add_document.html", context)


@require_GET
def show_document(request: Request, parent_id: UUID, document_id: UUID) -> HttpResponse:
    """What a document is, what was attached to it, and the way to a copy."""
    document = _document(parent_id, document_id)
    context = {
        "parent": document.parent,
        "name": name_of(document.parent),
        "document": document,
        "facts": reads.facts_of(document),
        "attachments": reads.attachments_of(document),
        "may_change": reads.may_change(document),
    }
    return render(request, "programme/documents/show_document.html", context)


@require_GET
def download_document(request: Request, parent_id: UUID, document_id: UUID) -> HttpResponse:
    """A copy to save, whole and at once: it is read while the request's transaction lasts."""
    document = _document(parent_id, document_id)
    try:
        content = keeping.read(document.file_name)
    except FileNotFoundError:
        messages.error(request, "The file is missing. Tell your administrator.")
        return redirect("documents:show_document", parent_id, document_id)
    response = HttpResponse(content, content_type=FileType(document.file_type).media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{document.download_name}"'
    response.headers["Content-Security-Policy"] = INERT
    return response


@require_http_methods(["GET", "POST"])
def correct_document(request: Request, parent_id: UUID, document_id: UUID) -> HttpResponse:
    """What is said about a document, put right; the file itself never changes."""
    document = _document(parent_id, document_id)
    if not reads.may_change(document):
        raise PermissionDenied
    form = CorrectDocumentForm(
        posted(request),
        document=document,
        rights=written_in(parent_id),
        needs_reason=not is_free_to_change(document, request.user.pk),
    )
    if form.is_valid() and _correct(request, copy(document), form):
        messages.success(request, "Document corrected. What it said before is kept.")
        return redirect("documents:show_document", parent_id, document_id)
    context = {
        "parent": document.parent,
        "name": name_of(document.parent),
        "document": document,
        "form": form,
    }
    return render(request, "programme/documents/correct_document.html", context)


@require_http_methods(["GET", "POST"])
def remove_document(request: Request, parent_id: UUID, document_id: UUID) -> HttpResponse:
    """A document that was added by mistake: hidden, and kept for 30 days."""
    document = _document(parent_id, document_id, removed_too=True)
    if not reads.may_change(document):
        raise PermissionDenied
    if document.removed_at:
        return redirect("documents:list_documents", parent_id)
    form = RemovalForm(posted(request))
    if form.is_valid():
        actions.remove_document(document=document, by=request.user, **form.cleaned_data)
        messages.success(request, "Document taken out. A senior can put it back for 30 days.")
        return redirect("documents:list_documents", parent_id)
    context = {
        "parent": document.parent,
        "name": name_of(document.parent),
        "document": document,
        "form": form,
    }
    return render(request, "programme/documents/remove_document.html", context)


@require_POST
def put_back_document(request: Request, parent_id: UUID, document_id: UUID) -> HttpResponse:
    """What was taken out belongs here after all."""
    document = _document(parent_id, document_id, removed_too=True)
    if not reads.may_change(document):
        raise PermissionDenied
    try:
        actions.put_back_document(document=document, by=request.user)
    except RuleBroken as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, "Document put back")
    return redirect("documents:list_documents", parent_id)


def _document(parent_id: UUID, document_id: UUID, *, removed_too: bool = False) -> Document:
    rows = Document.objects.select_related("parent", "programme", "added_by", "attached_to")
    if not removed_too:
        rows = rows.filter(removed_at=None)
    document: Document = get_object_or_404(rows, pk=document_id, parent=parent_id)
    return document


def _may_add(request: Request) -> bool:
    return any(request.parts.get(part, False) for part in (Part.NOTES, Part.COURT))


def _add(request: Request, parent: Parent, form: DocumentForm) -> actions.Added | None:
    """The document as stored; None when it is not kept, with the reason on the form."""
    typed = form.for_action()
    typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
    try:
        return actions.add_document(parent=parent, by=request.user, **typed)
    except RuleBroken as problem:
        if problem.field == "key":
            form.renew_key()
        form.add_error(problem.field if problem.field != "key" else "file", problem.message)
        return None


def _correct(request: Request, document: Document, form: CorrectDocumentForm) -> bool:
    """Stores what was typed; False with the reason on the form when it is not stored."""
    try:
        actions.correct_document(document=document, by=request.user, **form.for_action())
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    except ChangedMeanwhile as changed:
        assert isinstance(changed.current, Document)
        form.keep_mine(changed.current.version)
        form.add_error(None, reads.changed_to(changed.current))
        return False
    return True
