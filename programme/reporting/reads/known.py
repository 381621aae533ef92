"""What is known by a day."""

from datetime import date, datetime

from programme.core.dates import LONDON


def by(day: date | None, report_date: date) -> date | None:
    """The day, if it has come by the report date."""
    return day if day is not None and day <= report_date else None


def local_day(moment: datetime) -> date:
    """The day in London."""
    return moment.astimezone(LONDON).date()
