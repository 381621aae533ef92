"""How pregnancies ended."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from programme.core.choices import PregnancyOutcome
from programme.reporting.definitions import DEFINITIONS, NOT_RECORDED
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import spread_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload
from programme.reporting.reads.people import PregnancyRow

ONGOING, MOVED = "ongoing", "moved"
NO_OUTCOME = ("", PregnancyOutcome.ONGOING)


def how_pregnancies_ended(caseload: Caseload, period: Period) -> Figure:
    """PR-7. Pregnancies that ended in the period, by how, and those ongoing on the report date.

    Of parents (mother, or recorded father) with an episode open on a day from when the
    pregnancy was known to its end, or to the report date while it goes on; twins are one.
    Ongoing with a mother who moved out of the area: "moved", in the period in which she did.
    An end with a day but no outcome is "not known", and so is that outcome with no day. Any
    other outcome with no day is not recorded: it cannot be put in a period.
    """
    found: dict[str, list[UUID]] = defaultdict(list)
    for pregnancy in caseload.facts.pregnancies.values():
        category = _category(caseload, pregnancy, period)
        if category and _was_with_us(caseload, pregnancy):
            found[category].append(pregnancy.id)
    not_recorded = found.pop(NOT_RECORDED, [])
    return spread_of(DEFINITIONS["PR-7"], found, not_recorded=not_recorded)


def _category(caseload: Caseload, pregnancy: PregnancyRow, period: Period) -> str | None:
    if pregnancy.ended_on is not None:
        return _outcome(pregnancy) if period.holds(pregnancy.ended_on) else None
    if pregnancy.outcome in NO_OUTCOME:
        return _ongoing(caseload, pregnancy, period)
    is_unknown = pregnancy.outcome == PregnancyOutcome.NOT_KNOWN
    return str(pregnancy.outcome) if is_unknown else NOT_RECORDED


def _outcome(pregnancy: PregnancyRow) -> str:
    is_missing = pregnancy.outcome in NO_OUTCOME
    return str(PregnancyOutcome.NOT_KNOWN if is_missing else pregnancy.outcome)


def _ongoing(caseload: Caseload, pregnancy: PregnancyRow, period: Period) -> str | None:
    moved_out_on, _ = caseload.facts.left_on(pregnancy.mother_id)
    if moved_out_on is None:
        return ONGOING
    return MOVED if period.holds(moved_out_on) else None


def _was_with_us(caseload: Caseload, pregnancy: PregnancyRow) -> bool:
    known_to = Period(pregnancy.known_on, max(pregnancy.known_on, _last_day(caseload, pregnancy)))
    return any(
        known_to.has_open_day(episode.opened_on, episode.closed_on)
        for parent in caseload.facts.expecting(pregnancy)
        for episode in caseload.episodes_of.get(parent, ())
    )


def _last_day(caseload: Caseload, pregnancy: PregnancyRow) -> date:
    return pregnancy.ended_on or caseload.report_date
