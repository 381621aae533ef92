"""EQ-2, SN-1, SN-2 and splits by hand."""

import pytest

from programme.pathways.models import Programme
from programme.reporting.indicators import INDICATORS
from tests.builders import enter_stage, make_parent, make_programme
from tests.programme.reporting.indicators.working import (
    counts,
    d,
    figure_of,
    open_episode,
    pair,
    refer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pause() -> Programme:
    return make_programme("Pause")


# --- SN-1 -----------------------------------------------------------------------------------


def test_open_episodes_by_stage_in_the_order_of_the_pathway(pause: Programme) -> None:
    engaged, moved_on, future, none = (open_episode(pause, "2024-05-01") for _ in range(4))
    enter_stage(engaged, "engagement", d("2024-05-01"))
    enter_stage(moved_on, "engagement", d("2024-05-01"), d("2025-03-31"))
    enter_stage(moved_on, "active", d("2025-03-31"))
    enter_stage(future, "engagement", d("2024-05-01"), d("2025-04-01"))
    enter_stage(future, "active", d("2025-04-01"))
    enter_stage(open_episode(pause, "2024-05-01", closed="2025-03-31"), "active", d("2024-06-01"))

    figure = figure_of("SN-1", pause)

    assert [(row.category, row.count) for row in figure.rows] == [
        ("identified", 0),
        ("referred", 0),
        ("engagement", 2),
        ("decision", 0),
        ("active", 1),
        ("next_steps", 0),
        ("not_recorded", 1),
    ]
    assert (figure.denominator, figure.members["not_recorded"]) == (4, (str(none.pk),))


def test_of_two_stages_held_the_newest_entered(pause: Programme) -> None:
    episode = open_episode(pause, "2024-05-01")
    enter_stage(episode, "active", d("2024-07-01"))
    enter_stage(episode, "engagement", d("2024-05-01"))

    assert counts(figure_of("SN-1", pause)) == {"active": 1}


def test_a_stage_that_was_left_and_none_entered(pause: Programme) -> None:
    enter_stage(open_episode(pause, "2024-05-01"), "engagement", d("2024-05-01"), d("2024-06-01"))

    assert counts(figure_of("SN-1", pause)) == {"not_recorded": 1}


def test_a_stage_that_the_pathway_no_longer_has(pause: Programme) -> None:
    enter_stage(open_episode(pause, "2024-05-01"), "retired_stage", d("2024-05-01"))

    assert counts(figure_of("SN-1", pause)) == {"retired_stage": 1}


def test_all_programmes_share_a_stage_of_one_code(pause: Programme) -> None:
    for programme in (pause, make_programme("Reflect", "reflect")):
        enter_stage(open_episode(programme, "2024-05-01"), "active", d("2024-05-01"))

    figure = figure_of("SN-1")

    assert counts(figure) == {"active": 2}
    assert len({row.category for row in figure.rows}) == len(figure.rows)


# --- SN-2 -----------------------------------------------------------------------------------


def test_closures_in_the_period_by_reason(pause: Programme) -> None:
    for closed, reason in (
        ("2024-03-31", "completed"),
        ("2024-04-01", "completed"),
        ("2025-03-31", "lost_touch"),
        ("2024-06-01", ""),
        ("2025-04-01", "completed"),
    ):
        open_episode(pause, "2024-01-01", closed=closed, closure_reason=reason)
    open_episode(pause, "2024-01-01")

    figure = figure_of("SN-2", pause)

    assert (counts(figure), figure.denominator) == (
        {"completed": 1, "lost_touch": 1, "not_recorded": 1},
        3,
    )


# --- EQ-2 -----------------------------------------------------------------------------------


def test_parents_referred_by_ethnic_group(pause: Programme) -> None:
    for ethnicity in ("WBRI", "WBRI", "REFU", "NOBT", ""):
        refer(pause, "2024-06-01", make_parent(ethnicity=ethnicity))
    refer(pause, "2024-03-31", make_parent(ethnicity="ABAN"))

    figure = figure_of("EQ-2", pause)

    assert counts(figure) == {"WBRI": 2, "REFU": 1, "NOBT": 1, "not_recorded": 1}
    assert figure.denominator == 5
    assert [row.category for row in figure.rows][-3:] == ["REFU", "NOBT", "not_recorded"]


def test_a_parent_referred_twice_is_one_parent(pause: Programme) -> None:
    parent = make_parent(ethnicity="WBRI")
    refer(pause, "2024-06-01", parent)
    refer(pause, "2024-08-01", parent)

    assert counts(figure_of("EQ-2", pause)) == {"WBRI": 1}


def test_a_code_that_an_authority_added(pause: Programme) -> None:
    refer(pause, "2024-06-01", make_parent(ethnicity="ARAB"))

    figure = figure_of("EQ-2", pause)

    assert [row.category for row in figure.rows][-2:] == ["ARAB", "not_recorded"]
    assert counts(figure) == {"ARAB": 1}


# --- Splits ---------------------------------------------------------------------------------


def test_accepted_by_ethnicity_with_not_recorded_last(pause: Programme) -> None:
    refer(pause, "2024-06-01", make_parent(ethnicity="WBRI"))
    refer(pause, "2024-06-01", make_parent(ethnicity="WBRI"), decision="not_accepted")
    refer(pause, "2024-06-01", make_parent())

    figure = figure_of("RE-4", pause, by=["ethnicity"])

    parts = {part.category: pair(part) for part in figure.by["ethnicity"]}
    assert (parts["WBRI"], parts["not_recorded"], parts["ABAN"]) == ((1, 2), (1, 1), (0, 0))
    assert (len(parts), list(parts)[-1]) == (21, "not_recorded")


def test_only_figures_of_one_parent_each_are_split(pause: Programme) -> None:
    split = [
        name for name in INDICATORS if figure_of(name, pause, by=["ethnicity"]).by.get("ethnicity")
    ]

    assert split == [
        *["RE-3", "RE-4", "RE-5", "TI-1", "TI-4", "TI-7", "TI-9", "TI-10", "EN-2", "SU-1"],
        *["CO-2", "PR-1", "PR-2", "PR-3", "VO-3", "SN-1", "SN-2"],
    ]
