"""What a practitioner needs today: what is due, her parents, what changed, who waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from programme.access.holdings import Holdings
from programme.access.models import TimedGrant, User
from programme.access.policy import PRACTITIONERS
from programme.access.scope import ask_only_about
from programme.contacts.reads import (
    LastAndNext,
    PlannedLine,
    last_and_next,
    meetings_from,
    planned_from,
    planned_rows,
)
from programme.core.choices import Decision
from programme.core.dates import in_words, today
from programme.core.gestation import due_date_in_force, gestation
from programme.core.together import Questions, ask_together
from programme.cover.reads import Away, away_from, covers_that_began, in_force_for
from programme.desk.reads.changes import Change, change_questions, changes_from
from programme.desk.reads.due import DueRow, due_rows
from programme.drafts.reads import waiting_drafts
from programme.episodes.models import Allocation, Episode
from programme.families.reads.days import day_questions, days_from, family_from
from programme.pathways.models import Programme, StageDefinition
from programme.people.models import Parent
from programme.people.reads import identities_of, names_from
from programme.proceedings.reads import HearingLine, hearing_questions, hearings_from
from programme.referrals.models import Identification, Referral
from programme.supervision.models import Handover
from programme.supervision.reads import handovers_to
from programme.workboard.reads.facts import Facts, fact_questions, facts_from
from recurrent.design.words import day, local_day

# "Not seen for a while" is said from this many days on (rule T26 asks for 28).
CHANGES_OF_DAYS = 7
# Who was away is told what others did until she has been back for so long.
BACK_DAYS = 7
HANDOVERS_OF_DAYS = 14
REFERRED = (TimedGrant.Kind.CLINICIAN, TimedGrant.Kind.THERAPIST)


@dataclass(frozen=True)
class ParentRow:
    """One parent of a list: who, where she is on the pathway, when they last met."""

    parent_id: UUID
    reference: str
    name: str
    programme: str
    stage: str
    meetings: LastAndNext | None
    # For whom she stands in with this parent and until when; "" for her own.
    stands_in: str = ""
    may_reach: bool = False
    # What is left to decide about a referral to a team of the reader's, and of which.
    referral_id: UUID | None = None
    next_act: str = ""


@dataclass(frozen=True)
class ReferredRow:
    """A parent who was referred to a clinician or therapist, and until when she may read."""

    parent_id: UUID
    name: str
    programme: str
    until: datetime


@dataclass(frozen=True)
class HearingRow:
    """A hearing to come of one of her parents."""

    name: str
    line: HearingLine


@dataclass(frozen=True)
class ExpectedRow:
    """A baby whom one of her parents expects, and when."""

    parent_id: UUID
    name: str
    due_on: date | None

    @property
    def words(self) -> str:
        """``due Thu 3 December · 34 weeks and 2 days``."""
        if self.due_on is None:
            return "no due date yet"
        now = today()
        verb = "due" if self.due_on >= now else "was due"
        return f"{verb} {in_words(self.due_on)} · {gestation(self.due_on, now).in_words}"


@dataclass(frozen=True)
class DayLine:
    """A day that comes and may be hard for one of her parents."""

    parent_id: UUID
    name: str
    words: str


@dataclass(frozen=True)
class HandedOver:
    """A parent whom somebody handed over to her, and what was written for her."""

    parent_id: UUID
    name: str
    from_date: date
    note: str


@dataclass(frozen=True)
class Home:
    """Everything on a practitioner's home page."""

    due: list[DueRow]
    parents: list[ParentRow]
    changes: list[Change]
    waiting: list[ParentRow]
    referred: list[ReferredRow]
    hearings: list[HearingRow]
    expected: list[ExpectedRow]
    away: Away | None = None
    days: list[DayLine] = field(default_factory=list)
    planned: list[PlannedLine] = field(default_factory=list)
    handed_over: list[HandedOver] = field(default_factory=list)
    # How many of her own drafts wait.
    drafts: int = 0

    @property
    def due_beside_planned(self) -> list[DueRow]:
        """What is due without planned contacts, which stand under their own heading."""
        shown = {line.plan.pk for line in self.planned}
        return [row for row in self.due if row.item.row not in shown]


def home(user: User, holdings: Holdings) -> Home:
    """The home page of somebody who works with parents: two statements, then the due dates of
    pregnancies and what she may read of whom.
    """
    around = _Around.of(user)
    ask_together(around)
    stood_in = _said_of(around.stood_in)
    away = away_from(list(around.away))
    episodes = _held(around.own, around.covered)
    waiting = _waiting_from(around, {episode.parent_id for episode in episodes})
    own = {episode.parent_id for episode in episodes}
    everyone = own | {one.parent.pk for one in waiting}
    referred = {one.parent_id for one in around.referred}
    ask_only_about(everyone | referred)
    asked = fact_questions(everyone, today())
    identities = identities_of(everyone | referred)
    meetings, planned = last_and_next(everyone), planned_rows(own)
    court, days = hearing_questions(own), day_questions(own)
    changes = change_questions(_changes_from(away), own, not_by=user)
    handed_over = handovers_to(user, today() - timedelta(days=HANDOVERS_OF_DAYS))
    definitions, drafts = StageDefinition.objects.all(), waiting_drafts(user)
    ask_together(
        *(asked, identities, meetings, planned, court, days, changes, handed_over, definitions),
        drafts,
    )
    names, met = names_from(identities), meetings_from(meetings)
    facts, hearings = facts_from(asked), hearings_from(court)
    stages = _stages(episodes, facts, definitions)
    family = family_from(facts.links, facts.separated, hearings, days)
    return Home(
        due=due_rows(facts, episodes, names),
        parents=sorted(
            (_row(one, names, stages, met, stood_in) for one in episodes), key=_longest_ago
        ),
        away=away,
        changes=changes_from(changes, names, _labels(definitions), hearings),
        waiting=[_waiting_row(one, names, met, holdings) for one in waiting],
        referred=_referred(around.referred, names),
        hearings=[
            HearingRow(names[one.parent_id], one) for one in hearings if one.parent_id in names
        ],
        expected=_expected(facts, own, names),
        days=[
            DayLine(day.parent_id, names[day.parent_id], day.said_of(names[day.parent_id]))
            for day in days_from(own, family, days)
            if day.parent_id in names
        ],
        planned=planned_from(planned, names),
        handed_over=_handed_over(handed_over, names),
        drafts=len(drafts),
    )


@dataclass(frozen=True)
class _Around(Questions):
    """Whom a page of one's own is about: held, stood in with, referred, waiting."""

    stood_in: QuerySet[TimedGrant]
    away: QuerySet[TimedGrant]
    referred: QuerySet[TimedGrant]
    own: QuerySet[Episode]
    covered: QuerySet[Episode]
    undecided: QuerySet[Referral]
    identified: QuerySet[Identification]
    taken_on: QuerySet[Episode]

    @classmethod
    def of(cls, user: User) -> "_Around":
        """What to ask about one person."""
        return cls(
            stood_in=in_force_for(user),
            away=covers_that_began(user, timezone.now() - timedelta(days=BACK_DAYS)),
            referred=_grants(user),
            own=_held_by(user),
            covered=_covered_by(user),
            undecided=Referral.objects.filter(
                decision__in=["", "pending", "accepted"], episodes=None
            )
            .select_related("parent", "programme")
            .order_by("received_on"),
            identified=Identification.objects.filter(ended_on=None)
            .select_related("parent", "programme")
            .order_by("identified_on"),
            taken_on=_open().filter(~Exists(_in_force())).order_by("opened_on"),
        )


def held_by(user: User) -> list[Episode]:
    """The open episodes she holds or stands in for, each with parent and programme."""
    own, covered = _held_by(user), _covered_by(user)
    ask_together(own, covered)
    return _held(own, covered)


def due_of(user: User) -> list[DueRow]:
    """Everything that is due to the parents of somebody who works with them, and to who waits."""
    around = _Around.of(user)
    ask_together(around)
    episodes = _held(around.own, around.covered)
    own = {episode.parent_id for episode in episodes}
    everyone = own | {one.parent.pk for one in _waiting_from(around, own)}
    asked, identities = fact_questions(everyone, today()), identities_of(everyone)
    ask_together(asked, identities)
    return due_rows(facts_from(asked), episodes, names_from(identities))


def _handed_over(rows: Iterable[Handover], names: dict[UUID, str]) -> list[HandedOver]:
    """What was handed over to her in the last days, the newest first."""
    return [
        HandedOver(
            one.episode.parent_id, names[one.episode.parent_id], one.allocation.from_date, one.note
        )
        for one in rows
        if one.episode.parent_id in names
    ]


def _expected(facts: Facts, own: set[UUID], names: dict[UUID, str]) -> list[ExpectedRow]:
    """Babies whom her parents expect, the next due first; those without a day after them."""
    found = []
    for one in facts.pregnancies:
        if one.mother_id in own and one.mother_id in names:
            estimate = due_date_in_force(one.due_dates.all(), facts.on)
            due_on = estimate.estimated_due_date if estimate else None
            found.append(ExpectedRow(one.mother_id, names[one.mother_id], due_on))
    return sorted(found, key=lambda row: (row.due_on or date.max, row.name))


def _changes_from(away: Away | None) -> date:
    """A week ago, or when her leave began."""
    week = today() - timedelta(days=CHANGES_OF_DAYS)
    return min(local_day(away.since), week) if away else week


def _said_of(rows: Iterable[TimedGrant]) -> dict[UUID, str]:
    """Whom she stands in with at present, each with for whom and until when."""
    return {
        one.parent_id: f"for {one.worker} until {day(one.ends_at - timedelta(seconds=1))}"
        for one in rows
    }


def _referred(grants: Iterable[TimedGrant], names: dict[UUID, str]) -> list[ReferredRow]:
    rows = [
        ReferredRow(grant.parent_id, names[grant.parent_id], grant.programme.name, grant.ends_at)
        for grant in grants
        if grant.parent_id in names
    ]
    return sorted(rows, key=lambda row: row.name)


def _grants(user: User) -> QuerySet[TimedGrant]:
    """Who was referred to her."""
    now = timezone.now()
    grants = TimedGrant.objects.filter(user=user, kind__in=REFERRED)
    return grants.filter(starts_at__lte=now, ends_at__gt=now).select_related("programme")


def _open() -> QuerySet[Episode]:
    return Episode.objects.filter(closed_on=None).select_related("parent", "programme")


def _in_force(**asked: Any) -> QuerySet[Allocation]:
    """Allocations of an episode that hold today."""
    now = today()
    rows = Allocation.objects.filter(Q(to_date=None) | Q(to_date__gte=now), from_date__lte=now)
    return rows.filter(episode=OuterRef("pk"), **asked)


def _held_by(user: User) -> QuerySet[Episode]:
    return _open().filter(Exists(_in_force(worker__user=user)))


def _covered_by(user: User) -> QuerySet[Episode]:
    """Only in the programme whose worker she stands in for."""
    mine = in_force_for(user).filter(parent=OuterRef("parent"), programme=OuterRef("programme"))
    return _open().filter(Exists(mine))


def _held(*several: Iterable[Episode]) -> list[Episode]:
    """Each episode once, however she comes to it."""
    return list({one.pk: one for rows in several for one in rows}.values())


def _labels(definitions: Iterable[StageDefinition]) -> dict[tuple[str, str], str]:
    return {(stage.pathway_id, stage.code): stage.label for stage in definitions}


def _stages(
    episodes: list[Episode], facts: Facts, definitions: Iterable[StageDefinition]
) -> dict[UUID, str]:
    labels = _labels(definitions)
    pathways = {episode.pk: episode.programme.pathway_id for episode in episodes}
    current = {one.pk: one.stage for one in facts.episodes}  # type: ignore[attr-defined]
    return {
        key: labels.get((pathway, stage), stage)
        for key, pathway in pathways.items()
        if (stage := current.get(key))
    }


def _row(
    episode: Episode,
    names: dict[UUID, str],
    stages: dict[UUID, str],
    meetings: dict[UUID, LastAndNext],
    stood_in: Mapping[UUID, str],
) -> ParentRow:
    return ParentRow(
        parent_id=episode.parent_id,
        reference=episode.parent.reference,
        name=names.get(episode.parent_id, episode.parent.reference),
        programme=episode.programme.name,
        stage=stages.get(episode.pk, "No stage yet"),
        meetings=meetings.get(episode.parent_id),
        stands_in=stood_in.get(episode.parent_id, ""),
        may_reach=episode.parent_id in names,
    )


def _longest_ago(row: ParentRow) -> tuple[date, str]:
    """Never met comes first, then the longest gap."""
    met_on = row.meetings.last_met_on if row.meetings else None
    return (met_on or date.min, row.name)


@dataclass(frozen=True)
class Waiting:
    """A parent nobody works with, why, and what comes next of her referral, if there is one."""

    parent: Parent
    programme: Programme
    why: str
    next_act: str = ""
    referral_id: UUID | None = None


def _waiting_row(
    one: Waiting, names: dict[UUID, str], meetings: dict[UUID, LastAndNext], holdings: Holdings
) -> ParentRow:
    decides = holdings.holds(one.programme.pk, *PRACTITIONERS)
    return ParentRow(
        one.parent.pk,
        one.parent.reference,
        names.get(one.parent.pk, one.parent.reference),
        one.programme.name,
        one.why,
        meetings.get(one.parent.pk),
        referral_id=one.referral_id if decides else None,
        next_act=one.next_act,
    )


def _referred_row(referral: Referral) -> Waiting:
    accepted = referral.decision == Decision.ACCEPTED
    why = "Accepted, not begun yet" if accepted else "Referred, not yet decided"
    act = "Begin the work" if accepted else "Decide"
    return Waiting(referral.parent, referral.programme, why, act, referral.pk)


def _waiting_from(around: _Around, not_these: set[UUID]) -> list[Waiting]:
    """Parents of her teams whom nobody works with: referred, taken on, or only identified."""
    act = "Name a worker"
    found = [
        Waiting(one.parent, one.programme, "Taken on, no worker yet", act, one.referral_id)
        for one in around.taken_on
        if one.parent_id not in not_these
    ]
    found += [_referred_row(one) for one in around.undecided if one.parent_id not in not_these]
    seen = {one.parent.pk for one in found} | not_these
    found += [
        Waiting(one.parent, one.programme, "Identified")
        for one in around.identified
        if one.parent_id not in seen
    ]
    return found
