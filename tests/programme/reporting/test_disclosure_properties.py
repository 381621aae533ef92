"""Random small packs against a second attacker who simply tries every table there could be.

He reads the published JSON and nothing else, and shares no code with the audit.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.reporting import figures
from programme.reporting.definitions import Definition, Kind
from programme.reporting.disclosure.ledger import Scope
from programme.reporting.disclosure.protect import protect

pytestmark = pytest.mark.slow

T = 2
KINDS = ("a", "b", "c")
CELLS = (("x", "p"), ("x", "q"), ("y", "p"), ("y", "q"))
WHO = frozenset({"a programme"})
# Larger than any count below, so that he is not helped by where he stops.
LIMIT = 14

counts = st.integers(0, 6)


def definition(name: str, kind: Kind, **more: Any) -> Definition:
    words = ("group", "name", "numerator", "denominator", "time_basis", "unit", "question")
    blank = dict.fromkeys((*words, "excluded_but_counted"), "words")
    limits = {"threshold": T, "base_threshold": T, "over_time": "adds"}
    return Definition(**{"id": name, "kind": kind, **blank, **limits, **more})


TAKEN = definition("TAKEN", "proportion", base="decided", counted="taken", rest="not_taken")
REASONS = definition(
    "REASONS",
    "distribution",
    base="decided",
    counted="not_taken",
    rest="taken",
    rows_add_to="not_taken",
    categories=KINDS,
)
GROUPS = definition("GROUPS", "distribution", base="all", rows_add_to="all", categories=KINDS)
CROSSED = definition(
    "CROSSED", "crosstab", base="all", rows_add_to="all", categories=("x", "y"), columns=("p", "q")
)
SHOWN = {each.id: each for each in (TAKEN, REASONS, GROUPS, CROSSED)}


def scope(last: date) -> Scope:
    return Scope(WHO, date(2024, 4, 1), last, last)


FIRST, SECOND = scope(date(2024, 6, 30)), scope(date(2024, 9, 30))


def reasons_pack(taken: int, reasons: Sequence[int]) -> list[figures.Figure]:
    decided = taken + sum(reasons)
    by_kind = dict(zip(KINDS, reasons, strict=True))
    return [
        figures.proportion(TAKEN, taken, decided),
        figures.distribution(REASONS, by_kind, denominator=decided, without_not_recorded=True),
    ]


def groups_pack(groups: Sequence[int]) -> list[figures.Figure]:
    by_kind = dict(zip(KINDS, groups, strict=True))
    return [figures.distribution(GROUPS, by_kind, without_not_recorded=True)]


def fits(written: Mapping[str, Any], numbers: Mapping[str, int | None]) -> bool:
    """Whether a guess gives the published figure: its numbers, and a small count behind a mark."""
    for name, guess in numbers.items():
        if written[name] is not None and written[name] != guess:
            return False
    return True


def rows_fit(written: Mapping[str, Any], guess: Sequence[int]) -> bool:
    for row, count in zip(written["rows"], guess, strict=True):
        if row["count"] is None and not 1 <= count <= T:
            return False
        if row["count"] is not None and row["count"] != count:
            return False
    return True


def row_guesses(written: Mapping[str, Any]) -> Iterator[tuple[int, ...]]:
    """Every way the rows could be; a withheld table has no rows and could be anything."""
    options = [
        [row["count"]] if row["count"] is not None else range(1, T + 1) for row in written["rows"]
    ]
    yield from product(*(options or [range(LIMIT)] * len(KINDS)))


def assert_hidden(found: set[int], true: int, limit: int = T) -> None:
    """A small count that is not printed must still be able to be anything from 1 to the limit."""
    if 1 <= true <= T:
        assert found >= set(range(1, limit + 1)), (found, true)


@given(st.tuples(counts, counts, counts))
@settings(max_examples=60, deadline=None)
def test_nobody_is_found_in_one_table(groups: tuple[int, ...]) -> None:
    (written,) = (f.to_json() for f in protect(groups_pack(groups), FIRST, (), SHOWN).figures)

    tables = [g for g in row_guesses(written) if fits(written, {"denominator": sum(g)})]

    for place, true in enumerate(groups):
        assert_hidden({table[place] for table in tables}, true)


@given(counts, st.tuples(counts, counts, counts))
@settings(max_examples=60, deadline=None)
def test_nobody_is_found_in_two_tables_that_share_a_count(
    taken: int, reasons: tuple[int, ...]
) -> None:
    protected = protect(reasons_pack(taken, reasons), FIRST, (), SHOWN)
    first, second = (figure.to_json() for figure in protected.figures)

    guesses = [
        (guess, *rows)
        for rows in row_guesses(second)
        for guess in range(2 * LIMIT)
        if taken_fits(first, guess, sum(rows)) and taken_fits(second, None, guess + sum(rows))
    ]

    for place, true in enumerate((taken, *reasons)):
        assert_hidden({guess[place] for guess in guesses}, true)
    assert_hidden({sum(guess[1:]) for guess in guesses}, sum(reasons))


def taken_fits(written: Mapping[str, Any], taken: int | None, rest: int) -> bool:
    """The first figure prints taken and decided; the second only decided."""
    if taken is None:
        return fits(written, {"denominator": rest})
    if written["denominator"] is not None and written["numerator"] is None:
        # The rule is public: somebody is few, those taken or those not.
        hidden = 1 <= taken <= T or 1 <= rest <= T
        return hidden and taken + rest == written["denominator"]
    return fits(written, {"numerator": taken, "denominator": taken + rest})


@given(st.tuples(counts, counts, counts, counts))
@settings(max_examples=60, deadline=None)
def test_nobody_is_found_in_a_crosstab(cells: tuple[int, ...]) -> None:
    pack = [figures.crosstab(CROSSED, dict(zip(CELLS, cells, strict=True)))]
    (written,) = (figure.to_json() for figure in protect(pack, FIRST, (), SHOWN).figures)

    if not written["rows"]:
        return
    tables = [
        guess
        for guess in product(range(LIMIT // 2), repeat=4)
        if rows_fit(written, guess) and shares_fit(written, guess)
    ]

    assert tables
    for place, true in enumerate(cells):
        assert_hidden({table[place] for table in tables}, true)


def shares_fit(written: Mapping[str, Any], guess: Sequence[int]) -> bool:
    """Whether the printed shares of lines, of columns and of all come out."""
    counted = dict(zip(CELLS, guess, strict=True))
    for row in written["rows"]:
        cell = tuple(row["category"])
        wholes = {
            "value": guess,
            "row_value": [n for c, n in counted.items() if c[0] == cell[0]],
            "column_value": [n for c, n in counted.items() if c[1] == cell[1]],
        }
        for name, whole in wholes.items():
            if row[name] is not None and (
                not sum(whole) or counted[cell] / sum(whole) != row[name]
            ):
                return False
    return fits(written, {"denominator": sum(guess)})


@given(st.tuples(counts, counts, counts), st.tuples(counts, counts, counts))
@settings(max_examples=80, deadline=None)
def test_nobody_is_found_by_taking_one_release_from_the_next(
    before: tuple[int, ...], more: tuple[int, ...]
) -> None:
    after = tuple(a + b for a, b in zip(before, more, strict=True))
    first = protect(groups_pack(before), FIRST, (), SHOWN)
    second = protect(groups_pack(after), SECOND, [first.statements], SHOWN)
    one, two = (pack.figures[0].to_json() for pack in (first, second))

    if not one["rows"] and not two["rows"]:
        return
    guesses = both_guesses(one, two)

    for place in range(len(KINDS)):
        assert_hidden({old[place] for old, _ in guesses}, before[place])
        assert_hidden({new[place] for _, new in guesses}, after[place])
        # Two marks alone say that the change is smaller than the threshold.
        changes = {new[place] - old[place] for old, new in guesses}
        assert_hidden(changes, more[place], T - 1)
    assert_hidden({sum(new) - sum(old) for old, new in guesses}, sum(more), T - 1)


Guesses = list[tuple[tuple[int, ...], tuple[int, ...]]]


def both_guesses(one: Mapping[str, Any], two: Mapping[str, Any]) -> Guesses:
    """Every pair of tables that fits both releases, the second with nobody fewer."""
    olds = [g for g in row_guesses(one) if fits(one, {"denominator": sum(g)})]
    news = [g for g in row_guesses(two) if fits(two, {"denominator": sum(g)})]
    return [
        (old, new)
        for old in olds
        for new in news
        if all(a <= b for a, b in zip(old, new, strict=True))
    ]
