"""Changing the stage of an open episode; beginning, reviewing and ending a pause of it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import ChangedMeanwhile, own_key
from programme.core.errors import RuleBroken
from programme.drafts.keeping import keeps_draft
from programme.episodes import actions, reads
from programme.episodes.forms import BeginPauseForm, ChangeStageForm, ReviewPauseForm
from programme.episodes.models import Episode, Pause
from programme.people.models import Parent
from programme.people.reads import name_of
from recurrent.design.forms import Form


@require_http_methods(["GET", "POST"])
def change_stage(request: Request, parent_id: UUID) -> HttpResponse:
    """The present stage, and since when; the earlier stage keeps its days."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    found = reads.open_episodes(parent)
    typed = posted(request)
    form = ChangeStageForm(typed, open_episodes=found) if found else None
    if form and form.is_valid() and _change(request, parent, form):
        messages.success(request, f"Stage saved, record {parent.reference}")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": parent, "name": name_of(parent), "form": form}
    return render(request, "programme/episodes/change_stage.html", context)


@keeps_draft("Pause the work")
@require_http_methods(["GET", "POST"])
def begin_pause(request: Request, parent_id: UUID, episode_id: UUID) -> HttpResponse:
    """Why the work is paused, since when, and when it is looked at again."""
    open_ones = Episode.objects.filter(closed_on=None).select_related("parent", "programme")
    episode = get_object_or_404(open_ones, pk=episode_id, parent=parent_id)
    if not reads.may_change(episode):
        raise PermissionDenied
    form = BeginPauseForm(posted(request))

    def save() -> object:
        typed = dict(form.cleaned_data)
        typed["key"] = own_key(typed["key"], parent_id, request.user.pk)
        return actions.begin_pause(episode=episode, by=request.user, **typed)

    if is_saved(form, save):
        messages.success(request, f"Pause saved, record {episode.parent.reference}")
        return redirect("desk:show_parent", parent_id)
    return render(request, "programme/episodes/begin_pause.html", _of_pause(episode, form))


@keeps_draft("Review of a pause")
@require_http_methods(["GET", "POST"])
def review_pause(request: Request, parent_id: UUID, pause_id: UUID) -> HttpResponse:
    """The pause goes on until another day of review, or ends."""
    pauses = Pause.objects.select_related("episode__parent", "episode__programme")
    pause = get_object_or_404(pauses, pk=pause_id, episode__parent=parent_id)
    if not reads.may_change(pause.episode):
        raise PermissionDenied
    form = ReviewPauseForm(posted(request), pause=pause)

    def save() -> object:
        change = actions.continue_pause if form.goes_on else actions.end_pause
        return change(pause=pause, by=request.user, **form.for_action())

    if is_saved(form, save):
        said = "Pause reviewed" if form.goes_on else "Pause ended"
        messages.success(request, f"{said}, record {pause.episode.parent.reference}")
        return redirect("desk:show_parent", parent_id)
    context = _of_pause(pause.episode, form) | {"pause": pause}
    return render(request, "programme/episodes/review_pause.html", context)


def _of_pause(episode: Episode, form: Form) -> dict[str, object]:
    return {
        "parent": episode.parent,
        "name": name_of(episode.parent),
        "episode": episode,
        "form": form,
        "stopped": reads.stopped_by_a_pause(),
    }


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
