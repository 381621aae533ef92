"""Whether assessments before and after birth were finished in time."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from programme.core.choices import AssessmentKind, ClosureReason
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.timeliness.due import Due, in_time
from programme.reporting.indicators.timescales import (
    AFTER_BIRTH,
    BEFORE_BIRTH,
    due_by_shared_rule,
)
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload
from programme.reporting.reads.people import ChildRow
from programme.reporting.reads.work import AssessmentRow

DIED, MOVED, CANCELLED = "baby_died", "moved", "cancelled"


def pre_birth_assessments_in_time(caseload: Caseload, period: Period) -> Figure:
    """TI-7. Pre-birth assessments finished by the day they were due, of those due in the period.

    Due on the day recorded; where none is, by rule T04 from the start (45 days, as the figure
    behind it says; a count and unit that the service may change). In the base once finished or
    overdue. Cancelled and not finished: left out and counted, whatever the reason given.
    """
    things = []
    undated = []
    for row in _of_kind(caseload, AssessmentKind.PRE_BIRTH):
        due_on = row.due_on or _due_before_birth(caseload, row)
        if due_on is None:
            undated.append(row)
        else:
            left_out = CANCELLED if row.cancelled_on and not row.completed_on else ""
            things.append(Due(row.id, due_on, row.completed_on, left_out))
    return in_time(
        DEFINITIONS["TI-7"],
        things,
        period,
        reasons=[CANCELLED],
        not_recorded=_begun_in(undated, period),
    )


def post_birth_assessments_in_time(caseload: Caseload, period: Period) -> Figure:
    """TI-9. Post-birth assessments finished by the earlier of the day set and birth + rule T05.

    The birth is that of the assessment's child, else the first of its pregnancy or of the
    pregnancy behind the referral. Where only one of the two days is known, that one counts; with
    neither it is not recorded. Left out and counted, unless finished in time: the baby died, or
    the family moved, by that day; cancelled and never finished.
    """
    things = []
    undated = []
    for row in _of_kind(caseload, AssessmentKind.POST_BIRTH):
        babies = _babies(caseload, row)
        due_on = _due_after_birth(caseload, row, babies)
        if due_on is None:
            undated.append(row)
        else:
            left_out = _left_out(caseload, row, babies, due_on)
            things.append(Due(row.id, due_on, row.completed_on, left_out))
    return in_time(
        DEFINITIONS["TI-9"],
        things,
        period,
        reasons=[DIED, MOVED, CANCELLED],
        not_recorded=_begun_in(undated, period),
    )


def _of_kind(caseload: Caseload, kind: AssessmentKind) -> list[AssessmentRow]:
    return [row for row in caseload.assessments if row.kind == kind]


def _pathway(caseload: Caseload, row: AssessmentRow) -> str:
    return caseload.pathways[caseload.episode[row.episode_id].programme_id]


def _begun_in(rows: Iterable[AssessmentRow], period: Period) -> list[UUID]:
    return [row.id for row in rows if period.holds(row.started_on)]


def _babies(caseload: Caseload, row: AssessmentRow) -> list[ChildRow]:
    facts = caseload.facts
    child = facts.children.get(row.child_id) if row.child_id else None
    if child:
        return [child]
    behind_referral = caseload.pregnancy_of(caseload.episode[row.episode_id])
    pregnancy_id = row.pregnancy_id or (behind_referral.id if behind_referral else None)
    return facts.children_of_pregnancy.get(pregnancy_id, []) if pregnancy_id else []


def _due_before_birth(caseload: Caseload, row: AssessmentRow) -> date | None:
    return due_by_shared_rule(caseload, BEFORE_BIRTH, _pathway(caseload, row), row.started_on)


def _due_after_birth(
    caseload: Caseload, row: AssessmentRow, babies: Iterable[ChildRow]
) -> date | None:
    born_on = min((baby.date_of_birth for baby in babies if baby.date_of_birth), default=None)
    pathway = _pathway(caseload, row)
    by_rule = due_by_shared_rule(caseload, AFTER_BIRTH, pathway, born_on) if born_on else None
    return min((day for day in (row.due_on, by_rule) if day), default=None)


def _left_out(caseload: Caseload, row: AssessmentRow, babies: list[ChildRow], due_on: date) -> str:
    if row.completed_on is not None and row.completed_on <= due_on:
        return ""
    if babies and all(baby.died_on is not None and baby.died_on <= due_on for baby in babies):
        return DIED
    if _moved_by(caseload, row, due_on):
        return MOVED
    return CANCELLED if row.cancelled_on and not row.completed_on else ""


def _moved_by(caseload: Caseload, row: AssessmentRow, day: date) -> bool:
    episode = caseload.episode[row.episode_id]
    moved_out_on, _ = caseload.facts.left_on(episode.parent_id)
    is_closed = episode.closed_on is not None and episode.closed_on <= day
    has_left_area = is_closed and episode.closure_reason == ClosureReason.MOVED_AREA
    return has_left_area or (moved_out_on is not None and moved_out_on <= day)
