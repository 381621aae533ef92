"""Where a record went that was joined with another of the same person (``joined.sql``).

Ids of all records, whoever may see them: whoever is told must be asked whether she may.
"""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import UUIDField, Value
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from programme.access.actors import MATCHER
from programme.access.scope import acting_as

# Every record that this one leads to; and the last of them, where it ends.
OF_MERGE = "j.absorbed_id = programme_merge.absorbed_id"
LEADS_TO = f"SELECT j.parent_id FROM access_joined j WHERE {OF_MERGE}"
ENDS_AT = f"{LEADS_TO} AND j.parent_id NOT IN (SELECT l.absorbed_id FROM access_joined l)"


def joined_into(parent_id: UUID) -> UUID | None:
    """The record this one leads to now; None when it was joined with none."""
    return _ends_at(absorbed=parent_id)


def found_under(earlier_reference: str) -> UUID | None:
    """The record that an earlier number leads to now, over however many joinings (one query)."""
    return _ends_at(absorbed_reference=earlier_reference)


def records_of(parent_id: UUID) -> list[UUID]:
    """The record itself and every one that leads to it now (one query)."""
    this = Value(parent_id, output_field=UUIDField())
    with acting_as(MATCHER):
        leading = _in_force().filter(In(this, RawSQL(LEADS_TO, [])))
        return [parent_id, *leading.values_list("absorbed_id", flat=True)]


def _ends_at(**asked: Any) -> UUID | None:
    end = RawSQL(ENDS_AT, [], output_field=UUIDField())
    with acting_as(MATCHER):
        found: UUID | None = _in_force().filter(**asked).values_list(end, flat=True).first()
    return found


def _in_force() -> Any:
    return apps.get_model("programme", "Merge").objects.filter(undone_at=None)
