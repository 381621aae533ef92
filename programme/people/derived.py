"""Columns that are worked out from others whenever a row is stored."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Base = models.TextField[str, str]
else:
    _Base = models.TextField


class DerivedField(_Base):
    """Text made of other columns of the row; nobody types it, and it is never out of date."""

    def __init__(
        self,
        make: Callable[..., str] | None = None,
        made_of: tuple[str, ...] = (),
        **options: Any,
    ) -> None:
        """``make`` gets the values of ``made_of``; a migration knows neither."""
        self.make, self.made_of = make, made_of
        super().__init__(**{"blank": True, "default": "", "editable": False, **options})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The value to store, also where many rows are stored at once."""
        if self.make is not None:
            values = [getattr(model_instance, name) or "" for name in self.made_of]
            setattr(model_instance, self.attname, self.make(*values))
        value: str = super().pre_save(model_instance, add)
        return value
