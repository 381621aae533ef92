"""How far on the pregnancy was when the referral came."""

from collections import defaultdict
from uuid import UUID

from programme.core.gestation import gestation
from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS, NOT_RECORDED
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import left_out, members
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload

# The last completed week of each band; beyond them, the last band.
BANDS = ((12, "<=12"), (16, "13-16"), (20, "17-20"), (27, "21-27"))
LAST_BAND = ">=28"


def gestation_at_referral(caseload: Caseload, period: Period) -> Figure:
    """TI-1. Median completed weeks on the day of receipt, of referrals because of a pregnancy.

    By the due date in force that day; where none was recorded by then, the first recorded after
    (and by the report date). Without a due date: left out and counted, which is also the "not
    recorded" of this figure. A pregnancy lost before the first contact stays in. A pregnancy
    counts once for each referral because of it.
    """
    weeks: dict[UUID, int] = {}
    without_due_date: list[UUID] = []
    for row in caseload.referrals:
        if row.pregnancy_id is None or not period.holds(row.received_on):
            continue
        due_date = caseload.facts.due_date(row.pregnancy_id, row.received_on)
        if due_date is None:
            without_due_date.append(row.id)
        else:
            weeks[row.id] = gestation(due_date, row.received_on).weeks
    return _figure(weeks, without_due_date)


def _figure(weeks: dict[UUID, int], without_due_date: list[UUID]) -> Figure:
    definition = DEFINITIONS["TI-1"]
    bands: dict[str, list[UUID]] = defaultdict(list)
    for referral_id, completed in weeks.items():
        bands[band(completed)].append(referral_id)
    counts = {name: len(ids) for name, ids in bands.items()}
    missing = {NOT_RECORDED: without_due_date, **left_out({"no_due_date": without_due_date})}
    return figures.median(
        definition,
        list(weeks.values()),
        rows=figures.rows_of(definition.categories, counts, len(weeks)),
        not_recorded=len(without_due_date),
        excluded={"no_due_date": len(without_due_date)},
        members=members({"denominator": weeks}, bands, missing),
    )


def band(weeks: int) -> str:
    """The band of so many completed weeks."""
    return next((name for last, name in BANDS if weeks <= last), LAST_BAND)
