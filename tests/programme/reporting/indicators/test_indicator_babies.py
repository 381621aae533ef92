"""BA-10, BA-11, SN-3, SN-4, FA-1 by hand."""

import pytest

from programme.pathways.models import Programme
from programme.people.models import Child, ParentChild
from programme.reporting.periods import Period
from tests.builders import make_parent, make_programme, stored
from tests.programme.reporting.indicators.working import (
    YEAR,
    counts,
    d,
    expect,
    figure_of,
    give_birth,
    lives,
    open_episode,
    pair,
    refer,
    separate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def durham() -> Programme:
    return make_programme("Pre-birth", "pre_birth")


def baby_of(programme: Programme, born_on: str = "2024-08-01", **values: object) -> Child:
    """A baby of a parent whose episode is open from January 2024 on."""
    return give_birth(open_episode(programme, "2024-01-01").parent, born_on, **values)


# --- SN-3: babies born ----------------------------------------------------------------------


def test_born_in_the_period_to_a_parent_with_an_open_episode_that_day(durham: Programme) -> None:
    for born in ("2024-03-31", "2024-04-01", "2025-03-31", "2025-04-01"):
        baby_of(durham, born)
    give_birth(open_episode(durham, "2024-08-01").parent, "2024-08-01")
    give_birth(open_episode(durham, "2024-08-02").parent, "2024-08-01")
    give_birth(open_episode(durham, "2024-01-01", closed="2024-08-01").parent, "2024-08-01")
    give_birth(open_episode(durham, "2024-01-01", closed="2024-08-02").parent, "2024-08-01")
    give_birth(make_parent(), "2024-08-01")

    assert figure_of("SN-3", durham).value == 4


def test_twins_are_two_babies_of_one_pregnancy(durham: Programme) -> None:
    mother = open_episode(durham, "2024-01-01").parent
    pregnancy = expect(mother, known="2024-01-01")
    give_birth(mother, "2024-08-01", pregnancy)
    give_birth(mother, "2024-08-02", pregnancy)
    baby_of(durham)

    figure = figure_of("SN-3", durham)

    assert (figure.value, counts(figure), figure.not_recorded) == (3, {"pregnancies": 1}, 1)


def test_a_baby_of_two_parents_in_the_service_is_one_baby(durham: Programme) -> None:
    mother, father = make_parent(), make_parent("father")
    for parent in (mother, father):
        open_episode(durham, "2024-01-01", parent)
    baby = give_birth(mother, "2024-08-01")
    stored(ParentChild, parent=father, child=baby, relation="birth")

    assert figure_of("SN-3", durham).value == 1


def test_a_step_child_is_not_a_birth_of_the_programme(durham: Programme) -> None:
    baby = give_birth(make_parent(), "2024-08-01")
    father = open_episode(durham, "2024-01-01", make_parent("father")).parent
    stored(ParentChild, parent=father, child=baby, relation="step")

    assert figure_of("SN-3", durham).value == 0


def test_a_stillborn_baby_is_counted_beside(durham: Programme) -> None:
    baby_of(durham, born="stillborn")
    baby_of(durham, born="live")

    figure = figure_of("SN-3", durham)

    assert (figure.value, dict(figure.excluded)) == (1, {"stillborn": 1})
    assert figure_of("BA-10", durham).denominator == 1


# --- BA-10: where babies are ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "plan", "category"),
    [
        ("mother", "universal", "home_universal"),
        ("father", "child_in_need", "home_child_in_need"),
        ("parents", "child_protection", "home_child_protection"),
        ("mother", "supervision_order", "home_supervision_or_care_order"),
        ("mother", "looked_after", "home_supervision_or_care_order"),
        ("mother", "early_help", "home_other_plan"),
        ("mother", "undecided", "home_other_plan"),
        ("mother", "", "home_other_plan"),
        ("parent_and_baby_placement", "looked_after", "parent_and_baby_placement"),
        ("family_or_friends", "special_guardianship", "family_or_friends"),
        ("foster_care", "looked_after", "foster_care"),
        ("fostering_to_adopt", "looked_after", "fostering_to_adopt"),
        ("adoptive_family", "adoption", "adoptive_family"),
        ("residential", "", "residential"),
        ("hospital", "undecided", "hospital"),
        ("other", "", "other"),
        ("unborn", "child_protection", "not_recorded"),
        ("not_known", "", "not_recorded"),
    ],
)
def test_one_category_each(durham: Programme, where: str, plan: str, category: str) -> None:
    lives(baby_of(durham), "2024-08-01", where, plan)

    assert counts(figure_of("BA-10", durham)) == {category: 1}


def test_no_row_at_all_is_not_recorded(durham: Programme) -> None:
    baby_of(durham)

    figure = figure_of("BA-10", durham)

    assert (counts(figure), figure.not_recorded) == ({"not_recorded": 1}, 1)


def test_the_newest_row_on_or_before_the_report_date(durham: Programme) -> None:
    baby = baby_of(durham)
    lives(baby, "2024-08-01", "hospital", to_date="2024-08-05")
    lives(baby, "2024-08-05", "foster_care", to_date="2025-03-31")
    lives(baby, "2025-03-31", "mother", "child_in_need")
    lives(baby, "2025-04-01", "foster_care")

    assert counts(figure_of("BA-10", durham)) == {"home_child_in_need": 1}


def test_a_row_whose_last_day_has_passed_is_still_the_newest(durham: Programme) -> None:
    lives(baby_of(durham), "2024-08-01", "foster_care", to_date="2024-09-01")

    assert counts(figure_of("BA-10", durham)) == {"foster_care": 1}


def test_of_two_rows_of_one_day_the_later_stored(durham: Programme) -> None:
    baby = baby_of(durham)
    lives(baby, "2024-08-01", "hospital", to_date="2024-08-01")
    lives(baby, "2024-08-01", "foster_care")

    assert counts(figure_of("BA-10", durham)) == {"foster_care": 1}


@pytest.mark.parametrize(("died", "category"), [("2025-03-31", "died"), ("2025-04-01", "other")])
def test_a_baby_who_died_by_the_report_date(durham: Programme, died: str, category: str) -> None:
    lives(baby_of(durham, died_on=died), "2024-08-01", "other")

    assert counts(figure_of("BA-10", durham)) == {category: 1}


def test_at_birth_26_and_52_weeks_only_of_those_who_have_reached_it(durham: Programme) -> None:
    # 364 and 182 days before the report date, 31 March 2025; and one day less.
    for born in ("2024-04-01", "2024-04-02", "2024-09-30", "2024-10-01"):
        lives(baby_of(durham, born), born, "mother", "universal")

    figure = figure_of("BA-10", durham)

    assert (figure.denominator, [part.category for part in figure.by["mark"]]) == (
        4,
        ["birth", "26_weeks", "52_weeks"],
    )
    reached = [(part.denominator, part.open_window) for part in figure.by["mark"]]
    assert reached == [(4, 0), (3, 1), (1, 3)]


def test_each_mark_reads_the_row_of_its_day(durham: Programme) -> None:
    baby = baby_of(durham, "2024-04-01", died_on="2025-03-31")
    lives(baby, "2024-04-01", "hospital")
    lives(baby, "2024-04-02", "foster_care")
    lives(baby, "2024-09-30", "mother", "child_protection")

    figure = figure_of("BA-10", durham)

    assert [counts(part) for part in figure.by["mark"]] == [
        {"hospital": 1},
        {"home_child_protection": 1},
        {"died": 1},
    ]


# --- BA-11: earlier separation x outcome ----------------------------------------------------


def test_the_four_cells(durham: Programme) -> None:
    for separated, where in (
        ("2024-07-31", "mother"),
        ("2024-07-31", "foster_care"),
        ("", "father"),
    ):
        mother = open_episode(durham, "2024-01-01").parent
        older = give_birth(mother, "2020-01-01")
        if separated:
            separate(older, separated)
        lives(give_birth(mother, "2024-08-01"), "2024-08-01", where)

    figure = figure_of("BA-11", durham)

    assert [(row.category, row.count) for row in figure.rows] == [
        (("earlier separation", "home"), 1),
        (("earlier separation", "not home"), 1),
        (("no earlier separation", "home"), 1),
        (("no earlier separation", "not home"), 0),
    ]
    assert figure.denominator == 3


def one_cell(programme: Programme) -> object:
    [cell] = counts(figure_of("BA-11", programme))
    return cell


def test_separated_on_the_day_of_the_birth_is_not_before(durham: Programme) -> None:
    mother = open_episode(durham, "2024-01-01").parent
    separate(give_birth(mother, "2020-01-01"), "2024-08-01")
    lives(give_birth(mother, "2024-08-01"), "2024-08-01", "mother")

    assert one_cell(durham) == ("no earlier separation", "home")


def test_the_babys_own_separation_never_counts(durham: Programme) -> None:
    mother = open_episode(durham, "2024-01-01").parent
    twin = give_birth(mother, "2024-08-01")
    lives(twin, "2024-08-01", "foster_care")
    separate(twin, "2024-08-01")

    assert one_cell(durham) == ("no earlier separation", "not home")


def test_a_child_who_came_back_was_separated(durham: Programme) -> None:
    mother = open_episode(durham, "2024-01-01").parent
    separate(give_birth(mother, "2020-01-01"), "2021-01-01", returned_on=d("2022-01-01"))
    lives(give_birth(mother, "2024-08-01"), "2024-08-01", "mother")

    assert one_cell(durham) == ("earlier separation", "home")


@pytest.mark.parametrize("how", ["father_id", "birth"])
def test_a_child_of_the_recorded_father_with_another_mother(durham: Programme, how: str) -> None:
    mother, father = open_episode(durham, "2024-01-01").parent, make_parent("father")
    elder = give_birth(make_parent(), "2020-01-01")
    stored(ParentChild, parent=father, child=elder, relation="birth")
    separate(elder, "2021-01-01")
    named = {"father": father} if how == "father_id" else {}
    baby = give_birth(mother, "2024-08-01", expect(mother, known="2024-01-01", **named))
    lives(baby, "2024-08-01", "mother")
    if how == "birth":
        stored(ParentChild, parent=father, child=baby, relation="birth")

    assert one_cell(durham) == ("earlier separation", "home")


@pytest.mark.parametrize("where", ["parent_and_baby_placement", "hospital", "family_or_friends"])
def test_only_with_parents_mother_or_father_is_home(durham: Programme, where: str) -> None:
    lives(baby_of(durham), "2024-08-01", where)

    assert one_cell(durham) == ("no earlier separation", "not home")


def test_outcome_not_yet_known_and_died_are_left_out_and_counted(durham: Programme) -> None:
    baby_of(durham)
    lives(baby_of(durham), "2024-08-01", "not_known")
    baby_of(durham, died_on="2024-08-03")

    figure = figure_of("BA-11", durham)

    assert (figure.denominator, dict(figure.excluded)) == (
        0,
        {"outcome_not_yet_known": 2, "died": 1},
    )


# --- SN-4: unborn babies by plan ------------------------------------------------------------


def test_unborn_babies_of_open_episodes_by_plan(durham: Programme) -> None:
    mother = open_episode(durham, "2024-05-01").parent
    pregnancy = expect(mother, known="2024-05-01")
    for plan in ("child_protection", ""):
        lives(give_birth(mother, None, pregnancy), "2024-06-01", "unborn", plan)
    expect(open_episode(durham, "2024-05-01").parent, known="2024-05-01")

    figure = figure_of("SN-4", durham)

    assert (counts(figure), figure.denominator) == ({"child_protection": 1, "not_recorded": 2}, 3)


def test_the_newest_plan_by_the_report_date(durham: Programme) -> None:
    mother = open_episode(durham, "2024-05-01").parent
    baby = give_birth(mother, None, expect(mother, known="2024-05-01"))
    lives(baby, "2024-06-01", "unborn", "child_in_need")
    lives(baby, "2025-03-31", "unborn", "child_protection")
    lives(baby, "2025-04-01", "unborn", "universal")

    assert counts(figure_of("SN-4", durham)) == {"child_protection": 1}


def test_born_after_the_report_date_is_unborn_on_it(durham: Programme) -> None:
    mother = open_episode(durham, "2024-05-01").parent
    pregnancy = expect(mother, known="2024-05-01", outcome="live_birth", ended_on="2025-04-01")
    give_birth(mother, "2025-04-01", pregnancy)
    assert figure_of("SN-4", durham).denominator == 1

    born = expect(mother, known="2024-05-01", outcome="live_birth", ended_on="2025-03-31")
    give_birth(mother, "2025-03-31", born)
    assert figure_of("SN-4", durham).denominator == 1


def test_lost_not_known_yet_or_no_open_episode_is_not_counted(durham: Programme) -> None:
    mother = open_episode(durham, "2024-05-01").parent
    expect(mother, known="2024-05-01", outcome="miscarriage", ended_on="2024-06-01")
    expect(mother, known="2025-04-01")
    closed = open_episode(durham, "2024-05-01", closed="2025-03-31").parent
    expect(closed, known="2024-06-01")
    refer(durham, "2024-05-01", pregnancy=expect(make_parent(), known="2024-05-01"))

    assert figure_of("SN-4", durham).denominator == 0


def test_an_unborn_baby_who_died_is_not_expected(durham: Programme) -> None:
    mother = open_episode(durham, "2024-05-01").parent
    pregnancy = expect(mother, known="2024-05-01")
    give_birth(mother, None, pregnancy)
    give_birth(mother, None, pregnancy, died_on="2025-03-31")

    assert figure_of("SN-4", durham).denominator == 1


def test_a_couple_expects_one_baby_and_one_without_a_pregnancy_counts(durham: Programme) -> None:
    mother, father = make_parent(), make_parent("father")
    for parent in (mother, father):
        open_episode(durham, "2024-05-01", parent)
    expect(mother, known="2024-06-01", father=father)
    give_birth(open_episode(durham, "2024-05-01").parent, None)

    assert figure_of("SN-4", durham).denominator == 2


# --- FA-1: father recorded ------------------------------------------------------------------


def test_a_named_father_or_a_father_by_birth(durham: Programme) -> None:
    named, by_birth, expected, uncle = (make_parent() for _ in range(4))
    father = make_parent("father")
    open_episode(
        durham, "2024-05-01", named, pregnancy=expect(named, known="2024-05-01", father=father)
    )
    people = (
        (by_birth, father, "birth"),
        (expected, father, "expected"),
        (uncle, make_parent("other"), "birth"),
    )
    for mother, other, relation in people:
        pregnancy = expect(mother, known="2024-05-01")
        open_episode(durham, "2024-05-01", mother, pregnancy=pregnancy)
        baby = give_birth(mother, "2024-12-01", pregnancy)
        stored(ParentChild, parent=other, child=baby, relation=relation)

    figure = figure_of("FA-1", durham)

    assert (pair(figure), figure.not_recorded) == ((2, 4), 2)


def test_her_wish_and_safety_are_left_out_and_counted(durham: Programme) -> None:
    for reason in ("her_wish", "safety", "not_known", ""):
        mother = make_parent()
        pregnancy = expect(mother, known="2024-05-01", father_not_named_reason=reason)
        open_episode(durham, "2024-05-01", mother, pregnancy=pregnancy)
    mother, father = make_parent(), make_parent("father")
    both = expect(mother, known="2024-05-01", father=father, father_not_named_reason="safety")
    open_episode(durham, "2024-05-01", mother, pregnancy=both)

    figure = figure_of("FA-1", durham)

    assert (pair(figure), dict(figure.excluded)) == ((1, 3), {"her_wish": 1, "safety": 1})


def test_the_reason_of_an_episode_open_on_the_day_born_or_not_once(durham: Programme) -> None:
    mother, father = make_parent(), make_parent("father")
    pregnancy = expect(mother, known="2024-05-01", outcome="live_birth", ended_on="2024-08-01")
    for parent in (mother, father):
        open_episode(durham, "2024-05-01", parent, pregnancy=pregnancy)
    expect(mother, known="2024-05-01")  # not the reason of any referral
    closed = make_parent()
    ended = expect(closed, known="2024-05-01")
    open_episode(durham, "2024-05-01", closed, closed="2025-03-31", pregnancy=ended)
    waiting = make_parent()
    refer(durham, "2024-05-01", waiting, pregnancy=expect(waiting, known="2024-05-01"))

    assert pair(figure_of("FA-1", durham)) == (0, 1)
    assert pair(figure_of("FA-1", durham, Period(YEAR.first, d("2025-03-30")))) == (0, 2)
