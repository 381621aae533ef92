"""Why something is due, in plain words."""

from programme.pathways.models import TimescaleRule
from programme.workboard.reads.watched import Watched
from recurrent.design.words import day_and_year

ONE = {
    "working_days": "working day",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "hours": "hour",
}


def reason(rule: TimescaleRule, clock: Watched) -> str:
    """``within 15 days of the referral on 4 March 2026``; before it where the count is below 0."""
    event = f"{clock.event} on {day_and_year(clock.since)}"
    if rule.unit == "weeks_of_gestation":
        return f"by {rule.count} weeks of the pregnancy, by {event}"
    if rule.count < 0:
        return f"{_counted(-rule.count, rule.unit)} before {event}"
    return f"within {_counted(rule.count, rule.unit)} of {event}"


def _counted(count: int, unit: str) -> str:
    one = ONE[unit]
    return f"{count} {one}" if count == 1 else f"{count} {one}s"
