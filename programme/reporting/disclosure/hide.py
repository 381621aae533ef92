"""Figures as the readers of a release see them: marks in place of counts, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from programme.reporting.definitions import NOT_RECORDED, Definition
from programme.reporting.disclosure import names, words
from programme.reporting.disclosure.cells import Part, Table
from programme.reporting.disclosure.ledger import Said
from programme.reporting.disclosure.primary import Marked
from programme.reporting.disclosure.tables import split_table
from programme.reporting.figures import CONFIDENTIAL, Category, Figure, Number, Row


def _nothing(figure: Figure, because: str) -> Figure:
    """The figure without anything that was counted."""
    return replace(
        figure,
        numerator=None,
        denominator=None,
        value=None,
        not_recorded=None,
        open_window=None,
        excluded=dict.fromkeys(figure.excluded),
        rows=(),
        by={},
        interval=None,
        interval_method=None,
        withheld=CONFIDENTIAL,
        withheld_because=because,
        members={},
    )


class _Shown:
    """What one figure may show of its counts."""

    def __init__(self, figure: Figure, definition: Definition, part: Part, marked: Marked) -> None:
        self.figure, self.definition = figure, definition
        self.part, self.marked = part, marked

    def said(self, cell: str) -> Said | None:
        """What is said of a cell, by the name the definition gives it."""
        return self.marked.said.get(self.part.aliases.get(cell, cell))

    def hides(self, cell: str) -> bool:
        """Whether the count is marked, or nothing is said of it."""
        said = self.said(cell)
        return said is None or said.is_hidden

    def threshold(self) -> int:
        """The threshold of the rows: a sensitive split raises it above the definition's."""
        return max(cell.threshold for cell in self.part.cells.values())

    def hidden_base(self) -> int | None:
        """The most that a hidden base can be; None where the base is printed or there is none."""
        said = self.said(self.definition.base)
        return said.most if said is not None and said.is_hidden else None

    def hides_row(self, category: Category) -> bool:
        return self.hides(names.row_cell(self.definition.id, category))

    def hides_numerator(self) -> bool:
        counts = self.figure.numerator is not None and not self.figure.is_money
        return counts and bool(self.definition.counted) and self.hides(self.definition.counted)

    def hides_value(self) -> bool:
        """A median or mean is worked out from the rows and the people beside it."""
        if self.figure.kind in {"median", "mean"}:
            hidden_row = any(self.hides_row(row.category) for row in self.figure.rows)
            return self.marked.too_few_for_value or hidden_row
        return self.hides_numerator()

    def why(self) -> str:
        """Why the value, or else one of the rows, is not shown."""
        if self.marked.too_few_for_value:
            return words.TOO_FEW_FOR_VALUE
        if self.hides_numerator() and self.definition.rest:
            return words.SOMEBODY_OR_THE_REST
        hidden_row = any(self.hides_row(row.category) for row in self.figure.rows)
        hidden = hidden_row or self.hides_numerator()
        return words.fewer_than(self.threshold() + 1) if hidden else ""

    def rows(self) -> tuple[Row, ...]:
        hidden = {row.category for row in self.figure.rows if self.hides_row(row.category)}
        return tuple(self._row(row, hidden) for row in self.figure.rows)

    def _row(self, row: Row, hidden: set[Category]) -> Row:
        if row.category in hidden:
            own = row.has_own_base and self.hides(names.row_base(self.definition.id, row))
            base = None if own else row.base
            return Row(
                row.category, None, base, has_own_base=row.has_own_base, withheld=CONFIDENTIAL
            )
        if not isinstance(row.category, tuple):
            return row
        # The share of a line would give back its total, and with it the cell that is hidden.
        line, column = row.category
        lines = {cell[0] for cell in hidden}
        columns = {cell[1] for cell in hidden}
        return replace(
            row,
            row_base=None if line in lines else row.row_base,
            column_base=None if column in columns else row.column_base,
        )

    def beside(self) -> dict[str, Any]:
        """The counts beside the figure, without those that are hidden."""
        figure, indicator = self.figure, self.definition.id
        rows = {row.category for row in figure.rows}
        missing = (
            names.row_cell(indicator, NOT_RECORDED)
            if NOT_RECORDED in rows
            else names.beside(indicator, NOT_RECORDED)
        )
        window = names.beside(indicator, "open_window")
        return {
            "not_recorded": None if self.hides(missing) else figure.not_recorded,
            "open_window": None if self.hides(window) else figure.open_window,
            "excluded": {reason: self._excluded(reason) for reason in figure.excluded},
        }

    def _excluded(self, reason: str) -> Number | None:
        cell = names.beside(self.definition.id, f"excluded:{reason}")
        if not self.figure.is_money and self.hides(cell):
            return None
        return self.figure.excluded[reason]

    def written(self) -> Figure:
        """The figure with marks where something is hidden."""
        if self.marked.must_stay_open:
            return _nothing(self.figure, words.EVERYONE)
        limit = self.hidden_base()
        if limit is not None:
            return _nothing(self.figure, words.fewer_than(limit + 1))
        figure = replace(self.figure, rows=self.rows(), members={}, **self.beside())
        figure = replace(figure, withheld_because=self.why())
        return self._without_value(figure) if self.hides_value() else figure

    def _without_value(self, figure: Figure) -> Figure:
        return replace(
            figure,
            numerator=figure.numerator if figure.is_money else None,
            value=None,
            interval=None,
            interval_method=None,
            withheld=CONFIDENTIAL,
        )


def _table(
    table: Table, figures: Sequence[Figure], definition: Definition, marked: Sequence[Marked]
) -> Iterator[Figure]:
    for figure, part, said in zip(figures, table.parts, marked, strict=True):
        yield _Shown(figure, definition, part, said).written()


def hidden_pack(
    figures: Sequence[Figure],
    tables: Mapping[str, Table],
    marked: Mapping[str, Sequence[Marked]],
    withheld: Mapping[str, str],
    definitions: Mapping[str, Definition],
) -> tuple[Figure, ...]:
    """Every figure of a pack as its readers see it; the members behind a figure never leave."""

    def written(table: str, parts: Sequence[Figure]) -> tuple[Figure, ...]:
        if table in withheld:
            return tuple(_nothing(part, withheld[table]) for part in parts)
        return tuple(_table(tables[table], parts, definitions[parts[0].id], marked[table]))

    def one(figure: Figure) -> Figure:
        (whole,) = written(figure.id, [figure])
        splits = {
            split: written(split_table(figure.id, split), parts)
            for split, parts in figure.by.items()
            if parts
        }
        return replace(whole, by=splits)

    return tuple(one(figure) for figure in figures)
