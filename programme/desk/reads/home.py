"""What a practitioner needs today: her parents, what was agreed, what changed, who waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from programme.access.models import TimedGrant, User
from programme.contacts.models import NextStep
from programme.contacts.reads import LastAndNext, last_and_next
from programme.core.choices import Decision
from programme.core.dates import days_from, today
from programme.desk.reads.changes import Change, changes_since
from programme.episodes.models import Allocation, Episode, Stage
from programme.pathways.models import StageDefinition
from programme.people.models import Parent
from programme.people.reads import names_of
from programme.referrals.models import Identification, Referral

# "Not seen for a while" is said from this many days on (rule T26 asks for 28).
CHANGES_OF_DAYS = 7


@dataclass(frozen=True)
class ParentRow:
    """One parent of a list: who, where she is on the pathway, when they last met."""

    parent_id: UUID
    reference: str
    name: str
    programme: str
    stage: str
    meetings: LastAndNext | None
    stands_in: bool = False


@dataclass(frozen=True)
class ReferredRow:
    """A parent who was referred to a clinician or therapist, and until when she may read."""

    parent_id: UUID
    name: str
    programme: str
    until: datetime


@dataclass(frozen=True)
class Step:
    """Something agreed and not done yet."""

    step_id: UUID
    parent_id: UUID
    reference: str
    name: str
    wording: str
    due_on: date | None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.due_on is not None and self.due_on < today()

    @property
    def when(self) -> str:
        """When, in words: ``2 days late``, ``in 3 days``."""
        return days_from(self.due_on, today()) if self.due_on else "no day agreed"


@dataclass(frozen=True)
class Home:
    """Everything on a practitioner's home page."""

    steps: list[Step]
    parents: list[ParentRow]
    changes: list[Change]
    waiting: list[ParentRow]
    referred: list[ReferredRow]


def home(user: User) -> Home:
    """The home page of somebody who works with parents (a fixed number of queries)."""
    stood_in = _stood_in(user)
    episodes = list(_held(user, stood_in))
    waiting = _waiting({episode.parent_id for episode in episodes})
    parent_ids = {episode.parent_id for episode in episodes}
    everyone = parent_ids | {parent.pk for parent, _, _ in waiting}
    names = names_of(everyone)
    meetings = last_and_next(everyone)
    stages = _stages(episodes)
    return Home(
        steps=_steps(episodes, names),
        parents=sorted(
            (_row(one, names, stages, meetings, stood_in) for one in episodes), key=_longest_ago
        ),
        changes=changes_since(
            today() - timedelta(days=CHANGES_OF_DAYS), episodes, names, not_by=user
        ),
        waiting=[
            ParentRow(
                parent.pk,
                parent.reference,
                names.get(parent.pk, parent.reference),
                programme,
                why,
                meetings.get(parent.pk),
            )
            for parent, programme, why in waiting
        ],
        referred=_referred(user),
    )


def _stood_in(user: User) -> set[UUID]:
    return {grant.parent_id for grant in _grants(user, TimedGrant.Kind.STAND_IN)}


def _referred(user: User) -> list[ReferredRow]:
    grants = list(_grants(user, TimedGrant.Kind.CLINICIAN, TimedGrant.Kind.THERAPIST))
    names = names_of({grant.parent_id for grant in grants})
    rows = [
        ReferredRow(grant.parent_id, names[grant.parent_id], grant.programme.name, grant.ends_at)
        for grant in grants
        if grant.parent_id in names
    ]
    return sorted(rows, key=lambda row: row.name)


def _grants(user: User, *kinds: TimedGrant.Kind) -> QuerySet[TimedGrant]:
    now = timezone.now()
    grants = TimedGrant.objects.filter(user=user, kind__in=kinds)
    return grants.filter(starts_at__lte=now, ends_at__gt=now).select_related("programme")


def _held(user: User, stood_in: set[UUID]) -> Iterable[Episode]:
    now = Q(allocations__to_date=None) | Q(allocations__to_date__gte=today())
    hers = Q(allocations__worker__user=user, allocations__from_date__lte=today()) & now
    open_episodes = Episode.objects.filter(hers | Q(parent_id__in=stood_in), closed_on=None)
    return open_episodes.select_related("parent", "programme").distinct()


def _stages(episodes: list[Episode]) -> dict[UUID, str]:
    labels = {
        (stage.pathway_id, stage.code): stage.label for stage in StageDefinition.objects.all()
    }
    pathways = {episode.pk: episode.programme.pathway_id for episode in episodes}
    current = Stage.objects.filter(episode__in=pathways, left_on=None)
    return {
        spell.episode_id: labels.get((pathways[spell.episode_id], spell.stage), spell.stage)
        for spell in current
    }


def _row(
    episode: Episode,
    names: dict[UUID, str],
    stages: dict[UUID, str],
    meetings: dict[UUID, LastAndNext],
    stood_in: set[UUID],
) -> ParentRow:
    return ParentRow(
        parent_id=episode.parent_id,
        reference=episode.parent.reference,
        name=names.get(episode.parent_id, episode.parent.reference),
        programme=episode.programme.name,
        stage=stages.get(episode.pk, "No stage yet"),
        meetings=meetings.get(episode.parent_id),
        stands_in=episode.parent_id in stood_in,
    )


def _longest_ago(row: ParentRow) -> tuple[date, str]:
    """Never met comes first, then the longest gap."""
    met_on = row.meetings.last_met_on if row.meetings else None
    return (met_on or date.min, row.name)


def _steps(episodes: list[Episode], names: dict[UUID, str]) -> list[Step]:
    by_episode = {episode.pk: episode for episode in episodes}
    open_steps = NextStep.objects.filter(episode__in=by_episode, done_on=None)
    found = [
        Step(
            step_id=step.pk,
            parent_id=by_episode[step.episode_id].parent_id,
            reference=by_episode[step.episode_id].parent.reference,
            name=names.get(
                by_episode[step.episode_id].parent_id,
                by_episode[step.episode_id].parent.reference,
            ),
            wording=step.wording,
            due_on=step.due_on,
        )
        for step in open_steps
    ]
    return sorted(found, key=lambda step: (step.due_on or date.max, step.name))


def _waits(referral: Referral) -> str:
    accepted = referral.decision == Decision.ACCEPTED
    return "Accepted, not begun yet" if accepted else "Referred, not yet decided"


def _in_force() -> Q:
    """An allocation that holds today."""
    now = today()
    return Q(from_date__lte=now) & (Q(to_date=None) | Q(to_date__gte=now))


def _waiting(not_these: set[UUID]) -> list[tuple[Parent, str, str]]:
    """Parents of her teams whom nobody works with: referred, taken on, or only identified."""
    referrals = (
        Referral.objects.filter(decision__in=["", "pending", "accepted"], episodes=None)
        .exclude(parent_id__in=not_these)
        .select_related("parent", "programme")
        .order_by("received_on")
    )
    known = (
        Identification.objects.filter(ended_on=None)
        .exclude(parent_id__in=not_these)
        .select_related("parent", "programme")
        .order_by("identified_on")
    )
    held = Allocation.objects.filter(episode=OuterRef("pk")).filter(_in_force())
    taken_on = (
        Episode.objects.filter(~Exists(held), closed_on=None)
        .exclude(parent_id__in=not_these)
        .select_related("parent", "programme")
        .order_by("opened_on")
    )
    found = [(one.parent, one.programme.name, "Taken on, no worker yet") for one in taken_on]
    found += [(one.parent, one.programme.name, _waits(one)) for one in referrals]
    seen = {parent.pk for parent, _, _ in found} | not_these
    found += [
        (one.parent, one.programme.name, "Identified") for one in known if one.parent_id not in seen
    ]
    return found
