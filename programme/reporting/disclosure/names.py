"""The names of cells: a population where the definition gives one, else the place in the figure."""

from programme.reporting.definitions import NOT_RECORDED
from programme.reporting.figures import Category, Row

SEPARATOR = "|"


def row_cell(indicator: str, category: Category) -> str:
    """The count of one row, or of one cell of a crosstab."""
    written = SEPARATOR.join(category) if isinstance(category, tuple) else category
    return f"{indicator}:{written}"


def row_base(indicator: str, row: Row) -> str:
    """The base of a row that has one of its own."""
    return f"{row_cell(indicator, row.category)}:of"


def rest_of(row: str) -> str:
    """What is left of the base of a row."""
    return f"{row}:others"


def beside(indicator: str, what: str) -> str:
    """A count that stands beside the figure: not_recorded, open_window, excluded:<reason>."""
    return f"{indicator}:{what}"


def in_split(name: str, split: str, category: str) -> str:
    """The same cell for one category of a split."""
    return f"{name}[{split}={category}]"


def is_not_recorded(name: str) -> bool:
    """Whether the cell counts those of whom the thing is not recorded."""
    return f":{NOT_RECORDED}" in name or f"{SEPARATOR}{NOT_RECORDED}" in name
