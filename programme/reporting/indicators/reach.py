"""Reach: who is referred, who is taken on, and how full the programme is."""

from collections import defaultdict
from uuid import UUID

from programme.core.choices import Decision, NotAcceptedReason, PopulationFigure
from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import Ids, count_of, members, share_of, spread_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload

# Stages that no longer fill a commissioned place.
PLACE_IS_FREE = frozenset({"next_steps", "ending", "step_down"})
RATES = {PopulationFigure.LIVE_BIRTHS: 1_000, PopulationFigure.WOMEN_15_44: 10_000}


def referrals_received(caseload: Caseload, period: Period) -> Figure:
    """RE-3. Referrals received in the period, entered-twice ones left out and counted.

    A re-referral counts like any other and is shown in a row. A rate (per 1,000 births, per
    10,000 women) stands beside it only where the period is a year whose figure is loaded for
    every area: births of a whole year say nothing about a quarter.
    """
    received = [row for row in caseload.referrals if period.holds(row.received_on)]
    duplicates = [r.id for r in received if r.not_accepted_reason == NotAcceptedReason.DUPLICATE]
    counted = [row for row in received if row.id not in set(duplicates)]
    figure = count_of(
        DEFINITIONS["RE-3"],
        [row.id for row in counted],
        excluded={"duplicate": duplicates},
        rows={"re_referral": [row.id for row in counted if row.previous_episode_id]},
    )
    rates = _rates(caseload, period, len(counted))
    return figure.split("rate", rates) if rates else figure


def _rates(caseload: Caseload, period: Period, referrals: int) -> list[Figure]:
    if caseload.parents is not None:
        return []
    return [
        figures.rate(DEFINITIONS["RE-3"], referrals, people, per, category=str(figure))
        for figure, per in RATES.items()
        if (people := _population(caseload, period, figure))
    ]


def _population(caseload: Caseload, period: Period, figure: str) -> int | None:
    loaded = {
        row.area: row.value
        for row in caseload.tables.population
        if (row.figure, row.year_start, row.year_end) == (figure, period.first, period.last)
    }
    areas = {programme.area for programme in caseload.programmes}
    return sum(loaded[area] for area in areas) if areas <= set(loaded) else None


def accepted(caseload: Caseload, period: Period) -> Figure:
    """RE-4. Referrals accepted, of those accepted or not accepted with a decision in the period.

    Left out and counted: withdrawn (by the day of withdrawal, else of receipt) and undecided on
    the report date, whenever received by the end of the period. Not recorded: decided, but
    nobody wrote down when; counted by the day of receipt.
    """
    decided = [r for r in caseload.referrals if r.is_decided and period.holds(r.decided_on)]
    withdrawn = [
        row.id
        for row in caseload.referrals
        if row.decision == Decision.WITHDRAWN and period.holds(row.decided_on or row.received_on)
    ]
    undecided = [r.id for r in caseload.referrals if r.is_pending and r.received_on <= period.last]
    return share_of(
        DEFINITIONS["RE-4"],
        [row.id for row in decided if row.decision == Decision.ACCEPTED],
        [row.id for row in decided],
        not_recorded=_decided_some_day(caseload, period),
        excluded={"withdrawn": withdrawn, "undecided": undecided},
    )


def _decided_some_day(caseload: Caseload, period: Period) -> Ids:
    return [
        row.id
        for row in caseload.referrals
        if row.is_decided and row.decided_on is None and period.holds(row.received_on)
    ]


def not_taken_on(caseload: Caseload, period: Period) -> Figure:
    """RE-5. Referrals not accepted, one reason each, of all referrals decided in the period.

    A referral entered twice was decided too: it stands in its own row. The team that a parent
    was passed to is on the referral, one click behind the row.
    """
    by_reason: dict[str, list[UUID]] = defaultdict(list)
    decided = [r for r in caseload.referrals if r.is_decided and period.holds(r.decided_on)]
    for row in decided:
        if row.decision == Decision.NOT_ACCEPTED:
            by_reason[row.not_accepted_reason].append(row.id)
    return spread_of(
        DEFINITIONS["RE-5"],
        base=[row.id for row in decided],
        not_recorded=by_reason.pop("", []),
        counted=by_reason,
    )


def capacity_used(caseload: Caseload, period: Period) -> Figure:
    """RE-9. Episodes open on the report date, of the commissioned places.

    An episode in next_steps, ending or step_down has left its place free; one in no stage has
    not. Blank where the places are not recorded, and for all programmes together where those of
    any are not. It may pass 100%.
    """
    filled = [row.id for row in caseload.open_episodes if caseload.stage(row) not in PLACE_IS_FREE]
    places = [programme.commissioned_places for programme in caseload.programmes]
    known = [count for count in places if count is not None]
    return figures.proportion(
        DEFINITIONS["RE-9"],
        len(filled),
        sum(known) if known and len(known) == len(places) else None,
        members=members({"numerator": filled}),
    )
