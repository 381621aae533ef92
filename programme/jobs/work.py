"""``job``: what every piece of background work is made with (decision 17).

It begins with nobody acting, is tried again after a growing pause, and leaves the words of an
error behind: they may be about a person, and neither the queue nor the list of failures holds them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus, task, task_backends
from django_tasks.base import Task
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from programme.access.scope import nobody_acting
from programme.core.dates import at_local, today
from programme.jobs.models import Failure

logger = logging.getLogger("programme.jobs")

MOST_TRIES = 5
FIRST_PAUSE = timedelta(minutes=1)
# A job that runs longer was cut short with its worker.
LONGEST_RUN = timedelta(hours=1)
KEPT = timedelta(days=90)


class JobFailed(Exception):
    """Stands in the queue for whatever was raised."""


class TryAgain(JobFailed):
    """The job has tries left."""


@dataclass(frozen=True)
class About:
    """What is known of a job by its path."""

    words: str
    tries: int
    daily_at: time | None = None


JOBS: dict[str, About] = {}


def job(
    words: str, *, tries: int = MOST_TRIES, daily_at: time | None = None
) -> Callable[[Callable[..., None]], Task[..., None]]:
    """Makes a task of a function; ``words`` tell an administrator what it does.

    ``daily_at`` is a time in London: begun once by ``plan_daily``, it comes back each day.
    """

    def made(work: Callable[..., None]) -> Task[..., None]:
        path = f"{work.__module__}.{work.__qualname__}"
        JOBS[path] = About(words, tries, daily_at)

        @wraps(work)
        def tried(context: TaskContext, *args: Any) -> None:
            if daily_at and context.attempt == 1:
                plan_daily(path)
            try:
                with nobody_acting():
                    work(*args)
            except Exception as problem:
                _note(path, type(problem).__name__, context.attempt)
                logger.exception("A job failed: %s, try %d", path, context.attempt)
                kind = TryAgain if context.attempt < tries else JobFailed
                raise kind(path) from None

        # Or the arguments would be checked against those of the function inside.
        del tried.__wrapped__
        return task(takes_context=True)(tried)

    return made


def pause_after(attempt: int) -> timedelta:
    """How long to wait before the next try: 1, 5, 25, 125 minutes."""
    return FIRST_PAUSE * int(5 ** (attempt - 1))


@receiver(task_finished)
def _put_back(task_result: Any, **_: Any) -> None:
    """A job that failed with tries left goes back into the queue; its tries are counted there.

    Other packages put work into the same queue. It is not tried again, but seen, and no word of its
    errors stays.
    """
    row: DBTaskResult[..., None] | None = getattr(task_result, "db_result", None)
    if row is None or row.status != TaskResultStatus.FAILED:
        return
    if row.exception_class_path == f"{TryAgain.__module__}.{TryAgain.__qualname__}":
        _make_ready(row, timezone.now() + pause_after(len(row.worker_ids)))
    elif row.task_path not in JOBS:
        _note(row.task_path, row.exception_class_path.rsplit(".", 1)[-1], len(row.worker_ids))
        row.traceback = ""
        row.save(update_fields=["traceback"])


def _make_ready(row: DBTaskResult[..., None], at: datetime) -> None:
    row.status, row.run_after, row.finished_at = TaskResultStatus.READY, at, None
    row.save(update_fields=["status", "run_after", "finished_at"])


def _note(path: str, error: str, attempt: int) -> None:
    is_last = path not in JOBS or attempt >= JOBS[path].tries
    Failure.objects.create(job=path[:200], error=error[:100], attempt=attempt, is_last=is_last)


def next_time(at: time) -> datetime:
    """When it is that time in London next."""
    now = timezone.now()
    later_today = at_local(today(), at)
    return later_today if later_today > now else at_local(today() + timedelta(days=1), at)


def plan_daily(path: str) -> None:
    """Puts a daily job into the queue for its next time, unless it is there."""
    if not task_backends["default"].supports_defer:
        return
    planned = DBTaskResult.objects.filter(task_path=path, status=TaskResultStatus.READY)
    at = JOBS[path].daily_at
    assert at is not None
    if not planned.exists():
        DBTaskResult(task_path=path, backend_name="default").task.using(
            run_after=next_time(at)
        ).enqueue()


def begin() -> None:
    """What a worker does first: daily jobs are planned, and what a crash cut short goes on."""
    for path, about in JOBS.items():
        if about.daily_at:
            plan_daily(path)
    long_ago = timezone.now() - LONGEST_RUN
    for row in DBTaskResult.objects.running().filter(started_at__lt=long_ago):
        _take_up(row)


def _take_up(row: DBTaskResult[..., None]) -> None:
    about, attempt = JOBS.get(row.task_path), len(row.worker_ids)
    if about is not None:
        _note(row.task_path, "Interrupted", attempt)
    if about is not None and attempt < about.tries:
        _make_ready(row, timezone.now())
    else:
        row.set_failed(JobFailed(row.task_path))


@job("Forget what was done in the background long ago", daily_at=time(3, 0))
def tidy() -> None:
    """The queue names rows by their ids; it need not keep them."""
    long_ago = timezone.now() - KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=long_ago).delete()
    Failure.objects.filter(failed_at__lt=long_ago).delete()
