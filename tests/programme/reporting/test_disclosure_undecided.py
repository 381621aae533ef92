"""A search that finds no end: what is not known to be safe is not released."""

from datetime import date
from typing import Any

import pytest

from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.disclosure import search
from programme.reporting.disclosure.ledger import Scope
from programme.reporting.disclosure.limits import Relation
from programme.reporting.disclosure.protect import StillGivenAway, protect

PERIOD = Scope(frozenset({"north"}), date(2024, 4, 1), date(2025, 3, 31), date(2025, 3, 31))
# Three unknowns that only whole numbers tell apart: no answer without a branch.
HALVES = search.Search(
    {"a": (0, 9), "b": (0, 9), "c": (0, 9)},
    [
        Relation((("a", 2), ("b", 2)), 3, 5),
        Relation((("b", 2), ("c", 2)), 3, 5),
        Relation((("a", 2), ("c", 2)), 3, 5),
    ],
)


@pytest.fixture
def _no_time(monkeypatch: Any) -> None:
    """The setting, not the solver, is what the test changes."""
    for name in ("EXACTLY", "WITHOUT_PRESOLVE"):
        monkeypatch.setattr(search, name, {**getattr(search, name), "time_limit": 0})


def test_a_search_has_an_answer_within_its_limits() -> None:
    assert HALVES.bounds({"a": 1, "b": 1, "c": 1}) == (3, 3)


@pytest.mark.usefixtures("_no_time")
def test_a_search_without_time_says_so() -> None:
    with pytest.raises(search.Undecided):
        HALVES.bounds({"a": 1})


@pytest.mark.usefixtures("_no_time")
def test_a_pack_whose_audit_is_not_decided_is_not_released() -> None:
    counts = {"one": 2, "two": 3, "three": 40}
    pack = [figures.distribution(DEFINITIONS["SN-1"], counts, order=list(counts))]

    with pytest.raises(StillGivenAway):
        protect(pack, PERIOD)
