"""TI-1, TI-4, TI-7, TI-9, TI-10 by hand."""

import pytest

from programme.assessments.models import Assessment, Meeting
from programme.episodes.models import Episode
from programme.pathways.models import Programme, TimescaleRule
from programme.reporting.figures import Figure
from programme.reporting.periods import Period
from tests.builders import make_parent, make_programme, stored
from tests.programme.reporting.indicators.working import (
    YEAR,
    changed,
    contact_on,
    counts,
    d,
    estimate,
    expect,
    figure_of,
    give_birth,
    leave,
    open_episode,
    pair,
    refer,
)

pytestmark = pytest.mark.django_db

# Due 280 days after day 0 of the pregnancy: day 0 is 2024-03-27.
DUE = "2025-01-01"


@pytest.fixture
def kirklees() -> Programme:
    return make_programme("New Beginnings", "new_beginnings")


@pytest.fixture
def durham() -> Programme:
    return make_programme("Pre-birth", "pre_birth")


# --- TI-1: gestation at referral ------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "weeks", "band"),
    [
        ("2024-06-25", 12, "<=12"),  # 90 days: 12 weeks and 6 days
        ("2024-06-26", 13, "13-16"),
        ("2024-07-23", 16, "13-16"),
        ("2024-07-24", 17, "17-20"),
        ("2024-08-20", 20, "17-20"),
        ("2024-08-21", 21, "21-27"),
        ("2024-10-08", 27, "21-27"),
        ("2024-10-09", 28, ">=28"),
        ("2025-01-10", 41, ">=28"),
    ],
)
def test_completed_weeks_and_their_band(
    durham: Programme, received: str, weeks: int, band: str
) -> None:
    mother = make_parent()
    pregnancy = expect(mother, known="2024-05-01", due=DUE)
    refer(durham, received, mother, pregnancy=pregnancy)

    figure = figure_of("TI-1", durham)

    assert (figure.value, figure.denominator, counts(figure)) == (weeks, 1, {band: 1})


def test_the_median_of_two_is_between_them(durham: Programme) -> None:
    mother = make_parent()
    pregnancy = expect(mother, known="2024-05-01", due=DUE)
    for received in ("2024-06-26", "2024-07-03"):
        refer(durham, received, mother, pregnancy=pregnancy)

    figure = figure_of("TI-1", durham)

    assert (figure.display, figure.denominator, figure.numerator) == ("13.5", 2, None)
    assert [row.category for row in figure.rows] == ["<=12", "13-16", "17-20", "21-27", ">=28"]


def test_no_due_date_is_left_out_and_counted_and_no_pregnancy_is_not_asked(
    durham: Programme,
) -> None:
    mother = make_parent()
    refer(durham, "2024-06-01", mother, pregnancy=expect(mother, known="2024-06-01"))
    refer(durham, "2024-06-01")

    figure = figure_of("TI-1", durham)

    assert (figure.value, figure.denominator, figure.display) == (None, 0, "none")
    assert (figure.not_recorded, dict(figure.excluded)) == (1, {"no_due_date": 1})


def test_a_pregnancy_lost_before_the_first_contact_stays_in(durham: Programme) -> None:
    mother = make_parent()
    lost = expect(mother, known="2024-06-01", due=DUE, outcome="miscarriage", ended_on="2024-06-27")
    refer(durham, "2024-06-26", mother, pregnancy=lost)

    assert figure_of("TI-1", durham).value == 13


def test_the_due_date_in_force_on_the_day_of_receipt(durham: Programme) -> None:
    mother = make_parent()
    pregnancy = expect(mother, known="2024-06-01")
    refer(durham, "2024-06-26", mother, pregnancy=pregnancy)
    estimate(pregnancy, "2025-01-15", recorded="2024-06-26", basis="last_period")
    estimate(pregnancy, DUE, recorded="2024-06-20", basis="dating_scan")
    estimate(pregnancy, "2024-12-25", recorded="2024-06-27", basis="clinical")

    assert figure_of("TI-1", durham).value == 13


def test_the_first_due_date_recorded_after_where_there_was_none(durham: Programme) -> None:
    mother = make_parent()
    pregnancy = expect(mother, known="2024-06-01")
    refer(durham, "2024-06-26", mother, pregnancy=pregnancy)
    estimate(pregnancy, "2024-12-25", recorded="2024-08-01", basis="clinical")
    estimate(pregnancy, DUE, recorded="2024-07-01", basis="last_period")

    assert figure_of("TI-1", durham).value == 13
    before = Period(YEAR.first, d("2024-06-30"))
    assert figure_of("TI-1", durham, before).not_recorded == 1


# --- TI-4: formulation meeting by rule T03 --------------------------------------------------


def formulation(episode: Episode, held: str | None) -> None:
    held_on = d(held) if held else None
    stored(Meeting, episode=episode, kind="formulation", held_on=held_on)


def test_not_applicable_where_the_pathway_has_no_such_rule(durham: Programme) -> None:
    refer(durham, "2024-06-01")

    figure = figure_of("TI-4", durham)

    assert (pair(figure), figure.value, figure.display) == ((None, None), None, "none")


def test_held_by_day_15_counting_from_the_day_after_receipt(kirklees: Programme) -> None:
    formulation(open_episode(kirklees, "2024-06-01"), "2024-06-16")
    formulation(open_episode(kirklees, "2024-06-01"), "2024-06-17")
    open_episode(kirklees, "2024-06-01")

    figure = figure_of("TI-4", kirklees)

    assert (pair(figure), figure.open_window) == ((1, 3), 0)


def test_all_programmes_count_only_those_with_the_rule(
    kirklees: Programme, durham: Programme
) -> None:
    formulation(open_episode(kirklees, "2024-06-01"), "2024-06-16")
    open_episode(durham, "2024-06-01")

    assert pair(figure_of("TI-4")) == (1, 1)


def test_the_first_meeting_held_is_judged_and_one_kind_only(kirklees: Programme) -> None:
    episode = open_episode(kirklees, "2024-06-01")
    formulation(episode, "2024-06-30")
    formulation(episode, "2024-06-10")
    other = open_episode(kirklees, "2024-06-01")
    stored(Meeting, episode=other, kind="allocation", held_on=d("2024-06-05"))

    assert pair(figure_of("TI-4", kirklees)) == (1, 2)


@pytest.mark.parametrize(
    ("received", "in_base"),
    [("2024-03-16", 0), ("2024-03-17", 1), ("2025-03-15", 1), ("2025-03-17", 0)],
)
def test_due_in_the_period_not_received_in_it(
    kirklees: Programme, received: str, in_base: int
) -> None:
    refer(kirklees, received)

    assert figure_of("TI-4", kirklees).denominator == in_base


def test_day_15_must_have_passed_unless_the_meeting_was_held(kirklees: Programme) -> None:
    # Day 15 is the last day of the period.
    refer(kirklees, "2025-03-16")
    formulation(open_episode(kirklees, "2025-03-16"), "2025-03-31")

    figure = figure_of("TI-4", kirklees)
    later = figure_of("TI-4", kirklees, Period(YEAR.first, YEAR.last, d("2025-04-01")))

    assert (pair(figure), figure.open_window) == ((1, 1), 1)
    assert (pair(later), later.open_window) == ((1, 2), 0)


def test_a_meeting_after_the_report_date_is_not_held_yet(kirklees: Programme) -> None:
    formulation(open_episode(kirklees, "2024-06-01"), "2024-06-16")
    early = Period(d("2024-06-01"), d("2024-06-30"), d("2024-06-15"))

    figure = figure_of("TI-4", kirklees, early)

    assert (pair(figure), figure.open_window) == ((0, 0), 1)


def test_closed_before_day_15_is_left_out_and_counted(kirklees: Programme) -> None:
    open_episode(kirklees, "2024-06-01", closed="2024-06-15")
    open_episode(kirklees, "2024-06-01", closed="2024-06-16")
    formulation(open_episode(kirklees, "2024-06-01", closed="2024-06-12"), "2024-06-10")
    refer(kirklees, "2024-06-01", decision="not_accepted", decided_on=d("2024-06-08"))
    refer(kirklees, "2024-06-01", decision="withdrawn", decided_on=None)
    refer(kirklees, "2024-06-01", decision="not_accepted", decided_on=d("2024-06-16"))

    figure = figure_of("TI-4", kirklees)

    assert (pair(figure), dict(figure.excluded)) == ((1, 3), {"closed_before_due": 3})


def test_a_referral_with_an_episode_still_open_is_not_closed(kirklees: Programme) -> None:
    first = open_episode(kirklees, "2024-06-01", closed="2024-06-10")
    open_episode(kirklees, "2024-06-11", first.parent, referral=first.referral)

    figure = figure_of("TI-4", kirklees)

    assert (pair(figure), dict(figure.excluded)) == ((0, 1), {"closed_before_due": 0})


def test_the_count_and_the_unit_are_the_rules(kirklees: Programme) -> None:
    TimescaleRule.objects.filter(code="T03").update(count=10, unit="working_days")
    # Ten working days from Saturday 1 June 2024, weekends and no bank holiday: Friday 14 June.
    formulation(open_episode(kirklees, "2024-06-01"), "2024-06-14")
    formulation(open_episode(kirklees, "2024-06-01"), "2024-06-15")

    assert pair(figure_of("TI-4", kirklees)) == (1, 2)


def test_a_rule_valid_later_does_not_reach_back(kirklees: Programme) -> None:
    rule = TimescaleRule.objects.get(code="T03")
    rule.pk, rule.count, rule.valid_from = None, 20, d("2024-07-01")
    rule._state.adding = True
    rule.save(force_insert=True)
    formulation(open_episode(kirklees, "2024-06-30"), "2024-07-20")
    formulation(open_episode(kirklees, "2024-07-01"), "2024-07-21")

    assert pair(figure_of("TI-4", kirklees)) == (1, 2)


# --- TI-7: pre-birth assessment -------------------------------------------------------------


def assess(episode: Episode, started: str, kind: str = "pre_birth", **values: object) -> None:
    days = {
        name: d(value) if isinstance(value, str) and name.endswith("_on") else value
        for name, value in values.items()
    }
    stored(Assessment, episode=episode, kind=kind, started_on=d(started), **days)


def test_finished_by_day_45_from_the_start(durham: Programme) -> None:
    episode = open_episode(durham, "2024-05-01")
    assess(episode, "2024-06-01", completed_on="2024-07-16")
    assess(episode, "2024-06-01", completed_on="2024-07-17")
    assess(episode, "2024-06-01")
    assess(episode, "2024-06-01", kind="parenting", completed_on="2024-07-01")

    figure = figure_of("TI-7", durham)

    assert (pair(figure), figure.interval_method) == ((1, 3), "wilson")


def test_a_recorded_due_day_comes_before_the_rule(durham: Programme) -> None:
    episode = open_episode(durham, "2024-05-01")
    assess(episode, "2024-06-01", due_on="2024-06-30", completed_on="2024-07-01")
    assess(episode, "2024-06-01", due_on="2024-08-30", completed_on="2024-08-30")

    assert pair(figure_of("TI-7", durham)) == (1, 2)


def test_due_in_the_period_and_open_until_overdue(durham: Programme) -> None:
    episode = open_episode(durham, "2024-01-01")
    assess(episode, "2024-02-01", due_on="2024-03-31")
    assess(episode, "2024-02-01", due_on="2024-04-01", completed_on="2024-03-01")
    assess(episode, "2025-02-01", due_on="2025-03-30")
    assess(episode, "2025-02-01", due_on="2025-03-31")
    assess(episode, "2025-02-01", due_on="2025-04-01", completed_on="2025-03-01")

    figure = figure_of("TI-7", durham)

    assert (pair(figure), figure.open_window) == ((1, 2), 1)


def test_finished_after_the_report_date_is_open_then(durham: Programme) -> None:
    assess(
        open_episode(durham, "2024-05-01"),
        "2025-02-01",
        due_on="2025-03-31",
        completed_on="2025-04-01",
    )

    figure = figure_of("TI-7", durham)

    assert (pair(figure), figure.open_window) == ((0, 0), 1)


def test_an_assessment_begun_after_the_report_date_is_not_read(durham: Programme) -> None:
    episode = open_episode(durham, "2024-05-01")
    assess(episode, "2024-06-02", due_on="2024-06-20", completed_on="2024-06-10")
    early = Period(YEAR.first, YEAR.last, d("2024-06-01"))

    assert (
        pair(figure_of("TI-7", durham, early)),
        figure_of("TI-7", durham, early).open_window,
    ) == (
        (0, 0),
        0,
    )


def test_cancelled_is_left_out_unless_it_was_finished(durham: Programme) -> None:
    episode = open_episode(durham, "2024-05-01")
    assess(episode, "2024-06-01", cancelled_on="2024-06-20", cancelled_reason="moved")
    assess(episode, "2024-06-01", cancelled_on="2024-08-20")
    assess(episode, "2024-06-01", cancelled_on="2024-08-20", completed_on="2024-07-01")
    assess(episode, "2025-02-01", due_on="2025-03-30", cancelled_on="2025-04-01")

    figure = figure_of("TI-7", durham)

    assert (pair(figure), dict(figure.excluded)) == ((1, 2), {"cancelled": 2})


def test_45_may_become_working_days(durham: Programme) -> None:
    TimescaleRule.objects.filter(code="T04").update(unit="working_days")
    # 45 working days from Monday 3 June 2024: nine weeks later, Monday 5 August (no holiday).
    episode = open_episode(durham, "2024-05-01")
    assess(episode, "2024-06-03", completed_on="2024-08-05")
    assess(episode, "2024-06-03", completed_on="2024-08-06")

    assert pair(figure_of("TI-7", durham)) == (1, 2)


def test_another_pathway_goes_by_the_same_rule(kirklees: Programme) -> None:
    assess(open_episode(kirklees, "2024-05-01"), "2024-06-01", completed_on="2024-07-16")

    assert pair(figure_of("TI-7", kirklees)) == (1, 1)


def test_without_any_rule_an_undated_assessment_is_not_recorded(durham: Programme) -> None:
    TimescaleRule.objects.filter(code="T04").delete()
    assess(open_episode(durham, "2024-05-01"), "2024-06-01", completed_on="2024-07-01")

    figure = figure_of("TI-7", durham)

    assert (pair(figure), figure.not_recorded) == ((0, 0), 1)


# --- TI-9: post-birth assessment ------------------------------------------------------------


def born_in_programme(programme: Programme, born: str | None = "2024-08-01", **child: object):
    mother = make_parent()
    pregnancy = expect(mother, known="2024-03-01", due="2024-08-01")
    episode = open_episode(programme, "2024-05-01", mother, pregnancy=pregnancy)
    return episode, give_birth(mother, born, pregnancy, **child)


@pytest.mark.parametrize(
    ("due_on", "finished", "in_time"),
    [
        (None, "2024-09-15", 1),  # birth + 45 days
        (None, "2024-09-16", 0),
        ("2024-09-01", "2024-09-01", 1),
        ("2024-09-01", "2024-09-02", 0),
        ("2024-10-01", "2024-09-15", 1),  # the day set is later: birth + 45 days decides
        ("2024-10-01", "2024-09-16", 0),
    ],
)
def test_the_earlier_of_the_day_set_and_birth_plus_45(
    durham: Programme, due_on: str | None, finished: str, in_time: int
) -> None:
    episode, baby = born_in_programme(durham)
    assess(
        episode, "2024-08-02", kind="post_birth", child=baby, due_on=due_on, completed_on=finished
    )

    assert pair(figure_of("TI-9", durham)) == (in_time, 1)


def test_the_birth_is_found_through_the_pregnancy_and_is_the_first_of_twins(
    durham: Programme,
) -> None:
    episode, _ = born_in_programme(durham, "2024-08-03")
    pregnancy = episode.referral.pregnancy
    give_birth(episode.parent, "2024-08-02", pregnancy)
    assess(episode, "2024-08-04", kind="post_birth", completed_on="2024-09-16")
    assess(episode, "2024-08-04", kind="post_birth", pregnancy=pregnancy, completed_on="2024-09-17")

    assert pair(figure_of("TI-9", durham)) == (1, 2)


def test_with_no_birth_the_day_set_counts_and_with_neither_it_is_not_recorded(
    durham: Programme,
) -> None:
    episode = open_episode(durham, "2024-05-01")
    assess(episode, "2024-08-02", kind="post_birth", due_on="2024-09-01", completed_on="2024-09-01")
    assess(episode, "2024-08-02", kind="post_birth", completed_on="2024-09-01")

    figure = figure_of("TI-9", durham)

    assert (pair(figure), figure.not_recorded) == ((1, 1), 1)


def test_a_baby_who_died_or_moved_is_left_out_and_counted(durham: Programme) -> None:
    died, gone = born_in_programme(durham, died_on="2024-09-15")
    assess(died, "2024-08-02", kind="post_birth", child=gone)
    survived, later = born_in_programme(durham, died_on="2024-09-16")
    assess(survived, "2024-08-02", kind="post_birth", child=later)
    moved, baby = born_in_programme(durham)
    leave(moved.parent, moved_out_on="2024-09-15")
    assess(moved, "2024-08-02", kind="post_birth", child=baby)
    cancelled, other = born_in_programme(durham)
    assess(cancelled, "2024-08-02", kind="post_birth", child=other, cancelled_on="2024-09-01")

    figure = figure_of("TI-9", durham)

    assert pair(figure) == (0, 1)
    assert dict(figure.excluded) == {"baby_died": 1, "moved": 1, "cancelled": 1}


def test_a_family_whose_episode_closed_because_they_moved(durham: Programme) -> None:
    episode, baby = born_in_programme(durham)
    changed(episode, closed_on="2024-09-01", closure_reason="moved_area")
    assess(episode, "2024-08-02", kind="post_birth", child=baby)

    assert figure_of("TI-9", durham).excluded["moved"] == 1


def test_finished_in_time_counts_though_the_baby_died_later(durham: Programme) -> None:
    episode, baby = born_in_programme(durham, died_on="2024-09-10")
    assess(episode, "2024-08-02", kind="post_birth", child=baby, completed_on="2024-09-01")

    assert pair(figure_of("TI-9", durham)) == (1, 1)


# --- TI-10: conferences, reviews and visits -------------------------------------------------


def meet(episode: Episode, kind: str, due: str | None, held: str | None, **values: object) -> None:
    days = {"due_on": d(due) if due else None, "held_on": d(held) if held else None}
    stored(Meeting, episode=episode, kind=kind, **days, **values)


def by_type(figure: Figure) -> dict[object, tuple[object, object]]:
    return {row.category: (row.count, row.base) for row in figure.rows}


def test_each_type_apart_and_all_together(durham: Programme) -> None:
    episode = open_episode(durham, "2024-05-01")
    meet(episode, "initial_child_protection_conference", "2024-06-10", "2024-06-10")
    meet(episode, "review_child_protection_conference", "2024-06-10", "2024-06-11")
    meet(episode, "looked_after_review", "2024-06-10", None)
    meet(episode, "family_group_conference", "2024-06-10", None)
    contact_on(episode, "2024-06-10T23:30", statutory_visit=True, due_on="2024-06-10")

    figure = figure_of("TI-10", durham)

    assert by_type(figure) == {
        "initial_child_protection_conference": (1, 1),
        "review_child_protection_conference": (0, 1),
        "looked_after_review": (0, 1),
        "statutory_visit": (1, 1),
    }
    assert pair(figure) == (2, 4)


def test_due_in_the_period_and_by_the_report_date(durham: Programme) -> None:
    episode = open_episode(durham, "2024-01-01")
    for due in ("2024-03-31", "2024-04-01", "2025-03-31", "2025-04-01"):
        meet(episode, "looked_after_review", due, None)
    early = Period(YEAR.first, YEAR.last, d("2025-03-30"))

    assert pair(figure_of("TI-10", durham)) == (0, 2)
    assert pair(figure_of("TI-10", durham, early)) == (0, 1)


def test_held_before_the_period_but_due_in_it(durham: Programme) -> None:
    meet(open_episode(durham, "2024-01-01"), "looked_after_review", "2024-04-01", "2024-03-20")

    assert pair(figure_of("TI-10", durham)) == (1, 1)


def test_held_after_the_report_date_is_late(durham: Programme) -> None:
    meet(open_episode(durham, "2024-01-01"), "looked_after_review", "2025-03-31", "2025-04-01")

    assert pair(figure_of("TI-10", durham)) == (0, 1)


def test_a_cancelled_meeting_is_left_out_and_counted(durham: Programme) -> None:
    episode = open_episode(durham, "2024-05-01")
    meet(episode, "looked_after_review", "2024-06-10", None, cancelled_on=d("2024-06-01"))
    meet(episode, "looked_after_review", "2024-06-10", "2024-06-09", cancelled_on=d("2024-06-01"))

    figure = figure_of("TI-10", durham)

    assert (pair(figure), dict(figure.excluded)) == ((1, 1), {"cancelled": 1})


@pytest.mark.parametrize(
    "outcome",
    ["tried_no_answer", "missed_by_parent", "cancelled_by_parent", "cancelled_by_service"],
)
def test_a_visit_counts_only_if_they_met(durham: Programme, outcome: str) -> None:
    episode = open_episode(durham, "2024-05-01")
    contact_on(
        episode, "2024-06-09T10:00", statutory_visit=True, due_on="2024-06-10", outcome=outcome
    )

    figure = figure_of("TI-10", durham)

    assert (pair(figure), dict(figure.excluded)) == ((0, 1), {"cancelled": 0})


def test_tries_at_one_visit_are_one_event(durham: Programme) -> None:
    episode = open_episode(durham, "2024-05-01")
    visit = {"statutory_visit": True, "due_on": "2024-06-10"}
    contact_on(episode, "2024-06-08T10:00", outcome="tried_no_answer", **visit)
    contact_on(episode, "2024-06-10T10:00", outcome="met", **visit)
    contact_on(episode, "2024-06-12T10:00", outcome="met", **visit)
    contact_on(episode, "2024-06-20T10:00", statutory_visit=True, due_on="2024-06-20")

    assert pair(figure_of("TI-10", durham)) == (2, 2)


def test_a_visit_after_midnight_in_london_is_late(durham: Programme) -> None:
    # In June London is an hour ahead of UTC: 23:30 UTC on the day due is the next day.
    episode = open_episode(durham, "2024-05-01")
    contact_on(episode, "2024-06-11T00:30", statutory_visit=True, due_on="2024-06-10")

    assert pair(figure_of("TI-10", durham)) == (0, 1)


def test_no_due_day_is_not_recorded_and_an_ordinary_visit_is_not_asked(durham: Programme) -> None:
    episode = open_episode(durham, "2024-05-01")
    contact_on(episode, "2024-06-10T10:00", statutory_visit=True)
    contact_on(episode, "2024-06-10T10:00", due_on="2024-06-10")
    meet(episode, "looked_after_review", None, "2024-06-10")
    meet(episode, "looked_after_review", None, None)

    figure = figure_of("TI-10", durham)

    assert (pair(figure), figure.not_recorded) == ((0, 0), 2)
