"""Periods, report dates and windows: which day counts as inside, and what is known by when."""

from dataclasses import dataclass
from datetime import date, timedelta

from programme.core.dates import add_months

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """First to last day, both included, and the day on which it is reported (never today)."""

    first: date
    last: date
    at: date | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The last day of the period is before the first.")

    @property
    def report_date(self) -> date:
        """The last day whose facts are read: the last of the period unless said otherwise."""
        return self.at or self.last

    @property
    def last_read(self) -> date:
        """The last day of the period that has been reached on the report date."""
        return min(self.last, self.report_date)

    def holds(self, day: date | None) -> bool:
        """Whether the day is in the period; a day that is not recorded is in none."""
        return day is not None and self.first <= day <= self.last

    def has_open_day(self, start: date, end: date | None) -> bool:
        """Whether something was open on at least one day of the period."""
        return self.open_days(start, end) > 0

    def open_days(self, start: date, end: date | None) -> int:
        """On how many days of the period, as far as it is read, something was open."""
        return days_open(max(start, self.first), end, self.last_read)


@dataclass(frozen=True, slots=True)
class Window:
    """Calendar months after an index date. It ends on the same day of the last month, cut short.

    The index day and the last day are its edges and lie outside: what happens on the day on
    which 18 months have passed happens after the 18 months.
    """

    start: date
    months: int

    @property
    def end(self) -> date:
        """The day on which so many months have passed."""
        return add_months(self.start, self.months)

    def is_complete(self, on: date) -> bool:
        """Whether the months have passed by that day."""
        return self.end <= on

    def holds(self, day: date | None) -> bool:
        """Whether the day lies after the start and before the end."""
        return day is not None and self.start < day < self.end


def is_open(start: date, end: date | None, day: date) -> bool:
    """Started on or before the day and not ended on or before it."""
    return start <= day and (end is None or end > day)


def days_open(start: date, end: date | None, until: date) -> int:
    """On how many days something was open, up to and with a last day; the day it ends is out."""
    stop = until + ONE_DAY if end is None else min(end, until + ONE_DAY)
    return max((stop - start).days, 0)
