"""Contraception, seen by the care pair within what she agreed; never a condition of anything."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.writing import own_key
from programme.contraception import actions, reads
from programme.contraception.forms import ConversationForm, InformationForm
from programme.core.errors import RuleBroken
from programme.people.models import Parent
from programme.people.reads import name_of


@require_GET
def show_conversations(request: Request, parent_id: UUID) -> HttpResponse:
    """What she told, while she agrees to its being kept; else only that information was offered."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    may_keep = Part.HEALTH in request.parts
    context = {
        "parent": parent,
        "name": name_of(parent),
        "may_keep": may_keep,
        "may_decide": request.parts.get(Part.CORE, False),
        "conversations": reads.conversations_of(parent) if may_keep else [],
        "offers": reads.offers_of(parent),
    }
    return render(request, "programme/contraception/show_conversations.html", context)


@require_http_methods(["GET", "POST"])
def record_information(request: Request, parent_id: UUID) -> HttpResponse:
    """That information was offered; says nothing about her and needs no permission."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = InformationForm(posted(request))
    if form.is_valid() and _saved(request, parent, form, actions.record_information):
        return redirect("contraception:show_conversations", parent_id)
    context = {"parent": parent, "name": name_of(parent), "form": form}
    return render(request, "programme/contraception/record_information.html", context)


@require_http_methods(["GET", "POST"])
def record_conversation(request: Request, parent_id: UUID) -> HttpResponse:
    """A conversation or choice, in her own answer."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = ConversationForm(posted(request))
    if form.is_valid() and _saved(request, parent, form, actions.record_conversation):
        return redirect("contraception:show_conversations", parent_id)
    context = {"parent": parent, "name": name_of(parent), "form": form}
    return render(request, "programme/contraception/record_conversation.html", context)


def _saved(
    request: Request, parent: Parent, form: InformationForm | ConversationForm, action: Any
) -> bool:
    """Whether the action stored it; else the reason is on the form."""
    typed = dict(form.cleaned_data)
    typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
    try:
        action(parent=parent, by=request.user, **typed)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    messages.success(request, f"Saved, record {parent.reference}")
    return True
