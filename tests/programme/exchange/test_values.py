"""Cells to values and back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.core.dates import LONDON
from programme.exchange.schema import TABLES, Column
from programme.exchange.values import WrongValue, money, read, write


def column(table: str, name: str) -> Column:
    return TABLES[table].columns[name]


TEXT = column("contacts", "note")
DAY = column("contacts", "due_on")
MOMENT = column("contacts", "recorded_at")
MINUTES = column("contacts", "minutes")
TIME = column("workers", "whole_time_equivalent")
YES_NO = column("contacts", "planned")


@pytest.mark.parametrize(
    "where, text, value",
    [
        (TEXT, "", ""),
        (TEXT, "=1+1", "=1+1"),
        (TEXT, " two\r\nlines ", " two\r\nlines "),
        (DAY, "", None),
        (DAY, "2020-02-29", date(2020, 2, 29)),
        (MOMENT, "2018-07-01T14:30", datetime(2018, 7, 1, 13, 30, tzinfo=UTC)),
        (MOMENT, "2018-12-01T14:30", datetime(2018, 12, 1, 14, 30, tzinfo=UTC)),
        (MINUTES, "0", 0),
        (MINUTES, "2147483647", 2_147_483_647),
        (TIME, "0.375", Decimal("0.375")),
        (TIME, "1", Decimal(1)),
        (YES_NO, "yes", True),
        (YES_NO, "no", False),
        (YES_NO, "", None),
    ],
)
def test_a_cell_is_read_and_written_back(where: Column, text: str, value: object) -> None:
    assert read(where, text) == value
    assert write(read(where, text)) == text


@pytest.mark.parametrize(
    "where, text, right",
    [
        (DAY, "2019-02-29", "A date like 2019-03-28 is right, in the years 1800 to 2999."),
        (DAY, "20190228", "A date like 2019-03-28 is right, in the years 1800 to 2999."),
        (DAY, "2019-02-28 ", "A date like 2019-03-28 is right, in the years 1800 to 2999."),
        (DAY, "9999-12-31", "A date like 2019-03-28 is right, in the years 1800 to 2999."),
        (
            MOMENT,
            "2019-03-28 14:30",
            "A local time like 2019-03-28T14:30 is right, in the years 1800 to 2999.",
        ),
        (
            MOMENT,
            "2019-03-31T01:30",
            "A time that the clocks showed is right; they went forward in this hour.",
        ),
        (MINUTES, "-1", "A whole number from 0 up is right."),
        (MINUTES, "1.0", "A whole number from 0 up is right."),
        (MINUTES, "٣", "A whole number from 0 up is right."),
        (MINUTES, "2147483648", "A whole number from 0 up is right."),
        (MINUTES, "9" * 5000, "A whole number from 0 up is right."),
        (TIME, "1.5", "A number from 0 to 1 with at most 6 decimal places is right."),
        (TIME, "NaN", "A number from 0 to 1 with at most 6 decimal places is right."),
        (TIME, "1e-3", "A number from 0 to 1 with at most 6 decimal places is right."),
        (TIME, "0.1234567", "A number from 0 to 1 with at most 6 decimal places is right."),
        (YES_NO, "Yes", "yes or no is right; blank when it is not recorded."),
        (TEXT, "a\0b", "Text without NUL characters is right."),
        (
            column("consents", "covers"),
            "own_worker; clinician",
            "These are right, with ; between them: own_worker, stand_in, clinician.",
        ),
        (column("parents", "given_names"), " ", "This cannot be blank."),
    ],
)
def test_what_does_not_fit_says_what_would(where: Column, text: str, right: str) -> None:
    with pytest.raises(WrongValue) as wrong:
        read(where, text)

    assert wrong.value.right == right


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_words_come_out_letter_by_letter(text: str) -> None:
    assert write(read(TEXT, text)) == text


@given(st.datetimes(datetime(1850, 1, 1), datetime(2100, 1, 1)))
def test_a_time_that_is_read_comes_out_the_same(moment: datetime) -> None:
    text = moment.isoformat(timespec="minutes")
    exists = moment.replace(tzinfo=LONDON, second=0, microsecond=0)
    back = exists.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None)
    if back.isoformat(timespec="minutes") == text and back.second == 0:
        assert write(read(MOMENT, text)) == text


@given(st.decimals(-999_999, 999_999, places=2))
def test_pounds_come_out_worth_the_same(amount: Decimal) -> None:
    where = column("spending", "amount")

    assert read(where, money(amount)) == amount


@pytest.mark.parametrize(
    "amount, text", [("120.00", "120"), ("45.50", "45.50"), ("-0.07", "-0.07"), ("0", "0")]
)
def test_pounds_are_whole_or_have_pence(amount: str, text: str) -> None:
    assert money(Decimal(amount)) == text
