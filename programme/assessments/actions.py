"""Starting and ending assessments, setting and holding meetings."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import save_changes, store_once
from programme.assessments.models import Assessment, Meeting
from programme.assessments.reads import is_open
from programme.audit import events
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Episode

Row = TypeVar("Row", Assessment, Meeting)

events.declare(
    assessments__assessment_started="started an assessment",
    assessments__assessment_changed="changed an assessment",
    assessments__meeting_recorded="recorded a meeting",
    assessments__meeting_changed="changed a meeting",
)


@transaction.atomic
def start_assessment(
    *,
    key: UUID,
    episode: Episode,
    kind: str,
    started_on: date,
    by: User,
    due_on: date | None = None,
    **about: Any,
) -> Assessment:
    """Keeps an assessment once, however often it is sent; ``about`` names a pregnancy or child."""
    _refuse_closed(episode)
    _refuse_future(started_on, "started_on")
    row = Assessment(
        id=key, episode=episode, kind=kind, started_on=started_on, due_on=due_on, **about
    )
    return _stored_once(row, "assessments.assessment_started", by)


@transaction.atomic
def record_meeting(
    *,
    key: UUID,
    episode: Episode,
    kind: str,
    by: User,
    due_on: date | None = None,
    held_on: date | None = None,
    parent_attended: str = "",
    father_attended: str = "",
) -> Meeting:
    """Keeps a meeting once: set for a day, or held on one."""
    _refuse_closed(episode)
    _refuse_future(held_on, "held_on")
    row = Meeting(
        id=key,
        episode=episode,
        kind=kind,
        due_on=due_on,
        held_on=held_on,
        parent_attended=parent_attended,
        father_attended=father_attended,
    )
    return _stored_once(row, "assessments.meeting_recorded", by)


@transaction.atomic
def change_assessment(
    *,
    assessment: Assessment,
    seen_version: int,
    by: User,
    reason: str = "",
    due_on: date | None = None,
    completed_on: date | None = None,
    conclusion: str = "",
    cancelled_reason: str = "",
) -> Assessment:
    """It goes on, was completed or called off; once it has ended, another word needs a reason."""
    _refuse_future(completed_on, "completed_on")
    cancelled_on = (assessment.cancelled_on or today()) if cancelled_reason else None
    said: dict[str, Any] = {
        "due_on": due_on,
        "completed_on": completed_on,
        "conclusion": conclusion,
        "cancelled_on": cancelled_on,
        "cancelled_reason": cancelled_reason,
    }
    return _changed(assessment, said, seen_version, reason, "assessments.assessment_changed", by)


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    seen_version: int,
    by: User,
    reason: str = "",
    due_on: date | None = None,
    held_on: date | None = None,
    is_called_off: bool = False,
    parent_attended: str = "",
    father_attended: str = "",
) -> Meeting:
    """It is set for a day, was held or called off; after that another word needs a reason."""
    _refuse_future(held_on, "held_on")
    said: dict[str, Any] = {
        "due_on": due_on,
        "held_on": held_on,
        "cancelled_on": (meeting.cancelled_on or today()) if is_called_off else None,
        "parent_attended": parent_attended,
        "father_attended": father_attended,
    }
    return _changed(meeting, said, seen_version, reason, "assessments.meeting_changed", by)


def _stored_once(row: Row, event: str, by: User) -> Row:
    stored, is_new = store_once(row)
    if is_new:
        events.record(event, subject=stored, parent=stored.episode.parent, by=by)
    return stored


def _changed(
    row: Row, said: dict[str, Any], seen_version: int, reason: str, event: str, by: User
) -> Row:
    """The same again is no change; what was still open is written on, not amended."""
    if all(getattr(row, name) == value for name, value in said.items()):
        return row
    amends = not is_open(row)
    for name, value in said.items():
        setattr(row, name, value)
    stored = save_changes(row, seen_version=seen_version, reason=reason if amends else None)
    events.record(event, subject=stored, parent=stored.episode.parent, by=by)
    return stored


def _refuse_closed(episode: Episode) -> None:
    if not episode.is_open:
        raise RuleBroken("This episode is closed.")


def _refuse_future(day: date | None, field: str) -> None:
    if day and day > today():
        raise RuleBroken("The day cannot be in the future.", field=field)
