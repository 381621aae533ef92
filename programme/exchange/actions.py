"""Offering a package, asking for a second person's word, deciding; the load itself is a job."""

import io
import json
from base64 import b64decode, b64encode
from typing import IO, Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.access.actors import LOADER
from programme.access.models import User
from programme.access.scope import acting_as
from programme.audit import events
from programme.core.errors import RuleBroken
from programme.exchange.limits import MEGABYTE, in_words
from programme.exchange.loading import inspect, load
from programme.exchange.models import LoadPart, LoadRequest
from programme.exchange.problems import PackageRefused, Problem, Problems
from programme.jobs.work import job

LARGEST_OFFER = 25 * MEGABYTE
PART_BYTES = MEGABYTE // 4
State = LoadRequest.State

events.declare(
    exchange__package_offered="offered a caseload package",
    exchange__approval_asked="asked for approval of a caseload package",
    exchange__package_withdrawn="withdrew a caseload package",
    exchange__package_approved="approved a caseload package",
    exchange__package_returned="did not approve a caseload package",
)


class Step(Protocol):
    """An action on an offered package."""

    def __call__(self, *, request: LoadRequest, by: User) -> LoadRequest:
        """Does it, or raises ``RuleBroken``."""
        ...


@transaction.atomic
def offer_package(*, package: IO[bytes], by: User) -> LoadRequest:
    """Checks a zip and keeps it scrambled, with the report of what is wrong; stores no row."""
    content = package.read(LARGEST_OFFER + 1)
    if len(content) > LARGEST_OFFER:
        allowed = in_words(LARGEST_OFFER)
        raise RuleBroken(
            f"Choose a zip of at most {allowed}. Larger ones are loaded by the administrator",
            field="package",
        )
    problems = Problems()
    try:
        checked = inspect(io.BytesIO(content), problems=problems)
    except PackageRefused as refused:
        raise RuleBroken(refused.message, field="package") from None
    request = LoadRequest(
        state=State.REFUSED if problems.count else State.CHECKED,
        offered_by=by,
        size=len(content),
        counts=checked.counts,
    )
    _report(request, problems)
    request.save()
    if not problems.count:
        _keep(request, content)
    events.record("exchange.package_offered", subject=request, by=by)
    return request


@transaction.atomic
def ask_for_approval(*, request: LoadRequest, by: User) -> LoadRequest:
    """Makes a checked package wait for a second person; only its offerer may."""
    _refuse_unless_own(request, by)
    if request.state != State.CHECKED:
        raise RuleBroken("This package cannot be sent for approval now.")
    return _move(request, State.WAITING, "exchange.approval_asked", by)


@transaction.atomic
def withdraw_package(*, request: LoadRequest, by: User) -> LoadRequest:
    """Takes an offer back and deletes the package."""
    _refuse_unless_own(request, by)
    if request.state not in (State.CHECKED, State.WAITING):
        raise RuleBroken("This package cannot be withdrawn now.")
    request.parts.all().delete()
    return _move(request, State.WITHDRAWN, "exchange.package_withdrawn", by)


@transaction.atomic
def approve_package(*, request: LoadRequest, by: User) -> LoadRequest:
    """A second person's word: the package is stored next, as it was offered."""
    _decide(request, by)
    _move(request, State.LOADING, "exchange.package_approved", by)
    load_approved.enqueue(str(request.pk))
    request.refresh_from_db()
    return request


@transaction.atomic
def return_package(*, request: LoadRequest, by: User) -> LoadRequest:
    """A second person does not approve; the package is deleted."""
    _decide(request, by)
    request.parts.all().delete()
    return _move(request, State.RETURNED, "exchange.package_returned", by)


# Once: whatever happens, the package is deleted, and the page of the load says so.
@job("Load a caseload package", tries=1)
def load_approved(request_id: str) -> None:
    """Stores an approved package in the loader's name, then deletes the package."""
    with acting_as(LOADER):
        request = LoadRequest.objects.get(pk=UUID(request_id), state=State.LOADING)
        content = b"".join(b64decode(part.content) for part in request.parts.all())
    problems = Problems()
    request.state = State.FAILED
    try:
        request.counts = load(io.BytesIO(content), problems=problems, subject=request.pk)
        request.state = State.FAILED if problems.count else State.LOADED
    except PackageRefused as refused:
        problems.add(Problem("", None, "", "", refused.message))
    finally:
        # Whatever happened, it is said, and the package is gone.
        with acting_as(LOADER):
            request.finished_at = timezone.now()
            request.parts.all().delete()
            _report(request, problems)
            request.save()


def _decide(request: LoadRequest, by: User) -> None:
    locked = LoadRequest.objects.select_for_update().get(pk=request.pk)
    if locked.offered_by_id == by.pk:
        raise RuleBroken("Someone else has to approve this.")
    if locked.state != State.WAITING:
        raise RuleBroken("This package is not waiting for approval.")
    if not locked.may_be_decided_by(by):
        raise RuleBroken("Only a data officer or a manager approves a package.")
    request.decided_by = by
    request.decided_at = timezone.now()


def _refuse_unless_own(request: LoadRequest, by: User) -> None:
    if request.offered_by_id != by.pk:
        raise RuleBroken("Only the person who offered this package can do that.")


def _move(request: LoadRequest, state: LoadRequest.State, event: str, by: User) -> LoadRequest:
    request.state = state
    request.save()
    events.record(event, subject=request, by=by)
    return request


def _keep(request: LoadRequest, content: bytes) -> None:
    LoadPart.objects.bulk_create(
        LoadPart(
            request=request,
            position=position,
            content=b64encode(content[start : start + PART_BYTES]).decode(),
        )
        for position, start in enumerate(range(0, len(content), PART_BYTES))
    )


def _report(request: LoadRequest, problems: Problems) -> None:
    request.problem_count = problems.count
    request.warning_count = problems.warning_count
    request.report = json.dumps([_told(problem) for problem in problems.kept])


def _told(problem: Problem) -> list[str | int | bool | None]:
    """A problem as it is kept: of values only codes and dates, never words about a person."""
    value = problem.value if problem.is_code_or_date else ""
    return [problem.file, problem.line, problem.column, value, problem.right, problem.stops]
