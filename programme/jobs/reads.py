"""What an administrator sees of the background: what, when, how often; of no person."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from programme.jobs.models import Failure
from programme.jobs.work import JOBS, LONGEST_RUN

NEWEST = 100


@dataclass(frozen=True)
class Line:
    """One failed try."""

    at: datetime
    what: str
    attempt: int
    tries: int
    error: str
    is_last: bool

    @property
    def how_often(self) -> str:
        """``2 of 5, tried again``: whether somebody has to look."""
        then = "given up" if self.is_last else "tried again"
        return f"{self.attempt} of {self.tries}, {then}"


@dataclass(frozen=True)
class Background:
    """The queue now, what is planned, and what failed."""

    waiting: int
    oldest: datetime | None
    running: int
    stuck: int
    given_up: int
    planned: list[tuple[str, datetime]]
    failures: list[Line]


def background() -> Background:
    """The newest failures and the state of the queue (three queries)."""
    now = timezone.now()
    open_rows = list(
        DBTaskResult.objects.filter(
            status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
        ).values_list("status", "task_path", "run_after", "enqueued_at", "started_at")
    )
    ready = [row for row in open_rows if row[0] == TaskResultStatus.READY]
    due = [row[3] for row in ready if row[2].year == 9999 or row[2] <= now]
    begun = [row[4] for row in open_rows if row[0] == TaskResultStatus.RUNNING]
    return Background(
        waiting=len(due),
        oldest=min(due, default=None),
        running=len(begun),
        stuck=sum(started < now - LONGEST_RUN for started in begun if started),
        given_up=DBTaskResult.objects.failed().count(),
        planned=sorted(
            ((_words(row[1]), row[2]) for row in ready if now < row[2] and row[2].year < 9999),
            key=lambda one: one[1],
        ),
        failures=[_line(one) for one in Failure.objects.all()[:NEWEST]],
    )


def _words(path: str) -> str:
    about = JOBS.get(path)
    return about.words if about else path.rsplit(".", 1)[-1]


def _line(one: Failure) -> Line:
    about = JOBS.get(one.job)
    tries = about.tries if about else one.attempt
    return Line(one.failed_at, _words(one.job), one.attempt, tries, one.error, one.is_last)
