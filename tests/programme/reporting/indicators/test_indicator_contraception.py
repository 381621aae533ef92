"""CO-2 by hand."""

import pytest

from programme.contraception.models import ContraceptionChoice
from programme.core.choices import ContraceptionAnswer
from programme.pathways.models import Programme
from programme.people.models import Parent
from programme.reporting.periods import Period
from tests.builders import make_consent, make_programme, stored
from tests.programme.reporting.indicators.working import (
    YEAR,
    counts,
    d,
    figure_of,
    local_moment,
    open_episode,
    pair,
)

pytestmark = pytest.mark.django_db

ANSWERS = [answer.value for answer in ContraceptionAnswer]


@pytest.fixture
def pause() -> Programme:
    return make_programme("Pause")


@pytest.fixture
def mother(pause: Programme) -> Parent:
    return open_episode(pause, "2024-05-01").parent


def decide(parent: Parent, decision: str, at: str = "2024-06-01T10:00", **values: object) -> None:
    make_consent(parent, "record_contraception", decision, local_moment(at), **values)


def choose(parent: Parent, answer: str, on: str = "2024-06-02", event: str = "choice") -> None:
    stored(
        ContraceptionChoice, parent=parent, happened_on=d(on), event=event, answer=answer, method=""
    )


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_is_a_recorded_choice(pause: Programme, mother: Parent, answer: str) -> None:
    decide(mother, "given")
    choose(mother, answer)

    assert pair(figure_of("CO-2", pause)) == (1, 1)


def test_given_without_a_choice_and_refused_stay_in_the_base(
    pause: Programme, mother: Parent
) -> None:
    decide(mother, "given")
    decide(open_episode(pause, "2024-05-01").parent, "refused")

    figure = figure_of("CO-2", pause)

    assert (pair(figure), counts(figure)) == ((0, 2), {"refused": 1})


def test_withdrawn_is_out_of_both_and_counted(pause: Programme, mother: Parent) -> None:
    decide(mother, "given")
    choose(mother, "method")
    decide(mother, "withdrawn", "2025-03-31T23:59")

    figure = figure_of("CO-2", pause)
    before = figure_of("CO-2", pause, Period(YEAR.first, d("2025-03-30")))

    assert (pair(figure), dict(figure.excluded)) == ((0, 0), {"withdrawn": 1})
    assert (pair(before), dict(before.excluded)) == ((1, 1), {"withdrawn": 0})


def test_given_again_after_withdrawing_counts_again(pause: Programme, mother: Parent) -> None:
    choose(mother, "none")
    for decision, at in (
        ("given", "2024-06-01"),
        ("withdrawn", "2024-07-01"),
        ("given", "2024-08-01"),
    ):
        decide(mother, decision, f"{at}T10:00")

    assert pair(figure_of("CO-2", pause)) == (1, 1)


def test_on_the_same_minute_the_later_row_counts(pause: Programme, mother: Parent) -> None:
    decide(mother, "given")
    decide(mother, "refused")

    assert counts(figure_of("CO-2", pause)) == {"refused": 1}


def test_nobody_asked_yet_is_not_recorded_and_another_purpose_says_nothing(
    pause: Programme, mother: Parent
) -> None:
    make_consent(mother, "take_part", "given", local_moment("2024-06-01T10:00"))

    figure = figure_of("CO-2", pause)

    assert (pair(figure), figure.not_recorded) == ((0, 0), 1)


@pytest.mark.parametrize(("expires", "counted"), [("2025-03-31", 1), ("2025-03-30", 0)])
def test_a_consent_holds_to_its_last_day(
    pause: Programme, mother: Parent, expires: str, counted: int
) -> None:
    decide(mother, "given", expires_on=d(expires))
    choose(mother, "none")

    assert pair(figure_of("CO-2", pause)) == (counted, 1)


def test_a_choice_after_the_report_date_is_not_read(pause: Programme, mother: Parent) -> None:
    decide(mother, "given")
    choose(mother, "none", "2025-04-01")

    assert pair(figure_of("CO-2", pause)) == (0, 1)


def test_an_event_that_carries_no_answer_hides_none(pause: Programme, mother: Parent) -> None:
    decide(mother, "given")
    choose(mother, "method", "2024-06-02", event="method_started")
    choose(mother, "", "2024-07-02", event="change_requested")
    assert pair(figure_of("CO-2", pause)) == (1, 1)

    choose(mother, "", "2024-08-02", event="choice")
    assert pair(figure_of("CO-2", pause)) == (0, 1)


def test_only_parents_with_an_open_episode(pause: Programme) -> None:
    for closed in ("2025-03-31", "2025-04-01"):
        parent = open_episode(pause, "2024-05-01", closed=closed).parent
        decide(parent, "given")
        choose(parent, "none")

    assert pair(figure_of("CO-2", pause)) == (1, 1)
