"""What stands on a paper, whatever it is written as: a page, a PDF or a Word file."""

from dataclasses import dataclass
from datetime import datetime

MARKING = "OFFICIAL-SENSITIVE"
# True whether nothing is recorded or all of it stays out, so it does not tell which.
NOTHING = "Nothing is written here."


@dataclass(frozen=True)
class Table:
    """A table with its header, one heading a row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it. Without a heading, it follows what was before."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Sheet:
    """A paper: its words, who made it, when and for whom. ``is_large`` sets it in large type."""

    title: str
    subtitle: str
    made_by: str
    made_at: datetime
    for_whom: str
    sections: tuple[Section, ...]
    is_large: bool = False
    marking: str = MARKING
