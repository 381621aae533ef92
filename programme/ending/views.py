"""Ending an episode."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.drafts.keeping import keeps_draft
from programme.ending import actions
from programme.ending.forms import EndForm
from programme.ending.reads import still_due
from programme.episodes.models import Episode
from programme.episodes.reads import may_change
from programme.people.reads import name_of


@keeps_draft("End the work")
@require_http_methods(["GET", "POST"])
def end_episode(request: Request, parent_id: UUID, episode_id: UUID) -> HttpResponse:
    """What is still due, what becomes of each, when and why the work ends."""
    episodes = Episode.objects.select_related("parent", "programme")
    episode = get_object_or_404(episodes, pk=episode_id, parent=parent_id)
    if not may_change(episode):
        raise PermissionDenied
    if not episode.is_open:
        messages.info(request, f"This work has ended already, record {episode.parent.reference}")
        return redirect("desk:show_parent", parent_id)
    found = still_due(episode)
    form = EndForm(posted(request), episode=episode, found=found)

    def save() -> object:
        typed = {name: form.cleaned_data[name] for name in ("closed_on", "reason", "note")}
        return actions.end_episode(
            episode=episode,
            becomes=form.becomes(),
            seen_version=form.cleaned_data["version"],
            by=request.user,
            **typed,
        )

    if is_saved(form, save):
        messages.success(request, f"The work has ended, record {episode.parent.reference}")
        return redirect("desk:show_parent", parent_id)
    context = {
        "parent": episode.parent,
        "name": name_of(episode.parent),
        "episode": episode,
        "found": found,
        "form": form,
    }
    return render(request, "programme/ending/end_episode.html", context)
