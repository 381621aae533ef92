"""Today, local time and dates in words; the record's clock is that of London."""

from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import dateformat, timezone

LONDON = ZoneInfo("Europe/London")


def now_local() -> datetime:
    """This moment, in local time."""
    return timezone.localtime(timezone.now(), LONDON)


def today() -> date:
    """The date on the wall calendar in London, whatever the server's clock is set to."""
    return now_local().date()


def at_local(day: date, moment: time) -> datetime:
    """That local time on that day; the earlier of the two in the hour that comes twice."""
    return datetime.combine(day, moment, tzinfo=LONDON)


def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later, cut to that month's last day."""
    years, month_index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def in_words(day: date) -> str:
    """'Tue 4 March', with the year when it is not this year."""
    pattern = "D j F" if day.year == today().year else "D j F Y"
    return dateformat.format(day, pattern)


def days_from(day: date, today: date) -> str:
    """How far off something due is: 'today', 'tomorrow', 'in 3 days', '2 days late'."""
    ahead = (day - today).days
    if ahead < 0:
        return f"{_days(-ahead)} late"
    return {0: "today", 1: "tomorrow"}.get(ahead, f"in {_days(ahead)}")


def days_ago(day: date, today: date) -> str:
    """How long ago something happened: 'today', 'yesterday', '5 days ago'; ahead, 'in 2 days'."""
    ago = (today - day).days
    if ago < 0:
        return days_from(day, today)
    return {0: "today", 1: "yesterday"}.get(ago, f"{_days(ago)} ago")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
