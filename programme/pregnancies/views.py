"""Recording a pregnancy, and every later estimate of its due date."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import own_key
from programme.core.choices import ParentRole
from programme.core.errors import RuleBroken
from programme.people.models import Parent
from programme.people.reads import name_of
from programme.pregnancies import actions, reads
from programme.pregnancies.forms import (
    AddDueDateForm,
    EndingForm,
    RecordPregnancyForm,
    TellingForm,
)
from programme.pregnancies.models import Pregnancy


@require_http_methods(["GET", "POST"])
def record_pregnancy(request: Request, parent_id: UUID) -> HttpResponse:
    """A new pregnancy with its first due date; gestation is said once it is saved."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    typed = posted(request)
    fathers = reads.possible_fathers(parent)
    is_hers = parent.parent_role != ParentRole.FATHER
    form = RecordPregnancyForm(typed, fathers=fathers) if is_hers else None
    if form and form.is_valid() and (pregnancy := _record(request, parent, form)):
        said = form.cleaned_data["estimated_due_date"]
        messages.success(request, f"Pregnancy saved. {reads.how_far(pregnancy, said)}.")
        return redirect("desk:show_parent", parent_id)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "form": form,
        "known": reads.known_pregnancies(parent),
    }
    return render(request, "programme/pregnancies/record_pregnancy.html", context)


@require_http_methods(["GET", "POST"])
def add_due_date(request: Request, parent_id: UUID, pregnancy_id: UUID) -> HttpResponse:
    """A further estimate of the due date, beside the earlier ones."""
    pregnancies = Pregnancy.objects.select_related("mother")
    pregnancy = get_object_or_404(pregnancies, pk=pregnancy_id, mother=parent_id)
    form = AddDueDateForm(posted(request))
    if form.is_valid():
        try:
            actions.add_due_date(pregnancy=pregnancy, by=request.user, **form.cleaned_data)
        except RuleBroken as problem:
            form.add_error(problem.field, problem.message)
        else:
            said = form.cleaned_data["estimated_due_date"]
            messages.success(request, f"Due date saved. {reads.how_far(pregnancy, said)}.")
            return redirect("desk:show_parent", parent_id)
    context = {
        "parent": pregnancy.mother,
        "name": name_of(pregnancy.mother),
        "estimates": reads.estimates_of(pregnancy),
        "form": form,
    }
    return render(request, "programme/pregnancies/add_due_date.html", context)


@require_http_methods(["GET", "POST"])
def decide_telling(request: Request, parent_id: UUID, pregnancy_id: UUID) -> HttpResponse:
    """Who knows, who may be told: the answer about one other parent, and every earlier one."""
    pregnancies = Pregnancy.objects.select_related("mother")
    pregnancy = get_object_or_404(pregnancies, pk=pregnancy_id, mother=parent_id)
    others = {} if reads.is_told_to_nobody(pregnancy) else reads.may_be_asked_about(pregnancy)
    form = TellingForm(posted(request), others=others)
    if others and form.is_valid() and _decide(request, pregnancy, form):
        messages.success(request, "Answer saved. The earlier answers are kept.")
        return redirect("desk:show_parent", parent_id)
    context = {
        "parent": pregnancy.mother,
        "name": name_of(pregnancy.mother),
        "form": form if others else None,
        "answers": reads.answers_about(pregnancy),
    }
    return render(request, "programme/pregnancies/decide_telling.html", context)


@require_http_methods(["GET", "POST"])
def record_ending(request: Request, parent_id: UUID, pregnancy_id: UUID) -> HttpResponse:
    """How a pregnancy ended, and when; asked once, without more words than it needs."""
    pregnancies = Pregnancy.objects.select_related("mother")
    pregnancy = get_object_or_404(pregnancies, pk=pregnancy_id, mother=parent_id)
    form = EndingForm(
        posted(request),
        pregnancy=pregnancy,
        in_care_pair=request.parts.get(Part.CARE, False),
    )
    if is_saved(form, lambda: _end(request, copy(pregnancy), form)):
        messages.success(request, f"Saved, record {pregnancy.mother.reference}")
        return redirect("desk:show_parent", parent_id)
    name = name_of(pregnancy.mother)
    context = {"parent": pregnancy.mother, "name": name, "form": form, "pregnancy": pregnancy}
    return render(request, "programme/pregnancies/record_ending.html", context)


def _end(request: Request, pregnancy: Pregnancy, form: EndingForm) -> None:
    typed = form.cleaned_data
    if form.takes_back:
        actions.take_back_ending(
            pregnancy=pregnancy,
            seen_version=typed["version"],
            reason=form.reason_given,
            by=request.user,
        )
        return
    actions.record_ending(
        pregnancy=pregnancy,
        outcome=typed["outcome"],
        ended_on=typed["ended_on"],
        seen_version=typed["version"],
        reason=form.reason_given,
        by=request.user,
    )


def _decide(request: Request, pregnancy: Pregnancy, form: TellingForm) -> bool:
    typed = form.for_action()
    typed["key"] = own_key(typed["key"], pregnancy.pk, request.user.pk)
    try:
        actions.decide_telling(pregnancy=pregnancy, by=request.user, **typed)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    return True


def _record(request: Request, parent: Parent, form: RecordPregnancyForm) -> Pregnancy | None:
    """The pregnancy as stored; None when a rule says no, with the reason on the form."""
    typed = form.for_action()
    typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
    try:
        return actions.record_pregnancy(mother=parent, by=request.user, **typed)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return None
