"""What a board reads of a figure: words where there is no share, and nothing false."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from programme.reporting import figures
from programme.reporting.board.report import Report, report_of
from programme.reporting.board.shown import Shown, shown
from programme.reporting.board.spreadsheet import as_csv, escaped
from programme.reporting.charts import Proportions
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.disclosure.ledger import Scope
from programme.reporting.disclosure.protect import protect
from programme.reporting.figures import Figure, Row, part
from programme.reporting.periods import Period
from tests.programme.reporting.board_reading import lines_of

FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)


def answer(figure: Figure) -> Shown:
    return shown(figure.to_json())


def released(figure: Figure) -> Shown:
    scope = Scope(frozenset({"north"}), FIRST, LAST, LAST)
    return answer(protect([figure], scope).figures[0])


def places(in_use: int, commissioned: int | None) -> Figure:
    return figures.proportion(DEFINITIONS["RE-9"], in_use, commissioned)


def test_more_than_all_places_in_use_fills_the_bar_and_is_said() -> None:
    told = answer(places(18, 16))

    assert told.headline == "112.5% (18 of 16)"
    assert isinstance(told.chart, Proportions)
    assert [level.share for level in told.chart.levels] == [1]


def test_places_that_nobody_commissioned_are_counted_without_a_share() -> None:
    told = answer(places(32, None))

    assert (told.headline, told.chart) == ("32 places", None)
    assert told.sentences == ("Out of how many is not recorded, so there is no share.",)


def test_a_question_that_does_not_arise_is_said_to_be_that() -> None:
    told = answer(figures.not_applicable(DEFINITIONS["TI-4"]))

    assert told.sentences == ("This question does not arise in this programme.",)
    assert told.missing == ()


def stages(**parents: int) -> Figure:
    missing = parents.pop("not_recorded", 0)
    order = list(parents)
    return figures.distribution(DEFINITIONS["SN-1"], parents, order=order, not_recorded=missing)


@pytest.mark.parametrize(
    ("parents", "sentence"),
    [
        ({"referred": 3, "screening": 8}, "The largest group is “Looking at the referral”: 8."),
        (
            {"referred": 8, "screening": 8},
            "The largest groups are “Referred” and “Looking at the referral”: 8 each.",
        ),
        ({"referred": 2, "not_recorded": 9}, "The largest group is “Referred”: 2."),
        ({"not_recorded": 9}, "Nobody or nothing is recorded in any group."),
    ],
)
def test_the_largest_group_is_never_the_unrecorded(
    parents: Mapping[str, int], sentence: str
) -> None:
    assert answer(stages(**parents)).sentences == (sentence,)


def test_of_groups_that_are_hidden_none_is_called_the_largest() -> None:
    help_given = {"practical": 6, "therapeutic": 7, "both": 3, "neither": 4}
    figure = figures.distribution(
        DEFINITIONS["SU-1"], help_given, denominator=14, order=list(help_given)
    )

    assert released(figure).sentences == (
        "Some groups are hidden so that nobody can be recognised.",
    )


def test_rows_beside_a_count_are_read_out_and_hidden_where_they_are_few() -> None:
    figure = figures.count(DEFINITIONS["RE-3"], 40, rows=[Row("re_referral", 12)])
    few = figures.count(DEFINITIONS["RE-3"], 40, rows=[Row("re_referral", 2)])

    assert answer(figure).sentences[1] == "Referred to us before, and again: 12."
    assert released(few).sentences[1] == (
        "Referred to us before, and again: hidden so that nobody can be recognised."
    )


def test_a_refusal_to_keep_her_record_is_not_called_a_refusal_to_say() -> None:
    figure = figures.proportion(DEFINITIONS["CO-2"], 20, 40, rows=[Row("refused", 15, 40)])

    assert "Said no to our keeping notes about it: 15." in answer(figure).sentences


def test_each_kind_of_event_stands_beside_all_of_them() -> None:
    rows = [part("statutory_visit", 20, 40), part("looked_after_review", 10, 13)]
    figure = figures.proportion(DEFINITIONS["TI-10"], 30, 53, rows=rows)

    written = figure.to_json()
    written["rows"][1] |= {"count": None, "denominator": None, "withheld": "c"}

    live, kept = answer(figure).chart, shown(written).chart

    assert live is not None and kept is not None
    assert [row[:2] for row in live.table().rows] == [
        ("All of them", "56.6% (30 of 53)"),
        ("Statutory visits", "50.0% (20 of 40)"),
        ("Looked-after reviews", "76.9% (10 of 13)"),
    ]
    assert kept.table().rows[2][1] == "hidden so that nobody can be recognised"


@pytest.mark.parametrize(
    ("figure", "missing"),
    [
        (figures.proportion(DEFINITIONS["EN-2"], 9, 20), ("Not recorded: none.",)),
        (figures.proportion(DEFINITIONS["EN-2"], 9, 20, not_recorded=2), ("Not recorded: 2.",)),
        (figures.proportion(DEFINITIONS["EN-2"], 0, 0), ()),
        (
            figures.mean_money(DEFINITIONS["CA-1"], 900, 9, excluded={"set_up": 1_200}),
            ("Counted apart: set up, £1,200.",),
        ),
        (figures.mean_money(DEFINITIONS["CA-1"], None, 9), ()),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_claimed_of_nothing(
    figure: Figure, missing: tuple[str, ...]
) -> None:
    assert answer(figure).missing == missing


def report(*pack: Figure) -> Report:
    return report_of("North", Period(FIRST, LAST), [figure.to_json() for figure in pack])


def csv_of(*pack: Figure) -> list[dict[str, Any]]:
    return lines_of(as_csv(report(*pack)))


def test_the_spreadsheet_says_hidden_and_what_is_counted_apart() -> None:
    scope = Scope(frozenset({"north"}), FIRST, LAST, LAST)
    decided = figures.proportion(
        DEFINITIONS["RE-4"], 40, 64, excluded={"withdrawn": 3, "undecided": 9}
    )
    [line] = csv_of(*protect([decided], scope).figures)

    assert (line["count"], line["out of"], line["shown as"]) == ("40", "64", "62.5%")
    assert line["counted apart"] == "Withdrawn: hidden; Undecided: 9"


def test_the_spreadsheet_has_the_rows_of_a_split() -> None:
    mark = figures.distribution(
        DEFINITIONS["BA-10"], {"foster_care": 9}, open_window=4, category="26_weeks"
    )
    whole = figures.distribution(DEFINITIONS["BA-10"], {"foster_care": 13})

    lines = {line["group"]: line for line in csv_of(whole.split("mark", [mark]))}

    assert lines["In foster care"]["count"] == "13"
    assert lines["At 26 weeks"]["open window"] == "4"
    assert lines["At 26 weeks: In foster care"]["count"] == "9"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_runs_in_a_spreadsheet_program(start: str) -> None:
    assert escaped(f"{start}1+1") == f"'{start}1+1"
    assert escaped("1+1") == "1+1"
