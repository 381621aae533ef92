"""Which codes of which list, on which day."""

from datetime import date
from typing import Self, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model, covariant=True)


class CodeValueQuerySet(QuerySet[M]):
    """Rows of the dated code lists."""

    def in_list(self, name: str) -> Self:
        """Only the codes of one list, in the order people see them."""
        return self.filter(list_name=name).order_by("position", "label")

    def valid_on(self, day: date) -> Self:
        """Only codes valid on that day; an open end is no limit, first and last day count."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
        )
