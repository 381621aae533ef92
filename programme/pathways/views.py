"""The days off of a senior's programmes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from programme.access.parts import Role
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.core.dates import today
from programme.pathways import actions
from programme.pathways.forms import ClosedDayForm
from programme.pathways.models import ClosedDay, Programme


@require_http_methods(["GET", "POST"])
def list_closed_days(request: Request) -> HttpResponse:
    """The days off to come; posted, one more."""
    programmes = _programmes(request)
    form = ClosedDayForm(posted(request), programmes=programmes) if programmes else None
    if form and is_saved(
        form, lambda: actions.add_closed_day(by=request.user, **form.for_action())
    ):
        messages.success(request, "Day off saved")
        return redirect("pathways:list_closed_days")
    days = ClosedDay.objects.filter(programme__in=programmes, day__gte=today())
    context = {"form": form, "days": days.select_related("programme")}
    return render(request, "programme/pathways/list_closed_days.html", context)


@require_POST
def remove_closed_day(request: Request, day_id: UUID) -> HttpResponse:
    """A day of one of her programmes is worked after all."""
    closed = get_object_or_404(ClosedDay, pk=day_id, programme__in=_programmes(request))
    actions.remove_closed_day(closed=closed, by=request.user)
    messages.success(request, "Day off taken away")
    return redirect("pathways:list_closed_days")


def _programmes(request: Request) -> list[Programme]:
    every = Programme.objects.order_by("name")
    return [one for one in every if request.holdings.holds(one.pk, Role.SENIOR)]
