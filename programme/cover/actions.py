"""Arranging who stands in for a worker who is away, and ending it early."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from programme.access.models import TimedGrant, User
from programme.access.writing import store_once
from programme.audit import events
from programme.core.dates import at_local, today
from programme.core.errors import RuleBroken
from programme.cover.reads import held_of, may_stand_in, not_ended
from programme.pathways.models import Worker
from recurrent.design.words import day_and_year

# Who is away for longer hands over.
LONGEST = timedelta(days=92)

events.declare(
    cover__cover_arranged="arranged who stands in for a worker",
    cover__cover_ended="ended a stand-in for a worker",
)


@transaction.atomic
def arrange_cover(
    *,
    key: UUID,
    worker: Worker,
    stand_ins: Mapping[UUID, User],
    from_day: date,
    to_day: date,
    by: User,
) -> list[TimedGrant]:
    """Keeps who stands in with which parent of a worker's, by parent; all of them or none.

    From the first day (from this moment, where that is today) to the end of the last. Sent twice
    it is one arrangement; it grants nothing that the rule view does not give to a stand-in.
    """
    _refuse_days(from_day, to_day)
    # Two who arrange at once wait for each other.
    worker = Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    begins = max(_this_second(), at_local(from_day, time(0)))
    ends = at_local(to_day + timedelta(days=1), time(0))
    _refuse_people(worker, stand_ins, by)
    _refuse_twice(key, worker, stand_ins, begins, ends)
    return [
        _stand_in(key, worker, parent_id, user, begins, ends, by)
        for parent_id, user in stand_ins.items()
    ]


@transaction.atomic
def end_cover(*, cover_id: UUID, worker: Worker, by: User) -> int:
    """Ends an arrangement now; what has not begun is taken away. Says of how many parents."""
    now = _this_second()
    rows = not_ended(worker).filter(cover_id=cover_id).select_for_update(of=("self",))
    ended = list(rows.select_related("parent"))
    for row in ended:
        events.record("cover.cover_ended", subject=row, parent=row.parent, by=by)
        if row.starts_at < now:
            row.ends_at = now
            row.save()
        else:
            row.delete()
    return len(ended)


def _this_second() -> datetime:
    """SQLite tells the time in whole seconds: so an arrangement holds at the next request."""
    return timezone.now().replace(microsecond=0)


def _refuse_days(from_day: date, to_day: date) -> None:
    if from_day < today():
        raise RuleBroken("The first day cannot be in the past.", field="from_day")
    if to_day < from_day:
        raise RuleBroken("The last day cannot be before the first.", field="to_day")
    if to_day - from_day > LONGEST:
        words = f"Cover lasts {LONGEST.days} days at most. For longer, hand over instead."
        raise RuleBroken(words, field="to_day")


def _refuse_people(worker: Worker, stand_ins: Mapping[UUID, User], by: User) -> None:
    if not stand_ins:
        raise RuleBroken("This worker leads no open work to cover.")
    held = {one.parent_id for one in held_of(worker)}
    if not held.issuperset(stand_ins):
        raise RuleBroken("This worker’s parents have changed. Look at the list again, then save.")
    colleagues = set(may_stand_in(worker, by))
    if not colleagues.issuperset(stand_ins.values()):
        raise RuleBroken("Choose a colleague of this programme.", field="stand_in")


def _refuse_twice(
    key: UUID,
    worker: Worker,
    stand_ins: Mapping[UUID, User],
    begins: datetime,
    ends: datetime,
) -> None:
    """One stand-in at a time, so that nobody wonders who rings."""
    others = not_ended(worker).filter(parent__in=stand_ins).exclude(cover_id=key)
    other = others.filter(starts_at__lt=ends, ends_at__gt=begins).first()
    if other is not None:
        last = day_and_year(other.ends_at - timedelta(seconds=1))
        words = f"Cover is arranged already, until {last}. End that first, or begin after it."
        raise RuleBroken(words, field="from_day")


def _stand_in(
    key: UUID,
    worker: Worker,
    parent_id: UUID,
    user: User,
    begins: datetime,
    ends: datetime,
    by: User,
) -> TimedGrant:
    row, is_new = store_once(
        TimedGrant(
            id=uuid5(key, str(parent_id)),
            user=user,
            parent_id=parent_id,
            programme_id=worker.programme_id,
            kind=TimedGrant.Kind.STAND_IN,
            starts_at=begins,
            ends_at=ends,
            given_by=by,
            worker=worker,
            cover_id=key,
        )
    )
    if is_new:
        events.record("cover.cover_arranged", subject=row, parent=row.parent, by=by)
    return row
