"""What fields make of what was typed, in which words they refuse it, and that nothing is lost."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from recurrent.design import fields, forms
from tests.design.pages import drawn_form, posted_by

LONDON = ZoneInfo("Europe/London")
# What a keyboard can put into a control: no control characters, no half letters.
TYPED = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
LINES = st.lists(TYPED, max_size=4).map("\r\n".join)


def cleaned(field, **posted):
    """What a form makes of one field, or the words of its refusal."""
    form = _form(field, **posted)
    return form.cleaned_data["one"] if form.is_valid() else form.errors["one"]


def _form(field, **posted):
    """A form of this field, called "one"; "_day" is short for "one_day"."""
    kind = type("OneField", (forms.Form,), {"one": field})
    return kind({f"one{name}" if name[0] == "_" else name: posted[name] for name in posted})


# --- Days -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "posted, expected",
    [
        ({"_day": "27", "_month": "3", "_year": "2026"}, date(2026, 3, 27)),
        ({"_day": " 27 ", "_month": "mar", "_year": "2026"}, date(2026, 3, 27)),
        ({"one": "2026-03-27"}, date(2026, 3, 27)),
        ({}, ["Enter the due date"]),
        ({"_day": " "}, ["Enter the due date"]),
        ({"_day": "27"}, ["The due date must include a month and a year"]),
        ({"_day": "31", "_month": "2", "_year": "2026"}, ["The due date must be a real date"]),
        ({"_day": "1", "_month": "2", "_year": "26"}, ["The year must have 4 numbers, like 2026"]),
        ({"one": "soon"}, ["The due date must include a month and a year"]),
    ],
)
def test_a_date(posted, expected):
    assert cleaned(fields.DateField(called="the due date"), **posted) == expected


def test_a_date_without_a_name_is_still_asked_for_in_words():
    refused = [cleaned(fields.DateField()), cleaned(fields.DateField(), one="2026-02-31")]

    assert refused == [["Enter a date"], ["The date must include a month and a year"]]


@time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    "limits, typed, words",
    [
        ({"latest": timezone.localdate}, "2026-03-11", "The date must be today or in the past"),
        ({"earliest": timezone.localdate}, "2026-03-09", "The date must be today or in the future"),
        ({"latest": date(2026, 3, 1)}, "2026-03-02", "The date must be 1 March 2026 or earlier"),
        ({"earliest": date(2026, 3, 1)}, "2026-02-28", "The date must be 1 March 2026 or later"),
    ],
)
def test_a_date_outside_its_limits(limits, typed, words):
    assert cleaned(fields.DateField(**limits), one=typed) == [words]


@time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("limit", ["latest", "earliest"])
def test_the_limit_itself_is_allowed(limit):
    field = fields.DateField(**{limit: timezone.localdate})

    assert cleaned(field, one="2026-03-10") == date(2026, 3, 10)


@given(TYPED, TYPED, TYPED)
def test_every_character_typed_in_a_date_is_shown_again(day, month, year):
    form = _form(fields.DateField(), _day=day, _month=month, _year=year)

    shown = posted_by(drawn_form(form))

    assert (shown["one_day"], shown["one_month"], shown["one_year"]) == (day, month, year)


# --- When -----------------------------------------------------------------------------------


@time_machine.travel(datetime(2026, 7, 10, 12, 0, 30, 5, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    "posted, expected",
    [
        ({"one": "now"}, datetime(2026, 7, 10, 12, 0, 30, tzinfo=UTC)),
        ({"one": "today", "_time": "9:15"}, datetime(2026, 7, 10, 9, 15, tzinfo=LONDON)),
        (
            {"one": "other", "_day": "3", "_month": "1", "_year": "2026", "_at": "2pm"},
            datetime(2026, 1, 3, 14, tzinfo=LONDON),
        ),
        ({"one": "2026-01-03T14:00"}, datetime(2026, 1, 3, 14, tzinfo=LONDON)),
        ({}, ["Choose when it was"]),
        ({"one": "sometime"}, ["Choose when it was"]),
        ({"one": "today"}, ["Enter the time"]),
        ({"one": "today", "_time": "9"}, ["Enter a time like 14:30 or 2:30pm"]),
        (
            {"one": "today", "_time": "13:06"},
            ["That time has not come yet. Enter a time up to now"],
        ),
        ({"one": "other", "_at": "9:15"}, ["The date must include a day and a month and a year"]),
        ({"one": "2026-07-11T09:00"}, ["The date must be today or in the past"]),
        (
            {"one": "2026-03-29T01:30"},
            ["The clocks went forward then. Enter a time after 2am"],
        ),
    ],
)
def test_when(posted, expected):
    assert cleaned(fields.WhenField(), **posted) == expected


@time_machine.travel(datetime(2026, 7, 10, 12, tzinfo=UTC), tick=False)
def test_when_may_lie_ahead_if_the_form_says_so():
    ahead = cleaned(fields.WhenField(latest=None), one="2026-07-11T09:00")

    assert ahead == datetime(2026, 7, 11, 9, tzinfo=LONDON)


@given(st.sampled_from(["today", "other", "now", ""]), TYPED, TYPED, TYPED)
def test_every_character_typed_in_when_is_shown_again(choice, clock, day, at):
    posted = {"one": choice, "_time": clock, "_day": day, "_at": at}

    shown = posted_by(drawn_form(_form(fields.WhenField(), **posted)))

    assert (shown.get("one", ""), shown["one_time"], shown["one_day"], shown["one_at"]) == (
        choice,
        clock,
        day,
        at,
    )


@time_machine.travel(datetime(2026, 7, 10, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    "initial, shown",
    [
        ("now", {"one": "now"}),
        (datetime(2026, 7, 10, 9, 15, tzinfo=LONDON), {"one": "today", "one_time": "09:15"}),
        (
            datetime(2026, 7, 9, 23, 30, tzinfo=UTC),
            {"one": "today", "one_time": "00:30"},
        ),
        (
            datetime(2026, 1, 3, 14, tzinfo=UTC),
            {
                "one": "other",
                "one_day": "3",
                "one_month": "1",
                "one_year": "2026",
                "one_at": "14:00",
            },
        ),
    ],
)
def test_when_starts_from_what_is_known(initial, shown):
    kind = type("OneField", (forms.Form,), {"one": fields.WhenField(initial=initial)})

    posted = posted_by(drawn_form(kind()))

    assert {name: value for name, value in posted.items() if value} == shown


# --- Times, numbers, words, choices -----------------------------------------------------------


@pytest.mark.parametrize(
    "field, typed, expected",
    [
        (fields.TimeField(), "2.30pm", time(14, 30)),
        (fields.TimeField(), "later", ["Enter a time like 14:30 or 2:30pm"]),
        (fields.TimeField(called="the clinic time"), "", ["Enter the clinic time"]),
        (fields.TimeField(required=False), " ", None),
        (fields.WholeNumberField(label="Weeks"), "1,204", 1204),
        (fields.WholeNumberField(label="Weeks"), "4.5", ["Weeks must be a whole number, like 4"]),
        (fields.WholeNumberField(label="Weeks", max_value=44), "45", ["Weeks must be 44 or fewer"]),
        (fields.WholeNumberField(label="Weeks", min_value=4), "3", ["Weeks must be 4 or more"]),
        (fields.WholeNumberField(label="Weeks"), "", ["Enter weeks"]),
        (fields.TextField(label="Note"), "", ["Enter note"]),
        (fields.TextField(label="NHS number"), "", ["Enter NHS number"]),
        (
            fields.TextField(label="Note", max_length=3),
            "four",
            ["Note must be 3 characters or fewer"],
        ),
        (
            fields.TextField(label="Note", min_length=9),
            "four",
            ["Note must be 9 characters or more"],
        ),
        (fields.EmailField(), "someone at", ["Enter an email address like name@example.com"]),
        (fields.EmailField(), "", ["Enter an email address"]),
        (fields.PasswordField(), "", ["Enter your password"]),
        (fields.PasswordField(), " spaces ", " spaces "),
        (fields.ChoiceField(choices=[("a", "A")]), "", ["Choose an answer"]),
        (fields.ChoiceField(choices=[("a", "A")]), "b", ["Choose an answer from the list"]),
        (fields.ChoiceField(choices=[("1", "A")], coerce=int), "1", 1),
        (fields.SelectField(choices=[("a", "A")], called="the area"), "", ["Choose the area"]),
        (fields.YesNoField(), "yes", True),
        (fields.YesNoField(), "no", False),
        (fields.YesNoField(required=False), "", None),
        (fields.YesNoField(), "", ["Choose yes or no"]),
        (
            fields.ConfirmField(called="the box when she agreed"),
            "",
            ["Tick the box when she agreed"],
        ),
        (fields.CheckboxesField(choices=[("a", "A")]), [], ["Choose at least one"]),
        (fields.CheckboxesField(choices=[("a", "A")]), ["a"], ["a"]),
        (fields.FileField(called="the letter"), "", ["Choose the letter"]),
    ],
)
def test_a_field(field, typed, expected):
    assert cleaned(field, one=typed) == expected


@pytest.mark.parametrize(
    "field",
    [
        fields.TextField(max_length=5),
        fields.TimeField(),
        fields.WholeNumberField(),
        fields.EmailField(),
    ],
)
@given(TYPED)
def test_every_character_typed_in_a_line_is_shown_again(field, typed):
    assert posted_by(drawn_form(_form(field, one=typed)))["one"] == typed


@given(LINES)
def test_every_line_typed_in_a_long_text_is_shown_again(typed):
    form = _form(fields.LongTextField(max_length=3), one=typed)

    assert posted_by(drawn_form(form))["one"] == typed


def test_a_password_is_never_shown_again():
    page = drawn_form(_form(fields.PasswordField(min_length=20), one="open sesame"))

    assert "sesame" not in str(page)


def test_own_words_win_over_the_usual_ones():
    field = fields.DateField(error_messages={"required": "Say when you talked"})

    assert cleaned(field) == ["Say when you talked"]
