"""Drafts waiting, and the page that opens where there is no signal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST, require_safe

from programme.access.requests import Request
from programme.drafts import actions
from programme.drafts.models import Draft
from programme.drafts.reads import drafts_waiting
from recurrent.context import brand


@require_GET
def list_drafts(request: Request) -> HttpResponse:
    """What she began and did not save, to take up or throw away."""
    drafts = drafts_waiting(request.user)
    request.listed = [draft.parent_id for draft in drafts]
    return render(request, "programme/drafts/list_drafts.html", {"drafts": drafts})


@require_POST
def throw_away(request: Request, draft_id: UUID) -> HttpResponse:
    """Ends a draft of one's own, without its page."""
    drafts = Draft.objects.select_related("parent").filter(written_by=request.user)
    actions.end_draft(draft=get_object_or_404(drafts, pk=draft_id), by=request.user)
    messages.success(request, "Draft thrown away")
    return redirect("drafts:list_drafts")


@require_safe
def show_blank_note(request: Request) -> HttpResponse:
    """A page to write on without signal. The same for everybody: it knows nobody."""
    nonce = getattr(request, "csp_nonce", "")
    page = render_to_string("programme/drafts/blank_note.html", {**brand(), "CSP_NONCE": nonce})
    return HttpResponse(page)


@require_GET
def note_worker(request: Request) -> HttpResponse:
    """The script that keeps the blank page in a browser, and nothing else."""
    script = render_to_string("programme/drafts/note_worker.js")
    return HttpResponse(script, content_type="text/javascript")
