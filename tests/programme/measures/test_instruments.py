"""Scores: against published values, worked cases and what the questionnaires themselves allow."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.measures.instruments import Change, instruments

# Worked by the published rules: first, later, improvement or worse, reliable, flagged before/after.
WORKED = [
    ("phq9", 15, 9, True, True, True, False),
    ("phq9", 20, 14, True, True, True, True),
    ("phq9", 9, 15, False, True, False, True),
    ("gad7", 8, 7, True, False, True, False),
    ("gad7", 8, 4, True, True, True, False),
    ("core10", 17, 11, True, True, True, True),
    ("core10", 11, 10, True, False, True, False),
    ("who5", 50, 60, True, True, True, False),
    ("reqol10", 25, 24, False, False, False, True),
]
# Published metric points of a raw total (University of Warwick).
METRIC = {7: "7.00", 21: "19.25", 22: "19.98", 30: "27.03", 31: "28.13", 35: "35.00"}


@pytest.mark.parametrize(
    ("code", "first", "later", "is_better", "is_reliable", "was", "now"), WORKED
)
def test_a_change_is_read_as_published(code, first, later, is_better, is_reliable, was, now):
    one = instruments()[code]
    begun, ended = Decimal(first), Decimal(later)

    assert one.change(begun, ended) == Change(Decimal(abs(later - first)), is_better, is_reliable)
    assert (one.is_flagged(begun), one.is_flagged(ended)) == (was, now)


@pytest.mark.parametrize(("raw", "metric"), METRIC.items())
def test_uneven_totals_are_kept_as_metric_points(raw, metric):
    one = instruments()["swemwbs"]

    assert one.stored(raw) == Decimal(metric)
    assert one.typed(Decimal(metric)) == raw
    assert one.is_flagged(one.stored(raw)) == (raw <= 21)


def test_a_change_of_metric_points_is_compared_in_metric_points():
    one = instruments()["swemwbs"]

    # 21 to 24 is three raw points but 2.1 metric ones; 7 to 9 is two raw and 4.25 metric ones.
    assert one.change(one.stored(21), one.stored(24)).is_reliable is False
    assert one.change(one.stored(7), one.stored(9)).is_reliable is True


def test_where_nobody_published_how_much_counts_nothing_is_claimed():
    assert instruments()["wsas"].change(Decimal(30), Decimal(1)).is_reliable is None
    assert instruments()["rses"].is_flagged(Decimal(0)) is None


@pytest.mark.parametrize("code", [code for code, one in instruments().items() if one.is_asked_here])
def test_what_a_form_takes_comes_back_as_it_was_typed(code):
    one = instruments()[code]

    assert one.high > one.low
    if one.has_total:
        assert [one.typed(one.stored(total)) for total in range(one.low, one.high + 1)] == list(
            range(one.low, one.high + 1)
        )


@given(st.sampled_from(sorted(instruments())), st.integers(0, 100), st.integers(0, 100))
def test_there_and_back_is_the_same_change_the_other_way(code, first, later):
    one = instruments()[code]
    there = one.change(Decimal(first), Decimal(later))
    back = one.change(Decimal(later), Decimal(first))

    assert (there.amount, there.is_reliable) == (back.amount, back.is_reliable)
    assert (there.is_better, back.is_better).count(True) == (first != later)


@pytest.mark.parametrize(
    ("code", "items", "total"),
    [
        ("phq9", "1;1;1;1;1;1;1;1;1", 9),
        ("who5", "5;5;5;5;5", 100),
        ("phq9", "1;;1;1;1;1;1;1;1", None),
        ("core10", "1;1;1;1;1;1;1;1;1;1", None),
        ("ons4", "7;7;7;2", None),
        ("phq9", "", None),
    ],
)
def test_only_whole_answers_of_what_adds_up_make_a_score(code, items, total):
    assert instruments()[code].total_of(items.split(";")) == total
