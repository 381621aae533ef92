"""Referring a parent again in one act; asking for an earlier record, and answering."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.writing import ChangedMeanwhile, own_key
from programme.core.errors import RuleBroken
from programme.core.forms import KeyField
from programme.people.models import Parent
from programme.people.reads import how_to_reach, name_of
from programme.pregnancies.reads import how_far
from programme.referrals.models import Referral
from programme.returning import actions, reads
from programme.returning.forms import (
    CHANGED,
    AnswerRequestForm,
    AskForRecordForm,
    ReReferForm,
)
from programme.returning.models import RecordRequest


@require_http_methods(["GET", "POST"])
def re_refer(request: Request, parent_id: UUID) -> HttpResponse:
    """One page, one button: what is kept of last time, what is new, which programme."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    key = own_key(KeyField().clean(request.POST.get("key")), parent.pk, request.user.pk)
    if earlier := Referral.objects.filter(pk=key).select_related("programme").first():
        return _referred(request, earlier)
    offer = reads.offer_for(parent)
    form = ReReferForm(posted(request), offer=offer)
    if form.is_valid() and (referral := _refer(request, parent, form, key)):
        return _referred(request, referral, form)
    reach = how_to_reach(parent) if Part.CORE in request.parts else None
    name = reach.name if reach else name_of(parent)
    context = {"parent": parent, "name": name, "reach": reach, "form": form}
    return render(request, "programme/returning/re_refer.html", context)


@require_http_methods(["GET", "POST"])
def ask_for_record(request: Request, parent_id: UUID) -> HttpResponse:
    """A request to whoever kept an earlier record; the page is the same if nobody did."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    programmes = reads.programmes_that_ask(parent, request.user)
    form = AskForRecordForm(posted(request), programmes=programmes)
    if form.is_valid():
        typed = form.for_action()
        typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
        actions.ask_for_record(parent=parent, by=request.user, **typed)
        messages.success(request, "Request sent. If there is an earlier record, its team decides")
        return redirect("desk:show_parent", parent_id)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "form": form,
        "asked": reads.requests_by(parent, request.user),
        "released": reads.released_until(parent, request.user),
    }
    return render(request, "programme/returning/ask_for_record.html", context)


@require_GET
def list_requests(request: Request) -> HttpResponse:
    """Requests of other teams for records that the reader's team keeps, oldest first."""
    lines = reads.waiting_requests(request.user)
    request.listed = [line.asked.parent_id for line in lines]
    return render(request, "programme/returning/list_requests.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def answer_request(request: Request, parent_id: UUID, request_id: UUID) -> HttpResponse:
    """Release the record for some days, or do not; never in answer to one's own request."""
    found = RecordRequest.objects.select_related("parent", "programme", "asked_by")
    asked = get_object_or_404(found.exclude(asked_by=request.user), pk=request_id, parent=parent_id)
    programmes = reads.releasing_programmes(asked)
    if not programmes:
        raise Http404
    shown = {"version": asked.version}
    form = AnswerRequestForm(posted(request), initial=shown, programmes=programmes)
    if not asked.answer and form.is_valid() and _answer(request, asked, form):
        messages.success(request, f"Answer saved, record {asked.parent.reference}")
        return redirect("returning:list_requests")
    context = {"parent": asked.parent, "name": name_of(asked.parent), "asked": asked, "form": form}
    return render(request, "programme/returning/answer_request.html", context)


def _refer(request: Request, parent: Parent, form: ReReferForm, key: UUID) -> Referral | None:
    """The referral as stored; None when a rule says no, with the reason on the form."""
    try:
        done = actions.re_refer(key=key, parent=parent, by=request.user, **form.for_action())
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile:
        form.add_error(None, CHANGED)
    else:
        return done.referral
    return None


def _referred(
    request: Request, referral: Referral, form: ReReferForm | None = None
) -> HttpResponse:
    """Back to the record, saying what came of it and how far on a pregnancy is."""
    said = f"Referred again to {referral.programme}"
    if referral.pregnancy:
        due_on = form.cleaned_data.get("estimated_due_date") if form else None
        said += f". {how_far(referral.pregnancy, due_on)}"
    messages.success(request, f"{said}.")
    return redirect("desk:show_parent", referral.parent_id)


def _answer(request: Request, asked: RecordRequest, form: AnswerRequestForm) -> bool:
    try:
        actions.answer_request(**form.for_action(asked, request.user))
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile:
        form.add_error(None, "Someone else has answered this meanwhile.")
    else:
        return True
    asked.refresh_from_db()
    return False
