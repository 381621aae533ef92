"""Days, times and "when?"."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from recurrent.design.fields.kindness import Kind
from recurrent.design.fields.words import set_attrs
from recurrent.design.typed import BOXES, Misread, TypedDate, TypedWhen, read_time
from recurrent.design.widgets import DateBoxes, When
from recurrent.design.words import day_and_year

# A phone may be ahead of the server.
A_SLOW_CLOCK = timedelta(minutes=5)

Day = date | Callable[[], date]

DATE_MESSAGES = {
    "incomplete": "{Called} must include a %(missing)s",
    "short_year": "The year must have 4 numbers, like 2026",
    "unreal": "{Called} must be a real date",
    "too_early": "{Called} must be %(day)s or later",
    "too_late": "{Called} must be %(day)s or earlier",
    "future": "{Called} must be today or in the past",
    "past": "{Called} must be today or in the future",
}


class Moment(Kind):
    """A field that knows days. ``earliest`` and ``latest`` are days, or functions such as today."""

    called_by_default = "the date"
    kind_messages = DATE_MESSAGES

    def __init__(self, *, earliest: Day | None = None, latest: Day | None = None, **kwargs: Any):
        self.earliest, self.latest = earliest, latest
        if not kwargs.get("called"):
            kwargs["error_messages"] = {
                "required": "Enter a date",
                "unreal": "Enter a real date",
                **(kwargs.get("error_messages") or {}),
            }
        super().__init__(**kwargs)

    def problem(self, code: str, boxes: tuple[str, ...] = BOXES, **params: str) -> ValidationError:
        """The kind words for one slip, remembering which boxes it is in."""
        return ValidationError(
            self.error_messages[code], code=code, params={"boxes": boxes, **params}
        )

    def read_day(self, typed: TypedDate) -> date:
        """The day that was meant, within the limits; else kind words."""
        try:
            day = typed.read()
        except Misread as slip:
            raise self.problem(slip.code, slip.boxes, missing=" and a ".join(slip.boxes)) from None
        self.check_limits(day)
        return day

    def check_limits(self, day: date) -> None:
        """Refuse a day outside ``earliest`` and ``latest``."""
        today = timezone.localdate()
        earliest, latest = _day(self.earliest), _day(self.latest)
        if earliest and day < earliest:
            code = "past" if earliest == today else "too_early"
            raise self.problem(code, day=day_and_year(earliest))
        if latest and day > latest:
            code = "future" if latest == today else "too_late"
            raise self.problem(code, day=day_and_year(latest))


class DateField(Moment, forms.Field):
    """A day in three boxes; gives a ``date`` or None.

    ``autocomplete="bday"`` for the reader's own birthday only.
    """

    widget = DateBoxes

    def __init__(self, *, autocomplete: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        set_attrs(self.widget, {}, autocomplete=autocomplete)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if value in self.empty_values or isinstance(value, date):
            return value or None
        typed = value if isinstance(value, TypedDate) else TypedDate.of_one_value(str(value))
        return None if typed.is_blank else self.read_day(typed)


class TimeField(Kind, forms.Field):
    """A time of day as people write it (14:30, 2.30pm); gives a ``time`` or None."""

    called_by_default = "a time"
    kind_messages = {"unreal": "Enter a time like 14:30 or 2:30pm"}
    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "For example, 14:30 or 2:30pm")
        super().__init__(**kwargs)
        set_attrs(self.widget, {"spellcheck": "false"}, width=5, autocomplete="off")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        return (
            _time(str(value), str(self.error_messages["unreal"]), "time") if value.strip() else None
        )


class WhenField(Moment, forms.Field):
    """When something happened: now, today at a time, or another time; gives an aware moment.

    ``initial`` may be "now", "today" or a moment. ``latest`` is the end of today unless said.
    """

    widget = When
    called_by_default = "when it was"
    kind_messages = {
        **DATE_MESSAGES,
        "unreal_time": "Enter a time like 14:30 or 2:30pm",
        "no_time": "Enter the time",
        "future_time": "That time has not come yet. Enter a time up to now",
        "skipped": "The clocks went forward then. Enter a time after 2am",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("latest", timezone.localdate)
        if not kwargs.get("called"):
            kwargs["error_messages"] = {
                "required": "Choose when it was",
                "incomplete": "The date must include a %(missing)s",
                "future": "The date must be today or in the past",
                **(kwargs.get("error_messages") or {}),
            }
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        typed = value if isinstance(value, TypedWhen) else TypedWhen(choice=str(value))
        return self.read(typed) if typed.choice else None

    def read(self, typed: TypedWhen) -> datetime:
        """The moment that was meant; else kind words on the part that was not understood."""
        if typed.choice == "now":
            return timezone.now().replace(microsecond=0)
        if typed.choice == "today":
            return self.moment(timezone.localdate(), typed.time, "time")
        if typed.choice == "other":
            return self.moment(self.read_day(typed.day), typed.at, "at")
        raise self.problem("required", ())

    def moment(self, day: date, clock: str, box: str) -> datetime:
        """Day and typed time as a moment here; refuses an hour the clocks skipped."""
        if not clock.strip():
            raise self.problem("no_time", (box,))
        naive = datetime.combine(day, _time(clock, str(self.error_messages["unreal_time"]), box))
        moment = timezone.make_aware(naive)
        if timezone.localtime(moment.astimezone(UTC)).replace(tzinfo=None) != naive:
            raise self.problem("skipped", (box,))
        if _day(self.latest) == timezone.localdate() and moment > timezone.now() + A_SLOW_CLOCK:
            raise self.problem("future_time", (box,))
        return moment


def _day(limit: Day | None) -> date | None:
    return limit() if callable(limit) else limit


def _time(typed: str, words: str, box: str) -> time:
    try:
        return read_time(typed)
    except Misread:
        raise ValidationError(words, code="unreal", params={"boxes": (box,)}) from None
