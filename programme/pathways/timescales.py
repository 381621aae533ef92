"""When something is due: a timescale rule (a row anyone may change) put to a day."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from programme.core.choices import Jurisdiction
from programme.core.dates import add_months
from programme.core.gestation import day_of_gestation
from programme.core.working_days import add_working_days
from programme.pathways.models import TimescaleRule

EVERY_PATHWAY, EVERY_STAGE, EVERY_KIND = "all", "", ""
# The calendar of a rule that also leaves out the days off of a programme. What a statute counts
# in working days does not: a closed office gives no more time there.
OFFICE_DAYS = "office_days"
HOURS_IN_A_DAY = 24


def rule_in_force(
    rules: Iterable[TimescaleRule],
    code: str,
    pathway: str,
    on: date,
    stage: str = "",
    kind: str = "",
) -> TimescaleRule | None:
    """The newest row of a rule valid on a day for a pathway, stage and kind, or for all."""
    valid = [
        rule
        for rule in rules
        if rule.code == code
        and rule.applies_to in (pathway, EVERY_PATHWAY)
        and rule.stage in (stage, EVERY_STAGE)
        and rule.kind in (kind, EVERY_KIND)
        and (rule.valid_from is None or rule.valid_from <= on)
    ]
    # A pathway's own row comes before the row for all, and of these a stage's, then a kind's.
    return max(valid, key=lambda rule: _closeness(rule, pathway), default=None)


def _closeness(rule: TimescaleRule, pathway: str) -> tuple[bool, bool, bool, date]:
    is_of_stage, is_of_kind = rule.stage != EVERY_STAGE, rule.kind != EVERY_KIND
    return rule.applies_to == pathway, is_of_stage, is_of_kind, rule.valid_from or date.min


def due_on(rule: TimescaleRule, start: date, closed_days: Collection[date] = ()) -> date:
    """The last day in time. ValueError for a unit that does not start from a day.

    Of weeks of gestation, ``start`` is the due date. ``closed_days`` are the programme's own.
    """
    first = 1 if rule.first_day_counted else 0
    if rule.unit == "working_days":
        return add_working_days(
            start,
            rule.count,
            jurisdiction=_jurisdiction(rule),
            first_day_counted=rule.first_day_counted,
            closed_days=closed_days if rule.calendar == OFFICE_DAYS else (),
        )
    if rule.unit == "weeks_of_gestation":
        return day_of_gestation(start, rule.count)
    if rule.unit == "months":
        return add_months(start, rule.count) - timedelta(days=first)
    return start + timedelta(days=_calendar_days(rule) - first)


def _calendar_days(rule: TimescaleRule) -> int:
    if rule.unit == "hours":
        # A part of a day runs into the next day; what is recorded is days.
        return -(-rule.count // HOURS_IN_A_DAY)
    if rule.unit not in {"days", "weeks"}:
        raise ValueError(f"Rule {rule.code} counts {rule.unit}, which do not start from a day.")
    return rule.count * (7 if rule.unit == "weeks" else 1)


def _jurisdiction(rule: TimescaleRule) -> Jurisdiction:
    """Whose bank holidays; a local rule keeps those of both nations."""
    if rule.jurisdiction in Jurisdiction.values:
        return Jurisdiction(rule.jurisdiction)
    return Jurisdiction.ENGLAND_AND_WALES
