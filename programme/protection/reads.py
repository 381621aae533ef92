"""What waits for review, which records are protected, and whom one may name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, Count, F, Min, Q, QuerySet, When
from django.utils import timezone

from programme.access.actors import MERGER
from programme.access.holdings import read_in
from programme.access.models import RoleGrant, User
from programme.access.parts import SEES_PEOPLE, Part
from programme.audit.models import Sight
from programme.core.choices import ProtectionKind
from programme.core.dates import today
from programme.core.rounding import percentage
from programme.people.models import Parent, Protection
from programme.people.reads import names_of
from programme.protection.models import EmergencyOpening, ProtectionRequest

SHOWN_DAYS = 90
# Of all records opened. Where it was fifteen in a hundred, reasons had turned into noise.
TOO_MANY = 0.02


@dataclass(frozen=True)
class OpeningLine:
    """One emergency opening, with what the reader may know of the parent."""

    opening: EmergencyOpening
    called: str
    may_review: bool

    @property
    def is_late(self) -> bool:
        """Whether its review is overdue."""
        return not self.opening.reviewed_by_id and self.opening.review_by < today()


@dataclass(frozen=True)
class ProtectedLine:
    """A protected record, by reference: what holds, and when to look at it again."""

    parent: Parent
    restriction: str
    seen_by: int
    denied_to: int
    review_on: date | None

    @property
    def is_late(self) -> bool:
        """Whether the look every 90 days is overdue."""
        return self.review_on is not None and self.review_on < today()


def openings() -> "QuerySet[EmergencyOpening]":
    """Openings that wait for review, the most urgent first; then those of the last 90 days."""
    since = timezone.now() - timedelta(days=SHOWN_DAYS)
    rows = EmergencyOpening.objects.filter(Q(reviewed_by=None) | Q(opened_at__gte=since))
    reviewed_last = Case(When(reviewed_by=None, then=0), default=1)
    ordered = rows.order_by(reviewed_last, "review_by", "opened_at", "pk")
    return ordered.select_related("parent", "opened_by", "reviewed_by")


def told_to(user: User, found: Iterable[EmergencyOpening]) -> list[OpeningLine]:
    """These openings, as far as the reader may know of the parents (one query)."""
    found = list(found)
    names = names_of(opening.parent_id for opening in found)
    return [
        OpeningLine(
            opening,
            names.get(opening.parent_id, f"Record {opening.parent.reference}"),
            opening.opened_by_id != user.pk,
        )
        for opening in found
    ]


def waiting_for_review(user: User) -> int:
    """How many openings wait for somebody like the reader (one query)."""
    return EmergencyOpening.objects.filter(reviewed_by=None).exclude(opened_by=user).count()


@dataclass(frozen=True)
class Share:
    """Emergency openings among all records opened in 90 days."""

    openings: int
    every: int

    @property
    def in_words(self) -> str:
        """As a percentage: ``1.4%``."""
        return percentage(self.openings, self.every)

    @property
    def is_too_many(self) -> bool:
        """Whether the ordinary scopes are too narrow, or the habit too wide."""
        return self.openings > TOO_MANY * self.every


def share_of_openings() -> Share | None:
    """The share, or None where none was opened, and for all but protection officers (one query).

    Only they read the log of sights.
    """
    since = timezone.now() - timedelta(days=SHOWN_DAYS)
    told = [Sight.Outcome.BROKEN_GLASS, Sight.Outcome.OPENED]
    counted = Sight.objects.filter(seen_at__gte=since, outcome__in=told).aggregate(
        broken=Count("pk", filter=Q(outcome=Sight.Outcome.BROKEN_GLASS)),
        opened=Count("pk", filter=Q(outcome=Sight.Outcome.OPENED)),
    )
    every = counted["broken"] + counted["opened"]
    return Share(counted["broken"], every) if every else None


def protected_parents() -> "QuerySet[Protection, UUID]":
    """The keys of every restricted or denied record, the next to be reviewed first."""
    each = Protection.objects.values("parent_id").annotate(next_review=Min("review_on"))
    ordered = each.order_by(F("next_review").asc(nulls_last=True), "parent__reference")
    return ordered.values_list("parent_id", flat=True)


def protected_records(parent_ids: Iterable[UUID]) -> list[ProtectedLine]:
    """What holds for each of these records, in their order (two queries)."""
    rows: dict[UUID, list[Protection]] = {key: [] for key in parent_ids}
    for row in Protection.objects.filter(parent__in=rows):
        rows[row.parent_id].append(row)
    parents = Parent.objects.in_bulk(rows)
    return [_line(parents[key], of_one) for key, of_one in rows.items() if key in parents]


def _line(parent: Parent, rows: list[Protection]) -> ProtectedLine:
    restricted = [row for row in rows if row.kind == ProtectionKind.RESTRICTED]
    reviews = [row.review_on for row in rows if row.review_on]
    return ProtectedLine(
        parent=parent,
        restriction=_category(restricted[0]) if restricted else "",
        seen_by=len(restricted),
        denied_to=len(rows) - len(restricted),
        review_on=min(reviews, default=None),
    )


def _category(row: Protection) -> str:
    return row.get_category_display() or "Reason not recorded"


@dataclass(frozen=True)
class Holding:
    """One protection that holds, and why it was set where that was asked."""

    protection: Protection
    why: str


def protections_of(parent: Parent) -> list[Holding]:
    """What holds for one record: restrictions first (two queries)."""
    rows = Protection.objects.filter(parent=parent).select_related("user", "worker")
    ordered = sorted(rows, key=lambda row: (row.kind == ProtectionKind.DENIED, row.from_date))
    lines = Protection.history.filter(parent_id=parent.pk).exclude(history_change_reason=None)
    # What the merger notes is the number of a merge.
    said = lines.exclude(history_user_id=MERGER).order_by("history_date")
    reasons = dict(said.values_list("id", "history_change_reason"))
    return [Holding(row, reasons.get(row.pk, "")) for row in ordered]


def requests_waiting(parent: Parent | None = None) -> "QuerySet[ProtectionRequest]":
    """Requests for protection that nobody has answered, oldest first."""
    rows = ProtectionRequest.objects.filter(answered_at=None).select_related("parent", "asked_by")
    return (rows.filter(parent=parent) if parent else rows).order_by("asked_at")


def staff() -> "QuerySet[User]":
    """Everybody who may see people, by name."""
    grants = RoleGrant.objects.in_force().filter(role__in=SEES_PEOPLE)
    return User.objects.filter(pk__in=grants.values("user_id")).order_by("name", "email")


def team_around(parent: Parent) -> "QuerySet[User]":
    """Whoever may see people in a programme that knows the parent, by name."""
    programmes = read_in(parent.pk)[Part.PROTECTION]
    grants = RoleGrant.objects.in_force().filter(role__in=SEES_PEOPLE)
    near = grants.filter(Q(programme=None) | Q(programme__in=programmes))
    return User.objects.filter(pk__in=near.values("user_id")).order_by("name", "email")
