"""Planning a contact, and saying what became of it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from programme.access.requests import Request, posted
from programme.access.writing import own_key
from programme.contacts import actions, reads
from programme.contacts.forms import BecameForm, PlanForm
from programme.contacts.models import Contact, PlannedContact
from programme.core.choices import ContactOutcome
from programme.core.errors import RuleBroken
from programme.people.models import Parent
from programme.people.reads import how_to_reach, name_of


@require_http_methods(["GET", "POST"])
def plan_contact(request: Request, parent_id: UUID) -> HttpResponse:
    """A contact to come: day, time, how, and who else will be there."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = PlanForm(posted(request), places=reads.places_of(parent, request.rights))
    if form.is_valid() and _planned(request, parent, form):
        messages.success(request, f"Planned, record {parent.reference}")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": parent, "form": form, "reach": how_to_reach(parent)}
    return render(request, "programme/contacts/plan_contact.html", context)


@require_http_methods(["GET", "POST"])
def settle_planned_contact(request: Request, parent_id: UUID, plan_id: UUID) -> HttpResponse:
    """What became of a planned contact; of one that was kept, a note may follow."""
    plans = PlannedContact.objects.select_related("parent", "programme", "episode", "referral")
    plan = get_object_or_404(plans, pk=plan_id, parent=parent_id)
    if not reads.may_change(plan):
        raise PermissionDenied
    form = BecameForm(posted(request))
    contact = _settled(request, plan, form) if form.is_valid() else None
    if contact is None:
        line = reads.PlannedLine(plan)
        context = {"parent": plan.parent, "form": form, "line": line, "name": name_of(plan.parent)}
        return render(request, "programme/contacts/settle_planned_contact.html", context)
    messages.success(request, f"Saved, record {plan.parent.reference}: {reads.title(contact)}")
    if contact.outcome == ContactOutcome.MET:
        return redirect("contacts:correct_contact", parent_id, contact.pk)
    if request.POST.get("back") == "home":
        return redirect("desk:home")
    return redirect("desk:show_parent", parent_id)


def _planned(request: Request, parent: Parent, form: PlanForm) -> bool:
    typed = form.for_action(request.user)
    typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
    try:
        actions.plan_contact(parent=parent, by=request.user, **typed)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    return True


def _settled(request: Request, plan: PlannedContact, form: BecameForm) -> Contact | None:
    try:
        return actions.settle_planned_contact(plan=plan, by=request.user, **form.for_action())
    except RuleBroken as problem:
        form.add_error("outcome", problem.message)
        return None
