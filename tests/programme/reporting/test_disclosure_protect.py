"""Figures of a pack as their readers see them: marks, what is withheld whole, and the words why."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.disclosure.ledger import Known, Scope, Statement, printed
from programme.reporting.disclosure.protect import Protected, StillGivenAway, protect
from programme.reporting.figures import Figure

PERIOD = Scope(frozenset({"north"}), date(2024, 4, 1), date(2025, 3, 31), date(2025, 3, 31))
LONGER = Scope(frozenset({"north"}), date(2024, 4, 1), date(2025, 6, 30), date(2025, 6, 30))

FEWER_THAN_6 = "Fewer than 6: hidden so that nobody can be recognised."
FEWER_THAN_10 = "Fewer than 10: hidden so that nobody can be recognised."
GIVEN_AWAY = "Withheld: another published figure would give it away."


def released(*pack: Figure, **more: Any) -> list[dict[str, Any]]:
    return [figure.to_json() for figure in protect(pack, PERIOD, **more).figures]


def counted(written: dict[str, Any]) -> list[int | None]:
    return [row["count"] for row in written["rows"]]


def stages(*numbers: int, **more: Any) -> Figure:
    order = [f"stage {place}" for place in range(len(numbers))]
    counts = dict(zip(order, numbers, strict=True))
    return figures.distribution(DEFINITIONS["SN-1"], counts, order=order, **more)


def accepted(numerator: int, denominator: int, **more: Any) -> Figure:
    return figures.proportion(DEFINITIONS["RE-4"], numerator, denominator, **more)


def test_a_figure_with_nothing_small_is_printed_as_it_is() -> None:
    figure = accepted(56, 64, excluded={"pending": 0}, members={"numerator": ("id",) * 56})

    (written,) = released(figure)

    assert written == figure.to_json()


def test_the_ids_behind_a_figure_never_leave() -> None:
    pack = [accepted(56, 64, members={"numerator": ("id",) * 56})]

    (figure,) = protect(pack, PERIOD).figures

    assert figure.members == {}


@pytest.mark.parametrize(("numerator", "denominator"), [(3, 64), (61, 64)])
def test_a_count_is_hidden_when_it_or_the_rest_is_small(numerator: int, denominator: int) -> None:
    (written,) = released(accepted(numerator, denominator))

    shown = {name: written[name] for name in ("numerator", "denominator", "value", "interval")}
    assert shown == {"numerator": None, "denominator": 64, "value": None, "interval": None}
    assert (written["display"], written["withheld"]) == ("c", "c")
    assert written["withheld_because"] == (
        "Too few people, in it or beside it: hidden so that nobody can be recognised."
    )


def test_nought_and_all_are_printed_where_nothing_sensitive_is_said() -> None:
    none, everyone = released(
        figures.proportion(DEFINITIONS["TI-7"], 0, 40),
        figures.proportion(DEFINITIONS["TI-9"], 40, 40),
    )

    assert (none["display"], everyone["display"]) == ("0.0%", "100.0%")


@pytest.mark.parametrize("numerator", [0, 40])
def test_what_is_sensitive_is_not_said_of_everyone(numerator: int) -> None:
    (written,) = released(figures.proportion(DEFINITIONS["PR-3"], numerator, 40))

    assert (written["numerator"], written["denominator"], written["withheld"]) == (None, None, "c")
    assert (
        written["withheld_because"] == "Withheld: it would say the same of everyone in this group."
    )


def test_that_nothing_is_recorded_may_be_said_of_everyone() -> None:
    (written,) = released(figures.distribution(DEFINITIONS["EQ-2"], {}, not_recorded=20))

    assert written["not_recorded"] == 20


def test_a_small_base_hides_the_whole_figure() -> None:
    (written,) = released(accepted(2, 4, excluded={"pending": 9}))

    assert (written["numerator"], written["denominator"]) == (None, None)
    assert written["excluded"] == {"pending": None}
    assert written["withheld_because"] == FEWER_THAN_6


def test_small_rows_that_hide_each_other_are_marked_and_noughts_are_printed() -> None:
    (written,) = released(stages(3, 4, 2, 30, 0))

    assert counted(written) == [None, None, None, 30, 0, 0]
    assert written["rows"][0] == {
        "category": "stage 0",
        "count": None,
        "value": None,
        "withheld": "c",
    }
    assert (written["denominator"], written["withheld_because"]) == (39, FEWER_THAN_6)


@pytest.mark.parametrize("numbers", [(3, 30, 20), (1, 1, 30), (2, 2, 30), (5, 5, 30)])
def test_rows_that_give_a_small_one_away_are_withheld_whole(numbers: Sequence[int]) -> None:
    protected = protect([stages(*numbers)], PERIOD)

    (written,) = (figure.to_json() for figure in protected.figures)
    assert (written["rows"], written["denominator"], written["withheld"]) == ([], None, "c")
    assert protected.withheld == {"SN-1": GIVEN_AWAY}


def test_what_is_not_recorded_is_hidden_in_its_row_and_beside_it() -> None:
    (written,) = released(stages(4, 2, 30, not_recorded=3))

    assert written["not_recorded"] is None
    assert counted(written) == [None, None, 30, None]


def test_small_counts_beside_a_figure_are_hidden() -> None:
    figure = accepted(
        40, 64, not_recorded=1, open_window=2, excluded={"pending": 3, "withdrawn": 9}
    )

    (written,) = released(figure)

    assert (written["not_recorded"], written["open_window"]) == (None, None)
    assert written["excluded"] == {"pending": None, "withdrawn": 9}
    assert written["numerator"] == 40


def test_the_reasons_withheld_leave_the_proportion_they_belong_to() -> None:
    reasons = {"pregnancy_did_not_progress": 3, "criteria_not_met": 5}

    first, second = released(
        accepted(56, 64), figures.distribution(DEFINITIONS["RE-5"], reasons, denominator=64)
    )

    assert first["display"] == "87.5%"
    assert (second["rows"], second["withheld_because"]) == ([], GIVEN_AWAY)


@pytest.mark.parametrize(("people", "value"), [(9, None), (10, 12)])
def test_a_median_needs_ten_people(people: int, value: int | None) -> None:
    (written,) = released(figures.median(DEFINITIONS["TI-1"], [12] * people))

    assert (written["value"], written["denominator"]) == (value, people)


def test_a_median_goes_with_a_band_that_is_hidden() -> None:
    bands = {"<=12": 2, "13-16": 3, "17-20": 4, "21-27": 30}
    weeks = [12] * 2 + [14] * 3 + [18] * 4 + [22] * 30
    rows = figures.rows_of(DEFINITIONS["TI-1"].categories, bands, 39)

    (written,) = released(figures.median(DEFINITIONS["TI-1"], weeks, rows=rows))

    assert (written["value"], written["withheld"]) == (None, "c")
    assert counted(written) == [None, None, None, 30, 0]


def test_the_cost_of_a_few_people_is_not_shown_for_each() -> None:
    few, many = (
        figures.mean_money(DEFINITIONS["CA-1"], 90_000, people, excluded={"set_up": 3})
        for people in (9, 18)
    )

    (hidden,), (shown,) = released(few), released(many)

    assert (hidden["numerator"], hidden["denominator"], hidden["display"]) == (90_000, 9, "c")
    assert hidden["withheld_because"] == (
        "Fewer than 10 people: hidden so that nobody can be recognised."
    )
    assert shown["display"] == "£5,000"
    assert shown["excluded"] == {"set_up": 3}


def crossed(*cells: int) -> Figure:
    lines, columns = DEFINITIONS["BA-11"].categories, DEFINITIONS["BA-11"].columns
    names = [(line, column) for line in lines for column in columns]
    counts = dict(zip(names, cells, strict=True))
    left_out = {"outcome_not_yet_known": 0, "died": 0}
    return figures.crosstab(DEFINITIONS["BA-11"], counts, excluded=left_out)


def test_a_crosstab_prints_no_share_that_gives_back_a_hidden_cell() -> None:
    (written,) = released(crossed(30, 5, 5, 30))

    assert counted(written) == [30, None, None, 30]
    assert [(row["row_value"], row["column_value"]) for row in written["rows"]] == [
        (None, None)
    ] * 4


def test_a_crosstab_that_gives_one_cell_away_is_withheld() -> None:
    (written,) = released(crossed(30, 5, 20, 30))

    assert (written["rows"], written["withheld_because"]) == ([], GIVEN_AWAY)


def test_a_crosstab_with_one_full_line_says_nothing() -> None:
    (written,) = released(crossed(20, 0, 15, 15))

    assert (
        written["withheld_because"] == "Withheld: it would say the same of everyone in this group."
    )


def test_hidden_cells_take_the_shares_of_their_line_and_column_with_them() -> None:
    # Four, three and three: nobody knows which is which.
    (written,) = released(crossed(4, 3, 9, 40))

    assert counted(written) == [None, None, None, 40]
    last = written["rows"][3]
    assert (last["value"], last["row_value"], last["column_value"]) == (40 / 56, None, None)


def test_rows_with_their_own_base_are_hidden_with_it() -> None:
    rows = [
        figures.part("initial_child_protection_conference", 2, 5),
        figures.part("review_child_protection_conference", 1, 3),
        figures.part("looked_after_review", 2, 3),
        figures.part("statutory_visit", 40, 50),
    ]
    figure = figures.proportion(DEFINITIONS["TI-10"], 45, 61, rows=rows)

    (written,) = released(figure)

    assert [(row["count"], row["denominator"]) for row in written["rows"]] == [
        (None, None),
        (None, None),
        (None, None),
        (40, 50),
    ]
    assert (written["numerator"], written["denominator"]) == (45, 61)


def test_rows_that_overlap_are_hidden_by_themselves_or_by_what_is_left() -> None:
    helped = {"practical": 20, "therapeutic": 20, "both": 14}
    figure = figures.distribution(
        DEFINITIONS["SU-1"], helped, denominator=40, without_not_recorded=True
    )

    # Six had only one kind of help and six only the other: the rows tell, so none is printed.
    (written,) = released(figure)

    assert (written["rows"], written["withheld_because"]) == ([], GIVEN_AWAY)


def test_babies_at_home_are_the_same_babies_in_both_tables() -> None:
    where = {"home_universal": 24, "home_child_in_need": 24, "foster_care": 34}
    pack = [figures.distribution(DEFINITIONS["BA-10"], where), crossed(28, 14, 18, 20)]

    # 48 at home there, 46 here: other babies, so nothing is linked and nothing is given away.
    apart = protect(pack, PERIOD)
    linked = protect([pack[0], crossed(28, 14, 20, 20)], PERIOD)

    assert (len(sums_of_links(apart)), len(sums_of_links(linked))) == (3, 5)


def sums_of_links(protected: Protected) -> tuple[Any, ...]:
    return protected.statements[-1].sums


def test_two_figures_that_count_a_population_differently_are_not_linked() -> None:
    pack = [
        figures.count(DEFINITIONS["SN-3"], 22),
        figures.distribution(DEFINITIONS["BA-10"], {"foster_care": 11, "home_universal": 13}),
    ]

    births, where = released(*pack)

    assert (births["value"], where["denominator"]) == (22, 24)


def ethnic(category: str, numerator: int, denominator: int) -> Figure:
    return accepted(numerator, denominator, category=category)


def test_a_split_by_something_sensitive_takes_the_higher_threshold() -> None:
    small = [ethnic(category, 3, 6) for category in ("AIND", "APKN", "not_recorded")]

    (written,) = released(accepted(39, 60).split("ethnicity", [ethnic("WBRI", 30, 42), *small]))

    british, *others = written["by"]["ethnicity"]
    assert written["numerator"] == 39
    assert (british["numerator"], british["denominator"]) == (30, 42)
    assert [part["denominator"] for part in others] == [None] * 3
    assert [part["withheld_because"] for part in others] == [FEWER_THAN_10] * 3


def test_a_split_that_gives_somebody_away_is_withheld_whole() -> None:
    parts = [ethnic("WBRI", 40, 60), ethnic("not_recorded", 1, 4)]

    (written,) = released(accepted(41, 64).split("ethnicity", parts))

    assert written["numerator"] == 41
    assert [part["withheld_because"] for part in written["by"]["ethnicity"]] == [GIVEN_AWAY] * 2
    assert [part["category"] for part in written["by"]["ethnicity"]] == ["WBRI", "not_recorded"]


def test_looks_at_the_same_babies_do_not_add_up() -> None:
    def seen(mark: str, home: int, foster: int) -> Figure:
        counts = {"home_universal": home, "foster_care": foster}
        return figures.distribution(DEFINITIONS["BA-10"], counts, category=mark)

    figure = seen("", 20, 20).split("mark", [seen("birth", 20, 20), seen("26 weeks", 12, 11)])

    (written,) = released(figure)

    assert [part["denominator"] for part in written["by"]["mark"]] == [40, 23]


def test_an_empty_split_is_left_out() -> None:
    (written,) = released(accepted(41, 64).split("ethnicity", []))

    assert "by" not in written


def test_places_and_births_are_no_people_and_stay() -> None:
    places, births = released(
        figures.proportion(DEFINITIONS["RE-9"], 4, 16),
        figures.rate(DEFINITIONS["RE-3"], 3, 3000, 1000),
    )

    assert (places["numerator"], places["denominator"], places["withheld"]) == (None, 16, "c")
    assert (births["numerator"], births["denominator"], births["value"]) == (None, 3000, None)
    assert places["withheld_because"] == FEWER_THAN_6


def test_a_question_that_does_not_arise_is_released_as_that() -> None:
    (written,) = released(figures.not_applicable(DEFINITIONS["TI-4"]))

    assert (written["display"], "withheld" in written) == ("none", False)


def test_a_release_is_held_until_enough_people_were_added() -> None:
    first = protect([accepted(40, 64)], PERIOD)

    soon = protect([accepted(42, 66)], LONGER, [first.statements])
    later = protect([accepted(46, 76)], LONGER, [first.statements])

    assert soon.withheld == {
        "RE-4": "Withheld until more people are counted: "
        "the change since an earlier release is too small."
    }
    assert soon.figures[0].numerator is None
    assert later.figures[0].numerator == 46


def test_every_finding_of_a_released_pack_is_safe() -> None:
    protected = protect([stages(3, 4, 2, 30, 0), accepted(3, 64)], PERIOD)

    assert [finding.verdict for finding in protected.findings] == ["safe"] * 4


def test_nothing_is_released_where_silence_does_not_help() -> None:
    # An earlier release printed what should never have been printed.
    known = {"referrals_accepted": Known(5, 5, "adds")}
    leak = Statement("RE-4", PERIOD, known, {"referrals_accepted": printed(3)})

    with pytest.raises(StillGivenAway):
        protect([accepted(3, 64)], PERIOD, [[leak]])
