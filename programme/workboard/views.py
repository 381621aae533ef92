"""A team as its senior sees it."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from programme.access.parts import Role
from programme.access.requests import Request
from programme.core.dates import today
from programme.pathways.models import Programme, Worker
from programme.workboard.reads.counts import CountLine, counts_of
from programme.workboard.reads.delays import delays_in
from programme.workboard.reads.own import seen_of
from programme.workboard.reads.summary import Summary, summaries_of
from programme.workboard.reads.team import WorkerLine, lines_of
from recurrent.design.components import Cell

HEAD = ("Worker", "Holds", "Against the usual", "Late", "Longest past its day", "Paused", "Stages")
COUNTS = ("Worker", "Parents", "Against the usual", "Stages")


@require_GET
def show_team(request: Request) -> HttpResponse:
    """Each worker of the senior's programmes: how many, how it stands, what is late."""
    lines = lines_of(_workers(request))
    programmes = {one.pk: one for one in Programme.objects.order_by("name")}
    held = [key for key, one in programmes.items() if _holds(request, one, Role.SENIOR)]
    written = [(programmes[key], said) for key, said in delays_in(held).items()]
    context = {"head": HEAD, "rows": [_row(line) for line in lines], "written": written}
    return render(request, "programme/workboard/show_team.html", context)


@require_GET
def show_worker(request: Request, worker_id: UUID) -> HttpResponse:
    """The parents of one worker in the order worth talking about, each with the reasons."""
    worker = get_object_or_404(_workers(request), pk=worker_id)
    lines = lines_of([worker])
    request.listed = _listed(lines)
    return render(request, "programme/workboard/show_worker.html", {"lines": lines})


@require_GET
def show_own_work(request: Request) -> HttpResponse:
    """What seniors and managers see of one's own work: the same lines, read as oneself."""
    seen = seen_of(request.user)
    request.listed = seen.parent_ids
    rows = [_counts(one) for one in seen.counts]
    context = {"lines": seen.lines, "seen": seen, "head": COUNTS, "rows": rows}
    return render(request, "programme/workboard/show_own_work.html", context)


@require_GET
def show_summary(request: Request, worker_id: UUID) -> HttpResponse:
    """One worker's cases on paper, for a supervision."""
    worker = get_object_or_404(_workers(request), pk=worker_id)
    back = reverse("workboard:show_worker", args=[worker.pk])
    return _show_summary(request, summaries_of([worker]), back)


@require_GET
def show_own_summary(request: Request) -> HttpResponse:
    """The same page as the senior's, of one's own work."""
    own = Worker.objects.filter(user=request.user).select_related("programme")
    return _show_summary(request, summaries_of(own), reverse("workboard:show_own_work"))


def _show_summary(request: Request, summaries: list[Summary], back: str) -> HttpResponse:
    request.listed = _listed([one.worker_line for one in summaries])
    context = {"summaries": summaries, "back": back, "on": today()}
    return render(request, "programme/workboard/show_summary.html", context)


@require_GET
def show_counts(request: Request) -> HttpResponse:
    """How many parents each worker holds: for a manager, who sees no person."""
    lines = counts_of(_workers(request, Role.MANAGER))
    programmes = [one for one in Programme.objects.order_by("name") if _holds(request, one)]
    context = {"head": COUNTS, "rows": [_counts(one) for one in lines], "programmes": programmes}
    return render(request, "programme/workboard/show_counts.html", context)


def _holds(request: Request, programme: Programme, role: Role = Role.MANAGER) -> bool:
    return request.holdings.holds(programme.pk, role)


def _counts(line: CountLine) -> list[Cell]:
    stages = ", ".join(f"{stage}: {count}" for stage, count in line.stages.items())
    held = f"{line.held}, counting {line.weighed}" if line.weighed else str(line.held)
    return [
        Cell(line.worker.name),
        Cell(held),
        Cell(line.standing),
        Cell(stages or "nobody"),
    ]


def _workers(request: Request, role: Role = Role.SENIOR) -> QuerySet[Worker]:
    """Those of the programmes in which the reader has the role, by name: never by number."""
    held = [one.pk for one in Programme.objects.all() if _holds(request, one, role)]
    workers = Worker.objects.filter(programme__in=held).select_related("programme")
    return workers.order_by("name", "pk")


def _listed(lines: list[WorkerLine]) -> list[UUID]:
    return list(dict.fromkeys(one.parent_id for line in lines for one in line.parents))


def _row(line: WorkerLine) -> list[Cell]:
    late = ", ".join(f"{what}: {count}" for what, count in line.late.items())
    stages = ", ".join(f"{stage}: {count}" for stage, count in line.stages.items())
    gap = f"{line.longest_gap} days" if line.longest_gap is not None else "none"
    return [
        Cell(line.worker.name, url=reverse("workboard:show_worker", args=[line.worker.pk])),
        Cell(f"{line.held} {line.unit}" + (f", counting {line.weighed}" * bool(line.weighed))),
        Cell(line.standing),
        Cell(late or "nothing"),
        Cell(gap),
        Cell(str(line.paused) if line.paused else "nobody"),
        Cell(stages or "nobody"),
    ]
