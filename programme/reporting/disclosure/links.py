"""Additions between indicators that no single table shows, from links.csv."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from programme.reporting.disclosure.cells import Cell, Part, Sum, Table

LINKS_TABLE = "links"


def read_links(path: Path) -> tuple[Sum, ...]:
    """The additions of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Sum(row["total"], tuple(row["parts"].split(";"))) for row in rows)


LINKS = read_links(Path(__file__).with_name("links.csv"))


def _cell(name: str, count: int, like: Iterable[Cell]) -> Cell:
    alike = list(like)
    return Cell(
        name,
        count,
        threshold=max(cell.threshold for cell in alike),
        loose=min(cell.loose for cell in alike),
        mode="stands",
    )


def _missing(link: Sum, cells: Mapping[str, Cell]) -> Cell | None:
    """The one cell of a link that nobody prints, worked out from the others."""
    unknown = [name for name in (link.total, *link.parts) if name not in cells]
    known = [cells[part] for part in link.parts if part in cells]
    if len(unknown) != 1 or not known:
        return None
    found = sum(cell.count for cell in known)
    if unknown == [link.total]:
        return _cell(link.total, found, known)
    left = cells[link.total].count - found
    return _cell(unknown[0], left, known) if left >= 0 else None


def _is_true(link: Sum, cells: Mapping[str, Cell]) -> bool:
    """A link that does not hold in this pack would only mislead the attacker."""
    if any(name not in cells for name in (link.total, *link.parts)):
        return False
    return cells[link.total].count == sum(cells[part].count for part in link.parts)


def with_links(tables: tuple[Table, ...], links: tuple[Sum, ...] = LINKS) -> tuple[Table, ...]:
    """The tables, and after them one that prints nothing and holds the links that are true."""
    cells = {name: cell for table in tables for name, cell in table.cells.items()}
    hidden: dict[str, Cell] = {}
    sums = []
    for link in links:
        missing = _missing(link, cells)
        if missing is not None:
            cells[missing.name] = hidden[missing.name] = missing
        if _is_true(link, cells):
            sums.append(link)
    return (*tables, Table(LINKS_TABLE, (Part(hidden, sums=tuple(sums)),)))
