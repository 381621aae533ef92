"""Cells to values and back. A blank stays blank, and words are kept letter by letter."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from programme.core.dates import LONDON
from programme.exchange.records import digits, longest
from programme.exchange.schema import Column

DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
WHOLE = re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII)
NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
BAD_BYTE = re.compile("[\udc80-\udcff]")
FIRST_YEAR, LAST_YEAR = 1800, 2999
LONGEST_ID = 200
GREATEST_WHOLE = 2_147_483_647
GREATEST_COUNT = 9_000_000_000_000_000
YES_NO = {"yes": True, "no": False}


class WrongValue(ValueError):
    """The cell does not fit its column; ``right`` says what would."""

    def __init__(self, right: str) -> None:
        super().__init__(right)
        self.right = right


def read(column: Column, text: str) -> Any:
    """The value of a cell; raises ``WrongValue``. Blank is "" for words and None for the rest."""
    if BAD_BYTE.search(text):
        raise WrongValue("Text in UTF-8 is right; these bytes are in another encoding.")
    if "\0" in text:
        raise WrongValue("Text without NUL characters is right.")
    if not text.strip() and column.is_required:
        raise WrongValue("This cannot be blank.")
    if not text:
        return None if column.type != "string" or column.target else ""
    return READERS[column.type](column, text)


def write(value: Any) -> str:
    """The cell of a value, so that reading it gives the value again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(LONDON).replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, Decimal):
        return _number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def money(value: Decimal) -> str:
    """Pounds: whole as they are, otherwise with two places for the pence."""
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}"


def _number(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _words(column: Column, text: str) -> str:
    limit = LONGEST_ID if column.is_id else longest(column.table, column.name)
    if limit is not None and len(text) > limit and not column.target:
        raise WrongValue(f"At most {limit} characters are right; these are {len(text)}.")
    if column.takes_several:
        return _several(column, text)
    if column.codes and text not in column.codes:
        raise WrongValue(f"One of these is right: {', '.join(column.codes)}.")
    return text


def _several(column: Column, text: str) -> str:
    if set(text.split(";")) - set(column.codes):
        allowed = ", ".join(column.codes)
        raise WrongValue(f"These are right, with ; between them: {allowed}.")
    return text


def _yes_no(column: Column, text: str) -> bool:
    if text not in YES_NO:
        raise WrongValue("yes or no is right; blank when it is not recorded.")
    return YES_NO[text]


def _date(column: Column, text: str) -> date:
    try:
        if DATE.fullmatch(text):
            return _in_range(date.fromisoformat(text))
    except ValueError:
        pass
    raise WrongValue(f"A date like 2019-03-28 is right, in the years {FIRST_YEAR} to {LAST_YEAR}.")


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


def _minute(column: Column, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text) if MINUTE.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise WrongValue(
            "A local time like 2019-03-28T14:30 is right, "
            f"in the years {FIRST_YEAR} to {LAST_YEAR}."
        )
    local = moment.replace(tzinfo=LONDON)
    if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != moment:
        raise WrongValue("A time that the clocks showed is right; they went forward in this hour.")
    return local


def _whole(column: Column, text: str) -> int:
    low, high = column.bounds
    least = -GREATEST_COUNT if low is None else low
    greatest = high if high is not None else GREATEST_COUNT if low is None else GREATEST_WHOLE
    if not WHOLE.fullmatch(text) or not least <= int(text) <= greatest:
        raise WrongValue(f"A whole number {_between(low, high)}is right.".replace("  ", " "))
    return int(text)


def _exact(column: Column, text: str) -> Decimal:
    before, after = digits(column.table, column.name)
    low, high = column.bounds
    fits = NUMBER.fullmatch(text) and _fits(text, before, after)
    if not fits or (low is not None and Decimal(text) < low):
        raise WrongValue(_number_wanted(column, after))
    if high is not None and Decimal(text) > high:
        raise WrongValue(_number_wanted(column, after))
    return Decimal(text)


def _fits(text: str, before: int, after: int) -> bool:
    whole, _, part = text.lstrip("-").partition(".")
    return len(whole) <= before and len(part.rstrip("0")) <= after


def _number_wanted(column: Column, after: int) -> str:
    return f"A number {_between(*column.bounds)}with at most {after} decimal places is right."


def _between(low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    return f"from {low} to {high} " if high is not None else f"from {low} up "


READERS: dict[str, Callable[[Column, str], Any]] = {
    "string": _words,
    "boolean": _yes_no,
    "date": _date,
    "datetime": _minute,
    "integer": _whole,
    "number": _exact,
}
