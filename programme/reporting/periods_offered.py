"""Periods a manager may choose with one press."""

from dataclasses import dataclass
from datetime import date, timedelta

from programme.core.dates import add_months

FINANCIAL_YEAR_STARTS = (4, 1)


@dataclass(frozen=True)
class Offered:
    """A period with its name."""

    label: str
    first: date
    last: date


def offered(today: date, started_on: date | None) -> list[Offered]:
    """The last 12 months, this and the last financial year, and since the programme began."""
    yesterday = today - timedelta(days=1)
    april = date(today.year, *FINANCIAL_YEAR_STARTS)
    year_starts = april if april <= yesterday else date(today.year - 1, *FINANCIAL_YEAR_STARTS)
    choices = [
        Offered("The last 12 months", add_months(yesterday, -12) + timedelta(days=1), yesterday),
        Offered("This financial year so far", year_starts, yesterday),
        Offered(
            "The last financial year",
            date(year_starts.year - 1, *FINANCIAL_YEAR_STARTS),
            year_starts - timedelta(days=1),
        ),
    ]
    if started_on and started_on < yesterday:
        choices.append(Offered("Since the programme began", started_on, yesterday))
    return choices
