"""Starting and ending assessments, setting and holding meetings."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.assessments.models import Assessment, Meeting
from programme.assessments.reads import is_open
from programme.audit import events
from programme.core.dates import today
from programme.episodes.models import Episode
from programme.episodes.rows import keep_once, refuse_closed, refuse_future, write_on

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
    refuse_closed(episode)
    refuse_future(started_on, "started_on")
    row = Assessment(
        id=key, episode=episode, kind=kind, started_on=started_on, due_on=due_on, **about
    )
    return keep_once(row, "assessments.assessment_started", by)


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
    refuse_closed(episode)
    refuse_future(held_on, "held_on")
    row = Meeting(
        id=key,
        episode=episode,
        kind=kind,
        due_on=due_on,
        held_on=held_on,
        parent_attended=parent_attended,
        father_attended=father_attended,
    )
    return keep_once(row, "assessments.meeting_recorded", by)


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
    refuse_future(completed_on, "completed_on")
    cancelled_on = (assessment.cancelled_on or today()) if cancelled_reason else None
    said: dict[str, Any] = {
        "due_on": due_on,
        "completed_on": completed_on,
        "conclusion": conclusion,
        "cancelled_on": cancelled_on,
        "cancelled_reason": cancelled_reason,
    }
    return write_on(
        assessment,
        said,
        amends=not is_open(assessment),
        seen_version=seen_version,
        reason=reason,
        event="assessments.assessment_changed",
        by=by,
    )


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
    refuse_future(held_on, "held_on")
    said: dict[str, Any] = {
        "due_on": due_on,
        "held_on": held_on,
        "cancelled_on": (meeting.cancelled_on or today()) if is_called_off else None,
        "parent_attended": parent_attended,
        "father_attended": father_attended,
    }
    return write_on(
        meeting,
        said,
        amends=not is_open(meeting),
        seen_version=seen_version,
        reason=reason,
        event="assessments.meeting_changed",
        by=by,
    )
