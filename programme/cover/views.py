"""Pages of cover, for the seniors of a worker's programme."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from programme.access.parts import Role
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import own_key
from programme.cover import actions, reads
from programme.cover.forms import CoverForm
from programme.pathways.models import Worker


@require_http_methods(["GET", "POST"])
def arrange_cover(request: Request, worker_id: UUID) -> HttpResponse:
    """All that waits with a worker's parents, and who stands in with each while she is away."""
    worker = _worker(request, worker_id)
    rows = reads.to_cover(worker)
    request.listed = [row.parent_id for row in rows]
    colleagues = reads.may_stand_in(worker, request.user)
    form = None
    if rows and colleagues:
        parents = [(row.parent_id, row.name) for row in rows]
        form = CoverForm(posted(request), colleagues=colleagues, parents=parents)
        if is_saved(form, lambda: _arrange(request, worker, form)):
            messages.success(request, "Cover saved")
            return redirect("cover:arrange_cover", worker.pk)
    context = {
        "worker": worker,
        "covers": reads.covers_of(worker),
        "form": form,
        "rows": [(row, form.asks_about(row.parent_id) if form else None) for row in rows],
    }
    return render(request, "programme/cover/arrange_cover.html", context)


@require_POST
def end_cover(request: Request, worker_id: UUID, cover_id: UUID) -> HttpResponse:
    """She is back early, or stays after all."""
    worker = _worker(request, worker_id)
    if actions.end_cover(cover_id=cover_id, worker=worker, by=request.user):
        messages.success(request, "Cover ended")
    return redirect("cover:arrange_cover", worker.pk)


def _worker(request: Request, worker_id: UUID) -> Worker:
    worker = get_object_or_404(Worker.objects.select_related("programme"), pk=worker_id)
    if not request.holdings.holds(worker.programme_id, Role.SENIOR):
        raise Http404
    return worker


def _arrange(request: Request, worker: Worker, form: CoverForm) -> None:
    key = own_key(form.cleaned_data["key"], worker.pk, request.user.pk)
    actions.arrange_cover(key=key, worker=worker, by=request.user, **form.for_action())
