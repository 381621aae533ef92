"""``CaseRecord``: the base of every table with a path to a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connections, models, transaction

from programme.access.querysets import WalledHistory, WalledHistoryManager, WalledManager
from programme.access.walls import Wall
from programme.audit.records import Record, TrackedHistory

INSUFFICIENT_PRIVILEGE = "42501"


@contextmanager
def refused_by_row_security() -> Iterator[None]:
    """What PostgreSQL's row security refuses is a refusal, not a fault."""
    try:
        yield
    except ProgrammingError as problem:
        if getattr(problem.__cause__, "sqlstate", "") != INSUFFICIENT_PRIVILEGE:
            raise
        raise PermissionDenied("This part of the record is not yours to change.") from problem


class WalledHistoryRow(models.Model):
    """A line of history, behind the wall of the row it tells of."""

    objects = WalledHistoryManager()

    class Meta:
        abstract = True


class CaseRecord(Record):
    """A tracked row behind the access wall. Subclasses say which ``wall``."""

    wall: ClassVar[Wall]
    history = TrackedHistory(bases=[WalledHistoryRow], history_manager=WalledHistory)
    objects = WalledManager()
    # Past the manager, not past row security. Only ``programme.access`` may use it (a test).
    unwalled = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the row; refused where the acting user may not write this part."""
        with refused_by_row_security(), transaction.atomic():
            super().save(*args, **kwargs)
            self.refuse_unless_writable([self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Removes the row; refused where the acting user may not write this part."""
        self.refuse_unless_writable([self.pk])
        return super().delete(*args, **kwargs)

    @classmethod
    def refuse_unless_writable(cls, keys: list[Any]) -> None:
        """On SQLite, what row security does on PostgreSQL: raises ``PermissionDenied``."""
        if connections["default"].vendor == "postgresql":
            return
        writable = cls.unwalled.filter(cls.wall.writable(), pk__in=keys).count()
        if writable != len(keys):
            raise PermissionDenied("This part of the record is not yours to change.")


class PortableRecord(CaseRecord):
    """A row that a caseload package names by an id of its own, kept for giving it back."""

    package_id = models.CharField(max_length=200, blank=True, default="", editable=False)

    class Meta(CaseRecord.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["package_id"],
                condition=~models.Q(package_id=""),
                name="programme_%(class)s_package_id_once",
            )
        ]
