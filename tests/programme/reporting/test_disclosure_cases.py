"""Worked cases of disclosure control, published or worked out by exhaustive search."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from programme.reporting.disclosure.audit import Finding, audit
from programme.reporting.disclosure.cells import Cell, Part, Place, Sum
from programme.reporting.disclosure.ledger import Known, Said, Scope, Statement, printed
from programme.reporting.disclosure.percentages import coded_percentage, recovered_counts
from programme.reporting.disclosure.primary import mark
from programme.reporting.disclosure.questions import Watch
from programme.reporting.disclosure.rounding import rounded_count

CASES: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("disclosure_cases.json").read_text(encoding="utf-8")
)
SCOPE = Scope(frozenset({"a programme"}), date(2024, 4, 1), date(2025, 3, 31), date(2025, 3, 31))
TABLES = ["SDC-01", "SDC-02", "SDC-03", "SDC-04"]
PATTERNS = [
    pytest.param(
        CASES[case], pattern, id=f"{case} {'+'.join(pattern['hidden'])} {pattern['least']}"
    )
    for case in TABLES
    for pattern in CASES[case]["patterns"]
]


def sums_of(case: dict[str, Any]) -> tuple[Sum, ...]:
    return tuple(Sum(total, tuple(parts)) for total, parts in case["sums"])


def all_counts(case: dict[str, Any]) -> dict[str, int]:
    """The cells of the case with the totals that follow from them."""
    counts = dict(case.get("printed") or case["cells"])
    for sum_ in sums_of(case):
        if sum_.total not in counts:
            counts[sum_.total] = sum(counts[part] for part in sum_.parts)
    return counts


def attacked(case: dict[str, Any], pattern: dict[str, Any]) -> list[Finding]:
    counts = all_counts(case)
    hidden: list[str] = pattern["hidden"]
    said = {name: printed(count) for name, count in counts.items() if name not in hidden}
    said |= {name: Said(pattern["least"], None) for name in hidden}
    t = case.get("t", 5)
    known = {name: Known(t, t, "stands") for name in said}
    statement = Statement("case", SCOPE, known, said, sums_of(case))
    watches = [Watch(name, SCOPE, 1, t) for name in hidden]
    return audit([statement], watches=watches)


@pytest.mark.parametrize(("case", "pattern"), PATTERNS)
def test_the_attacker_finds_the_stated_intervals(
    case: dict[str, Any], pattern: dict[str, Any]
) -> None:
    findings = attacked(case, pattern)

    assert {f.cell: list(f.bounds or ()) for f in findings} == pattern["intervals"]


JUDGED = [
    pytest.param(CASES[case], pattern, id=f"{case} {'+'.join(pattern['hidden'])}")
    for case in TABLES
    for pattern in CASES[case]["patterns"]
    if "safe" in pattern
]


@pytest.mark.parametrize(("case", "pattern"), JUDGED)
def test_a_pattern_passes_only_if_it_hides_every_small_cell(
    case: dict[str, Any], pattern: dict[str, Any]
) -> None:
    findings = attacked(case, pattern)

    small = [finding for finding in findings if finding.cell in case["primary"]]
    assert all(finding.is_safe for finding in small) == pattern["safe"]


def test_a_cell_hidden_alone_in_its_line_is_found_exactly() -> None:
    case = CASES["SDC-04"]

    findings = attacked(case, case["patterns"][1])

    assert [finding.verdict for finding in findings] == ["exact", "exact"]


@pytest.mark.parametrize("case", [CASES[name] for name in TABLES[1:]], ids=TABLES[1:])
def test_primary_suppression_finds_the_small_cells(case: dict[str, Any]) -> None:
    t = case["t"]
    cells = {name: Cell(name, count, t, t, "stands") for name, count in case["cells"].items()}

    said = mark(Part(cells, tuple(Place(name) for name in cells))).said

    assert [name for name in said if said[name].is_hidden] == case["primary"]


def test_whole_percentages_of_a_small_base_are_counts() -> None:
    case = CASES["SDC-08"]

    found = {need: recovered_counts(text, case["base"]) for need, text in case["printed"].items()}

    assert found == {need: (count,) for need, count in case["counts"].items()}


def test_a_percentage_that_leaves_one_person_is_not_printed() -> None:
    case = CASES["SDC-08"]

    coded = {
        need: coded_percentage(count, case["base"], case["t"])
        for need, count in case["counts"].items()
    }

    assert case["base"] - case["counts"]["need B"] == 1
    assert coded == {
        "need A": "71%",
        "need B": "80% or more",  # from 33 to 41: one to five others are all possible
        "need C": "51%",
        "need D": "49%",
        "need E": "34%",
    }


@pytest.mark.parametrize(
    ("count", "base", "coded"),
    [
        (59, 60, "90% or more"),
        (1, 60, "10% or fewer"),
        (60, 60, "90% or more"),
        (0, 60, "10% or fewer"),
        (5, 6, None),  # half or more of six leaves no more than three others
        (3, 0, None),
    ],
)
def test_a_percentage_is_coded_at_both_ends(count: int, base: int, coded: str | None) -> None:
    assert coded_percentage(count, base, 5) == coded


def test_with_one_decimal_a_larger_base_still_gives_the_count() -> None:
    assert recovered_counts("87.5%", 64) == (56,)
    assert recovered_counts("50%", 1000) == tuple(range(495, 505))


def test_a_line_that_says_the_same_of_everyone_says_nothing() -> None:
    case = CASES["SDC-09"]
    cells = {
        (row, column): Cell(f"{row}|{column}", count, case["t"], case["t"], "stands")
        for row, line in zip(case["rows"], case["values"], strict=True)
        for column, count in zip(case["columns"], line, strict=True)
    }
    lines = tuple(
        tuple(cell.name for (row, _), cell in cells.items() if row == line) for line in case["rows"]
    )
    by_name = {cell.name: cell for cell in cells.values()}

    marked = mark(Part(by_name, tuple(Place(name) for name in by_name), lines=lines))

    assert not any(cell.is_small for cell in cells.values())
    assert {name.split("|")[0] for name in marked.must_stay_open} == {case["full_line"]}
    assert marked.said == {}


def test_the_rounding_of_nhs_england() -> None:
    case = CASES["SDC-11"]

    assert [rounded_count(count) for count in case["counts"]] == case["printed"]
