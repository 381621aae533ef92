"""Two versions side by side: what differs, in words, and nothing the page would not show."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from recurrent.design import fields, forms
from recurrent.design.both import Difference, differences

CHANNELS = [("sms", "Text"), ("call", "Call")]
BEFORE = {
    "words": "As it was",
    "day": date(2026, 3, 4),
    "agreed": True,
    "channel": "sms",
    "channels": ["sms", "call"],
    "stands": "goes_on",
    "ended": date(2026, 3, 4),
}


class Sample(forms.Form):
    """A field of each kind that may differ."""

    version = fields.TextField(widget=fields.HiddenInput)
    words = fields.LongTextField(required=False)
    day = fields.DateField()
    agreed = fields.YesNoField(required=False)
    channel = fields.SelectField(choices=CHANNELS)
    channels = fields.CheckboxesField(choices=CHANNELS, required=False)
    stands = fields.ChoiceField(
        choices=[("goes_on", "It goes on"), ("ended", "It ended")], reveals={"ended": ["ended"]}
    )
    ended = fields.DateField()
    never_shown = fields.TextField(required=False)


def boxes(name, day):
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


SAME = {
    "version": "1",
    "words": "As it was",
    **boxes("day", BEFORE["day"]),
    "agreed": "yes",
    "channel": "sms",
    "channels": ["sms", "call"],
    "stands": "goes_on",
    "never_shown": "A secret",
}


def found(typed):
    form = Sample(SAME | typed, initial={"version": "2", **BEFORE})
    form.is_valid()
    return [(one.label, one.stored, one.typed) for one in differences(form)]


def test_the_same_again_differs_in_nothing_and_hidden_fields_say_nothing():
    assert found({}) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"words": ""}, ("Words", "As it was", "Not recorded")),
        (boxes("day", date(2026, 3, 5)), ("Day", "4 March 2026", "5 March 2026")),
        ({"agreed": "no"}, ("Agreed", "Yes", "No")),
        ({"channel": "call"}, ("Channel", "Text", "Call")),
        ({"channels": ["call"]}, ("Channels", "Text, Call", "Call")),
    ],
)
def test_what_differs_is_said_as_a_reader_says_it(typed, said):
    assert found(typed) == [said]


def test_a_field_under_an_answer_counts_only_where_that_answer_was_given():
    assert found({"stands": "ended", **boxes("ended", date(2026, 3, 4))}) == [
        ("Stands", "It goes on", "It ended"),
        ("Ended", "Not recorded", "4 March 2026"),
    ]


def test_a_field_with_a_problem_is_not_compared():
    assert found({"channel": "letter"}) == []


def test_a_moment_is_said_with_its_hour():
    class At(forms.Form):
        at = fields.WhenField(latest=None)

    before = datetime(2026, 3, 4, 14, 30, tzinfo=ZoneInfo("Europe/London"))
    form = At({"at": "2026-03-04T15:30"}, initial={"at": before})
    assert form.is_valid(), form.errors
    (one,) = differences(form)

    assert (one.stored[-5:], one.typed[-5:]) == ("14:30", "15:30")
    assert isinstance(one, Difference)
