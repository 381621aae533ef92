"""What no figure may be: the mistakes of an indicator that show in its own numbers."""

from programme.reporting.definitions import Definition
from programme.reporting.figures.model import Category, Figure, Number


def _counts(figure: Figure) -> dict[Category, Number | None]:
    named: dict[Category, Number | None] = {row.category: row.count for row in figure.rows}
    named |= {"numerator": figure.numerator, "denominator": figure.denominator}
    named |= {"not_recorded": figure.not_recorded, "open_window": figure.open_window}
    return named | {f"excluded:{reason}": number for reason, number in figure.excluded.items()}


def _refuse_negative(figure: Figure) -> None:
    negative = {
        str(name): number
        for name, number in _counts(figure).items()
        if number is not None and number < 0 and not figure.is_money
    }
    if negative:
        raise ValueError(f"{figure.id} has a count below nought: {negative}")


def _refuse_more_than_all(figure: Figure, definition: Definition) -> None:
    if figure.kind != "proportion" or not definition.base:
        return
    numerator, denominator = figure.numerator or 0, figure.denominator or 0
    if numerator > denominator:
        raise ValueError(f"{figure.id} counts {numerator} out of {denominator}")


def _refuse_rows_that_do_not_add_up(figure: Figure, definition: Definition) -> None:
    wholes = {definition.base: figure.denominator, definition.counted: figure.numerator}
    whole = wholes.get(definition.rows_add_to) if definition.rows_add_to else None
    found = sum(row.count or 0 for row in figure.rows)
    if figure.rows and whole is not None and found != whole:
        raise ValueError(f"The rows of {figure.id} add up to {found}, not {whole}")


def _refuse_other_members(figure: Figure) -> None:
    counts = _counts(figure)
    for name, ids in figure.members.items():
        if name not in counts:
            raise ValueError(f"{figure.id} has members for {name!r}, which it does not count")
        if counts[name] != len(ids):
            raise ValueError(f"{figure.id} counts {counts[name]} of {name!r}, not {len(ids)}")


def checked(figure: Figure, definition: Definition) -> Figure:
    """The same figure, or a ValueError that says what cannot be true of it."""
    _refuse_negative(figure)
    _refuse_more_than_all(figure, definition)
    _refuse_rows_that_do_not_add_up(figure, definition)
    _refuse_other_members(figure)
    return figure
