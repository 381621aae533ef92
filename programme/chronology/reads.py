"""What is marked, and in whose name something may be written."""

from django.db.models import QuerySet

from programme.access.holdings import written_in
from programme.access.parts import Part
from programme.chronology.models import ChronologyEntry, SignificantEvent
from programme.pathways.models import Programme
from programme.people.models import Parent

Mark = tuple[str, str]


def marks_on(parent: Parent) -> QuerySet[SignificantEvent]:
    """What was marked of a parent's events, as far as the reader sees the event."""
    return SignificantEvent.objects.filter(parent=parent)


def entries_of(parent: Parent) -> QuerySet[ChronologyEntry]:
    """The events that were added by hand."""
    return ChronologyEntry.objects.filter(parent=parent).select_related("written_by")


def programmes_to_write_in(parent: Parent) -> list[Programme]:
    """The programmes in whose notes the acting user may write about a parent (two queries)."""
    keys = written_in(parent.pk)[Part.NOTES]
    return list(Programme.objects.filter(pk__in=keys).order_by("name"))
