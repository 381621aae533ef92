"""How long contacts wait to be written down: the middle one, so that one late entry is not all."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from statistics import median_low
from typing import Any
from uuid import UUID

from programme.contacts.models import Contact
from programme.core.dates import today
from programme.pathways.models import Worker
from recurrent.design.words import local_day

WRITTEN_SINCE = timedelta(days=90)
NOTHING = "no contact in the last 90 days"


def delays_of(workers: Collection[Worker]) -> dict[UUID, str]:
    """Of each worker who had contacts, in words (one query)."""
    found = _middles("worker", worker__in=workers)
    return {key: f"Half of the contacts of the last 90 days {said}." for key, said in found.items()}


def delays_in(programmes: Collection[UUID]) -> dict[UUID, str]:
    """Of each programme, whoever wrote, in words (one query)."""
    found = _middles("programme", programme__in=programmes)
    said = {key: f"half of the contacts {words}" for key, words in found.items()}
    return {key: said.get(key, NOTHING) for key in programmes}


def _middles(whose: str, **asked: Any) -> dict[UUID, str]:
    """Days of the calendar from a contact to its writing: half took so many or fewer."""
    rows = Contact.objects.filter(
        happened_at__date__gte=today() - WRITTEN_SINCE, recorded_at__isnull=False, **asked
    )
    days: dict[UUID, list[int]] = defaultdict(list)
    pairs: Iterable[tuple[UUID, datetime, datetime]] = rows.values_list(
        f"{whose}_id", "happened_at", "recorded_at"
    )
    for key, happened, recorded in pairs:
        days[key].append((local_day(recorded) - local_day(happened)).days)
    return {key: _said(median_low(some)) for key, some in days.items()}


def _said(days: int) -> str:
    if days <= 0:
        return "were written down on the same day"
    return f"were written down within {days} day{'s' * (days > 1)}"
