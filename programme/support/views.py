"""Goals in the parent's words and help: shown, agreed, offered, and what became of them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.writing import is_free_to_change, own_key
from programme.drafts.keeping import keeps_draft
from programme.episodes.models import Episode
from programme.episodes.pages import write_page
from programme.episodes.reads import open_work
from programme.people.models import Parent
from programme.people.reads import name_of
from programme.support import actions, reads
from programme.support.forms import (
    AgreeGoalForm,
    ChangeGoalForm,
    ChangeHelpForm,
    OfferHelpForm,
)
from programme.support.models import Goal, Support

BACK = ("support:show_plan", "Goals and help")


@require_GET
def show_plan(request: Request, parent_id: UUID) -> HttpResponse:
    """Every goal of the parent's work, and the help that was offered."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    written = request.rights.written[Part.NOTES]
    context = {
        "parent": parent,
        "name": name_of(parent),
        "plan": reads.plan_of(parent, written),
        "may_add": bool(open_work(parent, written)),
    }
    return render(request, "programme/support/show_plan.html", context)


@keeps_draft("A goal")
@require_http_methods(["GET", "POST"])
def agree_goal(request: Request, parent_id: UUID) -> HttpResponse:
    """A goal was agreed."""
    parent, work = _parent_and_work(request, parent_id)
    form = AgreeGoalForm(posted(request), work=work)

    def save() -> None:
        actions.agree_goal(key=_key(request, parent, form), by=request.user, **form.for_action())

    return write_page(
        request, parent, form, save, heading="Agree a goal", button="Save goal", back=BACK
    )


@keeps_draft("A goal")
@require_http_methods(["GET", "POST"])
def change_goal(request: Request, parent_id: UUID, goal_id: UUID) -> HttpResponse:
    """A goal goes on, was reached, or is put in other words."""
    goal = _own(request, Goal, parent_id, goal_id)
    parent = goal.episode.parent
    form = ChangeGoalForm(posted(request), goal=goal, needs_reason=_needs_reason(request, goal))

    def save() -> None:
        key = _key(request, parent, form)
        actions.change_goal(goal=goal, key=key, **_changed(request, form))

    return write_page(request, parent, form, save, heading="A goal", button="Save", back=BACK)


@require_http_methods(["GET", "POST"])
def offer_help(request: Request, parent_id: UUID) -> HttpResponse:
    """Help was offered."""
    parent, work = _parent_and_work(request, parent_id)
    form = OfferHelpForm(posted(request), work=work)

    def save() -> None:
        actions.offer_help(key=_key(request, parent, form), by=request.user, **form.for_action())

    return write_page(
        request,
        parent,
        form,
        save,
        heading="Record help that was offered",
        button="Save help",
        back=BACK,
    )


@require_http_methods(["GET", "POST"])
def change_help(request: Request, parent_id: UUID, help_id: UUID) -> HttpResponse:
    """What became of help that was offered."""
    support = _own(request, Support, parent_id, help_id)
    form = ChangeHelpForm(
        posted(request), support=support, needs_reason=_needs_reason(request, support)
    )

    def save() -> None:
        actions.change_help(support=support, **_changed(request, form))

    return write_page(
        request,
        support.episode.parent,
        form,
        save,
        heading="Help that was offered",
        button="Save",
        back=BACK,
    )


def _parent_and_work(request: Request, parent_id: UUID) -> tuple[Parent, list[Episode]]:
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    work = open_work(parent, request.rights.written[Part.NOTES])
    if not work:
        raise PermissionDenied
    return parent, work


def _own(request: Request, model: Any, parent_id: UUID, key: UUID) -> Any:
    rows = model.objects.select_related("episode__parent", "episode__programme")
    row = get_object_or_404(rows, pk=key, episode__parent=parent_id)
    if not reads.may_change(row, request.rights.written[Part.NOTES]):
        raise PermissionDenied
    return row


def _key(request: Request, parent: Parent, form: Any) -> UUID:
    return own_key(form.cleaned_data["key"], parent.pk, request.user.pk)


def _needs_reason(request: Request, row: Goal | Support) -> bool:
    return not is_free_to_change(row, request.user.pk)


def _changed(request: Request, form: ChangeGoalForm | ChangeHelpForm) -> dict[str, Any]:
    seen = {"seen_version": form.cleaned_data["version"] or 0, "reason": form.reason_given}
    return {"by": request.user, **seen, **form.for_action()}
