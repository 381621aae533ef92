"""Background work: nobody's rights, tried again, seen by an administrator, no personal word."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

import programme as package
from programme.access.parts import Role
from programme.access.scope import NoScope, acting_as, current_actor
from programme.jobs import work
from programme.jobs.models import Failure
from programme.jobs.work import JOBS, begin, job, next_time, pause_after
from programme.people.models import Parent
from tests import builders as make
from tests.programme.desk.scene import browser_of

pytestmark = pytest.mark.django_db
CANARY = "canary-Ann-Lee"
OTHERS_PATH = f"{__name__}.look"


@job("Break with somebody's name")
def break_with(word: str) -> None:
    raise ValueError(f"{word} is not known")


@job("Break once for all", tries=1)
def break_once() -> None:
    raise KeyError(CANARY)


@task()
def not_ours() -> None:
    """As other packages make their tasks."""
    raise KeyError(CANARY)


@job("Look at every parent")
def look() -> None:
    Parent.objects.count()


@job("Wait for the morning", daily_at=time(7, 0))
def each_morning() -> None:
    """Does nothing."""


@pytest.fixture
def queue(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work_off() -> None:
    """Whatever is due is done, as the worker does it."""
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)


def only_row() -> Any:
    (row,) = DBTaskResult.objects.all()
    return row


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.mark.django_db(transaction=True)
def test_a_failing_job_is_tried_five_times_with_growing_pauses_and_then_given_up(
    queue: None, clock: time_machine.Traveller
) -> None:
    break_with.enqueue(CANARY)
    pauses = []
    for _ in range(4):
        work_off()
        pauses.append(only_row().run_after - timezone.now())
        work_off()  # Not before its time.
        clock.move_to(only_row().run_after + timedelta(seconds=1))
    work_off()

    assert pauses == [timedelta(minutes=number) for number in (1, 5, 25, 125)]
    assert (only_row().status, len(only_row().worker_ids)) == (TaskResultStatus.FAILED, 5)
    tries = list(Failure.objects.order_by("attempt").values_list("attempt", "error", "is_last"))
    assert tries == [(number, "ValueError", number == 5) for number in range(1, 6)]


@pytest.mark.django_db(transaction=True)
def test_no_word_of_an_error_is_stored_logged_or_shown(
    queue: None, caplog: pytest.LogCaptureFixture
) -> None:
    break_once.enqueue()

    work_off()

    row = only_row()
    stored = f"{row.traceback} {row.exception_class_path} {list(Failure.objects.values())}"
    assert "KeyError" in stored
    assert CANARY not in stored
    page = background_page()
    assert ("Break once for all" in page, "KeyError" in page, CANARY in page) == (True, True, False)
    assert "1 of 1, given up" in page


@pytest.mark.django_db(transaction=True)
def test_what_another_package_fails_to_do_is_seen_too_without_its_words(queue: None) -> None:
    not_ours.enqueue()

    work_off()

    assert [(one.error, one.is_last) for one in Failure.objects.all()] == [("KeyError", True)]
    assert (only_row().status, only_row().traceback) == (TaskResultStatus.FAILED, "")


def background_page() -> str:
    administrator = make.make_user()
    make.grant_role(administrator, Role.ADMINISTRATOR)
    return browser_of(administrator).get(reverse("jobs:list_jobs")).content.decode()


def test_a_job_has_no_rights_wherever_it_is_begun() -> None:
    """Begun at once inside a request, it does not borrow the rights of whoever is signed in."""
    user = make.make_practitioner(make.make_programme())
    with acting_as(user):
        look.enqueue()

        assert current_actor().user_id == user.pk
        Parent.objects.count()
    assert [one.error for one in Failure.objects.all()] == [NoScope.__name__]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_works_leaves_nothing_to_see(queue: None) -> None:
    each_morning.enqueue()

    work_off()

    done = DBTaskResult.objects.get(status=TaskResultStatus.SUCCESSFUL)
    assert done.task_path == f"{__name__}.each_morning"
    assert not Failure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_daily_job_is_planned_once_and_comes_back(
    queue: None, clock: time_machine.Traveller
) -> None:
    path = f"{__name__}.each_morning"
    mornings = DBTaskResult.objects.filter(task_path=path)
    for _ in range(2):
        begin()
    first = mornings.get().run_after
    clock.move_to(first + timedelta(minutes=1))
    work_off()

    assert first == datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert mornings.get(status=TaskResultStatus.READY).run_after == first + timedelta(days=1)
    assert mornings.count() == 2


@pytest.mark.parametrize(
    ("now", "then"),
    [
        # The night the clocks go forward and the night they go back: seven by the wall clock.
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
        (datetime(2026, 10, 24, 5, tzinfo=UTC), datetime(2026, 10, 24, 6, tzinfo=UTC)),
    ],
)
def test_seven_in_the_morning_is_seven_in_london(now: datetime, then: datetime) -> None:
    with time_machine.travel(now, tick=False):
        assert next_time(time(7, 0)).astimezone(UTC) == then


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("task", "status"),
    [(look, TaskResultStatus.READY), (break_once, TaskResultStatus.FAILED)],
    ids=["tries left", "only once"],
)
def test_what_a_crash_cut_short_goes_on_unless_it_may_only_be_tried_once(
    queue: None, task: Any, status: str
) -> None:
    task.enqueue()
    row = only_row()
    row.claim("a worker that was killed")
    begin()
    still = DBTaskResult.objects.get(pk=row.pk).status
    row.started_at = timezone.now() - work.LONGEST_RUN - timedelta(minutes=1)
    row.save()

    begin()

    assert (still, DBTaskResult.objects.get(pk=row.pk).status) == (TaskResultStatus.RUNNING, status)
    assert [one.error for one in Failure.objects.all()] == ["Interrupted"]


@pytest.mark.django_db(transaction=True)
def test_what_is_long_past_is_forgotten(queue: None, clock: time_machine.Traveller) -> None:
    break_once.enqueue()
    work_off()
    clock.shift(work.KEPT + timedelta(days=1))

    work.tidy.enqueue()
    work_off()

    assert not Failure.objects.exists()
    assert set(DBTaskResult.objects.values_list("task_path", flat=True)) == {
        "programme.jobs.work.tidy"
    }


def test_all_background_work_is_made_with_job() -> None:
    """Or it would keep the words of errors, and nobody would see that it failed."""
    own = Path(package.__file__).parent
    made = re.compile(r"^@task|^from django_tasks import .*\btask\b", re.MULTILINE)

    bare = [
        path.relative_to(own).as_posix()
        for path in own.rglob("*.py")
        if made.search(path.read_text())
    ]

    assert bare == ["jobs/work.py"]


def test_every_job_of_the_service_has_words_and_an_end() -> None:
    assert all(about.words and 1 <= about.tries <= work.MOST_TRIES for about in JOBS.values())
    assert [pause_after(number).seconds // 60 for number in (1, 2, 3, 4)] == [1, 5, 25, 125]


def test_the_page_asks_as_much_of_many_failures_as_of_few() -> None:
    administrator = make.make_user()
    make.grant_role(administrator, Role.ADMINISTRATOR)
    browser = browser_of(administrator)
    counts = []
    for number in (1, 30):
        for attempt in range(number):
            Failure.objects.create(job=OTHERS_PATH, error="OSError", attempt=attempt, is_last=False)
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("jobs:list_jobs"))
        counts.append(len(asked))

    assert counts[0] == counts[1]
