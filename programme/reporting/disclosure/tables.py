"""How a pack of figures becomes tables of cells, with the additions that link them.

A percentage is a count with a known base, so it adds no cell of its own. Two figures that name the
same population share its cell. A median or mean is no cell: it needs ten people (`primary`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from programme.reporting.definitions import DEFINITIONS, Definition
from programme.reporting.disclosure import names
from programme.reporting.disclosure.cells import Cell, Part, Place, Sum, Table
from programme.reporting.disclosure.links import with_links
from programme.reporting.disclosure.parts import part_of
from programme.reporting.figures import Figure

# Splits by these are as sensitive as the indicators about them.
SENSITIVE_SPLITS = {"ethnicity", "disability", "care_experienced"}
SENSITIVE_THRESHOLD = 9
# Several looks at the same babies, not a division of them.
NOT_A_DIVISION = {"mark"}
# The whole once more in each category, out of something else: days, births of an area.
REPEATS = {"rate"}


def split_table(indicator: str, split: str) -> str:
    """The id of the table that holds the categories of a split."""
    return f"{indicator} by {split}"


def renamed(part: Part, change: Mapping[str, str]) -> Part:
    """The same part with other names for some of its cells."""

    def new(name: str) -> str:
        return change.get(name, name)

    return replace(
        part,
        cells={new(name): replace(cell, name=new(name)) for name, cell in part.cells.items()},
        places=tuple(Place(new(p.cell), new(p.rest), new(p.base)) for p in part.places),
        sums=tuple(Sum(new(s.total), tuple(map(new, s.parts))) for s in part.sums),
        base=new(part.base),
        lines=tuple(tuple(map(new, line)) for line in part.lines),
        aliases={name: new(part.aliases.get(name, name)) for name in (part.aliases or part.cells)},
    )


def _raised(cell: Cell, split: str) -> Cell:
    if split not in SENSITIVE_SPLITS:
        return cell
    threshold = max(cell.threshold, SENSITIVE_THRESHOLD)
    return replace(cell, threshold=threshold, loose=max(cell.loose, SENSITIVE_THRESHOLD))


def split_part(definition: Definition, split: str, figure: Figure) -> Part:
    """The cells of one category of a split, by the names of the whole with the category added."""
    part = part_of(definition, figure)
    change = {name: names.in_split(name, split, figure.category) for name in part.cells}
    part = renamed(part, change)
    return replace(part, cells={name: _raised(cell, split) for name, cell in part.cells.items()})


def _repeating(part: Part, whole: Part) -> Part:
    """The same people once more: their cells are those of the whole, and so is their base.

    A rate has days in place of the base; where those people are few, the days tell of them.
    """
    same = {
        new: name
        for name, new in part.aliases.items()
        if name in whole.cells and whole.cells[name].count == part.cells[new].count
    }
    part = renamed(part, same)
    if whole.base not in whole.cells:
        return part
    cells = {whole.base: whole.cells[whole.base], **part.cells}
    return replace(
        part, cells=cells, base=whole.base, aliases={**part.aliases, whole.base: whole.base}
    )


def _parts_of_split(
    definition: Definition, split: str, figures: Sequence[Figure], whole: Part
) -> tuple[Part, ...]:
    parts = (split_part(definition, split, figure) for figure in figures)
    if split in REPEATS:
        return tuple(_repeating(part, whole) for part in parts)
    return tuple(parts)


def _split_sums(
    whole: Part, split: str, figures: Sequence[Figure], parts: Sequence[Part]
) -> list[Sum]:
    if split in NOT_A_DIVISION | REPEATS:
        return []
    cells = {name: cell for part in parts for name, cell in part.cells.items()}
    sums = []
    for name, cell in whole.cells.items():
        shares = tuple(names.in_split(name, split, figure.category) for figure in figures)
        known = [cells[share].count for share in shares if share in cells]
        # A parent of two programmes stands in two categories: then nothing adds up.
        if len(known) == len(shares) and sum(known) == cell.count:
            sums.append(Sum(name, shares))
    return sums


def _tables_of_figure(figure: Figure, definition: Definition) -> Iterator[Table]:
    whole = part_of(definition, figure)
    yield Table(figure.id, (whole,))
    for split, figures in figure.by.items():
        parts = _parts_of_split(definition, split, figures, whole)
        sums = _split_sums(whole, split, figures, parts)
        yield Table(split_table(figure.id, split), parts, tuple(sums))


def _with_own_names(tables: Sequence[Table], counts: dict[str, int]) -> Iterator[Table]:
    """Two figures that count one population differently do not mean the same people after all."""
    change = {
        name: f"{name} ({table.id})"
        for table in tables
        for name, cell in table.cells.items()
        if counts.setdefault(name, cell.count) != cell.count
    }
    for table in tables:
        sums = (Sum(change.get(sum_.total, sum_.total), sum_.parts) for sum_ in table.sums)
        parts = tuple(renamed(part, change) for part in table.parts)
        yield replace(table, parts=parts, sums=tuple(sums))


def tables_of(
    figures: Iterable[Figure], definitions: Mapping[str, Definition] = DEFINITIONS
) -> tuple[Table, ...]:
    """The tables of a pack in its order; the last one holds the links and prints nothing."""
    counts: dict[str, int] = {}
    tables: list[Table] = []
    for figure in figures:
        of_figure = list(_tables_of_figure(figure, definitions[figure.id]))
        tables.extend(_with_own_names(of_figure, counts))
    return with_links(tuple(tables))
