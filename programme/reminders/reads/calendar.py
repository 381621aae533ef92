"""A worker's days as a calendar that another program reads: references and times, no more.

Every entry is called "Appointment": the kind of a day, its place or a name would say what this
service is, and what a family goes through, to whoever sees the phone it stands on (decision 17).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone
from icalendar import Calendar, Event

from programme.access.holdings import holdings_of
from programme.access.models import User
from programme.access.policy import CARE_TEAM
from programme.contacts.models import PlannedContact
from programme.core.dates import at_local, today
from programme.desk.reads.home import held_by
from programme.episodes.models import Episode
from programme.proceedings.reads import hearings_to_come
from programme.reminders.models import Reminders
from programme.workboard.reads import AGREED, SET, due_items

# What is past by so long is taken out of the calendar.
DAYS_BACK = 28
ASK_AGAIN_AFTER = timedelta(hours=6)


@dataclass(frozen=True)
class Entry:
    """One day of a record, with its time where one is known."""

    key: UUID
    parent_id: UUID
    reference: str
    at: date | datetime


@dataclass(frozen=True)
class OwnCalendar:
    """The file, and whose records it names."""

    content: bytes
    parent_ids: list[UUID]


def owner_of(token_hash: str) -> User | None:
    """Whose calendar a secret opens: nobody's when she left or works with parents no more."""
    found = Reminders.objects.filter(token_hash=token_hash, user__is_active=True)
    reminders = found.select_related("user").first()
    if reminders is None or not CARE_TEAM & holdings_of(reminders.user).roles:
        return None
    return reminders.user


def calendar_of(user: User) -> OwnCalendar:
    """The days of the parents she works with, as far as she may see them (a fixed number of
    queries). The acting user is the one whose calendar it is.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Appointments")
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"value": "DURATION"})
    entries = sorted(_entries(held_by(user)), key=lambda one: (str(one.at), one.reference))
    for entry in entries:
        calendar.add_component(_event(entry, user))
    return OwnCalendar(calendar.to_ical(), [one.parent_id for one in entries])


def _event(entry: Entry, user: User) -> Event:
    """Times are told in UTC, so that no other program works out when our clocks change."""
    event = Event()
    # Not the row's key: what leaves names no row, and two workers' entries are not alike.
    event.add("uid", str(uuid5(user.pk, entry.key.hex)))
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("summary", f"Appointment, {entry.reference}")
    event.add("class", "PRIVATE")
    if isinstance(entry.at, datetime):
        event.add("dtstart", entry.at.astimezone(UTC))
    else:
        event.add("dtstart", entry.at)
        # A thing to do on a day, not a day that is taken.
        event.add("transp", "TRANSPARENT")
    return event


def _entries(held: list[Episode]) -> Iterator[Entry]:
    episodes = {one.pk for one in held}
    references = {one.parent_id: one.parent.reference for one in held}
    since = today() - timedelta(days=DAYS_BACK)
    # A rule's last day is no appointment; what was agreed or set is, as it stands today.
    days = [one for one in due_items(references) if one.rule in (AGREED, SET)]
    for item in days:
        if item.episode_id in episodes and item.due_on and item.due_on >= since:
            yield Entry(item.row, item.parent_id, references[item.parent_id], item.due_on)
    planned = PlannedContact.objects.filter(parent__in=references, contact=None)
    for plan in planned.filter(planned_for__date__gte=since):
        yield Entry(plan.pk, plan.parent_id, references[plan.parent_id], plan.planned_for)
    for line in hearings_to_come(references):
        hearing, parent_id = line.hearing, line.parent_id
        begins, day = hearing.begins_at, hearing.held_on
        at = at_local(day, begins) if begins else day
        # A hearing of both parents is one entry for each record.
        yield Entry(uuid5(hearing.pk, parent_id.hex), parent_id, references[parent_id], at)
