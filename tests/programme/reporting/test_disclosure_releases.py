"""The audit over several releases: periods, areas, corrections, and what earlier marks hid."""

import json
from collections.abc import Mapping
from datetime import date

import pytest

from programme.reporting.disclosure.attacker import System
from programme.reporting.disclosure.audit import Finding, audit
from programme.reporting.disclosure.cells import Mode, Sum
from programme.reporting.disclosure.ledger import Either, Known, Said, Scope, Statement, printed
from programme.reporting.disclosure.limits import Contradiction
from programme.reporting.disclosure.questions import Watch

T = 5
JANUARY, FEBRUARY, MARCH = 1, 2, 3
LAST = {JANUARY: 31, FEBRUARY: 29, MARCH: 31}
MARK = Said(1, T)
ANY = Said(0, None)


def months(first: int, last: int, *programmes: str) -> Scope:
    end = date(2024, last, LAST[last])
    return Scope(frozenset(programmes or {"north"}), date(2024, first, 1), end, end)


def says(
    scope: Scope,
    said: Mapping[str, int | Said],
    sums: Mapping[str, tuple[str, ...]] | None = None,
    mode: Mode = "adds",
    either: tuple[Either, ...] = (),
) -> Statement:
    added = tuple(Sum(total, parts) for total, parts in (sums or {}).items())
    cells = {*said, *(name for sum_ in added for name in (sum_.total, *sum_.parts))}
    return Statement(
        table="a table",
        scope=scope,
        known={name: Known(T, T, mode) for name in cells},
        said={
            name: bound if isinstance(bound, Said) else printed(bound)
            for name, bound in said.items()
        },
        sums=added,
        either=either,
    )


def unsafe(findings: list[Finding]) -> list[tuple[str, str, object]]:
    return [(f.cell, f.about, f.bounds) for f in findings if not f.is_safe]


def test_a_small_change_since_an_earlier_release_is_found() -> None:
    findings = audit([says(months(1, 2), {"born": 66})], [[says(months(1, 1), {"born": 64})]])

    assert ("born", "change", (2, 2)) in unsafe(findings)


def test_a_shorter_period_after_a_longer_one_is_taken_away_too() -> None:
    findings = audit([says(months(1, 2), {"born": 62})], [[says(months(1, 3), {"born": 64})]])

    assert ("born", "change", (2, 2)) in unsafe(findings)


def test_what_earlier_releases_gave_away_is_not_the_fault_of_a_silent_one() -> None:
    sums = {"all": ("a", "b")}
    earlier = [[says(months(1, 1), {"all": 30, "a": 27}, sums)]]

    assert unsafe(audit([says(months(1, 2), {}, sums)], earlier)) == []


def test_limits_hold_however_long_the_chain_of_sums() -> None:
    system = System()
    for place in range(40):
        system.between({f"{place}": 1, f"{place + 1}": -1}, 0, None)
    system.between({"40": 1}, 50, 50)
    component = system.components({})["0"]

    least, most = component.outside({"0": 1})

    assert (least < 50, most) == (True, None)
    assert component.bounds({"0": 1}) == (50, None)


def test_what_only_a_search_finds_impossible_is_a_contradiction() -> None:
    system = System()
    system.between({"a": 1, "b": 1}, 1, 1)
    system.between({"a": 1, "b": -1}, 0, 0)

    with pytest.raises(Contradiction):
        system.components({})["a"].bounds({"a": 1})


def test_a_large_change_and_no_change_give_nobody_away() -> None:
    earlier = [[says(months(1, 1), {"born": 64})]]

    assert unsafe(audit([says(months(1, 2), {"born": 70})], earlier)) == []
    assert unsafe(audit([says(months(1, 2), {"born": 64})], earlier)) == []


def test_a_mark_beside_a_number_narrows_the_change() -> None:
    earlier = [[says(months(1, 1), {"born": MARK})]]

    assert ("born", "change", (3, 7)) in unsafe(audit([says(months(1, 2), {"born": 8})], earlier))
    assert unsafe(audit([says(months(1, 2), {"born": 11})], earlier)) == []


def test_two_marks_say_only_what_each_of_them_says() -> None:
    earlier = [[says(months(1, 1), {"born": MARK})]]

    assert unsafe(audit([says(months(1, 2), {"born": MARK})], earlier)) == []


def test_marks_that_grow_by_a_known_sum_are_found() -> None:
    sums = {"all": ("a", "b", "c")}
    before = says(months(1, 1), {"all": 9, "a": MARK, "b": MARK, "c": MARK}, sums)
    after = says(months(1, 2), {"all": 11, "a": MARK, "b": MARK, "c": MARK}, sums)

    found = unsafe(audit([after], [[before]]))

    assert ("all", "change", (2, 2)) in found
    assert ("a", "change", (0, 2)) in found


def test_a_spell_that_three_overlapping_periods_share_is_found() -> None:
    earlier = [[says(months(1, 2), {"born": 12})], [says(months(2, 3), {"born": 12})]]

    found = unsafe(audit([says(months(1, 3), {"born": 22})], earlier))

    assert found == [("born", "spell", (2, 2))]


def test_areas_that_make_up_the_whole_are_taken_away() -> None:
    earlier = [[says(months(1, 1, "north"), {"born": 40})]]

    found = unsafe(audit([says(months(1, 1, "north", "south"), {"born": 43})], earlier))

    assert ("born", "change", (3, 3)) in found


def test_people_of_a_longer_period_are_at_least_as_many() -> None:
    earlier = [[says(months(1, 1), {"parents": MARK}, mode="grows")]]
    new = says(months(1, 2), {"parents": 2}, mode="grows")

    found = unsafe(audit([new], earlier))

    assert ("parents", "count", (1, 2)) in found


def test_people_of_two_periods_side_by_side_may_be_the_same_people() -> None:
    earlier = [[says(months(1, 1), {"parents": 20}, mode="grows")]]

    assert unsafe(audit([says(months(2, 2), {"parents": 22}, mode="grows")], earlier)) == []


def test_what_nothing_is_said_of_could_be_anything() -> None:
    new = says(months(1, 1), {}, {"all": ("a", "b")})
    lonely = Statement("a table", months(1, 1), {"c": Known(T, T, "stands")})

    findings = audit([new, lonely], watches=[Watch(name, months(1, 1), 1, T) for name in "ac"])

    assert [finding.bounds for finding in findings] == [(0, None), (0, None)]


def test_rows_of_one_day_add_up_to_a_base_that_grows_by_periods() -> None:
    known: dict[str, Known] = {"babies": Known(T, T, "adds")}
    known |= {row: Known(T, T, "stands") for row in ("home", "away")}
    sums = (Sum("babies", ("home", "away")),)

    def release(last: int, **said: Said) -> Statement:
        return Statement("a table", months(1, last), known, said, sums)

    before = release(1, babies=printed(20), home=printed(17))
    after = release(2, babies=printed(30), home=printed(8), away=printed(22))

    # Where they live changes from day to day, so only this day's own sum counts.
    assert unsafe(audit([after], [[before]], [Watch("away", months(1, 2), 22, 22)])) == [
        ("away", "count", (22, 22))
    ]
    assert unsafe(audit([before], watches=[Watch("away", months(1, 1), 1, T)])) == [
        ("away", "count", (3, 3))
    ]


def test_one_mark_in_two_tables_is_one_question() -> None:
    marks = [says(months(1, 1), {"born": MARK}), says(months(1, 1), {"born": MARK})]

    findings = audit([says(months(1, 1), {"born": 3})], [marks])

    assert unsafe(findings) == [("born", "count", (3, 3))] * 2


def test_figures_of_two_days_say_nothing_of_each_other() -> None:
    earlier = [[says(months(1, 1), {"open": 64}, mode="stands")]]

    assert unsafe(audit([says(months(1, 2), {"open": 66}, mode="stands")], earlier)) == []


def test_a_later_table_of_the_same_period_can_give_an_earlier_mark_away() -> None:
    sums = {"decided": ("taken", "not_taken"), "not_taken": ("a", "b", "c")}
    marks = says(months(1, 1), {"decided": 30, "a": MARK, "b": MARK, "c": 6}, sums)
    silent = says(months(1, 1), {"decided": 30}, sums)
    telling = says(months(1, 1), {"taken": 22}, sums)

    assert unsafe(audit([silent], [[marks]])) == []
    assert unsafe(audit([telling], [[marks]])) == [("a", "count", (1, 1)), ("b", "count", (1, 1))]


def test_an_earlier_count_that_was_hidden_for_the_rest_stays_hidden() -> None:
    sums = {"decided": ("taken", "not_taken")}
    either = (Either("taken", "not_taken", T),)
    hidden = says(months(1, 1), {"decided": 30, "taken": Said(1, None)}, sums, either=either)

    assert unsafe(audit([says(months(1, 1), {"decided": 30}, sums)], [[hidden]])) == []
    assert unsafe(audit([says(months(1, 1), {"not_taken": 3}, sums)], [[hidden]])) == [
        ("taken", "count", (27, 27))
    ]


def test_the_attacker_knows_the_rule_that_hid_a_count_or_its_rest() -> None:
    sums = {"decided": ("taken", "not_taken"), "not_taken": ("a", "b")}
    said: dict[str, int | Said] = {"decided": 30, "taken": Said(1, None), "a": MARK, "b": MARK}
    either = (Either("taken", "not_taken", T),)

    (finding,) = audit(
        [says(months(1, 1), said, sums, either=either)], watches=[Watch("a", months(1, 1), 1, T)]
    )

    # Those not taken are two or more and so are the few: then one reason has four at most.
    assert (finding.bounds, finding.verdict) == ((1, 4), "too narrow")


def test_an_earlier_figure_that_was_corrected_by_a_few_is_found() -> None:
    earlier = [[says(months(1, 1), {"born": 64})]]

    assert unsafe(audit([says(months(1, 1), {"born": 66})], earlier)) == [
        ("born", "change", (2, 2))
    ]
    assert unsafe(audit([says(months(1, 1), {"born": 50})], earlier)) == []


def test_a_correction_does_not_blind_the_attacker_to_the_new_figures() -> None:
    sums = {"all": ("a", "b")}
    earlier = [[says(months(1, 1), {"all": 50}, sums)]]
    new = says(months(1, 1), {"all": 30, "a": 27, "b": ANY}, sums)

    found = audit([new], earlier, [Watch("b", months(1, 1), 1, T)])

    assert ("b", "count", (3, 3)) in unsafe(found)


def test_an_attacker_who_believes_a_figure_that_was_corrected_finds_nobody() -> None:
    earlier = [[says(months(1, 1), {"born": 8})]]
    watch = Watch("born", months(1, 2), 1, T, count=4)

    (found,) = audit(
        [says(months(1, 2), {"all": 30}, {"all": ("born", "others")})], earlier, [watch]
    )[:1]

    # By the earlier figure there are 8 or more; in truth there are 4, and 30 is all he knows.
    assert (found.bounds, found.verdict) == ((0, 30), "safe")


def test_what_contradicts_itself_is_never_safe() -> None:
    new = says(months(1, 1), {"all": 9, "a": 3, "b": 4}, {"all": ("a", "b")})

    (finding,) = audit([new], watches=[Watch("a", months(1, 1), 1, T)])

    assert (finding.verdict, finding.bounds) == ("contradiction", None)


def test_a_statement_comes_back_from_the_ledger_as_it_was_said() -> None:
    statement = says(
        months(1, 2, "south", "north"),
        {"all": 9, "a": MARK, "b": Said(1, None)},
        {"all": ("a", "b")},
        either=(Either("a", "b", T),),
    )

    assert Statement.from_json(json.loads(json.dumps(statement.to_json()))) == statement
