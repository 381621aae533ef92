"""Figures as the JSON of the indicators command: exact pairs of counts, unrounded values."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from programme.reporting.figures.model import Figure, Row

Json = dict[str, Any]


def json_number(number: int | Fraction | None) -> int | float | None:
    """A whole number as it is, any other as the nearest float, nothing as null."""
    if number is None:
        return None
    return number.numerator if number.denominator == 1 else float(number)


def row_json(row: "Row") -> Json:
    """One row; a hidden count and all that is worked out from it are null and marked."""
    in_table = isinstance(row.category, tuple)
    written: Json = {
        "category": list(row.category) if in_table else row.category,
        "count": row.count,
        "value": json_number(row.value),
    }
    if in_table:
        written["row_value"] = json_number(row.row_value)
        written["column_value"] = json_number(row.column_value)
    if row.has_own_base:
        written["denominator"] = row.base
    if row.withheld:
        written["withheld"] = row.withheld
    return written


def figure_json(figure: "Figure") -> Json:
    """One figure; `category`, `by` and `withheld` stand only where they say something."""
    written: Json = {
        "id": figure.id,
        "name": figure.name,
        "kind": figure.kind,
        "unit": figure.unit,
        "numerator": json_number(figure.numerator),
        "denominator": figure.denominator,
        "value": json_number(figure.value),
        "display": figure.display,
        "interval": list(figure.interval) if figure.interval else None,
        "interval_method": figure.interval_method,
        "not_recorded": figure.not_recorded,
        "open_window": figure.open_window,
        "excluded": {reason: json_number(number) for reason, number in figure.excluded.items()},
        "rows": [row_json(row) for row in figure.rows],
    }
    return written | _beside(figure)


def _beside(figure: "Figure") -> Json:
    optional: Mapping[str, Any] = {
        "category": figure.category,
        "by": {name: [figure_json(part) for part in parts] for name, parts in figure.by.items()},
        "withheld": figure.withheld,
        "withheld_because": figure.withheld_because,
    }
    return {name: value for name, value in optional.items() if value}
