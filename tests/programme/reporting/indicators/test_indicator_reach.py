"""RE-3, RE-4, RE-5, RE-9 by hand."""

from datetime import date
from fractions import Fraction

import pytest

from programme.access import actors
from programme.access.scope import acting_as
from programme.pathways.models import Programme
from programme.reporting.models import Population
from programme.reporting.periods import Period
from tests.builders import enter_stage, make_programme
from tests.programme.reporting.indicators.working import (
    YEAR,
    counts,
    d,
    figure_of,
    open_episode,
    pair,
    part_of,
    refer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pause() -> Programme:
    return make_programme("Pause")


# --- RE-3 -----------------------------------------------------------------------------------


def test_referrals_are_counted_on_both_edge_days_and_not_beyond(pause: Programme) -> None:
    for received in ("2024-03-31", "2024-04-01", "2025-03-31", "2025-04-01"):
        refer(pause, received, decision="pending")

    figure = figure_of("RE-3", pause)

    assert (figure.numerator, figure.value, figure.display) == (2, 2, "2")


def test_a_referral_entered_twice_is_left_out_and_counted(pause: Programme) -> None:
    refer(pause, "2024-05-01")
    refer(pause, "2024-05-02", decision="not_accepted", not_accepted_reason="duplicate")

    figure = figure_of("RE-3", pause)

    assert (figure.numerator, dict(figure.excluded)) == (1, {"duplicate": 1})


def test_a_referral_found_to_be_a_duplicate_later_still_counts(pause: Programme) -> None:
    refer(
        pause,
        "2025-03-30",
        decision="not_accepted",
        decided_on=d("2025-04-01"),
        not_accepted_reason="duplicate",
    )

    assert figure_of("RE-3", pause).numerator == 1
    assert figure_of("RE-3", pause, Period(YEAR.first, YEAR.last, d("2025-04-01"))).numerator == 0


def test_a_re_referral_counts_and_has_a_row(pause: Programme) -> None:
    earlier = open_episode(pause, "2023-01-01", closed="2023-06-01")
    refer(pause, "2024-05-01", earlier.parent, previous_episode=earlier)
    refer(pause, "2024-05-02")

    figure = figure_of("RE-3", pause)

    assert (figure.numerator, counts(figure)) == (2, {"re_referral": 1})


def test_another_programme_is_not_counted_unless_all_are_asked_for(pause: Programme) -> None:
    refer(pause, "2024-05-01")
    refer(make_programme("Reflect", "reflect"), "2024-05-01")

    assert figure_of("RE-3", pause).numerator == 1
    assert figure_of("RE-3").numerator == 2


def load(figure: str, first: date, last: date, value: int, area: str = "Durham") -> None:
    with acting_as(actors.SEEDER):
        Population.objects.create(
            area=area, year_start=first, year_end=last, figure=figure, value=value, source="ONS"
        )


def test_a_rate_stands_beside_a_year_whose_births_are_loaded() -> None:
    programme = make_programme("Pause", area="Durham")
    refer(programme, "2024-05-01")
    load("live_births", YEAR.first, YEAR.last, 4_000)

    figure = figure_of("RE-3", programme)

    rate = part_of(figure, "rate", "live_births")
    assert (rate.kind, pair(rate), rate.value) == ("rate", (1, 4_000), Fraction(1, 4))
    assert [part.category for part in figure.by["rate"]] == ["live_births"]


def test_a_rate_for_women_is_for_ten_thousand() -> None:
    programme = make_programme("Pause", area="Durham")
    refer(programme, "2024-05-01")
    load("women_15_44", YEAR.first, YEAR.last, 80_000)

    rate = part_of(figure_of("RE-3", programme), "rate", "women_15_44")

    assert rate.value == Fraction(1, 8)


def test_no_rate_for_another_area_another_year_or_part_of_one() -> None:
    programme = make_programme("Pause", area="Durham")
    refer(programme, "2024-05-01")
    load("live_births", YEAR.first, YEAR.last, 4_000, area="Leeds")
    load("live_births", d("2024-01-01"), d("2024-12-31"), 4_000)

    assert figure_of("RE-3", programme).by == {}


# --- RE-4 -----------------------------------------------------------------------------------


def test_accepted_of_those_decided_in_the_period(pause: Programme) -> None:
    refer(pause, "2024-03-20", decided_on=d("2024-04-01"))
    refer(pause, "2024-06-01", decision="not_accepted", not_accepted_reason="no_capacity")
    refer(pause, "2025-03-20", decided_on=d("2025-03-31"))
    refer(pause, "2024-03-01", decided_on=d("2024-03-31"))

    figure = figure_of("RE-4", pause)

    assert (pair(figure), figure.display) == ((2, 3), "66.7%")
    assert len(figure.members["numerator"]) == 2


def test_withdrawn_and_undecided_are_left_out_and_counted(pause: Programme) -> None:
    refer(pause, "2024-05-01", decision="withdrawn", decided_on=d("2024-05-03"))
    refer(pause, "2024-05-01", decision="withdrawn", decided_on=None)
    refer(pause, "2024-01-01", decision="withdrawn", decided_on=d("2024-03-31"))
    refer(pause, "2024-01-01", decision="pending", decided_on=None)
    refer(pause, "2024-05-01", decision="", decided_on=None)

    figure = figure_of("RE-4", pause)

    assert (pair(figure), figure.display) == ((0, 0), "none")
    assert dict(figure.excluded) == {"withdrawn": 2, "undecided": 2}


def test_a_decision_after_the_report_date_is_not_taken_yet(pause: Programme) -> None:
    refer(pause, "2025-03-30", decided_on=d("2025-04-02"))

    figure = figure_of("RE-4", pause)

    assert (pair(figure), dict(figure.excluded)) == ((0, 0), {"withdrawn": 0, "undecided": 1})


def test_a_report_before_the_end_of_the_period_reads_only_so_far(pause: Programme) -> None:
    refer(pause, "2024-05-01", decided_on=d("2024-05-10"))
    early = Period(YEAR.first, YEAR.last, d("2024-05-09"))

    figure = figure_of("RE-4", pause, early)

    assert (pair(figure), figure.excluded["undecided"]) == ((0, 0), 1)


def test_decided_on_no_recorded_day_is_not_recorded(pause: Programme) -> None:
    refer(pause, "2024-05-01", decided_on=None)
    refer(pause, "2023-05-01", decided_on=None)

    figure = figure_of("RE-4", pause)

    assert (pair(figure), figure.not_recorded) == ((0, 0), 1)


# --- RE-5 -----------------------------------------------------------------------------------


def test_reasons_are_shares_of_all_that_was_decided(pause: Programme) -> None:
    refer(pause, "2024-05-01")
    for reason in ("criteria_not_met", "criteria_not_met", "duplicate", ""):
        refer(pause, "2024-05-01", decision="not_accepted", not_accepted_reason=reason)
    refer(pause, "2024-05-01", decision="withdrawn")

    figure = figure_of("RE-5", pause)

    assert counts(figure) == {"criteria_not_met": 2, "duplicate": 1, "not_recorded": 1}
    assert (figure.denominator, figure.rows[1].value) == (5, Fraction(2, 5))
    assert [row.category for row in figure.rows] == [
        "pregnancy_did_not_progress",
        "criteria_not_met",
        "out_of_area",
        "declined_by_parent",
        "no_capacity",
        "duplicate",
        "other",
        "not_recorded",
    ]


def test_a_reason_decided_outside_the_period_is_not_counted(pause: Programme) -> None:
    refer(
        pause,
        "2025-03-30",
        decision="not_accepted",
        decided_on=d("2025-04-01"),
        not_accepted_reason="no_capacity",
    )

    assert (figure_of("RE-5", pause).denominator, counts(figure_of("RE-5", pause))) == (0, {})


# --- RE-9 -----------------------------------------------------------------------------------


def test_places_in_use_on_the_report_date() -> None:
    pause = make_programme("Pause", commissioned_places=4)
    open_episode(pause, "2025-03-31")
    open_episode(pause, "2024-01-01", closed="2025-04-01")
    open_episode(pause, "2024-01-01", closed="2025-03-31")
    open_episode(pause, "2025-04-01")

    figure = figure_of("RE-9", pause)

    assert (pair(figure), figure.display, figure.interval) == ((2, 4), "50.0%", None)


@pytest.mark.parametrize("stage", ["next_steps", "ending", "step_down"])
def test_a_stage_that_fills_no_place(stage: str) -> None:
    pause = make_programme("Pause", commissioned_places=4)
    now, once, soon = (open_episode(pause, "2024-05-01") for _ in range(3))
    enter_stage(now, stage, d("2025-03-31"))
    enter_stage(once, stage, d("2024-06-01"), d("2025-03-31"))
    enter_stage(once, "active", d("2025-03-31"))
    enter_stage(soon, "active", d("2024-06-01"), d("2025-04-01"))
    enter_stage(soon, stage, d("2025-04-01"))

    assert pair(figure_of("RE-9", pause)) == (2, 4)


def test_capacity_is_blank_where_places_are_not_recorded() -> None:
    pause = make_programme("Pause", commissioned_places=4)
    open_episode(pause, "2024-05-01")
    assert pair(figure_of("RE-9")) == (1, 4)

    reflect = make_programme("Reflect", "reflect")

    figure = figure_of("RE-9", reflect)
    assert (pair(figure), figure.value, figure.display) == ((0, None), None, "none")
    assert pair(figure_of("RE-9")) == (1, None)


def test_capacity_may_pass_all_the_places() -> None:
    pause = make_programme("Pause", commissioned_places=1)
    open_episode(pause, "2024-05-01")
    open_episode(pause, "2024-05-01")

    assert figure_of("RE-9", pause).display == "200.0%"
