"""Working out indicators of one programme, or of all, for a period."""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from programme.access.scope import reading_figures
from programme.reporting.figures import Figure
from programme.reporting.indicators import (
    babies,
    contraception,
    cost,
    engagement,
    equity,
    fathers,
    pregnancy,
    reach,
    snapshots,
    support,
    timeliness,
    voice,
    workforce,
)
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload

Indicator = Callable[[Caseload, Period], Figure]

INDICATORS: dict[str, Indicator] = {
    "RE-3": reach.referrals_received,
    "RE-4": reach.accepted,
    "RE-5": reach.not_taken_on,
    "RE-9": reach.capacity_used,
    "TI-1": timeliness.gestation_at_referral,
    "TI-4": timeliness.formulation_on_time,
    "TI-7": timeliness.pre_birth_assessments_in_time,
    "TI-9": timeliness.post_birth_assessments_in_time,
    "TI-10": timeliness.events_in_time,
    "EN-2": engagement.appointments_kept,
    "SU-1": support.help_given,
    "CO-2": contraception.choices_recorded,
    "PR-1": pregnancy.newly_pregnant,
    "PR-2": pregnancy.stayed_without_new_pregnancy,
    "PR-3": pregnancy.no_new_proceedings,
    "PR-7": pregnancy.how_pregnancies_ended,
    "BA-10": babies.where_babies_are,
    "BA-11": babies.earlier_separation_and_outcome,
    "VO-3": voice.felt_listened_to,
    "FA-1": fathers.father_recorded,
    "EQ-2": equity.parents_by_ethnicity,
    "WF-1": workforce.caseload_in_range,
    "CA-1": cost.cost_for_each_parent,
    "SN-1": snapshots.stage_on_the_day,
    "SN-2": snapshots.closures_by_reason,
    "SN-3": snapshots.babies_born,
    "SN-4": snapshots.unborn_by_plan,
}
ETHNICITY = "ethnicity"
SPLITS = (ETHNICITY,)


class UnknownIndicator(LookupError):
    """No indicator has this id."""


def work_out(
    period: Period,
    programme_id: UUID | None = None,
    *,
    ids: Collection[str] = (),
    by: Collection[str] = (),
) -> list[Figure]:
    """The indicators asked for (by default all), in the order asked, for whoever is acting.

    One programme, or with None all that the acting user counts. The number of queries does not
    depend on the number of parents. UnknownIndicator for an id that is none.
    """
    chosen = {name: _named(name) for name in ids or INDICATORS}
    with reading_figures():
        caseload = Caseload.of(period, programme_id)
        return [_figure(indicator, caseload, period, by) for indicator in chosen.values()]


def _named(name: str) -> Indicator:
    if name not in INDICATORS:
        raise UnknownIndicator(name)
    return INDICATORS[name]


def _figure(indicator: Indicator, caseload: Caseload, period: Period, by: Iterable[str]) -> Figure:
    figure = indicator(caseload, period)
    if ETHNICITY in by and equity.can_be_split(figure):
        return figure.split(ETHNICITY, equity.split_by_ethnicity(indicator, caseload, period))
    return figure
