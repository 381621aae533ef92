"""How indicators make figures: one constructor a kind, which keeps the rules of that kind.

Every constructor refuses (ValueError) what cannot be true: a negative count, a category the
definition does not know, rows that do not add up, members that are not as many as were counted.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypedDict, Unpack

from programme.reporting.definitions import Definition
from programme.reporting.figures.checks import checked
from programme.reporting.figures.model import Figure, Members, Number, Row
from programme.reporting.figures.rows import rows_of, table_rows
from programme.reporting.intervals import wilson

Amount = int | Fraction | Decimal


class Beside(TypedDict, total=False):
    """What may stand beside any figure."""

    not_recorded: int
    open_window: int
    excluded: Mapping[str, Number | None]
    rows: Sequence[Row]
    members: Members
    category: str


def _figure(definition: Definition, beside: Beside, **worked_out: Any) -> Figure:
    parts: dict[str, Any] = {**beside, **worked_out}
    figure = Figure(
        id=definition.id,
        name=definition.name,
        kind=parts.pop("kind", definition.kind),
        unit=definition.unit,
        is_money=definition.is_money,
        rows=tuple(parts.pop("rows", ())),
        **parts,
    )
    return checked(figure, definition)


def count(definition: Definition, numerator: int, **beside: Unpack[Beside]) -> Figure:
    """So many of something: the value is the numerator."""
    return _figure(definition, beside, numerator=numerator, value=numerator)


def rate(
    definition: Definition,
    numerator: int,
    denominator: int | None,
    per: int,
    **beside: Unpack[Beside],
) -> Figure:
    """So many per 1,000 or 10,000; without a loaded population the value is blank, never 0."""
    value = Fraction(numerator * per, denominator) if denominator else None
    worked_out = {"numerator": numerator, "denominator": denominator, "value": value}
    return _figure(definition, beside, kind="rate", **worked_out)


def proportion(
    definition: Definition,
    numerator: int,
    denominator: int | None,
    **beside: Unpack[Beside],
) -> Figure:
    """So many out of so many, with Wilson's 95% interval where both are people or events."""
    interval = wilson(numerator, denominator or 0) if definition.base else None
    return _figure(
        definition,
        beside,
        numerator=numerator,
        denominator=denominator,
        value=Fraction(numerator, denominator) if denominator else None,
        interval=interval,
        interval_method="wilson" if interval else None,
    )


def distribution(
    definition: Definition,
    counts: Mapping[str, int],
    *,
    denominator: int | None = None,
    order: Sequence[str] = (),
    without_not_recorded: bool = False,
    **beside: Unpack[Beside],
) -> Figure:
    """So many in each category, of the denominator (by default of all that are in the rows)."""
    missing = None if without_not_recorded else beside.get("not_recorded", 0)
    whole = sum(counts.values()) + (missing or 0) if denominator is None else denominator
    rows = rows_of(order or definition.categories, counts, whole, missing)
    return _figure(definition, beside, denominator=whole, rows=rows)


def median(definition: Definition, values: Sequence[Amount], **beside: Unpack[Beside]) -> Figure:
    """The middle value of those that are recorded; denominator = how many those are."""
    ordered = sorted(Fraction(value) for value in values)
    size = len(ordered)
    middle = (ordered[(size - 1) // 2] + ordered[size // 2]) / 2 if ordered else None
    return _figure(definition, beside, denominator=size, value=middle)


def mean_money(
    definition: Definition, total: Amount | None, people: int, **beside: Unpack[Beside]
) -> Figure:
    """Pounds for each person: numerator = the sum; no cost loaded is no mean, never £0."""
    pounds = None if total is None else Fraction(total)
    value = pounds / people if pounds is not None and people else None
    return _figure(definition, beside, numerator=pounds, denominator=people, value=value)


def crosstab(
    definition: Definition, counts: Mapping[tuple[str, str], int], **beside: Unpack[Beside]
) -> Figure:
    """Two categories crossed: counts, with the share of the row, of the column and of all."""
    rows = table_rows(definition.categories, definition.columns, counts)
    return _figure(definition, beside, denominator=sum(counts.values()), rows=rows)


def not_applicable(definition: Definition, **beside: Unpack[Beside]) -> Figure:
    """The question does not arise here (a pathway without that rule): no counts, value none."""
    return _figure(definition, beside)
