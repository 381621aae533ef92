"""New pregnancies while parents were with the programme."""

from datetime import date
from uuid import UUID

from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import members, share_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload
from programme.reporting.reads.people import PregnancyRow
from programme.reporting.reads.work import EpisodeRow

# One hundred person-years of 365.25 days.
DAYS_IN_100_YEARS = 36_525


def newly_pregnant(caseload: Caseload, period: Period) -> Figure:
    """PR-1. Parents with a pregnancy conceived in the period, while they were on the programme.

    Conceived (266 days before the due date in force on the report date) after the engagement
    started, else after the opening, and before the closing; a father's pregnancies are those he
    is recorded for. Base: parents with an episode open on a day of the period. Left out and
    counted: parents who were pregnant at the referral behind each such episode (conceived before
    that day, or with no due date known by then, and not ended by then). Not recorded: parents
    whose new pregnancy, known while they were with us, has no due date.

    Beside it the rate for 100 person-years: days of the period on the programme, from the start
    as above to the closing or the first new conception.
    """
    working = caseload.open_in(period)
    at_risk = [row for row in working if not _pregnant_at_referral(caseload, row)]
    base = {row.parent_id for row in at_risk}
    expecting = {row.parent_id for row in at_risk if _conceptions(caseload, row, period)}
    undated = {row.parent_id for row in at_risk if _has_undated(caseload, row, period)}
    figure = share_of(
        DEFINITIONS["PR-1"],
        expecting,
        base,
        not_recorded=undated - expecting,
        excluded={"pregnant_at_referral": {row.parent_id for row in working} - base},
    )
    days = sum(_days_at_risk(caseload, row, period) for row in at_risk)
    return figure.split("rate", [_rate(expecting, days)])


def _rate(expecting: set[UUID], days: int) -> Figure:
    return figures.rate(
        DEFINITIONS["PR-1"],
        len(expecting),
        days,
        DAYS_IN_100_YEARS,
        category="per_100_person_years",
        members=members({"numerator": expecting}),
    )


def _pregnant_at_referral(caseload: Caseload, episode: EpisodeRow) -> bool:
    referral = caseload.referral.get(episode.referral_id)
    received_on = referral.received_on if referral else episode.opened_on
    return any(
        _began_before(caseload, pregnancy, received_on)
        and (pregnancy.ended_on is None or pregnancy.ended_on > received_on)
        for pregnancy in caseload.facts.pregnancies_of.get(episode.parent_id, ())
    )


def _began_before(caseload: Caseload, pregnancy: PregnancyRow, day: date) -> bool:
    conceived_on = caseload.facts.conceived_on(pregnancy.id)
    return conceived_on < day if conceived_on else pregnancy.known_on <= day


def starts_on(episode: EpisodeRow) -> date:
    """When the engagement started, else when the episode was opened."""
    return episode.engagement_started_on or episode.opened_on


def _conceptions(caseload: Caseload, episode: EpisodeRow, period: Period) -> list[date]:
    days = [
        caseload.facts.conceived_on(pregnancy.id)
        for pregnancy in caseload.facts.pregnancies_of.get(episode.parent_id, ())
    ]
    return sorted(day for day in days if day and _is_during(episode, day) and _is_read(period, day))


def _is_read(period: Period, day: date) -> bool:
    return period.holds(day) and day <= period.report_date


def _is_during(episode: EpisodeRow, day: date) -> bool:
    return day > starts_on(episode) and (episode.closed_on is None or day < episode.closed_on)


def _has_undated(caseload: Caseload, episode: EpisodeRow, period: Period) -> bool:
    return any(
        caseload.facts.conceived_on(pregnancy.id) is None
        and period.holds(pregnancy.known_on)
        and _is_during(episode, pregnancy.known_on)
        for pregnancy in caseload.facts.pregnancies_of.get(episode.parent_id, ())
    )


def _days_at_risk(caseload: Caseload, episode: EpisodeRow, period: Period) -> int:
    conceptions = _conceptions(caseload, episode, period)
    ends = [day for day in (episode.closed_on, *conceptions) if day]
    return period.open_days(starts_on(episode), min(ends, default=None))
