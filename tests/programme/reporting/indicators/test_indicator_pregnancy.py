"""PR-1, PR-2, PR-3, PR-7 by hand."""

from fractions import Fraction

import pytest

from programme.pathways.models import Programme
from programme.people.models import Parent, ParentChild
from programme.proceedings.models import (
    CourtDate,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
)
from programme.reporting.periods import Period
from tests.builders import make_parent, make_programme, make_referral, stored
from tests.programme.reporting.indicators.working import (
    YEAR,
    conceive,
    counts,
    d,
    estimate,
    expect,
    figure_of,
    give_birth,
    leave,
    open_episode,
    pair,
    part_of,
    separate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pause() -> Programme:
    return make_programme("Pause")


# --- PR-1: new pregnancy during the programme -----------------------------------------------


@pytest.mark.parametrize(
    ("conceived", "newly"),
    [
        ("2024-06-01", 0),  # the day the engagement started
        ("2024-06-02", 1),
        ("2025-02-28", 1),
        ("2025-03-01", 0),  # the day it closed
    ],
)
def test_conceived_after_the_start_and_before_the_closing(
    pause: Programme, conceived: str, newly: int
) -> None:
    episode = open_episode(pause, "2024-05-01", engaged="2024-06-01", closed="2025-03-01")
    conceive(episode.parent, conceived)

    assert pair(figure_of("PR-1", pause)) == (newly, 1)


@pytest.mark.parametrize(
    ("conceived", "newly"),
    [("2024-03-31", 0), ("2024-04-01", 1), ("2025-03-31", 1), ("2025-04-01", 0)],
)
def test_conceived_in_the_period(pause: Programme, conceived: str, newly: int) -> None:
    episode = open_episode(pause, "2023-05-01", engaged="2023-06-01")
    conceive(episode.parent, conceived)
    known = Period(YEAR.first, YEAR.last, d("2025-06-01"))

    assert pair(figure_of("PR-1", pause, known)) == (newly, 1)


def test_with_no_engagement_the_opening_is_the_start(pause: Programme) -> None:
    for conceived in ("2024-05-01", "2024-05-02"):
        conceive(open_episode(pause, "2024-05-01").parent, conceived)

    assert pair(figure_of("PR-1", pause)) == (1, 2)


def test_an_engagement_after_the_report_date_has_not_started(pause: Programme) -> None:
    episode = open_episode(pause, "2024-05-01", engaged="2024-08-01")
    conceive(episode.parent, "2024-06-01")

    assert pair(figure_of("PR-1", pause)) == (0, 1)
    assert pair(figure_of("PR-1", pause, Period(YEAR.first, d("2024-07-31")))) == (1, 1)


def test_a_pregnancy_that_nobody_knew_of_yet_is_not_read(pause: Programme) -> None:
    conceive(open_episode(pause, "2024-05-01").parent, "2025-03-15")  # known on 14 April

    assert pair(figure_of("PR-1", pause)) == (0, 1)


def test_conception_goes_by_the_newest_due_date_of_the_best_basis(pause: Programme) -> None:
    pregnancy = conceive(open_episode(pause, "2024-05-01").parent, "2024-04-20")
    estimate(pregnancy, "2025-02-01", recorded="2024-07-01", basis="clinical")
    # 266 days before 1 February 2025 is 11 May 2024.

    assert pair(figure_of("PR-1", pause)) == (1, 1)


def test_pregnant_at_referral_is_left_out_and_counted(pause: Programme) -> None:
    conceive(open_episode(pause, "2024-05-01").parent, "2024-04-30")
    conceive(open_episode(pause, "2024-05-01").parent, "2024-05-01")
    lost = open_episode(pause, "2024-05-01").parent
    conceive(lost, "2024-01-01", outcome="miscarriage", ended_on="2024-05-01")
    expect(open_episode(pause, "2024-05-01").parent, known="2024-05-01")

    figure = figure_of("PR-1", pause)

    assert (pair(figure), dict(figure.excluded)) == ((0, 2), {"pregnant_at_referral": 2})


def test_referred_again_when_not_pregnant_counts(pause: Programme) -> None:
    first = open_episode(pause, "2024-04-01", closed="2024-09-01")
    conceive(first.parent, "2024-03-01", outcome="live_birth", ended_on="2024-11-20")
    open_episode(pause, "2024-12-01", first.parent)
    conceive(first.parent, "2025-02-01")

    figure = figure_of("PR-1", pause)

    assert (pair(figure), figure.excluded["pregnant_at_referral"]) == ((1, 1), 0)


def test_a_fathers_pregnancies_are_those_he_is_recorded_for(pause: Programme) -> None:
    father, unnamed = make_parent("father"), make_parent("father")
    for parent in (father, unnamed):
        open_episode(pause, "2024-05-01", parent)
    conceive(make_parent(), "2024-06-01", father=father)

    assert pair(figure_of("PR-1", pause)) == (1, 2)


def test_two_pregnancies_of_one_parent_are_one_parent(pause: Programme) -> None:
    mother = open_episode(pause, "2024-05-01").parent
    conceive(mother, "2024-06-01", outcome="miscarriage", ended_on="2024-08-01")
    conceive(mother, "2024-11-01")

    assert pair(figure_of("PR-1", pause)) == (1, 1)


def test_a_new_pregnancy_with_no_due_date_is_not_recorded(pause: Programme) -> None:
    expect(open_episode(pause, "2024-05-01").parent, known="2024-08-01")

    figure = figure_of("PR-1", pause)

    assert (pair(figure), figure.not_recorded) == ((0, 1), 1)


def test_the_rate_counts_days_on_the_programme_until_conception(pause: Programme) -> None:
    # 10 days to the conception, and the 31 days of March to the end of the period.
    conceive(open_episode(pause, "2024-05-01").parent, "2024-05-11")
    open_episode(pause, "2025-01-01", engaged="2025-03-01")

    rate = part_of(figure_of("PR-1", pause), "rate", "per_100_person_years")

    assert (pair(rate), rate.value) == ((1, 41), Fraction(36_525, 41))


# --- PR-2: stayed 12 months, no new pregnancy in 18 -----------------------------------------

# Starts between 1 April 2022 and 31 March 2023; 18 months of the last have passed by then.
STARTED = Period(d("2022-04-01"), d("2023-03-31"), d("2024-09-30"))


def start(
    programme: Programme, engaged: str = "2022-06-15", parent: Parent | None = None, **values: str
) -> Parent:
    return open_episode(programme, engaged, parent, engaged=engaged, **values).parent


def test_stayed_and_not_pregnant(pause: Programme) -> None:
    start(pause)

    figure = figure_of("PR-2", pause, STARTED)

    assert (pair(figure), figure.open_window) == ((1, 1), 0)


@pytest.mark.parametrize(
    ("engaged", "in_cohort"),
    [("2022-03-31", 0), ("2022-04-01", 1), ("2023-03-31", 1), ("2023-04-01", 0)],
)
def test_the_cohort_started_in_the_period(pause: Programme, engaged: str, in_cohort: int) -> None:
    start(pause, engaged)

    assert figure_of("PR-2", pause, STARTED).denominator == in_cohort


def test_an_open_window_is_counted_beside(pause: Programme) -> None:
    start(pause, "2022-09-30")
    start(pause, "2022-10-01")
    one_day_less = Period(STARTED.first, STARTED.last, d("2024-03-31"))

    figure = figure_of("PR-2", pause, one_day_less)

    assert (pair(figure), figure.open_window) == ((1, 1), 1)


def test_18_months_end_on_the_last_day_of_a_shorter_month(pause: Programme) -> None:
    # 18 months after 31 August 2022 is 29 February 2024.
    start(pause, "2022-08-31")

    report = figure_of("PR-2", pause, Period(STARTED.first, STARTED.last, d("2024-02-29")))
    before = figure_of("PR-2", pause, Period(STARTED.first, STARTED.last, d("2024-02-28")))

    assert (report.denominator, before.denominator) == (1, 0)


@pytest.mark.parametrize(
    ("closed", "met"), [("2023-06-14", 0), ("2023-06-15", 1), ("2023-06-16", 1)]
)
def test_twelve_months_of_engagement(pause: Programme, closed: str, met: int) -> None:
    start(pause, closed=closed, closure_reason="lost_touch")

    assert pair(figure_of("PR-2", pause, STARTED)) == (met, 1)


@pytest.mark.parametrize(
    ("conceived", "met"),
    [
        ("2022-06-14", 1),  # before the start
        ("2022-06-15", 1),  # on the day of it: not after
        ("2022-06-16", 0),
        ("2023-12-14", 0),
        ("2023-12-15", 1),  # 18 months have passed
    ],
)
def test_no_new_pregnancy_in_18_months(pause: Programme, conceived: str, met: int) -> None:
    conceive(start(pause), conceived)

    assert pair(figure_of("PR-2", pause, STARTED)) == (met, 1)


def test_a_pregnancy_with_no_due_date_counts_from_when_it_was_known(pause: Programme) -> None:
    expect(start(pause), known="2022-08-01")
    expect(start(pause), known="2022-06-15")
    expect(start(pause), known="2024-01-01")

    figure = figure_of("PR-2", pause, STARTED)

    assert (pair(figure), figure.not_recorded) == ((2, 3), 1)


def test_moved_or_died_inside_the_window_is_left_out(pause: Programme) -> None:
    leave(start(pause), moved_out_on="2022-06-16")
    leave(start(pause), died_on="2023-12-14")
    leave(start(pause), moved_out_on="2023-12-15")
    leave(start(pause), moved_out_on="2023-01-01", died_on="2023-02-01")
    leave(start(pause), moved_out_on="2023-02-01", died_on="2023-01-01")

    figure = figure_of("PR-2", pause, STARTED)

    assert (pair(figure), dict(figure.excluded)) == ((1, 1), {"moved_out": 2, "died": 2})


def test_each_parent_once_by_the_first_start(pause: Programme) -> None:
    mother = start(pause, "2022-05-01", closed="2022-07-01")
    start(pause, "2022-08-01", mother)

    assert pair(figure_of("PR-2", pause, STARTED)) == (0, 1)


def test_no_engagement_is_no_start(pause: Programme) -> None:
    open_episode(pause, "2022-06-15")

    assert figure_of("PR-2", pause, STARTED).denominator == 0


# --- PR-3: no new proceedings in 36 months --------------------------------------------------

LONG = Period(STARTED.first, STARTED.last, d("2026-03-31"))


def proceed(issued: str, parent: Parent | None = None, child: object = None, **values: object):
    row = stored(Proceedings, issued_on=d(issued), **values)
    if parent:
        stored(ProceedingsParent, proceedings=row, parent=parent)
    if child:
        stored(ProceedingsChild, proceedings=row, child=child)
    return row


@pytest.mark.parametrize(
    ("issued", "met"),
    [("2022-06-15", 1), ("2022-06-16", 0), ("2025-06-14", 0), ("2025-06-15", 1)],
)
def test_new_proceedings_inside_36_months(pause: Programme, issued: str, met: int) -> None:
    proceed(issued, start(pause))

    assert pair(figure_of("PR-3", pause, LONG)) == (met, 1)


def test_proceedings_about_her_child_count_though_she_is_no_party(pause: Programme) -> None:
    mother, stepmother = start(pause), start(pause)
    child = give_birth(mother, "2022-12-01")
    stored(ParentChild, parent=stepmother, child=child, relation="step")
    proceed("2023-01-01", child=child)

    assert pair(figure_of("PR-3", pause, LONG)) == (1, 2)


def test_proceedings_learnt_of_after_the_report_date_are_not_read(pause: Programme) -> None:
    mother = start(pause)
    proceed("2023-01-01", mother, known_on=d("2026-04-01"))
    assert pair(figure_of("PR-3", pause, LONG)) == (1, 1)

    proceed("2023-01-01", mother, known_on=d("2026-03-31"))
    assert pair(figure_of("PR-3", pause, LONG)) == (0, 1)


def tell(court: Proceedings, parent: Parent, day: str, known: str = "2023-02-01", **values: object):
    told = {"source": "parent", "parent": parent, "kind": "issued", "known_on": d(known)}
    stored(CourtDate, proceedings=court, happened_on=d(day) if day else None, **told, **values)


def test_a_set_that_only_the_parent_told_of_counts_for_that_parent(pause: Programme) -> None:
    mother, father = start(pause), start(pause)
    court = stored(Proceedings)
    for party in (mother, father):
        stored(ProceedingsParent, proceedings=court, parent=party)
    tell(court, mother, "2023-01-01")

    assert pair(figure_of("PR-3", pause, LONG)) == (1, 2)


def test_the_parents_last_word_counts_as_known_by_the_report_date(pause: Programme) -> None:
    mother = start(pause)
    court = stored(Proceedings)
    stored(ProceedingsParent, proceedings=court, parent=mother)
    tell(court, mother, "2023-01-01", known="2026-04-01")
    assert pair(figure_of("PR-3", pause, LONG)) == (1, 1)

    tell(court, mother, "2023-01-01")
    assert pair(figure_of("PR-3", pause, LONG)) == (0, 1)

    tell(court, mother, "", taken_back=True)
    assert pair(figure_of("PR-3", pause, LONG)) == (1, 1)


def test_papers_count_before_what_the_parent_told(pause: Programme) -> None:
    mother = start(pause)
    tell(proceed("2022-01-01", mother), mother, "2023-01-01")

    assert pair(figure_of("PR-3", pause, LONG)) == (1, 1)


def test_a_letter_is_no_proceedings(pause: Programme) -> None:
    mother = start(pause)
    court = stored(Proceedings, pre_proceedings_letter_on=d("2023-01-01"))
    stored(ProceedingsParent, proceedings=court, parent=mother)

    assert pair(figure_of("PR-3", pause, LONG)) == (1, 1)


def test_a_child_of_a_set_not_issued_is_in_no_set(pause: Programme) -> None:
    mother = start(pause)
    child = give_birth(mother, "2022-12-01")
    court = stored(Proceedings, pre_proceedings_letter_on=d("2023-01-01"))
    stored(ProceedingsChild, proceedings=court, child=child)
    separate(child, "2023-02-01", legal_route="interim_care_order")

    assert pair(figure_of("PR-3", pause, LONG)) == (0, 1)


@pytest.mark.parametrize(
    ("route", "met"),
    [("interim_care_order", 0), ("care_order", 0), ("section_20", 1), ("placement_order", 1)],
)
def test_a_separation_by_care_order_shows_proceedings_where_none_are_recorded(
    pause: Programme, route: str, met: int
) -> None:
    separate(give_birth(start(pause), "2022-12-01"), "2023-01-01", legal_route=route)

    assert pair(figure_of("PR-3", pause, LONG)) == (met, 1)


def test_a_separation_in_a_recorded_set_goes_by_the_day_of_the_set(pause: Programme) -> None:
    mother = start(pause)
    child = give_birth(mother, "2021-12-01")
    earlier = proceed("2022-01-01", child=child)
    separate(child, "2022-07-01", legal_route="care_order", proceedings=earlier)
    separate(child, "2022-08-01", legal_route="care_order")

    assert pair(figure_of("PR-3", pause, LONG)) == (1, 1)


def test_an_open_window_of_36_months(pause: Programme) -> None:
    start(pause, "2023-03-31")

    figure = figure_of("PR-3", pause, Period(LONG.first, LONG.last, d("2026-03-30")))

    assert (pair(figure), figure.open_window) == ((0, 0), 1)


# --- PR-7: how the pregnancy ended ----------------------------------------------------------


@pytest.mark.parametrize(
    "outcome",
    ["live_birth", "stillbirth", "miscarriage", "termination", "mixed", "not_known"],
)
def test_endings_in_the_period_by_how(pause: Programme, outcome: str) -> None:
    for ended in ("2024-03-31", "2024-04-01", "2025-03-31"):
        mother = open_episode(pause, "2024-01-01").parent
        expect(mother, known="2024-01-01", outcome=outcome, ended_on=ended)

    assert counts(figure_of("PR-7", pause)) == {outcome: 2}


def test_ongoing_on_the_report_date(pause: Programme) -> None:
    values = (
        {},
        {"outcome": "ongoing"},
        {"outcome": "live_birth", "ended_on": "2025-04-01"},
    )
    for value in values:
        expect(open_episode(pause, "2024-05-01").parent, known="2024-05-01", **value)
    expect(open_episode(pause, "2024-05-01").parent, known="2025-04-01")

    figure = figure_of("PR-7", pause)

    assert (counts(figure), figure.denominator) == ({"ongoing": 3}, 3)


def test_moved_while_it_went_on(pause: Programme) -> None:
    for moved in ("2024-03-31", "2024-04-01", "2025-04-01"):
        mother = open_episode(pause, "2024-01-01").parent
        expect(mother, known="2024-01-01")
        leave(mother, moved_out_on=moved)
    ended = open_episode(pause, "2024-01-01").parent
    expect(ended, known="2024-01-01", outcome="live_birth", ended_on="2024-08-01")
    leave(ended, moved_out_on="2024-05-01")

    assert counts(figure_of("PR-7", pause)) == {"live_birth": 1, "ongoing": 1, "moved": 1}


def test_an_end_that_is_half_recorded(pause: Programme) -> None:
    mother = open_episode(pause, "2024-01-01").parent
    expect(mother, known="2024-01-01", ended_on="2024-08-01")
    expect(mother, known="2024-01-01", outcome="not_known")
    expect(mother, known="2024-01-01", outcome="miscarriage")

    assert counts(figure_of("PR-7", pause)) == {"not_known": 2, "not_recorded": 1}


@pytest.mark.parametrize(
    ("opened", "closed", "counted"),
    [
        ("2024-01-01", "2024-05-01", 0),  # closed on the day it was known
        ("2024-01-01", "2024-05-02", 1),
        ("2024-08-01", None, 1),  # opened on the day it ended
        ("2024-08-02", None, 0),
    ],
)
def test_with_an_episode_between_known_and_ended(
    pause: Programme, opened: str, closed: str | None, counted: int
) -> None:
    mother = open_episode(pause, opened, closed=d(closed) if closed else None).parent
    expect(mother, known="2024-05-01", outcome="live_birth", ended_on="2024-08-01")

    assert figure_of("PR-7", pause).denominator == counted


def test_a_couple_and_twins_are_one_pregnancy(pause: Programme) -> None:
    mother, father = make_parent(), make_parent("father")
    for parent in (mother, father):
        open_episode(pause, "2024-01-01", parent)
    pregnancy = expect(
        mother, known="2024-05-01", father=father, outcome="live_birth", ended_on="2024-08-01"
    )
    give_birth(mother, "2024-08-01", pregnancy)
    give_birth(mother, "2024-08-01", pregnancy)

    assert counts(figure_of("PR-7", pause)) == {"live_birth": 1}


def test_a_referral_alone_is_no_episode(pause: Programme) -> None:
    mother = make_parent()
    make_referral(mother, pause, received_on=d("2024-05-01"))
    expect(mother, known="2024-05-01", outcome="live_birth", ended_on="2024-08-01")

    assert figure_of("PR-7", pause).denominator == 0
