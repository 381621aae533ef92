"""Days and moments in plain words: "Tue 4 March", "in 3 days"."""

from datetime import date, datetime

from django.utils import timezone


def local_day(value: date | datetime) -> date:
    """The calendar day here of a day or a moment."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: date | datetime, today: date | None = None) -> str:
    """ "Tue 4 March", with the year when it is not this year's."""
    when = local_day(value)
    words = f"{when:%a} {when.day} {when:%B}"
    return words if when.year == (today or timezone.localdate()).year else f"{words} {when.year}"


def day_and_year(value: date | datetime) -> str:
    """ "4 March 2026"."""
    when = local_day(value)
    return f"{when.day} {when:%B} {when.year}"


def clock(value: datetime) -> str:
    """ "14:30", here."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M}"


def moment(value: datetime, today: date | None = None) -> str:
    """ "Tue 4 March, 14:30"."""
    return f"{day(value, today)}, {clock(value)}"


def near(value: date | datetime, today: date | None = None) -> str:
    """ "today", "tomorrow", "in 3 days", "yesterday", "12 days ago"; in days, whatever the size."""
    distance = (local_day(value) - (today or timezone.localdate())).days
    named = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if distance in named:
        return named[distance]
    return f"in {distance} days" if distance > 0 else f"{-distance} days ago"
