"""Support: practical and therapeutic help taken up."""

from collections.abc import Iterable
from uuid import UUID

from programme.core.choices import SupportCategory, SupportResponse
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import spread_of
from programme.reporting.periods import Period, days_open
from programme.reporting.reads import Caseload
from programme.reporting.reads.work import EpisodeRow, SupportRow

DAYS_ACTIVE = 28
COUNTED = (SupportCategory.PRACTICAL, SupportCategory.THERAPEUTIC)


def help_given(caseload: Caseload, period: Period) -> Figure:
    """SU-1. Parents with practical help, with therapeutic help, and with both.

    Base: parents with an episode open on a day of the period that by its end (or the closing,
    or the report date) had been open on 28 days. Help counts when taken up, started by then and
    not ended before the period, in any of the parent's episodes of the period. Who had both
    stands in all three rows. Not recorded: parents in no row who were offered one of the two
    and of whom nobody wrote down the answer, or when it started.
    """
    working = caseload.open_in(period)
    base = {row.parent_id for row in working if _days_active(row, period) >= DAYS_ACTIVE}
    practical, therapeutic = (_helped(caseload, working, period, kind) & base for kind in COUNTED)
    unclear = _unclear(caseload, working) & base
    return spread_of(
        DEFINITIONS["SU-1"],
        {
            "practical": practical,
            "therapeutic": therapeutic,
            "both": practical & therapeutic,
        },
        base=base,
        not_recorded=unclear - practical - therapeutic,
    )


def _days_active(row: EpisodeRow, period: Period) -> int:
    return days_open(row.opened_on, row.closed_on, period.last_read)


def _helped(
    caseload: Caseload, episodes: Iterable[EpisodeRow], period: Period, category: str
) -> set[UUID]:
    return {
        row.parent_id
        for row in episodes
        for given in caseload.help_of.get(row.id, ())
        if given.category == category and _is_taken(given, period)
    }


def _is_taken(given: SupportRow, period: Period) -> bool:
    return (
        given.response == SupportResponse.TAKEN
        and given.started_on is not None
        and given.started_on <= period.last_read
        and (given.ended_on is None or given.ended_on >= period.first)
    )


def _unclear(caseload: Caseload, episodes: Iterable[EpisodeRow]) -> set[UUID]:
    return {
        row.parent_id
        for row in episodes
        for given in caseload.help_of.get(row.id, ())
        if given.category in COUNTED and _says_too_little(given)
    }


def _says_too_little(given: SupportRow) -> bool:
    is_taken = given.response == SupportResponse.TAKEN
    return not given.response or (is_taken and given.started_on is None)
