"""The rows of a figure: in the definition's order, zeros included, not recorded last, no totals."""

from collections.abc import Iterable, Mapping, Sequence

from programme.reporting.definitions import NOT_RECORDED
from programme.reporting.figures.model import Category, Row


def _refuse_unknown(counts: Iterable[Category], order: Iterable[Category]) -> None:
    unknown = set(counts) - set(order)
    if unknown:
        raise ValueError(f"Not a category of this figure: {sorted(map(str, unknown))}")


def rows_of(
    order: Sequence[str], counts: Mapping[str, int], base: int, not_recorded: int | None = None
) -> tuple[Row, ...]:
    """A row for each category, as a share of one base; `not_recorded` None leaves that row out."""
    _refuse_unknown(counts, order)
    rows = [Row(category, counts.get(category, 0), base) for category in order]
    if not_recorded is not None:
        rows.append(Row(NOT_RECORDED, not_recorded, base))
    return tuple(rows)


def part(category: str, count: int, base: int) -> Row:
    """A row with a base of its own: on time, out of those of this type that fell due."""
    return Row(category, count, base, has_own_base=True)


def table_rows(
    lines: Sequence[str], columns: Sequence[str], counts: Mapping[tuple[str, str], int]
) -> tuple[Row, ...]:
    """The cells of a crosstab, line by line."""
    cells = [(line, column) for line in lines for column in columns]
    _refuse_unknown(counts, cells)
    by_line = {line: sum(counts.get((line, column), 0) for column in columns) for line in lines}
    by_column = {column: sum(counts.get((line, column), 0) for line in lines) for column in columns}
    whole = sum(by_line.values())
    return tuple(
        Row(cell, counts.get(cell, 0), whole, by_line[cell[0]], by_column[cell[1]])
        for cell in cells
    )
