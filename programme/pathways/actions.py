"""A programme's own days off: adding one, taking one away."""

from datetime import date

from django.db import transaction

from programme.access.models import User
from programme.access.writing import store
from programme.audit import events
from programme.pathways.models import ClosedDay, Programme

events.declare(
    pathways__closed_day_added="added a day off of a programme",
    pathways__closed_day_removed="took a day off of a programme away",
)


@transaction.atomic
def add_closed_day(*, programme: Programme, day: date, why: str, by: User) -> ClosedDay:
    """From then on no working day of the programme's own rules falls on it."""
    closed = store(ClosedDay(programme=programme, day=day, why=why))
    events.record("pathways.closed_day_added", subject=closed, by=by)
    return closed


@transaction.atomic
def remove_closed_day(*, closed: ClosedDay, by: User) -> None:
    """It counts again; its line of history stays."""
    events.record("pathways.closed_day_removed", subject=closed, by=by)
    closed.delete()
