"""The facts that something may follow from, of many parents at once, as far as one may read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from programme.access.held import opens_the_child
from programme.access.holdings import seen_of
from programme.access.parts import Part
from programme.assessments.models import Assessment, Meeting
from programme.contacts.models import Contact, NextStep, PlannedContact
from programme.contacts.reads import FROM_AFAR
from programme.core.choices import (
    Born,
    ContactOutcome,
    Decision,
    PregnancyOutcome,
    RelationToChild,
)
from programme.core.dates import at_local
from programme.core.together import Questions, ask_together
from programme.episodes.models import Episode, Pause, Stage, Supervision
from programme.pathways.models import ClosedDay, TimescaleRule
from programme.people.models import ParentChild
from programme.pregnancies.models import Pregnancy
from programme.proceedings.models import ProceedingsParent, Separation
from programme.referrals.models import Referral
from programme.supervision.models import SignOff
from programme.supervision.reads import returned_to

# How a pregnancy was lost.
LOSS = (PregnancyOutcome.MISCARRIAGE, PregnancyOutcome.STILLBIRTH, PregnancyOutcome.TERMINATION)
# What stands in these parts says whether something was done.
PARTS = (Part.CORE, Part.NOTES, Part.ARRANGEMENTS, Part.COURT, Part.INTAKE)


@dataclass(frozen=True)
class Facts:
    """Rows as they stand on a day, as far as the reader's parts go.

    Each episode carries ``stage``, ``supervised_on`` and ``met_at``; each pregnancy ``is_with_us``.
    ``told_of`` are all pregnancies that the reader may know of, whether they go on or ended.
    """

    on: date
    episodes: Collection[Episode] = ()
    undecided: Collection[Referral] = ()
    pregnancies: Collection[Pregnancy] = ()
    losses: Collection[Pregnancy] = ()
    told_of: Collection[UUID] = ()
    links: Collection[ParentChild] = ()
    births: Collection[ParentChild] = ()
    separated: Collection[Separation] = ()
    separations: dict[UUID, list[Separation]] = field(default_factory=dict)
    assessments: dict[UUID, list[Assessment]] = field(default_factory=dict)
    meetings: dict[UUID, list[Meeting]] = field(default_factory=dict)
    pauses: dict[UUID, list[Pause]] = field(default_factory=dict)
    steps: Collection[NextStep] = ()
    returned: Collection[SignOff] = ()
    plans: Collection[PlannedContact] = ()
    closed: Mapping[UUID, frozenset[date]] = field(default_factory=dict)
    proceedings: Collection[ProceedingsParent] = ()
    rules: Collection[TimescaleRule] = ()
    seen: Mapping[tuple[UUID, UUID], frozenset[Part]] = field(default_factory=dict)

    def sees(self, part: Part, parent_id: UUID, programme_id: UUID) -> bool:
        """Whether the reader sees a part of what a programme knows of a parent."""
        return part in self.seen.get((parent_id, programme_id), ())

    def closed_days(self, parent_id: UUID, programme_id: UUID | None) -> frozenset[date]:
        """A programme's own days off; where none is named, those that all the parent's share."""
        if programme_id:
            return self.closed.get(programme_id, frozenset())
        known = {programme for parent, programme in self.seen if parent == parent_id}
        days = [self.closed.get(one, frozenset()) for one in known]
        return frozenset.intersection(*days) if days else frozenset()

    def episodes_of(self, parent_id: UUID) -> list[Episode]:
        """The parent's open episodes, the earliest first."""
        return [one for one in self.episodes if one.parent_id == parent_id]


@dataclass(frozen=True)
class FactQuestions(Questions):
    """What ``Facts`` are read from. Only open work counts: what hung on it ends with it."""

    parent_ids: frozenset[UUID]
    on: date
    episodes: QuerySet[Episode]
    undecided: QuerySet[Referral]
    pregnancies: QuerySet[Pregnancy]
    ended: QuerySet[Pregnancy]
    links: QuerySet[ParentChild]
    separated: QuerySet[Separation]
    assessments: QuerySet[Assessment]
    meetings: QuerySet[Meeting]
    pauses: QuerySet[Pause]
    steps: QuerySet[NextStep]
    returned: QuerySet[SignOff]
    plans: QuerySet[PlannedContact]
    proceedings: QuerySet[ProceedingsParent]
    closed: QuerySet[ClosedDay]
    rules: QuerySet[TimescaleRule]


def fact_questions(parent_ids: Iterable[UUID], on: date) -> FactQuestions:
    """What to ask for the facts about these parents."""
    keys = frozenset(parent_ids)
    open_work: dict[str, Any] = {"episode__parent__in": keys, "episode__closed_on": None}
    links = _links(keys)
    return FactQuestions(
        parent_ids=keys,
        on=on,
        episodes=_episodes(keys),
        undecided=Referral.objects.filter(
            parent__in=keys, decision__in=("", Decision.PENDING)
        ).select_related("programme"),
        pregnancies=_ongoing(keys),
        ended=_ended(keys),
        links=links,
        # A child who has come back asks for nothing.
        separated=Separation.objects.filter(child__in=links.values("child"), returned_on=None),
        assessments=Assessment.objects.filter(cancelled_on=None, **open_work),
        meetings=Meeting.objects.filter(cancelled_on=None, **open_work),
        pauses=Pause.objects.filter(**open_work),
        steps=NextStep.objects.filter(NextStep.OPEN, **open_work),
        returned=returned_to(keys),
        plans=_plans(keys, on),
        proceedings=ProceedingsParent.objects.filter(parent__in=keys).select_related("proceedings"),
        closed=ClosedDay.objects.all(),
        rules=TimescaleRule.objects.all(),
    )


def facts_of(parent_ids: Iterable[UUID], on: date) -> Facts:
    """The facts about these parents that the acting user may read (three queries)."""
    asked = fact_questions(parent_ids, on)
    ask_together(asked)
    return facts_from(asked)


def facts_from(asked: FactQuestions) -> Facts:
    """The same from questions that a page asked together with others (one query more)."""
    links = list(asked.links)
    separated = list(asked.separated)
    return Facts(
        on=asked.on,
        episodes=list(asked.episodes),
        undecided=list(asked.undecided),
        # One that must have ended long ago asks for nothing any more.
        pregnancies=[one for one in asked.pregnancies if not one.is_past_its_time],
        losses=[one for one in asked.ended if one.outcome in LOSS],
        told_of=frozenset(one.pk for rows in (asked.pregnancies, asked.ended) for one in rows),
        links=links,
        births=_births(links),
        separated=separated,
        separations=_separations(links, separated),
        assessments=_by_episode(asked.assessments),
        meetings=_by_episode(asked.meetings),
        pauses=_by_episode(asked.pauses),
        steps=list(asked.steps),
        returned=list(asked.returned),
        plans=list(asked.plans),
        closed=_closed(asked.closed),
        proceedings=list(asked.proceedings),
        rules=list(asked.rules),
        seen=seen_of(asked.parent_ids, PARTS),
    )


def _plans(parent_ids: Collection[UUID], on: date) -> QuerySet[PlannedContact]:
    """Contacts planned for that day or earlier of which nobody said what became of them."""
    until = at_local(on + timedelta(days=1), time(0))
    rows = PlannedContact.objects.filter(parent__in=parent_ids, contact=None, planned_for__lt=until)
    open_work = Q(episode=None) | Q(episode__closed_on=None)
    return rows.filter(open_work).select_related("programme")


def _closed(rows: Iterable[ClosedDay]) -> dict[UUID, frozenset[date]]:
    found: dict[UUID, set[date]] = defaultdict(set)
    for row in rows:
        found[row.programme_id].add(row.day)
    return {key: frozenset(days) for key, days in found.items()}


def _episodes(parent_ids: Collection[UUID]) -> QuerySet[Episode]:
    spell = Stage.objects.filter(episode=OuterRef("pk"), left_on=None)
    met = Contact.objects.filter(parent=OuterRef("parent"), outcome=ContactOutcome.MET)
    met = met.exclude(mode__in=FROM_AFAR).order_by("-happened_at")
    held = Supervision.objects.filter(episode=OuterRef("pk"))
    rows = Episode.objects.filter(parent__in=parent_ids, closed_on=None)
    return (
        rows.select_related("programme", "referral", "parent")
        .annotate(
            stage=Subquery(spell.order_by("-entered_on", "-stored_at").values("stage")[:1]),
            met_at=Subquery(met.values("happened_at")[:1]),
            supervised_on=Subquery(held.order_by("-held_on").values("held_on")[:1]),
        )
        .order_by("opened_on", "stored_at")
    )


def _ongoing(parent_ids: Collection[UUID]) -> QuerySet[Pregnancy]:
    for_it = Referral.objects.filter(pregnancy=OuterRef("pk"))
    rows = Pregnancy.objects.filter(mother__in=parent_ids, outcome__in=["", "ongoing"])
    return rows.annotate(is_with_us=Exists(for_it)).prefetch_related("due_dates")


def _ended(parent_ids: Collection[UUID]) -> QuerySet[Pregnancy]:
    """Of hers, and of the pregnancy that open work with anybody is about."""
    open_work = Referral.objects.filter(parent__in=parent_ids, episodes__closed_on=None)
    meant = Q(mother__in=parent_ids) | Q(pk__in=open_work.values("pregnancy"))
    return Pregnancy.objects.filter(meant).exclude(outcome__in=["", "ongoing"])


def _links(parent_ids: Collection[UUID]) -> QuerySet[ParentChild]:
    """Links that open the child on this parent's own record (decision 13), each with the child."""
    rows = ParentChild.objects.filter(opens_the_child(), parent__in=parent_ids)
    return rows.select_related("child")


def _by_birth(links: Iterable[ParentChild]) -> list[ParentChild]:
    return [one for one in links if one.relation == RelationToChild.BIRTH]


def _births(links: Iterable[ParentChild]) -> list[ParentChild]:
    """Babies born alive and still living, with their parents by birth."""
    return [
        one
        for one in _by_birth(links)
        if one.child.date_of_birth and not one.child.died_on and one.child.born != Born.STILLBORN
    ]


def _separations(
    links: Iterable[ParentChild], separated: Iterable[Separation]
) -> dict[UUID, list[Separation]]:
    """By parent by birth: what a court decided about one family is not told of the adopters."""
    parents: dict[UUID, set[UUID]] = defaultdict(set)
    for link in _by_birth(links):
        parents[link.child_id].add(link.parent_id)
    found: dict[UUID, list[Separation]] = defaultdict(list)
    for row in separated:
        for parent_id in parents.get(row.child_id, ()):
            found[parent_id].append(row)
    return found


def _by_episode(rows: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.episode_id].append(row)
    return found
