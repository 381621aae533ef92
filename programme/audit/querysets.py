"""Query sets of tracked tables: no write passes history by."""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models, transaction

from programme.audit.actor import current_actor

M = TypeVar("M", bound=models.Model, covariant=True)


class HistoryWouldBeSkipped(RuntimeError):
    """The call would change tracked rows without a line of history."""


class RecordQuerySet(models.QuerySet[M]):
    """Refuses what skips history; ``bulk_create`` writes the history with the rows."""

    def update(self, **values: Any) -> NoReturn:
        """Refused: save each row, so that its history is kept."""
        raise HistoryWouldBeSkipped("Save each row, so that its history is kept.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: save each row, so that its history is kept."""
        raise HistoryWouldBeSkipped("Save each row, so that its history is kept.")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Stores the rows and one line of history each, by the acting user."""
        if kwargs.get("ignore_conflicts") or kwargs.get("update_conflicts"):
            raise HistoryWouldBeSkipped("Conflicts cannot be settled without history.")
        current_actor()
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, *args, **kwargs)
            history = self.model.history  # type: ignore[attr-defined]
            history.bulk_history_create(created, batch_size=kwargs.get("batch_size"))
        return created
