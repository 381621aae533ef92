"""Strengths and worries: two lists, kept apart, the same for every parent."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.core.choices import NoticedKind
from programme.drafts.keeping import keeps_draft
from programme.families import actions
from programme.families.forms.family import NoticedForm
from programme.families.models import Noticed
from programme.families.reads import offers
from programme.families.views.page import form_page, key_of
from programme.people.models import Parent
from programme.people.reads import name_of


@require_GET
def show_strengths(request: Request, parent_id: UUID) -> HttpResponse:
    """Both lists: what is so first, then what was."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "strengths": offers.noticed(parent, NoticedKind.STRENGTH),
        "worries": offers.noticed(parent, NoticedKind.WORRY),
        "may_change": request.parts.get(Part.NOTES, False),
    }
    return render(request, "programme/families/show_strengths.html", context)


@keeps_draft("A strength or a worry")
@require_http_methods(["GET", "POST"])
def add_strength_or_worry(request: Request, parent_id: UUID) -> HttpResponse:
    """One line of one of the lists."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    episodes = offers.own_episodes(parent)
    form = NoticedForm(posted(request), episodes=episodes)

    def save() -> None:
        typed = {**form.for_action(), "key": key_of(request, parent, form)}
        actions.notice(by=request.user, **typed)

    if episodes and is_saved(form, save):
        return _back(request, parent, "Saved")
    return form_page(request, "add_strength_or_worry", parent, form if episodes else None)


@require_POST
def end_strength_or_worry(request: Request, parent_id: UUID, noticed_id: UUID) -> HttpResponse:
    """It is no longer so; it stays on the record."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    row = get_object_or_404(Noticed.objects, pk=noticed_id, episode__parent=parent_id)
    if not offers.may_change(row):
        raise PermissionDenied
    actions.no_longer_so(row=row, parent=parent, by=request.user)
    return _back(request, parent, "Saved as no longer so")


def _back(request: Request, parent: Parent, said: str) -> HttpResponse:
    messages.success(request, f"{said}, record {parent.reference}")
    return redirect("families:show_strengths", parent.pk)
