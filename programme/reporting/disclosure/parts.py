"""One figure as cells: what it prints, how those counts add up, and what a reader takes away."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from programme.reporting.definitions import NOT_RECORDED, Definition, OverTime
from programme.reporting.disclosure import names
from programme.reporting.disclosure.cells import Cell, Mode, Part, Place, Sum
from programme.reporting.figures import Figure, Number, Row

BASE_MODES: dict[OverTime, Mode] = {
    "adds": "adds",
    "grows": "grows",
    "base_adds": "adds",
    "base_grows": "grows",
    "stands": "stands",
}
COUNT_MODES: dict[OverTime, Mode] = {"adds": "adds", "grows": "grows"}
# What is left of a base does not grow with it.
REST_MODES: dict[OverTime, Mode] = {"adds": "adds"}


@dataclass(slots=True)
class _Draft:
    """A part while it is put together."""

    definition: Definition
    figure: Figure
    cells: dict[str, Cell] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)

    def cell(self, name: str, count: int, *, threshold: int = 0, mode: Mode = "stands") -> str:
        definition = self.definition
        t = threshold or definition.threshold
        self.cells[name] = Cell(name, count, t, min(t, definition.base_threshold), mode)
        return name

    def base(self) -> str:
        definition, size = self.definition, self.figure.denominator
        if not definition.base or size is None or self.figure.kind == "rate":
            return ""
        mode = BASE_MODES[definition.over_time]
        return self.cell(definition.base, size, threshold=definition.base_threshold, mode=mode)

    def count_mode(self) -> Mode:
        return COUNT_MODES.get(self.definition.over_time, "stands")

    def rest_mode(self) -> Mode:
        return REST_MODES.get(self.definition.over_time, "stands")


def _counted(draft: _Draft, base: str) -> None:
    """The numerator and, where there is a base, what is left of it."""
    definition, number = draft.definition, draft.figure.numerator
    if number is None or draft.figure.is_money or not definition.counted:
        return
    draft.cell(definition.counted, int(number), mode=draft.count_mode())
    rest = _rest(draft, base, int(number)) if base else ""
    draft.places.append(Place(definition.counted, rest))


def _rest(draft: _Draft, base: str, counted: int, *, threshold: int = 0) -> str:
    definition = draft.definition
    left = (draft.figure.denominator or 0) - counted
    rest = draft.cell(definition.rest, left, threshold=threshold, mode=draft.rest_mode())
    draft.sums.append(Sum(base, (definition.counted, rest)))
    return rest


def _whole_of_rows(draft: _Draft, base: str) -> None:
    """Rows that divide only a part of the base: that part has a cell although nobody prints it."""
    definition = draft.definition
    if not definition.counted or draft.figure.numerator is not None or not base:
        return
    whole = sum(row.count or 0 for row in draft.figure.rows)
    limit = definition.base_threshold
    draft.cell(definition.counted, whole, threshold=limit, mode=draft.count_mode())
    _rest(draft, base, whole, threshold=limit)


def _whole_beside(draft: _Draft, count: int) -> str:
    """A count that has no base is the whole of the rows beside it: 22 babies of 21 pregnancies."""
    whole = draft.cells.get(draft.definition.counted)
    is_part = draft.figure.kind == "count" and whole is not None and count <= whole.count
    return draft.definition.counted if is_part else ""


def _row(draft: _Draft, row: Row, base: str) -> str:
    """One row: alone, or with what is left of its base where that says something."""
    indicator, count = draft.definition.id, row.count or 0
    name = draft.cell(names.row_cell(indicator, row.category), count, mode=draft.count_mode())
    own_base = row.has_own_base and row.base is not None
    if own_base:
        base = draft.cell(names.row_base(indicator, row), row.base or 0, mode=draft.rest_mode())
    else:
        base = base or _whole_beside(draft, count)
    if not own_base and (draft.definition.rows_add_to or not base):
        draft.places.append(Place(name))
        return name
    left = draft.cells[base].count - count
    rest = draft.cell(names.rest_of(name), left, mode=draft.rest_mode())
    draft.sums.append(Sum(base, (name, rest)))
    draft.places.append(Place(name, rest, base if own_base else ""))
    return name


def _rows(draft: _Draft, base: str) -> None:
    rows = [_row(draft, row, base) for row in draft.figure.rows]
    whole = draft.definition.rows_add_to
    if rows and whole in draft.cells:
        draft.sums.append(Sum(whole, tuple(rows)))
    own = tuple(place.base for place in draft.places if place.base)
    if base and own:
        draft.sums.append(Sum(base, own))


def _beside(draft: _Draft) -> None:
    """The counts beside the figure; what is not recorded may be a row already."""
    figure = draft.figure
    has_row = any(row.category == NOT_RECORDED for row in figure.rows)
    counts: dict[str, Number | None] = {"open_window": figure.open_window}
    if not has_row:
        counts[NOT_RECORDED] = figure.not_recorded
    if not figure.is_money:
        counts |= {f"excluded:{reason}": number for reason, number in figure.excluded.items()}
    for what, number in counts.items():
        name = names.beside(draft.definition.id, what)
        mode = "stands" if what == "open_window" else draft.count_mode()
        draft.places.append(Place(draft.cell(name, int(number or 0), mode=mode)))


def _lines(draft: _Draft) -> Iterable[tuple[str, ...]]:
    """The lines that must not say the same of everyone in them."""
    definition, figure = draft.definition, draft.figure
    if not definition.sensitive:
        return
    # A rate has no rest: its base is time, not people.
    if {definition.counted, definition.rest} <= draft.cells.keys():
        yield definition.counted, definition.rest
    cells = {row.category: names.row_cell(definition.id, row.category) for row in figure.rows}
    if figure.kind == "crosstab":
        yield from _crossed(cells)
    elif definition.rows_add_to:
        yield tuple(cells.values())
    elif figure.kind == "distribution":
        # Rows that overlap: each one with those who are not in it.
        yield from ((name, names.rest_of(name)) for name in cells.values())


def _crossed(cells: dict[str | tuple[str, str], str]) -> Iterable[tuple[str, ...]]:
    for side in (0, 1):
        for category in dict.fromkeys(cell[side] for cell in cells):
            yield tuple(name for cell, name in cells.items() if cell[side] == category)


def part_of(definition: Definition, figure: Figure) -> Part:
    """The cells of one figure, named by population so that linked tables share them."""
    draft = _Draft(definition, figure)
    base = draft.base()
    _counted(draft, base)
    _whole_of_rows(draft, base)
    _rows(draft, base)
    _beside(draft)
    return Part(
        cells=draft.cells,
        places=tuple(draft.places),
        sums=tuple(draft.sums),
        base=base,
        lines=tuple(_lines(draft)),
        needs_people=figure.kind in {"median", "mean"},
    )
