"""Figures keep the rules of their kind and are written exactly as the exchange format says."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS


def test_a_proportion_as_json() -> None:
    figure = figures.proportion(DEFINITIONS["RE-4"], 56, 64, excluded={"undecided": 0})

    assert json.loads(json.dumps(figure.to_json())) == {
        "id": "RE-4",
        "name": "accepted",
        "kind": "proportion",
        "unit": "referral",
        "numerator": 56,
        "denominator": 64,
        "value": 0.875,
        "display": "87.5%",
        "interval": [0.7722543817887005, 0.9352775733666955],
        "interval_method": "wilson",
        "not_recorded": 0,
        "open_window": 0,
        "excluded": {"undecided": 0},
        "rows": [],
    }


def test_a_distribution_has_every_category_in_order_and_not_recorded_last() -> None:
    figure = figures.distribution(
        DEFINITIONS["RE-5"],
        {"criteria_not_met": 5, "pregnancy_did_not_progress": 3},
        denominator=64,
        not_recorded=1,
    )

    assert [(row.category, row.count) for row in figure.rows] == [
        ("pregnancy_did_not_progress", 3),
        ("criteria_not_met", 5),
        ("out_of_area", 0),
        ("declined_by_parent", 0),
        ("no_capacity", 0),
        ("duplicate", 0),
        ("other", 0),
        ("not_recorded", 1),
    ]
    assert figure.to_json()["rows"][0] == {
        "category": "pregnancy_did_not_progress",
        "count": 3,
        "value": 0.046875,
    }


def test_the_base_of_a_distribution_is_by_default_all_in_its_rows() -> None:
    figure = figures.distribution(
        DEFINITIONS["SN-1"], {"first": 3, "last": 4}, order=["first", "last"], not_recorded=2
    )

    assert figure.denominator == 9
    assert figure.not_recorded == 2


def test_overlapping_rows_need_not_add_up() -> None:
    figure = figures.distribution(
        DEFINITIONS["SU-1"],
        {"practical": 9, "therapeutic": 8, "both": 7},
        denominator=10,
        without_not_recorded=True,
    )

    assert [row.value for row in figure.rows] == [
        Fraction(9, 10),
        Fraction(8, 10),
        Fraction(7, 10),
    ]


@pytest.mark.parametrize(
    ("weeks", "value", "display"),
    [([12], 12, "12"), ([9, 30, 12], 12, "12"), ([13, 12], Fraction(25, 2), "12.5")],
)
def test_a_median(weeks: list[int], value: Fraction, display: str) -> None:
    figure = figures.median(DEFINITIONS["TI-1"], weeks)

    assert (figure.numerator, figure.denominator) == (None, len(weeks))
    assert (figure.value, figure.display) == (value, display)


def test_the_bands_beside_a_median() -> None:
    bands = figures.rows_of(DEFINITIONS["TI-1"].categories, {"13-16": 2}, 2)

    figure = figures.median(DEFINITIONS["TI-1"], [13, 16], rows=bands)

    assert [row.count for row in figure.rows] == [0, 2, 0, 0, 0]


def test_pounds_for_each_person() -> None:
    figure = figures.mean_money(DEFINITIONS["CA-1"], Decimal("365000.00"), 20)

    assert figure.to_json()["numerator"] == 365000
    assert (figure.value, figure.display) == (18250, "£18,250")


@pytest.mark.parametrize(("total", "people"), [(None, 20), (Decimal(100), 0)])
def test_no_mean_without_a_cost_or_without_people(total: Decimal | None, people: int) -> None:
    figure = figures.mean_money(DEFINITIONS["CA-1"], total, people)

    assert (figure.value, figure.display) == (None, "none")


def test_part_of_a_pound_is_rounded_only_when_shown() -> None:
    figure = figures.mean_money(DEFINITIONS["CA-1"], Decimal("100.01"), 3)

    assert figure.value == Fraction(10001, 300)
    assert figure.to_json()["numerator"] == 100.01
    assert figure.display == "£33"


def test_the_cells_of_a_crosstab() -> None:
    home, away = ("earlier separation", "home"), ("earlier separation", "not home")

    figure = figures.crosstab(DEFINITIONS["BA-11"], {home: 3, away: 1})

    assert figure.denominator == 4
    assert figure.to_json()["rows"][1] == {
        "category": ["earlier separation", "not home"],
        "count": 1,
        "value": 0.25,
        "row_value": 0.25,
        "column_value": 1,
    }
    assert figure.to_json()["rows"][2]["row_value"] is None


def test_a_count_is_its_own_value() -> None:
    figure = figures.count(DEFINITIONS["RE-3"], 1064)

    assert figure.to_json()["value"] == 1064
    assert figure.to_json()["denominator"] is None
    assert figure.display == "1,064"


@pytest.mark.parametrize(
    ("births", "value", "display"), [(3000, Fraction(64, 3), "21.3"), (None, None, "none")]
)
def test_a_rate_is_blank_without_its_population(
    births: int | None, value: Fraction | None, display: str
) -> None:
    figure = figures.rate(DEFINITIONS["RE-3"], 64, births, 1000)

    assert (figure.kind, figure.value, figure.display) == ("rate", value, display)


@pytest.mark.parametrize(("places", "display"), [(16, "106.3%"), (0, "none"), (None, "none")])
def test_places_are_not_people(places: int | None, display: str) -> None:
    figure = figures.proportion(DEFINITIONS["RE-9"], 17, places)

    assert (figure.display, figure.interval) == (display, None)


def test_nothing_to_count_is_none_and_not_nought() -> None:
    figure = figures.proportion(DEFINITIONS["TI-7"], 0, 0)

    assert (figure.value, figure.display, figure.interval) == (None, "none", None)


def test_a_question_that_does_not_arise() -> None:
    figure = figures.not_applicable(DEFINITIONS["TI-4"])

    assert (figure.numerator, figure.denominator, figure.display) == (None, None, "none")


def test_half_is_rounded_up_from_the_counts() -> None:
    figure = figures.proportion(DEFINITIONS["EN-2"], 1, 2000)  # 0.05% is not 0.0%

    assert figure.display == "0.1%"


def test_rows_with_a_base_of_their_own() -> None:
    reviews = figures.part("looked_after_review", 3, 4)
    visits = figures.part("statutory_visit", 5, 5)

    figure = figures.proportion(DEFINITIONS["TI-10"], 8, 9, rows=[reviews, visits])

    assert figure.to_json()["rows"][0] == {
        "category": "looked_after_review",
        "count": 3,
        "value": 0.75,
        "denominator": 4,
    }
    assert [row.display for row in figure.rows] == ["75.0%", "100.0%"]


def test_a_row_shows_its_share_or_why_there_is_none() -> None:
    hidden = figures.Row("completed", None, 9, withheld="c")

    assert figures.Row("completed", 3, 9).display == "33.3%"
    assert figures.Row("completed", 3).display == "none"
    assert hidden.display == "c"


def test_a_figure_split_by_an_attribute() -> None:
    definition = DEFINITIONS["RE-4"]
    parts = [
        figures.proportion(definition, 1, 2, category="WBRI"),
        figures.proportion(definition, 1, 1, category="not_recorded"),
    ]

    figure = figures.proportion(definition, 2, 3).split("ethnicity", parts)

    split = figure.to_json()["by"]["ethnicity"]
    assert [(part["category"], part["denominator"]) for part in split] == [
        ("WBRI", 2),
        ("not_recorded", 1),
    ]


def test_members_are_for_the_page_and_never_in_the_json() -> None:
    figure = figures.count(DEFINITIONS["RE-3"], 2, members={"numerator": ("one", "two")})

    assert figure.members["numerator"] == ("one", "two")
    assert "one" not in json.dumps(figure.to_json())


def test_refuses_members_that_are_not_as_many_as_were_counted() -> None:
    with pytest.raises(ValueError, match="counts 2 of 'numerator', not 1"):
        figures.count(DEFINITIONS["RE-3"], 2, members={"numerator": ("one",)})
    with pytest.raises(ValueError, match="does not count"):
        figures.count(DEFINITIONS["RE-3"], 2, members={"elsewhere": ("one", "two")})


def test_refuses_a_category_the_definition_does_not_know() -> None:
    with pytest.raises(ValueError, match="Not a category"):
        figures.distribution(DEFINITIONS["SN-2"], {"ran_away": 1})


def test_refuses_rows_that_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="add up to 3, not 4"):
        figures.distribution(DEFINITIONS["SN-2"], {"completed": 3}, denominator=4)


def test_refuses_more_than_all_and_less_than_none() -> None:
    with pytest.raises(ValueError, match="counts 5 out of 4"):
        figures.proportion(DEFINITIONS["RE-4"], 5, 4)
    with pytest.raises(ValueError, match="below nought"):
        figures.count(DEFINITIONS["RE-3"], -1)
