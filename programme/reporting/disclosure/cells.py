"""A pack of figures as cells, the sums between them and the places where they are printed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

# How counts of one cell in two periods stand to each other: they add up; the longer period has at
# least as many; or nothing can be said.
Mode = Literal["adds", "grows", "stands"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One true count. ``loose`` is what must stay possible when its whole table says nothing."""

    name: str
    count: int
    threshold: int
    loose: int
    mode: Mode

    @property
    def is_small(self) -> bool:
        """Whether somebody could be recognised by this count."""
        return 1 <= self.count <= self.threshold


@dataclass(frozen=True, slots=True)
class Sum:
    """An addition that a reader knows to be true: the total is the sum of the parts."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a count is printed; ``rest`` is what a reader gets by taking it from the base."""

    cell: str
    rest: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The cells of one figure. ``lines`` are checked for saying the same of everyone in them."""

    cells: Mapping[str, Cell]
    places: tuple[Place, ...] = ()
    sums: tuple[Sum, ...] = ()
    base: str = ""
    lines: tuple[tuple[str, ...], ...] = ()
    needs_people: bool = False
    # What a cell is called here, by the name its definition gives it.
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """What is printed or withheld as one: a figure, or all the figures of one split."""

    id: str
    parts: tuple[Part, ...]
    sums: tuple[Sum, ...] = field(default=())

    @property
    def cells(self) -> dict[str, Cell]:
        """Every cell of the table by its name."""
        return {name: cell for part in self.parts for name, cell in part.cells.items()}

    def all_sums(self) -> Iterator[Sum]:
        """The sums of its parts, then those between the parts."""
        for part in self.parts:
            yield from part.sums
        yield from self.sums
