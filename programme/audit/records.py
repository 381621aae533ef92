"""``Record``: the base of every tracked table."""

from typing import Any
from uuid import UUID, uuid4

from django.db import models
from simple_history.models import HistoricalRecords

from programme.audit.actor import Actor, current_actor


def _user_id_of(history_row: Any) -> UUID:
    return UUID(str(history_row.history_user_id))


def _keep_user_id(history_row: Any, actor: Actor) -> None:
    history_row.history_user_id = actor.user_id


class TrackedHistory(HistoricalRecords):  # type: ignore[misc]
    """History in the acting user's name. The database, too, refuses a line by nobody."""

    def __init__(self, **options: Any) -> None:
        """The same arguments as ``HistoricalRecords``; ids are random, the user is an id."""
        options.setdefault("inherit", True)
        options.setdefault("history_id_field", models.UUIDField(default=uuid4))
        options.setdefault("history_user_id_field", models.UUIDField(db_index=False))
        options.setdefault("history_user_getter", _user_id_of)
        options.setdefault("history_user_setter", _keep_user_id)
        options.setdefault("history_change_reason_field", models.TextField(null=True))
        super().__init__(**options)

    def get_history_user(self, instance: models.Model) -> Actor:
        """The acting user; ``NoScope`` when nobody is acting."""
        return current_actor()


class Record(models.Model):
    """A row with history, a version that catches silent overwrites, and someone who wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    stored_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the row in the acting user's name; refused when nobody is acting."""
        current_actor()
        if not self._state.adding:
            self.version += 1
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Removes the row in the acting user's name, keeping its history."""
        current_actor()
        return super().delete(*args, **kwargs)
