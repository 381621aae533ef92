"""Working days: Monday to Friday without bank holidays and without days the service adds."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

import holidays

from programme.core.choices import Jurisdiction

ONE_DAY = timedelta(days=1)
SATURDAY = 5
NOTHING_ADDED: frozenset[date] = frozenset()

# The names the `holidays` library gives to the two nations. A rule for both keeps either's days.
NATIONS = {
    Jurisdiction.ENGLAND: ("ENG",),
    Jurisdiction.WALES: ("WLS",),
    Jurisdiction.ENGLAND_AND_WALES: ("ENG", "WLS"),
}


@lru_cache(maxsize=512)
def bank_holidays(year: int, jurisdiction: Jurisdiction) -> frozenset[date]:
    """Bank holidays of one year, substitute days and one-off days included."""
    nations = [
        holidays.country_holidays("GB", subdiv=nation, years=year)
        for nation in NATIONS[jurisdiction]
    ]
    return frozenset(day for nation in nations for day in nation)


def is_working_day(
    day: date,
    *,
    jurisdiction: Jurisdiction = Jurisdiction.ENGLAND_AND_WALES,
    closed_days: Collection[date] = NOTHING_ADDED,
) -> bool:
    """Whether offices work that day; `closed_days` are local days off beside bank holidays."""
    return (
        day.weekday() < SATURDAY
        and day not in closed_days
        and day not in bank_holidays(day.year, jurisdiction)
    )


def add_working_days(
    start: date,
    count: int,
    *,
    jurisdiction: Jurisdiction = Jurisdiction.ENGLAND_AND_WALES,
    first_day_counted: bool = False,
    closed_days: Collection[date] = NOTHING_ADDED,
) -> date:
    """The working day that is number `count` from `start`; a count below 0 goes back.

    Counting begins the day after `start`, or on `start` itself where the rule says so.
    A count of 0 is `start`, or the first working day after it.
    """
    step = -ONE_DAY if count < 0 else ONE_DAY
    day = start if first_day_counted or count == 0 else start + step
    left = max(abs(count), 1)
    while True:
        left -= is_working_day(day, jurisdiction=jurisdiction, closed_days=closed_days)
        if not left:
            return day
        day += step


def working_days_between(
    start: date,
    end: date,
    *,
    jurisdiction: Jurisdiction = Jurisdiction.ENGLAND_AND_WALES,
    first_day_counted: bool = False,
    closed_days: Collection[date] = NOTHING_ADDED,
) -> int:
    """Working days after `start` up to and with `end`, below 0 when `end` comes first.

    Where the rule counts the first day, `start` itself counts too.
    """
    if end < start:
        return -working_days_between(
            end,
            start,
            jurisdiction=jurisdiction,
            first_day_counted=first_day_counted,
            closed_days=closed_days,
        )
    first = 0 if first_day_counted else 1
    return sum(
        is_working_day(
            start + timedelta(days=offset), jurisdiction=jurisdiction, closed_days=closed_days
        )
        for offset in range(first, (end - start).days + 1)
    )
