"""Changing the stage of an open episode."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from programme.access.requests import Request
from programme.core.errors import RuleBroken
from programme.episodes import actions, reads
from programme.episodes.forms import ChangeStageForm
from programme.people.models import Parent
from programme.people.reads import name_of


@require_http_methods(["GET", "POST"])
def change_stage(request: Request, parent_id: UUID) -> HttpResponse:
    """The stage she is in now, and since when; the earlier stage keeps its days."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    found = reads.open_episodes(parent)
    typed = request.POST if request.method == "POST" else None
    form = ChangeStageForm(typed, open_episodes=found) if found else None
    if form and form.is_valid():
        try:
            actions.change_stage(by=request.user, **form.for_action())
        except RuleBroken as problem:
            form.add_error(problem.field, problem.message)
        else:
            messages.success(request, f"Stage saved, record {parent.reference}")
            return redirect("desk:show_parent", parent_id)
    context = {"parent": parent, "name": name_of(parent), "form": form, "open_episodes": found}
    return render(request, "programme/episodes/change_stage.html", context)
