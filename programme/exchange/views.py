"""Offering a caseload package, seeing what is wrong with it, and approving someone else's."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.access.parts import Role
from programme.access.requests import Request
from programme.core.errors import RuleBroken
from programme.exchange import actions
from programme.exchange.forms import OfferForm
from programme.exchange.models import LoadRequest
from programme.exchange.reads import LIST_HEAD, LoadPage, load_rows

STEPS: dict[str, actions.Step] = {
    "ask": actions.ask_for_approval,
    "withdraw": actions.withdraw_package,
}
DECISIONS: dict[str, actions.Step] = {
    "approve": actions.approve_package,
    "return": actions.return_package,
}
SHOWN = 100


@require_safe
def list_loads(request: Request) -> HttpResponse:
    """Offered packages, newest first."""
    offered = LoadRequest.objects.select_related("offered_by")[:SHOWN]
    may_offer = Role.DATA_OFFICER in request.holdings.roles
    context = {"head": LIST_HEAD, "rows": load_rows(offered), "may_offer": may_offer}
    return render(request, "programme/exchange/list_loads.html", context)


@require_http_methods(["GET", "POST"])
def upload_caseload(request: Request) -> HttpResponse:
    """Offers one package; it is checked at once."""
    form = OfferForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            offered = actions.offer_package(package=form.cleaned_data["package"], by=request.user)
        except RuleBroken as problem:
            form.add_error(problem.field, problem.message)
        else:
            return redirect("exchange:show_load", offered.pk)
    return render(request, "programme/exchange/upload_caseload.html", {"form": form})


@require_http_methods(["GET", "POST"])
def show_load(request: Request, load_id: UUID) -> HttpResponse:
    """The report on one package; its offerer sends it for approval or takes it back."""
    offered = _offered(load_id)
    if request.method == "POST":
        return _do(request, offered, STEPS.get(request.POST.get("step", "")))
    context = {"page": LoadPage(offered, request.user)}
    return render(request, "programme/exchange/show_load.html", context)


@require_POST
def approve_load(request: Request, load_id: UUID) -> HttpResponse:
    """A second person's yes or no."""
    return _do(request, _offered(load_id), DECISIONS.get(request.POST.get("decision", "")))


def _offered(load_id: UUID) -> LoadRequest:
    rows = LoadRequest.objects.select_related("offered_by", "decided_by")
    offered: LoadRequest = get_object_or_404(rows, pk=load_id)
    return offered


def _do(request: Request, offered: LoadRequest, action: actions.Step | None) -> HttpResponse:
    if action is None:
        raise PermissionDenied
    try:
        action(request=offered, by=request.user)
    except RuleBroken as problem:
        messages.error(request, problem.message)
    return redirect("exchange:show_load", offered.pk)
