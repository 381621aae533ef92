"""What others did on a practitioner's parents while she was away."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from programme.access.models import User
from programme.contacts.models import Contact
from programme.core.dates import at_local
from programme.core.dates import today as this_day
from programme.episodes.models import Episode
from programme.pregnancies.models import Pregnancy

MOST = 10


@dataclass(frozen=True)
class Change:
    """One thing that is new on a parent's record."""

    parent_id: UUID
    name: str
    what: str
    at: datetime


def changes_since(
    day: date, episodes: list[Episode], names: dict[UUID, str], *, not_by: User
) -> list[Change]:
    """Contacts others logged and pregnancies that became known since a day, newest first."""
    parents = {episode.parent_id: episode.parent.reference for episode in episodes}
    since = at_local(day, datetime.min.time())
    contacts = Contact.objects.filter(parent__in=parents, stored_at__gte=since)
    contacts = contacts.exclude(written_by=not_by).select_related("written_by")
    own = Pregnancy.history.filter(history_type="+", history_user_id=not_by.pk)
    known = Pregnancy.objects.filter(mother__in=parents, known_on__range=(day, this_day()))
    known = known.exclude(pk__in=own.values("id"))
    found = [
        Change(
            contact.parent_id,
            names.get(contact.parent_id, parents[contact.parent_id]),
            f"{contact.written_by.name}: {contact.get_mode_display().lower()},"
            f" {contact.get_outcome_display().lower()}",
            contact.happened_at,
        )
        for contact in contacts.order_by("-happened_at")[:MOST]
    ]
    found += [
        Change(
            pregnancy.mother_id,
            names.get(pregnancy.mother_id, parents[pregnancy.mother_id]),
            "A pregnancy became known",
            at_local(pregnancy.known_on, datetime.min.time()),
        )
        for pregnancy in known
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)[:MOST]
