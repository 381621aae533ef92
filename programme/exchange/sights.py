"""What the acting user may take out: which files, which columns, which rows have a name."""

from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet

from programme.access.actors import READ_EVERYTHING
from programme.access.holdings import Holdings, holdings_of
from programme.access.models import User, Visible
from programme.access.parts import Part, Role
from programme.audit.actor import current_actor
from programme.episodes.models import Episode
from programme.exchange.no_place import placed
from programme.exchange.records import MODELS, identified
from programme.exchange.schema import TABLES, Column, Table
from programme.joining.models import Merge
from programme.people.models import Home, Identity, Parent
from programme.referrals.models import Referral

# Who sees the wider part needs nothing said of the narrower.
WITHIN = {Part.CONTACT_LOG: Part.NOTES, Part.CARE: Part.HEALTH}
# The columns of a parent that are parts of their own.
PARENT_PARTS: tuple[tuple[type[Model], Part], ...] = (
    (Identity, Part.CORE),
    (Home, Part.SAFE_ADDRESS),
)


class Reader:
    """The acting user, to whom the managers already show only her rows."""

    def __init__(self, parts: frozenset[Part], holdings: Holdings | None) -> None:
        self.parts = parts
        # None: a declared actor that reads everything.
        self.holdings = holdings
        self._names: dict[str, dict[UUID, str]] = {}

    # --- Files and columns ------------------------------------------------------------------

    def columns(self, table: Table) -> list[Column]:
        """The columns of a table she may have; none when the file is left out."""
        if table.parts and not self.parts & set(table.parts):
            return []
        return [column for column in table.columns.values() if self._has(column)]

    def _has(self, column: Column) -> bool:
        part = part_of(column.table, column.name)
        return part is None or part in self.parts

    def left_out(self, table: Table) -> list[str]:
        """In words, what of this table is not in the package."""
        missing = [part for part in table.parts if not self._covers(part)]
        if missing and len(missing) == len(table.parts):
            return [f"{table.file}: the whole file ({_labels(missing)})"]
        if missing:
            return [f"{table.file}: rows of {_labels(missing)}"]
        hidden = [column.name for column in table.columns.values() if not self._has(column)]
        return [f"{table.file}: the columns {', '.join(hidden)}"] if hidden else []

    def _covers(self, part: Part) -> bool:
        return part in self.parts or WITHIN.get(part) in self.parts

    # --- Rows -------------------------------------------------------------------------------

    def rows(self, model: type[Model]) -> QuerySet[Any]:
        """The rows of a model she may see, in the order in which they were stored."""
        rows: QuerySet[Any] = model._default_manager.all()
        rows = rows.filter(placed(model))
        if model is Parent:
            # A record that was joined to another is a number that leads there, no person.
            joined = Merge.objects.filter(undone_at=None).values("absorbed")
            rows = rows.exclude(pk__in=joined)
        narrow = NARROWED.get(model._meta.model_name or "")
        if narrow and self.holdings is not None:
            rows = rows.filter(pk__in=narrow(self))
        return rows.order_by("stored_at", "pk")

    def has_rows(self, table: Table) -> bool:
        """Whether she sees any row of the table."""
        return any(self.rows(model).exists() for model in MODELS[table.name])

    def names(self, table: str) -> dict[UUID, str]:
        """The id in the package of each row she sees: the one it came with, else its key."""
        if table not in self._names:
            self._names[table] = {
                key: package_id or str(key)
                for model in identified(table)
                for key, package_id in self.rows(model).values_list("pk", "package_id").iterator()
            }
        return self._names[table]

    def programmes(self) -> set[UUID]:
        """Where she holds a role, and of what she sees."""
        assert self.holdings is not None
        held = {programme for _, programme in self.holdings.pairs if programme}
        for model in (Episode, Referral):
            held |= set(model.objects.values_list("programme_id", flat=True).distinct())
        return held


def reader() -> Reader:
    """The acting user as a reader."""
    user_id = current_actor().user_id
    if user_id in READ_EVERYTHING:
        return Reader(frozenset(Part), None)
    held = Visible.objects.filter(user_id=user_id).values_list("part", flat=True).distinct()
    parts = frozenset(Part(part) for part in held) - {Part.FIGURES}
    return Reader(parts, holdings_of(User.objects.get(pk=user_id)))


@cache
def part_of(table: str, column: str) -> Part | None:
    """The part of its own that a column is, beside that of its table."""
    if table != "parents" or TABLES[table].columns[column].is_id:
        return None
    for model, part in PARENT_PARTS:
        try:
            model._meta.get_field(column)
        except FieldDoesNotExist:
            continue
        return part
    return None


def _labels(parts: list[Part]) -> str:
    return "; ".join(part.label for part in parts)


# --- Rows about no person: hers all the same --------------------------------------------------


def _own_programmes(eyes: Reader) -> Any:
    return eyes.programmes()


def _their_workers(eyes: Reader) -> Any:
    worker: Any = MODELS["workers"][0]
    return worker.objects.filter(programme__in=eyes.programmes()).values("pk")


def _their_costs(eyes: Reader) -> Any:
    assert eyes.holdings is not None
    reported = [
        programme
        for programme in eyes.programmes()
        if eyes.holdings.holds(programme, Role.MANAGER, Role.DATA_OFFICER)
    ]
    cost: Any = MODELS["costs"][0]
    return cost.objects.filter(programme__in=reported).values("pk")


NARROWED = {"programme": _own_programmes, "worker": _their_workers, "cost": _their_costs}
