"""Dates and times as people type them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recurrent.design.typed import Misread, TypedDate, read_time

MONTH_NAMES = [
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
]


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_in_three_boxes_is_read_back(day):
    assert TypedDate.of(day).read() == day


@pytest.mark.parametrize("number, name", [*enumerate(MONTH_NAMES, 1)])
def test_a_month_may_be_written_out_or_cut_to_three_letters(number, name):
    typed = [TypedDate("7", month, "2026") for month in (name, name[:3], f"{name[:3].upper()}.")]

    assert [one.read() for one in typed] == [date(2026, number, 7)] * 3


@pytest.mark.parametrize(
    "boxes, code, wrong",
    [
        (("27", "", "2026"), "incomplete", ("month",)),
        (("", " ", "2026"), "incomplete", ("day", "month")),
        (("27", "3", "26"), "short_year", ("year",)),
        (("31", "2", "2026"), "unreal", ("day", "month", "year")),
        (("29", "2", "2100"), "unreal", ("day", "month", "year")),
        (("27", "13", "2026"), "unreal", ("day", "month", "year")),
        (("27", "Mx", "2026"), "unreal", ("day", "month", "year")),
        (("27", "Mayor", "2026"), "unreal", ("day", "month", "year")),
        (("1½", "3", "2026"), "unreal", ("day", "month", "year")),
        (("-1", "3", "2026"), "unreal", ("day", "month", "year")),
        (("1", "3", "20260"), "unreal", ("day", "month", "year")),
    ],
)
def test_a_slip_is_named_with_its_boxes(boxes, code, wrong):
    with pytest.raises(Misread) as slip:
        TypedDate(*boxes).read()

    assert (slip.value.code, slip.value.boxes) == (code, wrong)


@given(*[st.text()] * 3)
def test_any_typing_is_read_or_refused_and_never_breaks(day, month, year):
    try:
        read = TypedDate(day, month, year).read()
    except Misread:
        return
    assert read.day == int(day)


@given(st.times(), st.sampled_from(["%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I.%M %p"]))
def test_a_time_is_read_as_people_write_it(moment, style):
    assert read_time(moment.strftime(style)) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("2pm", time(14)),
        ("12am", time(0)),
        ("12pm", time(12)),
        (" 9:05 a.m. ", time(9, 5)),
        ("230pm", time(14, 30)),
    ],
)
def test_hours_of_the_twelve_hour_clock(typed, meant):
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "14", "25:00", "12:60", "13pm", "0am", "half past two", "1:2"]
)
def test_what_is_not_a_time_is_refused(typed):
    with pytest.raises(Misread):
        read_time(typed)
