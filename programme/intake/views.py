"""Taking in a new referral, and deciding one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from programme.access.requests import Request, posted
from programme.access.writing import ChangedMeanwhile, own_key
from programme.core.errors import RuleBroken
from programme.intake import actions, reads
from programme.intake.forms import DecideForm, ReceiveForm, SamePersonForm
from programme.people.models import Parent
from programme.people.reads import name_of
from programme.referrals.models import Referral


@require_http_methods(["GET", "POST"])
def receive_referral(request: Request) -> HttpResponse:
    """The few things known; who may be meant, beside what was typed, before anything is stored."""
    typed = posted(request)
    form = ReceiveForm(typed, programmes=reads.own_programmes(request.holdings))
    same, found = None, []
    if typed is not None and form.is_valid():
        key = own_key(form.cleaned_data["key"], form.chosen_programme.pk, request.user.pk)
        if earlier := Referral.objects.filter(pk=key).select_related("parent").first():
            return _received(request, earlier)
        found = reads.may_be_meant(form.told().known)
        alike = [one.alike for one in found]
        request.listed = [one.parent_id for one in alike]
        same = SamePersonForm(typed, alike, reads.open_with(alike, form.chosen_programme))
        if not found or same.is_valid():
            taken = _take_in(request, key, form, same if found else None)
            if taken:
                return _received(request, taken.referral)
    context = {"form": form, "same": same, "found": found, "forms": [form, same] if same else []}
    return render(request, "programme/intake/receive_referral.html", context)


def _take_in(
    request: Request, key: UUID, form: ReceiveForm, same: SamePersonForm | None
) -> actions.TakenIn | None:
    """The referral as stored; None when a rule says no, with the reason on the form."""
    chosen = same.chosen if same else None
    try:
        if same is None or chosen is None:
            others = Parent.objects.filter(pk__in=same.found if same else [])
            return actions.receive_new(
                key=key,
                told=form.told(),
                referred=form.referred(),
                not_the_same=list(others),
                by=request.user,
            )
        return actions.receive_known(
            key=key,
            parent=get_object_or_404(Parent.objects, pk=chosen),
            told=form.told(),
            differs=reads.what_differs(form.told().known, same.found[str(chosen)].known),
            referred=form.referred(),
            goes=same.goes,
            by=request.user,
        )
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    return None


def _received(request: Request, referral: Referral) -> HttpResponse:
    """On to deciding it, or to the record where it went with open work."""
    messages.success(request, f"Referral saved, record {referral.parent.reference}")
    if referral.decided_on:
        return redirect("desk:show_parent", referral.parent_id)
    return redirect("intake:decide_referral", referral.parent_id, referral.pk)


@require_http_methods(["GET", "POST"])
def decide_referral(request: Request, parent_id: UUID, referral_id: UUID) -> HttpResponse:
    """Accept, do not accept or pass on; what begins; who works with the parent."""
    found = Referral.objects.select_related("parent", "programme")
    referral = get_object_or_404(found, pk=referral_id, parent=parent_id)
    left = reads.to_decide(referral)
    if left is None:
        raise Http404
    if left.is_done and request.method == "POST":
        return redirect("desk:show_parent", parent_id)
    form = DecideForm(posted(request), left=left)
    if form.is_valid() and _decide(request, form):
        messages.success(request, f"Saved, record {referral.parent.reference}")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": referral.parent, "name": name_of(referral.parent), "left": left}
    context |= {"form": form, "reach": left.reach}
    return render(request, "programme/intake/decide_referral.html", context)


def _decide(request: Request, form: DecideForm) -> bool:
    try:
        actions.decide(by=request.user, **form.for_action())
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile:
        form.add_error(None, "Somebody else has decided this meanwhile. Open the page again.")
    else:
        return True
    return False
