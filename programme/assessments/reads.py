"""Assessments and meetings of a parent's work, as a page shows and offers them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from programme.access.parts import Part
from programme.assessments.models import Assessment, Meeting
from programme.core.together import ask_together
from programme.episodes.models import Episode
from programme.episodes.reads import open_work
from programme.people.models import Child, Parent
from programme.people.reads import open_children
from programme.pregnancies.models import Pregnancy
from recurrent.design.words import day_and_year

# The programmes in whose name one writes each part of a record.
Written = Mapping[Part, set[UUID]]


@dataclass(frozen=True)
class Line:
    """One assessment or meeting: what it is, and how it stands."""

    key: UUID
    what: str
    said: str
    is_open: bool
    may_change: bool


@dataclass(frozen=True)
class Plan:
    """Everything of one parent: what goes on or is to come first, then what was done."""

    assessments: tuple[Line, ...]
    meetings: tuple[Line, ...]


def plan_of(parent: Parent, written: Written) -> Plan:
    """As far as the acting user may read (one query); ``written`` says what she may change."""
    assessments = Assessment.objects.filter(episode__parent=parent).select_related("episode")
    meetings = Meeting.objects.filter(episode__parent=parent).select_related("episode")
    assessments, meetings = assessments.order_by("-started_on"), meetings.order_by("-stored_at")
    ask_together(assessments, meetings)
    return Plan(
        _sorted(_line(one, standing_of(one), written[Part.NOTES]) for one in assessments),
        _sorted(_line(one, state_of(one), written[Part.ARRANGEMENTS]) for one in meetings),
    )


def _line(row: Assessment | Meeting, said: str, written: set[UUID]) -> Line:
    episode = row.episode
    may_change = episode.is_open and episode.programme_id in written
    return Line(row.pk, row.get_kind_display(), said, is_open(row), may_change)


def _sorted(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: not line.is_open))


def is_open(row: Assessment | Meeting) -> bool:
    """Whether it is still to be done."""
    done_on = row.completed_on if isinstance(row, Assessment) else row.held_on
    return done_on is None and row.cancelled_on is None


def standing_of(one: Assessment) -> str:
    """How an assessment stands: ``Started on 3 March 2026, to be completed by 1 May 2026``."""
    started = f"Started on {day_and_year(one.started_on)}"
    if one.completed_on:
        return f"{started}, completed on {day_and_year(one.completed_on)}"
    if one.cancelled_on:
        return f"{started}, called off on {day_and_year(one.cancelled_on)}"
    return f"{started}, to be completed by {day_and_year(one.due_on)}" if one.due_on else started


def state_of(meeting: Meeting) -> str:
    """How a meeting stands: set, held, called off."""
    if meeting.held_on:
        return f"Held on {day_and_year(meeting.held_on)}"
    if meeting.cancelled_on:
        return f"Called off on {day_and_year(meeting.cancelled_on)}"
    return f"Set for {day_and_year(meeting.due_on)}" if meeting.due_on else "No day set"


def work_to_add_to(parent: Parent, written: Written) -> list[Episode]:
    """The open episodes of which the acting user writes notes and arrangements (one query)."""
    return open_work(parent, written[Part.NOTES] & written[Part.ARRANGEMENTS])


def may_change(row: Assessment | Meeting, part: Part, written: Written) -> bool:
    """Whether the work goes on, and the acting user writes this part of it."""
    episode = row.episode
    return episode.is_open and episode.programme_id in written[part]


def whom_it_may_be_about(parent: Parent) -> list[tuple[str, str, dict[str, Any]]]:
    """Babies expected and children on this record: a key, words, and what is stored."""
    expected = Pregnancy.objects.filter(mother=parent, outcome__in=["", "ongoing"])
    children = Child.objects.filter(pk__in=open_children(parent))
    found: list[tuple[str, str, dict[str, Any]]] = [
        (f"pregnancy-{one.pk}", _expected_in_words(one.known_on), {"pregnancy": one})
        for one in expected.order_by("-known_on")
    ]
    found += [
        (f"child-{one.pk}", one.given_names or "A child without a name", {"child": one})
        for one in children.order_by("date_of_birth", "given_names")
    ]
    return found


def _expected_in_words(known_on: date) -> str:
    return f"The baby expected, known of since {day_and_year(known_on)}"
