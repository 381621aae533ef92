"""Figures made from the ids of what is counted, so that every count can be opened."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from programme.reporting import figures
from programme.reporting.definitions import NOT_RECORDED, Definition
from programme.reporting.figures import Category, Figure, Members, Row

# One id for each unit counted; a unit that counts once stands in it once.
Ids = Collection[UUID]
NOBODY: Ids = ()
Reasons = Mapping[str, Ids]
NO_REASONS: Reasons = {}


def members(*named: Mapping[str, Ids] | Mapping[tuple[str, str], Ids]) -> Members:
    """The ids as they are kept beside a figure, in a fixed order."""
    kept: dict[Category, tuple[str, ...]] = {}
    for ids_by_name in named:
        for name, ids in ids_by_name.items():
            kept[name] = tuple(sorted(map(str, ids)))
    return kept


def _excluded(reasons: Reasons) -> dict[str, int]:
    return {reason: len(ids) for reason, ids in reasons.items()}


def left_out(reasons: Reasons) -> dict[str, Ids]:
    """The names under which ids that are left out are kept."""
    return {f"excluded:{reason}": ids for reason, ids in reasons.items()}


def count_of(
    definition: Definition,
    counted: Ids,
    *,
    not_recorded: Ids = NOBODY,
    excluded: Reasons = NO_REASONS,
    rows: Mapping[str, Ids] = NO_REASONS,
) -> Figure:
    """How many there are; `rows` stand beside the count and are no parts of a whole."""
    return figures.count(
        definition,
        len(counted),
        not_recorded=len(not_recorded),
        excluded=_excluded(excluded),
        rows=[Row(category, len(ids)) for category, ids in rows.items()],
        members=members({"numerator": counted}, rows, left_out(excluded)),
    )


def share_of(
    definition: Definition,
    counted: Ids,
    base: Ids,
    *,
    not_recorded: Ids = NOBODY,
    open_window: Ids = NOBODY,
    excluded: Reasons = NO_REASONS,
    rows: Sequence[Row] = (),
    row_members: Mapping[str, Ids] = NO_REASONS,
) -> Figure:
    """How many of the base."""
    counts = {"numerator": counted, "denominator": base}
    beside = {NOT_RECORDED: not_recorded, "open_window": open_window}
    return figures.proportion(
        definition,
        len(counted),
        len(base),
        not_recorded=len(not_recorded),
        open_window=len(open_window),
        excluded=_excluded(excluded),
        rows=rows,
        members=members(counts, beside, row_members, left_out(excluded)),
    )


def spread_of(
    definition: Definition,
    counted: Mapping[str, Ids],
    *,
    base: Ids | None = None,
    order: Sequence[str] = (),
    not_recorded: Ids = NOBODY,
    open_window: Ids = NOBODY,
    excluded: Reasons = NO_REASONS,
    category: str = "",
) -> Figure:
    """How many in each category, of the base (by default of all in the rows)."""
    whole = {} if base is None else {"denominator": base}
    return figures.distribution(
        definition,
        {name: len(ids) for name, ids in counted.items()},
        denominator=None if base is None else len(base),
        order=order,
        not_recorded=len(not_recorded),
        open_window=len(open_window),
        excluded=_excluded(excluded),
        category=category,
        members=members(counted, {NOT_RECORDED: not_recorded}, whole, left_out(excluded)),
    )
