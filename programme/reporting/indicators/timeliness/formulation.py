"""Whether the formulation meeting was held in time."""

from datetime import date
from uuid import UUID

from programme.core.choices import Decision, MeetingKind
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure, not_applicable
from programme.reporting.indicators.timeliness.due import Due, in_time
from programme.reporting.indicators.timescales import FORMULATION, due_by_rule, has_rule
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload
from programme.reporting.reads.work import ReferralRow

CLOSED = "closed_before_due"


def formulation_on_time(caseload: Caseload, period: Period) -> Figure:
    """TI-4. Referrals whose formulation meeting was held by the day rule T03 gives (15 days).

    Due in the period, of programmes whose pathway has the rule; not applicable for others. In
    the base once that day has passed or the meeting was held; the first one held is judged.
    Left out and counted: closed before that day with no meeting held, by the last episode of
    the referral or because it was not taken on.
    """
    pathways = caseload.pathways
    if not any(has_rule(caseload, FORMULATION, pathway) for pathway in pathways.values()):
        return not_applicable(DEFINITIONS["TI-4"])
    held = _first_held(caseload)
    things = []
    for row in caseload.referrals:
        due_on = due_by_rule(caseload, FORMULATION, pathways[row.programme_id], row.received_on)
        if due_on is not None:
            things.append(_due(caseload, row, due_on, held.get(row.id)))
    return in_time(DEFINITIONS["TI-4"], things, period, reasons=[CLOSED])


def _due(caseload: Caseload, row: ReferralRow, due_on: date, held_on: date | None) -> Due:
    closed_on = _closed_on(caseload, row)
    is_closed = held_on is None and closed_on is not None and closed_on < due_on
    return Due(row.id, due_on, held_on, CLOSED if is_closed else "")


def _first_held(caseload: Caseload) -> dict[UUID, date]:
    first: dict[UUID, date] = {}
    for meeting in caseload.meetings:
        if meeting.kind == MeetingKind.FORMULATION and meeting.held_on is not None:
            referral_id = caseload.episode[meeting.episode_id].referral_id
            first[referral_id] = min(meeting.held_on, first.get(referral_id, date.max))
    return first


def _closed_on(caseload: Caseload, row: ReferralRow) -> date | None:
    if row.decision in (Decision.NOT_ACCEPTED, Decision.WITHDRAWN):
        return row.decided_on or row.received_on
    endings = [episode.closed_on for episode in caseload.episodes_of_referral.get(row.id, ())]
    dated = [day for day in endings if day is not None]
    return max(dated) if dated and len(dated) == len(endings) else None
