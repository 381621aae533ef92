"""The managers that ask the rule view."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from simple_history.manager import HistoryManager

from programme.access.walls import Wall
from programme.audit.querysets import RecordQuerySet

M = TypeVar("M", bound=models.Model, covariant=True)

if TYPE_CHECKING:
    _Base = models.Manager
else:
    _Base = models.Manager.from_queryset(RecordQuerySet)


class WalledManager(_Base[M]):
    """Only rows the acting user may see; an error, never an empty answer, when nobody acts."""

    use_in_migrations = False

    def get_queryset(self) -> Any:
        wall: Wall = self.model.wall  # type: ignore[attr-defined]
        return super().get_queryset().filter(wall.readable())


class WalledHistoryManager(models.Manager[M]):
    """Only history of rows the acting user may see; the wall is that of the row it tells of."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet[M]:
        wall: Wall = self.model.instance_type.wall  # type: ignore[attr-defined]
        return super().get_queryset().filter(wall.readable())


class WalledHistory(HistoryManager):  # type: ignore[misc]
    """``Model.history``: the same lines, asked for through the model."""

    def get_queryset(self) -> Any:
        wall: Wall = self.model.instance_type.wall
        return super().get_queryset().filter(wall.readable())
