"""Who stands in for whom, and what somebody who stands in needs to know about each parent."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from programme.access.models import RoleGrant, TimedGrant, User
from programme.access.policy import PRACTITIONERS
from programme.contacts.reads import PlannedLine, planned_with
from programme.core.dates import today
from programme.drafts.reads import Begun, begun_by
from programme.episodes.models import Allocation, Episode
from programme.pathways.models import Worker
from programme.people.reads import SafeRule, names_of, rules_of_many
from programme.proceedings.reads import HearingLine, hearings_to_come
from programme.workboard.reads.due import due_items
from programme.workboard.reads.items import Item
from programme.workboard.reads.team import held_by_each

Row = TypeVar("Row")
# What is due in a fortnight is said beside each parent.
AHEAD = timedelta(days=14)


def not_ended(worker: Worker) -> QuerySet[TimedGrant]:
    """Who stands in for a worker, now or later."""
    rows = TimedGrant.objects.filter(kind=TimedGrant.Kind.STAND_IN, ends_at__gt=timezone.now())
    return rows.filter(worker=worker)


def held_of(worker: Worker) -> list[Episode]:
    """The open episodes that a worker leads, as far as the reader may know of them."""
    return held_by_each([worker]).get(worker.pk, [])


def may_stand_in(worker: Worker, by: User) -> list[User]:
    """Colleagues of a worker's programme, by name; never who arranges it: somebody else does."""
    roles = RoleGrant.objects.in_force().filter(programme=worker.programme, role__in=PRACTITIONERS)
    people = User.objects.filter(pk__in=roles.values("user"), is_active=True)
    not_these = [by.pk, *filter(None, [worker.user_id])]
    return list(people.exclude(pk__in=not_these).order_by("name", "pk"))


# --- What is arranged -----------------------------------------------------------------------


@dataclass(frozen=True)
class WhoRings:
    """One parent of an arrangement, and who stands in with her."""

    name: str
    stand_in: str


@dataclass(frozen=True)
class Cover:
    """Stand-ins that were arranged together."""

    cover_id: UUID
    starts_at: datetime
    ends_at: datetime
    parents: tuple[WhoRings, ...]

    @property
    def last_moment(self) -> datetime:
        """Within the last day, to be said as that day."""
        return self.ends_at - timedelta(seconds=1)

    @property
    def has_begun(self) -> bool:
        """Whether it holds already."""
        return self.starts_at <= timezone.now()


def covers_of(worker: Worker) -> list[Cover]:
    """What is arranged for a worker, now or later, the earliest first (two queries)."""
    rows = list(not_ended(worker).select_related("user", "parent").order_by("starts_at", "id"))
    names = names_of(row.parent_id for row in rows)
    together: dict[UUID, list[TimedGrant]] = defaultdict(list)
    for row in rows:
        together[row.cover_id or row.pk].append(row)
    return [
        Cover(
            key,
            some[0].starts_at,
            some[0].ends_at,
            tuple(
                WhoRings(names.get(one.parent_id, one.parent.reference), one.user.name)
                for one in some
            ),
        )
        for key, some in together.items()
    ]


# --- Whom somebody stands in for, and who stands in for her ---------------------------------


def _is_held() -> Exists:
    """Whether the worker still holds the parent's open episode, as the rule view asks."""
    now = today()
    held = Allocation.objects.filter(
        Q(to_date=None) | Q(to_date__gte=now),
        worker=OuterRef("worker"),
        episode__parent=OuterRef("parent"),
        episode__programme=OuterRef("programme"),
        episode__closed_on=None,
        from_date__lte=now,
    )
    return Exists(held)


def in_force_for(user: User) -> QuerySet[TimedGrant]:
    """What lets somebody stand in at this moment, as the rule view has it."""
    moment = timezone.now()
    rows = TimedGrant.objects.filter(_is_held(), user=user, kind=TimedGrant.Kind.STAND_IN)
    return rows.filter(starts_at__lte=moment, ends_at__gt=moment).select_related("worker")


@dataclass(frozen=True)
class Away:
    """When somebody is or was away, and who stands or stood in."""

    since: datetime
    until: datetime
    stand_ins: tuple[str, ...]

    @property
    def is_over(self) -> bool:
        """Whether she is back."""
        return self.until <= timezone.now()

    @property
    def last_moment(self) -> datetime:
        """Within the last day, to be said as that day."""
        return self.until - timedelta(seconds=1)


def covers_that_began(user: User, back_since: datetime) -> QuerySet[TimedGrant]:
    """Cover of one's own work that has begun, unless it ended before; the newest first."""
    mine = TimedGrant.objects.filter(kind=TimedGrant.Kind.STAND_IN, worker__user=user)
    mine = mine.filter(starts_at__lte=timezone.now(), ends_at__gt=back_since)
    return mine.select_related("user").order_by("-starts_at", "user__name")


def away_from(rows: Sequence[TimedGrant]) -> Away | None:
    """The newest of these covers; None where there is none."""
    if not rows:
        return None
    newest = [row for row in rows if row.cover_id == rows[0].cover_id]
    names = tuple(dict.fromkeys(row.user.name for row in newest))
    return Away(newest[0].starts_at, max(row.ends_at for row in newest), names)


# --- What a stand-in needs to know ----------------------------------------------------------


@dataclass(frozen=True)
class ToCover:
    """One parent of a worker's: how to reach her, what waits and what comes."""

    parent_id: UUID
    reference: str
    name: str
    rules: tuple[SafeRule, ...]
    planned: tuple[PlannedLine, ...]
    hearings: tuple[HearingLine, ...]
    due: tuple[str, ...]
    drafts: tuple[Begun, ...]
    may_reach: bool

    @property
    def is_today(self) -> bool:
        """Whether something is planned for today or was left open."""
        return any(line.has_begun or line.when == "today" for line in self.planned)


def to_cover(worker: Worker) -> list[ToCover]:
    """Everything that waits with a worker's parents, today's visits first, then by name.

    A fixed number of queries. Of drafts the titles only: their words are their writer's.
    """
    episodes = held_of(worker)
    keys = {one.parent_id for one in episodes}
    names = names_of(keys)
    rules = rules_of_many(keys)
    planned = _by_parent(planned_with(keys), lambda line: line.plan.parent_id)
    hearings = _by_parent(hearings_to_come(keys), lambda line: line.parent_id)
    due = _by_parent(_due(episodes), lambda item: item.parent_id)
    drafts = _by_parent(begun_by(worker.user_id, keys), lambda one: one.parent_id)
    parents = {one.parent_id: one.parent for one in episodes}
    rows = [
        ToCover(
            parent_id=key,
            reference=parent.reference,
            name=names.get(key, parent.reference),
            rules=tuple(rules.get(key, ())),
            planned=tuple(planned[key]),
            hearings=tuple(hearings[key]),
            due=tuple(f"{item.what}, {item.when(today())}" for item in due[key]),
            drafts=tuple(drafts[key]),
            may_reach=key in names,
        )
        for key, parent in parents.items()
    ]
    return sorted(rows, key=lambda one: (not one.is_today, one.name, one.reference))


def _due(episodes: Collection[Episode]) -> list[Item]:
    """What is late, or due within a fortnight, in this work; planned contacts stand beside it."""
    held = {one.pk for one in episodes}
    last = today() + AHEAD
    return [
        item
        for item in due_items({one.parent_id for one in episodes})
        if (item.episode_id is None or item.episode_id in held)
        and not (item.is_supervisors or item.is_of_planned)
        and (item.due_on is None or item.due_on <= last)
    ]


def _by_parent(rows: Iterable[Row], whose: Callable[[Row], UUID]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[whose(row)].append(row)
    return found
