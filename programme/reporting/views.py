"""The board report as page, PDF and spreadsheet; proposing and deciding releases."""

from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Role
from programme.access.requests import Request
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.pathways.models import Programme
from programme.reporting import actions
from programme.reporting.board.members import members_of
from programme.reporting.board.on_page import chapters_on_page
from programme.reporting.board.paper import as_pdf
from programme.reporting.board.released import report_of_release
from programme.reporting.board.report import Report, figures_for, report_of
from programme.reporting.board.spreadsheet import as_csv
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.forms import ChooseReportForm, DecideForm, ProposeForm
from programme.reporting.models import Release
from programme.reporting.periods import Period
from programme.reporting.periods_offered import offered

MARKING = "OFFICIAL-SENSITIVE: small numbers shown"


def _programmes(request: Request, *roles: Role) -> list[Programme]:
    """The programmes in which she holds one of the roles (both reporting roles by default)."""
    wanted = roles or (Role.MANAGER, Role.DATA_OFFICER)
    found = Programme.objects.order_by("name")
    return [one for one in found if request.holdings.holds(one.pk, *wanted)]


def _programme(request: Request, programme_id: UUID, *roles: Role) -> Programme:
    for programme in _programmes(request, *roles):
        if programme.pk == programme_id:
            return programme
    raise Http404


def _period(request: Request) -> Period:
    """First and last day of the address; without them, or nonsense there, the last 12 months."""
    try:
        first = date.fromisoformat(request.GET.get("from", ""))
        return Period(first, date.fromisoformat(request.GET.get("to", "")))
    except ValueError:
        choice = offered(today(), None)[0]
        return Period(choice.first, choice.last)


def _address(name: str, programme: Programme, period: Period) -> str:
    days = urlencode({"from": period.first.isoformat(), "to": period.last.isoformat()})
    return f"{reverse(name, args=[programme.pk])}?{days}"


@require_http_methods(["GET", "POST"])
def choose_report(request: Request) -> HttpResponse:
    """Programme and period."""
    programmes = _programmes(request)
    form = ChooseReportForm(request.POST or None, programmes=programmes)
    if form.is_valid():
        programme = _programme(request, UUID(form.cleaned_data["programme"]))
        period = Period(form.cleaned_data["first"], form.cleaned_data["last"])
        return redirect(_address("reporting:show_report", programme, period))
    context = {"form": form, "quick": [(one, _quick(one)) for one in programmes]}
    return render(request, "programme/reporting/choose_report.html", context)


def _quick(programme: Programme) -> list[tuple[str, str]]:
    """Periods that need no typing, with their addresses."""
    return [
        (
            one.label,
            _address("reporting:show_report", programme, Period(one.first, one.last)),
        )
        for one in offered(today(), programme.started_on)
    ]


def _report(programme: Programme, period: Period) -> Report:
    figures = figures_for(programme.pk, period)
    return report_of(programme.name, period, [figure.to_json() for figure in figures])


@require_GET
def show_report(request: Request, programme_id: UUID) -> HttpResponse:
    """The report on the page, each figure with its definition and what is missing."""
    programme, period = _programme(request, programme_id), _period(request)
    report = _report(programme, period)
    context = {
        "report": report,
        "programme": programme,
        "chapters": chapters_on_page(report),
        "days": urlencode({"from": period.first.isoformat(), "to": period.last.isoformat()}),
        "may_propose": request.holdings.holds(programme.pk, Role.MANAGER),
    }
    return render(request, "programme/reporting/show_report.html", context)


@require_GET
def download_report_pdf(request: Request, programme_id: UUID) -> HttpResponse:
    """The same figures on paper."""
    programme, period = _programme(request, programme_id), _period(request)
    written = as_pdf(
        _report(programme, period),
        made_by=request.user.name,
        made_at=timezone.now(),
        marking=MARKING,
    )
    return _file(written, "application/pdf", f"board-report-{period.last.isoformat()}.pdf")


@require_GET
def download_report_csv(request: Request, programme_id: UUID) -> HttpResponse:
    """The same figures as a table for a spreadsheet program."""
    programme, period = _programme(request, programme_id), _period(request)
    written = as_csv(_report(programme, period))
    return _file(written, "text/csv; charset=utf-8", f"board-report-{period.last.isoformat()}.csv")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
def show_members(request: Request, programme_id: UUID, indicator: str) -> HttpResponse:
    """The rows behind a figure, by reference, as far as the reader's own parts go."""
    programme, period = _programme(request, programme_id), _period(request)
    if indicator not in DEFINITIONS:
        raise Http404
    groups = members_of(programme.pk, period, indicator)
    request.listed = [parent.pk for group in groups for parent in group.parents]
    context = {
        "programme": programme,
        "period": period,
        "definition": DEFINITIONS[indicator],
        "groups": groups,
        "report_url": _address("reporting:show_report", programme, period),
    }
    return render(request, "programme/reporting/show_members.html", context)


# --- Releases -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def propose_release(request: Request, programme_id: UUID) -> HttpResponse:
    """A manager proposes what a commissioner may read."""
    programme, period = _programme(request, programme_id, Role.MANAGER), _period(request)
    begin = {"first": period.first, "last": period.last}
    form = ProposeForm(request.POST or None, initial=begin)
    key = request.POST.get("key") or str(uuid4())
    if form.is_valid():
        try:
            release = actions.propose_release(
                key=UUID(key),
                programme=programme,
                period=Period(form.cleaned_data["first"], form.cleaned_data["last"]),
                words=form.cleaned_data["words"],
                by=request.user,
            )
        except RuleBroken as problem:
            form.add_error(problem.field, problem.message)
        else:
            messages.success(request, "Proposed. A data officer decides whether it is released.")
            return redirect("reporting:show_release", release.pk)
    back = _address("reporting:show_report", programme, period)
    context = {"form": form, "programme": programme, "key": key, "report_url": back}
    return render(request, "programme/reporting/propose_release.html", context)


@require_GET
def list_releases(request: Request) -> HttpResponse:
    """Every release of the programmes she reports on, and where it stands."""
    releases = Release.objects.filter(programme__in=_programmes(request))
    return render(request, "programme/reporting/list_releases.html", {"releases": releases})


def _release(request: Request, release_id: UUID) -> Release:
    programmes = _programmes(request)
    return get_object_or_404(Release.objects.filter(programme__in=programmes), pk=release_id)


@require_GET
def show_release(request: Request, release_id: UUID) -> HttpResponse:
    """Exactly what a commissioner sees, or would see."""
    release = _release(request, release_id)
    report = report_of_release(release)
    context = {
        "release": release,
        "report": report,
        "chapters": chapters_on_page(report),
        "may_decide": _may_decide(request, release),
    }
    return render(request, "programme/reporting/show_release.html", context)


def _may_decide(request: Request, release: Release) -> bool:
    return (
        release.state == Release.State.PROPOSED
        and release.proposed_by_id != request.user.pk
        and request.holdings.holds(release.programme_id, Role.DATA_OFFICER)
    )


@require_http_methods(["GET", "POST"])
def decide_release(request: Request, release_id: UUID) -> HttpResponse:
    """A data officer, never the proposer, releases it or returns it."""
    release = _release(request, release_id)
    if not request.holdings.holds(release.programme_id, Role.DATA_OFFICER):
        raise Http404
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            actions.decide_release(release=release, by=request.user, **form.cleaned_data)
        except RuleBroken as problem:
            form.add_error(problem.field, problem.message)
        else:
            messages.success(request, "Your decision is stored.")
            return redirect("reporting:show_release", release.pk)
    context = {"form": form, "release": release}
    return render(request, "programme/reporting/decide_release.html", context)
