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
        return super().get_queryset().filter(_readable_history(self.model))


class WalledHistory(HistoryManager):  # type: ignore[misc]
    """``Model.history``: the same lines, asked for through the model."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(_readable_history(self.model))


def _readable_history(lines: Any) -> models.Q:
    """Lines behind the wall of their row; and lines of what was another record's when written,
    joined to one that she sees since, of rows that she sees there now.
    """
    model = lines.instance_type
    wall: Wall = model.wall
    own = wall.readable()
    if not own:
        # Who sees everything is asked nothing.
        return own
    moved = models.Q(id__in=model.objects.values("pk"))
    return own | (wall.of_history().readable() & moved)
