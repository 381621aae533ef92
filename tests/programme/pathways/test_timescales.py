"""When something is due: units, first days, validity and pathways of timescale rules."""

from datetime import date
from typing import Any

import pytest

from programme.pathways.models import TimescaleRule
from programme.pathways.timescales import due_on, rule_in_force

START = date(2024, 5, 31)  # a Friday


def rule(**values: Any) -> TimescaleRule:
    defaults = {"code": "T03", "count": 3, "unit": "days", "applies_to": "all"}
    return TimescaleRule(**{**defaults, "jurisdiction": "local", **values})


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ({}, date(2024, 6, 3)),
        ({"first_day_counted": True}, date(2024, 6, 2)),
        ({"count": -28}, date(2024, 5, 3)),
        ({"unit": "weeks"}, date(2024, 6, 21)),
        ({"unit": "months"}, date(2024, 8, 31)),
        ({"unit": "months", "count": 1}, date(2024, 6, 30)),
        ({"unit": "months", "first_day_counted": True}, date(2024, 8, 30)),
        ({"unit": "hours", "count": 24}, date(2024, 6, 1)),
        ({"unit": "hours", "count": 25}, date(2024, 6, 2)),
        ({"unit": "working_days"}, date(2024, 6, 5)),
        ({"unit": "working_days", "first_day_counted": True}, date(2024, 6, 4)),
        ({"unit": "working_days", "jurisdiction": "wales"}, date(2024, 6, 5)),
    ],
)
def test_the_last_day_in_time(values: dict[str, Any], due: date) -> None:
    assert due_on(rule(**values), START) == due


def test_weeks_of_gestation_count_from_the_due_date() -> None:
    """Week 40 is the due date itself; 34 weeks are six weeks before it."""
    assert due_on(rule(unit="weeks_of_gestation", count=40), START) == START
    assert due_on(rule(unit="weeks_of_gestation", count=34), START) == date(2024, 4, 19)


def test_a_unit_that_does_not_start_from_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="T03 counts by_method"):
        due_on(rule(unit="by_method"), START)


def test_the_newest_row_that_is_valid() -> None:
    always, later = rule(), rule(valid_from=date(2024, 6, 1))
    rules = [later, always, rule(code="T04")]

    assert rule_in_force(rules, "T03", "pause", START) is always
    assert rule_in_force(rules, "T03", "pause", date(2024, 6, 1)) is later
    assert rule_in_force(rules, "T05", "pause", START) is None


def test_a_pathways_own_row_comes_before_the_row_for_all() -> None:
    own, shared = rule(applies_to="pause"), rule(valid_from=date(2024, 1, 1))

    assert rule_in_force([own, shared], "T03", "pause", START) is own
    assert rule_in_force([own, shared], "T03", "reflect", START) is shared
    assert rule_in_force([own], "T03", "reflect", START) is None
