"""Changing the stage of an open episode."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from programme.access.requests import Request
from programme.access.writing import ChangedMeanwhile
from programme.core.errors import RuleBroken
from programme.episodes import actions, reads
from programme.episodes.forms import ChangeStageForm
from programme.people.models import Parent
from programme.people.reads import name_of


@require_http_methods(["GET", "POST"])
def change_stage(request: Request, parent_id: UUID) -> HttpResponse:
    """The present stage, and since when; the earlier stage keeps its days."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    found = reads.open_episodes(parent)
    typed = request.POST if request.method == "POST" else None
    form = ChangeStageForm(typed, open_episodes=found) if found else None
    if form and form.is_valid() and _change(request, parent, form):
        messages.success(request, f"Stage saved, record {parent.reference}")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": parent, "name": name_of(parent), "form": form}
    return render(request, "programme/episodes/change_stage.html", context)


def _change(request: Request, parent: Parent, form: ChangeStageForm) -> bool:
    """Whether it is stored; else the reason is on the form."""
    try:
        actions.change_stage(by=request.user, **form.for_action())
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile:
        _show_what_was_faster(parent, form)
    else:
        return True
    return False


def _show_what_was_faster(parent: Parent, form: ChangeStageForm) -> None:
    """The page goes back with the stage as it stands; one more press saves what was chosen."""
    form.have_now_seen(reads.open_episodes(parent))
    present = form.chosen.present
    form.add_error(
        None,
        f"The stage has changed since you opened this page. {form.chosen.words},"
        f" saved by {reads.changed_by(present)}."
        " What you chose is still below. Save again to change the stage to it.",
    )
