"""A commissioner's pages. On PostgreSQL they run as a role that sees release tables only."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from programme.access.parts import Role
from programme.access.requests import Request
from programme.reporting.board.on_page import chapters_on_page
from programme.reporting.board.released import report_of_release
from programme.reporting.board.trend import trends_of
from programme.reporting.models import Release


def _released(request: Request) -> QuerySet[Release]:
    """Approved releases of her own contracts, newest first."""
    contracts = request.holdings.programmes(Role.COMMISSIONER)
    return Release.objects.filter(programme_id__in=contracts, state=Release.State.APPROVED)


@require_GET
def list_releases(request: Request) -> HttpResponse:
    """Every release she may read."""
    context = {"releases": _released(request)}
    return render(request, "programme/reporting/released_list.html", context)


@require_GET
def show_release(request: Request, release_id: UUID) -> HttpResponse:
    """One release, in the order of the board report, with the trend over those before it."""
    release = get_object_or_404(_released(request), pk=release_id)
    report = report_of_release(release)
    series = _released(request).filter(
        programme_id=release.programme_id, period_to__lte=release.period_to
    )
    context = {
        "release": release,
        "report": report,
        "chapters": chapters_on_page(report),
        "trends": trends_of(series.prefetch_related("tables")),
    }
    return render(request, "programme/reporting/released.html", context)
