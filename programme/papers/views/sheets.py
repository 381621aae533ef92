"""The list of papers; a summary for a meeting; the parent's own copy."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from programme.access.parts import Part
from programme.access.requests import Request
from programme.core.dates import now_local
from programme.letters.reads import letters_of
from programme.papers.as_pdf import as_pdf
from programme.papers.forms import OwnCopyForm, SummaryForm
from programme.papers.models import Chronology, Recipient
from programme.papers.reads import own_copy, summary
from programme.papers.reads.standing import stand_of
from programme.papers.sheets import Sheet
from programme.papers.views.files import PDF, file
from programme.people.models import Parent
from programme.people.reads import name_of

ON_A_PAGE = 20


@require_GET
def choose_paper(request: Request, parent_id: UUID) -> HttpResponse:
    """Which papers can be made, and which were."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    made = Chronology.objects.filter(parent=parent).select_related("made_by", "checked_by")
    made = made.order_by("-stored_at")
    context = {
        "parent": parent,
        "name": name_of(parent),
        "letters": _page(request, letters_of(parent.pk), "letters"),
        "chronologies": _page(request, made, "chronologies"),
        "may_write": request.parts.get(Part.NOTES, False),
    }
    return render(request, "programme/papers/choose_paper.html", context)


def _page(request: Request, rows: QuerySet[Any], name: str) -> Page[Any]:
    """So many of a list; each list of the page has its own number in the address."""
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get(name))


@require_GET
def show_summary(request: Request, parent_id: UUID) -> HttpResponse:
    """The summary as a page to print."""
    return _shown(request, "summary", _summary(request, parent_id))


@require_GET
def download_summary(request: Request, parent_id: UUID) -> HttpResponse:
    """The summary as a PDF."""
    return _taken(request, "summary", _summary(request, parent_id))


@require_GET
def show_own_copy(request: Request, parent_id: UUID) -> HttpResponse:
    """The parent's own copy as a page to print."""
    return _shown(request, "own_copy", _own_copy(request, parent_id))


@require_GET
def download_own_copy(request: Request, parent_id: UUID) -> HttpResponse:
    """The parent's own copy as a PDF."""
    return _taken(request, "own_copy", _own_copy(request, parent_id))


# No sheet while the form has something to put right: what was meant to stay out is not known.
Made = tuple[Parent, SummaryForm | OwnCopyForm, Sheet | None]


def _shown(request: Request, paper: str, made: Made) -> HttpResponse:
    parent, form, sheet = made
    context = {"parent": parent, "form": form, "sheet": sheet}
    return render(request, f"programme/papers/show_{paper}.html", context)


def _taken(request: Request, paper: str, made: Made) -> HttpResponse:
    parent, _form, sheet = made
    if sheet is None:
        return _shown(request, paper, made)
    return file(as_pdf(sheet), PDF, f"{parent.reference}-{paper.replace('_', '-')}.pdf")


def _summary(request: Request, parent_id: UUID) -> Made:
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    stand = stand_of(parent, request.parts)
    form = SummaryForm(_typed(request))
    form.offer(summary.offered(stand))
    answers = form.answers()
    if answers is None:
        return parent, form, None
    sheet = summary.summary(
        parent,
        stand.put_in(answers["include"]),
        sections=answers["section"],
        for_whom=str(Recipient(answers["for_whom"]).label),
        made_by=request.user.name,
        made_at=now_local(),
    )
    return parent, form, sheet


def _own_copy(request: Request, parent_id: UUID) -> Made:
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    stand = stand_of(parent, request.parts)
    permissions = own_copy.permissions_of(parent, request.parts)
    form = OwnCopyForm(_typed(request))
    form.offer(own_copy.offered(stand, permissions))
    answers = form.answers()
    if answers is None:
        return parent, form, None
    sheet = own_copy.own_copy(
        stand.put_in(answers["include"]),
        permissions,
        with_numbers=answers["with_numbers"],
        made_by=request.user.name,
        made_at=now_local(),
    )
    return parent, form, sheet


def _typed(request: Request) -> QueryDict | None:
    """What was chosen; a page opened plainly shows what is usual."""
    return request.GET if request.GET.get("chosen") else None
