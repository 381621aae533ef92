"""Primary suppression: which counts a mark replaces, before anybody tries to find them again.

A count from 1 to the threshold is hidden, and so is one that leaves 1 to the threshold of its
base. A nought is printed. A line that says the same of everyone in it, on something sensitive, is
withheld.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from programme.reporting.disclosure import names
from programme.reporting.disclosure.cells import Cell, Part, Place
from programme.reporting.disclosure.ledger import Either, Said, printed

# A median or a mean of fewer people than this is not shown.
LEAST_PEOPLE = 10


@dataclass(slots=True)
class Marked:
    """What may be said of one figure: bounds by cell, or nothing and why."""

    said: dict[str, Said] = field(default_factory=dict)
    either: list[Either] = field(default_factory=list)
    # The cells of a line that holds everybody in one place: none of them may be found out.
    must_stay_open: tuple[str, ...] = ()
    too_few_for_value: bool = False


def says_it_of_everyone(line: Iterable[Cell]) -> bool:
    """Whether one cell of the line holds everybody, so that all of them share what it says."""
    counts = {cell.name: cell.count for cell in line}
    fullest = max(counts, key=lambda name: counts[name])
    # That nothing is recorded of anybody says nothing of anybody.
    says_something = not names.is_not_recorded(fullest)
    return says_something and 0 < counts[fullest] == sum(counts.values())


def _full_lines(part: Part) -> tuple[str, ...]:
    lines = (line for line in part.lines if line)
    full = (line for line in lines if says_it_of_everyone(part.cells[name] for name in line))
    return tuple(dict.fromkeys(name for line in full for name in line))


def _mark(cell: Cell) -> Said:
    """1 to the threshold where the count is small: a mark never covers a nought."""
    return Said(1, cell.threshold) if cell.is_small else printed(cell.count)


def _mark_with_rest(cell: Cell, rest: Cell, marked: Marked) -> Said:
    if not cell.is_small and not rest.is_small:
        return printed(cell.count)
    marked.either.append(Either(cell.name, rest.name, cell.threshold))
    return Said(1, None)


def _mark_place(place: Place, part: Part, marked: Marked) -> None:
    cell = part.cells[place.cell]
    base = part.cells.get(place.base)
    if base is not None:
        marked.said[place.base] = _mark(base)
        if base.is_small:
            return
    if place.rest:
        marked.said[place.cell] = _mark_with_rest(cell, part.cells[place.rest], marked)
    else:
        marked.said[place.cell] = _mark(cell)


def mark(part: Part) -> Marked:
    """What the figure may print by itself; other tables and releases are the audit's business."""
    base = part.cells.get(part.base)
    if base is not None and base.is_small:
        return Marked({part.base: _mark(base)})
    full = _full_lines(part)
    if full:
        return Marked(must_stay_open=full)
    marked = Marked()
    if base is not None:
        marked.said[part.base] = printed(base.count)
        marked.too_few_for_value = part.needs_people and base.count < LEAST_PEOPLE
    for place in part.places:
        _mark_place(place, part, marked)
    return marked
