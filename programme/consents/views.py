"""The ledger of permissions, and recording a decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.writing import own_key
from programme.consents import actions, reads
from programme.consents.forms import DecisionForm
from programme.core.errors import RuleBroken
from programme.people.models import Parent
from programme.people.reads import name_of


@require_GET
def show_consents(request: Request, parent_id: UUID) -> HttpResponse:
    """What is in force first, then every decision that ever was."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "ledger": reads.ledger_of(parent),
        "may_record": request.parts.get(Part.CORE, False),
    }
    return render(request, "programme/consents/show_consents.html", context)


@require_http_methods(["GET", "POST"])
def record_decision(request: Request, parent_id: UUID) -> HttpResponse:
    """A decision: given, refused or taken back. It adds a row and changes none."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    typed = posted(request)
    form = DecisionForm(typed, initial={"explained_by": request.user.name})
    if form.is_valid() and _record(request, parent, form):
        messages.success(request, f"Decision saved, record {parent.reference}")
        return redirect("consents:show_consents", parent_id)
    context = {"parent": parent, "name": name_of(parent), "form": form}
    return render(request, "programme/consents/record_decision.html", context)


def _record(request: Request, parent: Parent, form: DecisionForm) -> bool:
    typed = form.for_action()
    typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
    try:
        actions.record_decision(parent=parent, by=request.user, **typed)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    return True
