"""The overhead of logging a contact, added up from the form itself (quality.md U13 to U17)."""

import pytest

from programme.access.scope import acting_as
from programme.contacts.forms import LogContactForm, NoAnswerForm
from programme.contacts.reads import places_of
from tests import klm

OPEN_FROM_THE_LIST = "MTR"
INTO_THE_NOTE = "T"
SAVE = "MTR"
# A button answers these; the page carries that.
COST_NOTHING = {"outcome", "key"}


def unanswered(form):
    """Questions that must be answered and have no answer to start with."""
    return [
        name
        for name, field in form.fields.items()
        if field.required and not form[name].value() and name not in COST_NOTHING
    ]


def steps_to_log(form, *, another_kind=False):
    answers = ["MT" for _ in unanswered(form)] or (["MT"] if another_kind else [])
    return " ".join([OPEN_FROM_THE_LIST, *answers, INTO_THE_NOTE, SAVE])


@pytest.fixture
def form_after(practitioner, parent, episode):
    def made(last_mode):
        with acting_as(practitioner):
            return LogContactForm(places=places_of(parent), last_mode=last_mode)

    return made


def test_klm_adds_up_to_the_table_of_the_promises():
    assert klm.overhead("MTR MT T MTR") == 11.25
    assert klm.overhead("MTR MTR") == 7.3
    assert klm.with_words("MTR MT T MTR", 20) == 44.4
    assert klm.with_words("MTR MT T MTR", 40) == 77.55


@pytest.mark.parametrize(
    ("last_mode", "another_kind", "taps", "seconds"),
    [("home_visit", False, 3, 8.6), ("home_visit", True, 4, 11.25), ("", False, 4, 11.25)],
)
def test_log_contact_is_quick_enough(form_after, last_mode, another_kind, taps, seconds):
    steps = steps_to_log(form_after(last_mode), another_kind=another_kind)

    assert (klm.taps(steps), klm.overhead(steps)) == (taps, seconds)
    assert klm.taps(steps) <= 4
    assert klm.overhead(steps) <= 12
    assert klm.with_words(steps, 20) <= 60


def test_log_contact_has_at_most_four_compulsory_questions(form_after):
    form = form_after("")

    assert [name for name, field in form.fields.items() if field.required] == [
        "happened_at",
        "mode",
        "outcome",
    ]


def test_no_answer_is_two_taps_with_nothing_typed(practitioner, parent, episode):
    with acting_as(practitioner):
        form = NoAnswerForm(places=places_of(parent), last_mode="")

    assert unanswered(form) == ["mode"]  # which its button answers
    assert (klm.taps("MTR MTR"), klm.overhead("MTR MTR")) == (2, 7.3)
