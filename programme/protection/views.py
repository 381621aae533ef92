"""Restricting and denying records; opening one in an emergency, and reviewing that."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.access.policy import PROTECTORS
from programme.access.requests import Request, posted
from programme.access.writing import ChangedMeanwhile, own_key
from programme.audit.models import Sight
from programme.core.choices import ProtectionKind
from programme.core.errors import RuleBroken
from programme.people.models import Parent, Protection
from programme.people.reads import name_of
from programme.protection import actions, pace, reads
from programme.protection.forms import (
    AnswerRequestsForm,
    AskForProtectionForm,
    DenyForm,
    FindReferenceForm,
    OpenInEmergencyForm,
    RestrictForm,
    ReviewOpeningForm,
    WhyForm,
)
from programme.protection.models import EmergencyOpening
from recurrent.design.words import clock

ON_A_PAGE = 50
# What is said of an opening, by how many people were told of it.
TOLD = {
    0: "Nobody could be told: ring the duty lead and say why.",
    1: "One person is told and will ask you why.",
    2: "Two people are told and will ask you why.",
}


@require_http_methods(["GET", "POST"])
def open_in_emergency(request: Request) -> HttpResponse:
    """Opens one record for an hour; says the same of every record that stays shut."""
    form = OpenInEmergencyForm(posted(request))
    if form.is_valid() and pace.may_try(request.user.pk, form):
        opened = _open(request, form)
        if opened:
            return redirect("desk:show_parent", opened)
    context = {"form": form, "minutes": actions.MINUTES}
    return render(request, "programme/protection/open_in_emergency.html", context)


def _open(request: Request, form: OpenInEmergencyForm) -> UUID | None:
    """The parent whose record is open now; the log learns of one that stays shut, or is nobody's.

    Whoever sees the record anyway is led to it: that sight is a line of its own.
    """
    try:
        answer = actions.open_in_emergency(by=request.user, **form.for_action())
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return None
    request.parent_id = answer.parent_id
    if not answer.is_open:
        request.tried = Sight.Outcome.REFUSED
        form.add_error(None, actions.NOT_OPENED)
    elif answer.opening:
        request.tried = Sight.Outcome.BROKEN_GLASS
        until = clock(answer.opening.ends_at)
        messages.success(request, f"Open until {until}. {TOLD[answer.told_count]}")
    return answer.parent_id if answer.is_open else None


@require_GET
def list_openings(request: Request) -> HttpResponse:
    """Emergency openings that wait for review, and those of the last months."""
    page = Paginator(reads.openings(), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = reads.told_to(request.user, page.object_list)
    request.listed = [line.opening.parent_id for line in lines]
    context = {
        "page": page,
        "lines": lines,
        "share": reads.share_of_openings() if PROTECTORS & request.holdings.roles else None,
    }
    return render(request, "programme/protection/list_openings.html", context)


@require_http_methods(["GET", "POST"])
def review_opening(request: Request, parent_id: UUID, opening_id: UUID) -> HttpResponse:
    """Why a record was opened, and whether that was right; never of one's own opening."""
    found = EmergencyOpening.objects.select_related("parent", "opened_by", "reviewed_by")
    others = found.exclude(opened_by=request.user)
    opening = get_object_or_404(others, pk=opening_id, parent=parent_id)
    form = ReviewOpeningForm(posted(request), initial={"version": opening.version})
    if not opening.reviewed_by and form.is_valid() and _review(request, opening, form):
        messages.success(request, f"Review saved, record {opening.parent.reference}")
        return redirect("protection:list_openings")
    context = {"parent": opening.parent, "opening": opening, "form": form}
    return render(request, "programme/protection/review_opening.html", context)


def _review(request: Request, opening: EmergencyOpening, form: ReviewOpeningForm) -> bool:
    typed = form.cleaned_data
    try:
        actions.review_opening(
            opening=opening,
            finding=typed["finding"],
            note=typed["note"],
            seen_version=typed["version"],
            by=request.user,
        )
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile:
        form.add_error(None, "Someone else has reviewed this meanwhile.")
    else:
        return True
    opening.refresh_from_db()
    return False


@require_http_methods(["GET", "POST"])
def ask_for_protection(request: Request, parent_id: UUID) -> HttpResponse:
    """Asks that only named people see a record, or that somebody does not."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = AskForProtectionForm(posted(request))
    if form.is_valid():
        typed = form.for_action()
        typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
        actions.ask_for_protection(parent=parent, by=request.user, **typed)
        messages.success(request, "The protection officer has been asked")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": parent, "name": name_of(parent), "form": form}
    return render(request, "programme/protection/ask_for_protection.html", context)


@require_http_methods(["GET", "POST"])
def list_protected(request: Request) -> HttpResponse:
    """Protected records by reference, requests that wait, and a way to any record."""
    form = FindReferenceForm(posted(request))
    if form.is_valid():
        found = Parent.objects.filter(reference=form.cleaned_data["reference"]).first()
        if found:
            return redirect("protection:show_protection", found.pk)
        form.add_error("reference", "No record has this reference.")
    page = Paginator(reads.protected_parents(), ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = Paginator(reads.requests_waiting(), ON_A_PAGE).get_page(request.GET.get("asked"))
    lines = reads.protected_records(page.object_list)
    asked = [one.parent_id for one in waiting.object_list]
    request.listed = [line.parent.pk for line in lines] + asked
    context = {"form": form, "page": page, "lines": lines, "requests": waiting}
    return render(request, "programme/protection/list_protected.html", context)


@require_GET
def show_protection(request: Request, parent_id: UUID) -> HttpResponse:
    """Who alone may see a record, and who may not."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    protections = reads.protections_of(parent)
    restricted = [
        one.protection for one in protections if one.protection.kind == ProtectionKind.RESTRICTED
    ]
    context = {
        "parent": parent,
        "protections": protections,
        "restriction": restricted[0] if restricted else None,
        "requests": reads.requests_waiting(parent),
    }
    return render(request, "programme/protection/show_protection.html", context)


@require_http_methods(["GET", "POST"])
def restrict_record(request: Request, parent_id: UUID) -> HttpResponse:
    """Names the only people who may see a record."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = RestrictForm(posted(request), parent=parent)
    if form.is_valid():
        actions.restrict_record(parent=parent, by=request.user, **form.cleaned_data)
        messages.success(request, f"Only the people named see record {parent.reference} now")
        return redirect("protection:show_protection", parent_id)
    context = {"parent": parent, "form": form}
    return render(request, "programme/protection/restrict_record.html", context)


@require_http_methods(["GET", "POST"])
def deny_person(request: Request, parent_id: UUID) -> HttpResponse:
    """Names somebody who may not see a record."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = DenyForm(posted(request), parent=parent)
    if form.is_valid():
        actions.deny_person(parent=parent, by=request.user, **form.cleaned_data)
        messages.success(request, f"{form.cleaned_data['user']} no longer sees this record")
        return redirect("protection:show_protection", parent_id)
    context = {"parent": parent, "form": form}
    return render(request, "programme/protection/deny_person.html", context)


@require_POST
def keep_protection(request: Request, parent_id: UUID) -> HttpResponse:
    """Looked at again after 90 days: it holds on."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    actions.keep_protection(parent=parent, by=request.user)
    messages.success(request, f"Reviewed, record {parent.reference}")
    return redirect("protection:show_protection", parent_id)


@require_http_methods(["GET", "POST"])
def lift_protection(request: Request, parent_id: UUID, protection_id: UUID) -> HttpResponse:
    """Takes the restriction away, or lets one person see the record again: says why."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    rows = Protection.objects.select_related("parent", "user", "worker")
    protection = rows.filter(parent=parent, pk=protection_id).first()
    if protection is None:
        messages.error(request, "This has been lifted already.")
        return redirect("protection:show_protection", parent_id)
    form = WhyForm(posted(request))
    if form.is_valid():
        actions.lift_protection(protection=protection, by=request.user, **form.cleaned_data)
        messages.success(request, f"Lifted, record {parent.reference}")
        return redirect("protection:show_protection", parent_id)
    context = {"parent": parent, "protection": protection, "form": form}
    return render(request, "programme/protection/lift_protection.html", context)


@require_http_methods(["GET", "POST"])
def answer_requests(request: Request, parent_id: UUID) -> HttpResponse:
    """Answers requests for protection without changing anything."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = AnswerRequestsForm(posted(request), parent=parent)
    if form.is_valid():
        actions.answer_requests(parent=parent, by=request.user, **form.cleaned_data)
        messages.success(request, f"Answered, record {parent.reference}")
        return redirect("protection:show_protection", parent_id)
    context = {"parent": parent, "requests": reads.requests_waiting(parent), "form": form}
    return render(request, "programme/protection/answer_requests.html", context)
