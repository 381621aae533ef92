"""A parent's record: who she is, where she stands, what was agreed, who is around her."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from programme.access.held import opens_the_child
from programme.access.parts import Part
from programme.consents.models import Consent
from programme.consents.querysets import in_force
from programme.contacts.models import NextStep, PlannedContact
from programme.contacts.reads import PlannedLine, planned_from, planned_rows
from programme.core.choices import Decision
from programme.core.dates import days_from, in_words, today
from programme.core.gestation import due_date_in_force, gestation
from programme.core.together import Questions, ask_together
from programme.episodes.models import Allocation, Episode, Pause, Stage
from programme.episodes.reads import PauseLine, lasting
from programme.pathways.models import StageDefinition
from programme.people.models import Identity, Parent, ParentChild, SafeContact
from programme.people.reads import HowToReach, how_to_reach, rules_of
from programme.pregnancies.models import Pregnancy
from programme.pregnancies.reads import ToldPregnancy, told_to
from programme.proceedings.models import ProceedingsParent
from programme.proceedings.reads import HearingLine, hearing_questions, hearings_from, sets_of
from programme.referrals.models import Referral
from programme.referrals.reads import may_read_reason
from programme.support.models import Goal
from programme.workboard.reads import AGREED, Item
from programme.workboard.reads.due import items_of
from programme.workboard.reads.facts import FactQuestions, fact_questions, facts_from


@dataclass(frozen=True)
class Standing:
    """One episode as it stands: programme, stage and since when, who works with her."""

    episode: Episode
    stage: str
    stage_code: str
    since: date | None
    workers: tuple[str, ...]
    pause: PauseLine | None = None

    @property
    def title(self) -> str:
        """``Pause: Engagement since Tue 4 March``, or until when it lasted."""
        programme = self.episode.programme.name
        if self.episode.closed_on:
            return f"{programme}: ended {in_words(self.episode.closed_on)}"
        since = f" since {in_words(self.since)}" if self.since else ""
        return f"{programme}: {self.stage or 'no stage yet'}{since}"


@dataclass(frozen=True)
class PregnancyNow:
    """A pregnancy that has not ended, with its due date in force and gestation today."""

    pregnancy: Pregnancy
    due_on: date | None
    gestation: str
    estimates: int

    @property
    def is_past_its_time(self) -> bool:
        """Whether it must have ended, though nobody wrote down how."""
        return self.pregnancy.is_past_its_time


@dataclass(frozen=True)
class ChildLine:
    """A child of hers: the least that is needed."""

    name: str
    born_on: date | None
    relation: str


@dataclass(frozen=True)
class StepLine:
    """A next step that is open."""

    step: NextStep
    when: str
    is_late: bool


@dataclass(frozen=True)
class DueLine:
    """Something that a rule or a day that was set asks for, and why."""

    item: Item
    when: str
    is_late: bool


@dataclass(frozen=True)
class Reason:
    """What was written when the parent was referred: why, and who may be told."""

    programme: str
    received_on: date
    words: str


@dataclass(frozen=True)
class Record:
    """Everything beside the timeline, as far as the reader's parts go."""

    name: str
    identity: Identity | None
    open: tuple[Standing, ...]
    earlier: tuple[Standing, ...]
    reasons: tuple[Reason, ...] = ()
    goals: tuple[str, ...] = ()
    planned: tuple[PlannedLine, ...] = ()
    steps: tuple[StepLine, ...] = ()
    due: tuple[DueLine, ...] = ()
    pregnancies: tuple[PregnancyNow, ...] = ()
    told: tuple[ToldPregnancy, ...] = ()
    children: tuple[ChildLine, ...] = ()
    permissions: tuple[Consent, ...] = ()
    proceedings: tuple[ProceedingsParent, ...] = field(default=())
    hearings: tuple[HearingLine, ...] = ()
    reach: HowToReach | None = None


@dataclass(frozen=True)
class _RecordQuestions(Questions):
    """What every reader's page is read from."""

    identity: QuerySet[Identity]
    episodes: QuerySet[Episode]
    spells: QuerySet[Stage]
    definitions: QuerySet[StageDefinition]
    allocations: QuerySet[Allocation]
    pauses: QuerySet[Pause]
    referrals: QuerySet[Referral]
    planned: QuerySet[PlannedContact]
    goals: "QuerySet[Goal, str]"
    steps: QuerySet[NextStep]
    pregnancies: QuerySet[Pregnancy]
    children: QuerySet[ParentChild]
    permissions: QuerySet[Consent]
    proceedings: QuerySet[ProceedingsParent]
    rules: QuerySet[SafeContact]

    @classmethod
    def of(cls, parent: Parent) -> "_RecordQuestions":
        """What to ask; of parts that the reader does not see, the answer is nothing."""
        open_work = Episode.objects.filter(referral=OuterRef("pk"), closed_on=None)
        goes_on = Q(decision__in=["", Decision.PENDING]) | Exists(open_work)
        links = ParentChild.objects.filter(opens_the_child(), parent=parent)
        goals = Goal.objects.filter(episode__parent=parent, episode__closed_on=None, ended_on=None)
        return cls(
            identity=Identity.objects.filter(parent=parent),
            episodes=Episode.objects.filter(parent=parent)
            .select_related("programme")
            .order_by("-opened_on"),
            spells=Stage.objects.filter(episode__parent=parent).order_by("entered_on", "stored_at"),
            definitions=StageDefinition.objects.all(),
            allocations=Allocation.objects.filter(episode__parent=parent)
            .select_related("worker")
            .order_by("-from_date"),
            pauses=Pause.objects.filter(episode__parent=parent).order_by("from_date"),
            referrals=Referral.objects.filter(goes_on, parent=parent)
            .exclude(reason="")
            .select_related("programme")
            .order_by("-received_on"),
            planned=planned_rows([parent.pk]),
            goals=goals.order_by("agreed_on").values_list("wording", flat=True),
            steps=NextStep.objects.filter(NextStep.OPEN, episode__parent=parent),
            pregnancies=Pregnancy.objects.filter(mother=parent, outcome__in=["", "ongoing"])
            .prefetch_related("due_dates")
            .order_by("-known_on"),
            children=links.select_related("child"),
            permissions=Consent.objects.filter(parent=parent),
            proceedings=sets_of(parent),
            rules=rules_of(parent),
        )


def record_of(parent: Parent, parts: Mapping[Part, bool]) -> Record:
    """The record as far as the reader's parts go (a fixed number of queries)."""
    asked = _RecordQuestions.of(parent)
    facts, court = fact_questions([parent.pk], today()), hearing_questions([parent.pk])
    ask_together(asked, facts, court)
    identity = next(iter(asked.identity), None) if Part.CORE in parts else None
    standings = _standings(asked)
    return Record(
        name=identity.name if identity else parent.reference,
        identity=identity,
        open=tuple(one for one in standings if one.episode.is_open),
        earlier=tuple(one for one in standings if not one.episode.is_open),
        reasons=_reasons(parent, asked.referrals),
        # In the parent's words; what is a goal of two programmes is said once.
        goals=tuple(dict.fromkeys(asked.goals)) if Part.NOTES in parts else (),
        planned=tuple(planned_from(asked.planned, {})),
        steps=_steps(asked.steps) if Part.CORE in parts else (),
        due=_due(facts) if Part.CORE in parts else (),
        pregnancies=tuple(map(_pregnancy_now, asked.pregnancies)) if Part.CORE in parts else (),
        told=tuple(told_to(parent)) if Part.CORE in parts else (),
        children=_children(asked.children) if Part.CORE in parts else (),
        permissions=_permissions(asked.permissions) if Part.CORE in parts else (),
        proceedings=tuple(asked.proceedings) if Part.COURT in parts else (),
        hearings=tuple(hearings_from(court)) if Part.COURT in parts else (),
        reach=how_to_reach(parent, identity, asked.rules) if Part.CORE in parts else None,
    )


def _standings(asked: _RecordQuestions) -> list[Standing]:
    latest: dict[UUID, Stage] = {spell.episode_id: spell for spell in asked.spells}
    labels = {(row.pathway_id, row.code): row.label for row in asked.definitions}
    workers, pauses = _workers(asked.episodes, asked.allocations), lasting(asked.pauses)
    standings = (_standing(one, latest.get(one.pk), labels, workers) for one in asked.episodes)
    return [replace(one, pause=pauses.get(one.episode.pk)) for one in standings]


def _workers(
    episodes: Iterable[Episode], allocations: Iterable[Allocation]
) -> dict[UUID, tuple[str, ...]]:
    """Those who work with her now; of an ended episode, those who last did."""
    found: dict[UUID, tuple[str, ...]] = {}
    closed = {episode.pk: episode.closed_on for episode in episodes}
    for one in allocations:
        last_day = closed[one.episode_id]
        if (
            one.to_date is None
            or one.to_date == last_day
            or (not last_day and one.to_date >= today())
        ):
            found[one.episode_id] = (*found.get(one.episode_id, ()), one.worker.name)
    return found


def _standing(
    episode: Episode,
    spell: Stage | None,
    labels: dict[tuple[str, str], str],
    workers: dict[UUID, tuple[str, ...]],
) -> Standing:
    code = spell.stage if spell else ""
    return Standing(
        episode=episode,
        stage=labels.get((episode.programme.pathway_id, code), code),
        stage_code=code,
        since=spell.entered_on if spell else None,
        workers=workers.get(episode.pk, ()),
    )


def _reasons(parent: Parent, referrals: Iterable[Referral]) -> tuple[Reason, ...]:
    """Of referrals that wait or whose work goes on, the newest first."""
    may_read = may_read_reason(parent)
    return tuple(
        Reason(one.programme.name, one.received_on, one.reason)
        for one in referrals
        if may_read(one)
    )


def _steps(steps: Iterable[NextStep]) -> tuple[StepLine, ...]:
    lines = [
        StepLine(
            step,
            days_from(step.due_on, today()) if step.due_on else "no day agreed",
            step.due_on is not None and step.due_on < today(),
        )
        for step in steps
    ]
    return tuple(sorted(lines, key=lambda line: line.step.due_on or date.max))


def _due(asked: FactQuestions) -> tuple[DueLine, ...]:
    """Beside next steps and planned contacts, which have their own lines."""
    now = today()
    items = items_of(facts_from(asked))
    found = [item for item in items if item.rule != AGREED and not item.is_of_planned]
    return tuple(DueLine(item, item.when(now), item.is_late(now)) for item in found)


def _pregnancy_now(pregnancy: Pregnancy) -> PregnancyNow:
    estimates = list(pregnancy.due_dates.all())
    estimate = due_date_in_force(estimates, today())
    due_on = estimate.estimated_due_date if estimate else None
    words = gestation(due_on, today()).in_words if due_on else "not known: no due date yet"
    return PregnancyNow(pregnancy, due_on, words, len(estimates))


def _children(links: Iterable[ParentChild]) -> tuple[ChildLine, ...]:
    lines = [
        ChildLine(
            f"{link.child.given_names} {link.child.family_name}".strip() or "Name not recorded",
            link.child.date_of_birth,
            link.get_relation_display(),
        )
        for link in links
    ]
    return tuple(sorted(lines, key=lambda line: line.born_on or date.max))


def _permissions(decisions: Iterable[Consent]) -> tuple[Consent, ...]:
    newest = in_force(list(decisions), today())
    return tuple(newest[purpose] for purpose in sorted(newest))
