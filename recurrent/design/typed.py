"""Dates and times exactly as somebody typed them, and how they are read."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
BOXES = ("day", "month", "year")
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?", re.ASCII | re.I
)


class Misread(ValueError):
    """What was typed is not a date or a time: which kind of slip, and in which boxes."""

    def __init__(self, code: str, *boxes: str) -> None:
        super().__init__(code)
        self.code = code
        self.boxes = boxes


@dataclass(frozen=True)
class TypedDate:
    """Three boxes as typed, never tidied, so that a form can show them again."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: date) -> Self:
        return cls(str(value.day), str(value.month), str(value.year))

    @classmethod
    def of_one_value(cls, value: str) -> Self:
        """Read "2026-03-27"; anything else stays, whole, in the first box."""
        try:
            return cls.of(date.fromisoformat(value))
        except ValueError:
            return cls(day=value)

    @property
    def is_blank(self) -> bool:
        return not (self.day + self.month + self.year).strip()

    def read(self) -> date:
        """The date that was meant; raises ``Misread`` ("incomplete", "short_year", "unreal")."""
        missing = [box for box in BOXES if not getattr(self, box).strip()]
        if missing:
            raise Misread("incomplete", *missing)
        if re.fullmatch(r"\d{1,3}", self.year.strip(), re.ASCII):
            raise Misread("short_year", "year")
        try:
            return date(_number(self.year), _month(self.month), _number(self.day))
        except ValueError:
            raise Misread("unreal", *BOXES) from None


@dataclass(frozen=True)
class TypedWhen:
    """The answer to "when?" as typed: now, today at a time, or another day and time."""

    choice: str = ""
    time: str = ""
    day: TypedDate = TypedDate()
    at: str = ""

    @classmethod
    def of(cls, value: datetime, today: date) -> Self:
        """Show a local moment again: as "today" when it is, else as another time."""
        clock = f"{value:%H:%M}"
        if value.date() == today:
            return cls(choice="today", time=clock)
        return cls(choice="other", day=TypedDate.of(value.date()), at=clock)

    @classmethod
    def of_one_value(cls, value: str, today: date) -> Self:
        """Read "now", "today", "other" or "2026-03-27T14:30"."""
        try:
            return cls.of(datetime.fromisoformat(value), today)
        except ValueError:
            return cls(choice=value)


def read_time(typed: str) -> time:
    """Read "14:30", "2.30pm", "2:30 pm", "1430" or "2pm"; raises ``Misread("unreal")``."""
    match = CLOCK.fullmatch(typed.strip())
    if match is None or not (match["minute"] or match["half"]):
        raise Misread("unreal")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour = _hour_of_day(hour, afternoon=match["half"][0] in "pP")
    try:
        return time(hour, minute)
    except ValueError:
        raise Misread("unreal") from None


def _hour_of_day(hour: int, *, afternoon: bool) -> int:
    if not 1 <= hour <= 12:
        raise Misread("unreal")
    return hour % 12 + (12 if afternoon else 0)


def _number(typed: str) -> int:
    if not re.fullmatch(r"\d{1,4}", typed.strip(), re.ASCII):
        raise ValueError(typed)
    return int(typed)


def _month(typed: str) -> int:
    """A month by number or by its English name, whole or from three letters on."""
    word = typed.strip().lower().rstrip(".")
    if len(word) >= 3 and word.isalpha():
        return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(word)), 0)
    return _number(typed)
