"""A parent's record: who she is, where she stands, what was agreed, who is around her."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from programme.access.held import opens_the_child
from programme.access.parts import Part
from programme.consents.models import Consent
from programme.consents.querysets import in_force
from programme.contacts.models import NextStep
from programme.contacts.reads import PlannedLine, planned_with
from programme.core.choices import Decision
from programme.core.dates import days_from, in_words, today
from programme.core.gestation import due_date_in_force, gestation
from programme.episodes.models import Allocation, Episode, Stage
from programme.episodes.reads import PauseLine, pauses_now
from programme.pathways.models import StageDefinition
from programme.people.models import Identity, Parent, ParentChild
from programme.pregnancies.models import Pregnancy
from programme.pregnancies.reads import ToldPregnancy, told_to
from programme.proceedings.models import ProceedingsParent
from programme.proceedings.reads import HearingLine, hearings_to_come, sets_of
from programme.referrals.models import Referral
from programme.referrals.reads import may_read_reason
from programme.support.models import Goal
from programme.workboard.reads import AGREED, Item, due_items


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


def record_of(parent: Parent, parts: Mapping[Part, bool]) -> Record:
    """The record as far as the reader's parts go (a fixed number of queries)."""
    identity = Identity.objects.filter(parent=parent).first() if Part.CORE in parts else None
    standings = _standings(parent)
    return Record(
        name=identity.name if identity else parent.reference,
        identity=identity,
        open=tuple(one for one in standings if one.episode.is_open),
        earlier=tuple(one for one in standings if not one.episode.is_open),
        reasons=_reasons(parent),
        goals=_goals(parent) if Part.NOTES in parts else (),
        planned=tuple(planned_with([parent.pk])),
        steps=_steps(parent) if Part.CORE in parts else (),
        due=_due(parent) if Part.CORE in parts else (),
        pregnancies=_pregnancies(parent) if Part.CORE in parts else (),
        told=tuple(told_to(parent)) if Part.CORE in parts else (),
        children=_children(parent) if Part.CORE in parts else (),
        permissions=_permissions(parent) if Part.CORE in parts else (),
        proceedings=tuple(sets_of(parent)) if Part.COURT in parts else (),
        hearings=tuple(hearings_to_come([parent.pk])) if Part.COURT in parts else (),
    )


def _standings(parent: Parent) -> list[Standing]:
    episodes = list(
        Episode.objects.filter(parent=parent).select_related("programme").order_by("-opened_on")
    )
    spells = Stage.objects.filter(episode__in=episodes).order_by("entered_on", "stored_at")
    latest: dict[UUID, Stage] = {spell.episode_id: spell for spell in spells}
    labels = {(row.pathway_id, row.code): row.label for row in StageDefinition.objects.all()}
    workers = _workers(episodes)
    pauses = pauses_now(episode.pk for episode in episodes)
    standings = (_standing(one, latest.get(one.pk), labels, workers) for one in episodes)
    return [replace(one, pause=pauses.get(one.episode.pk)) for one in standings]


def _workers(episodes: list[Episode]) -> dict[UUID, tuple[str, ...]]:
    """Those who work with her now; of an ended episode, those who last did."""
    allocations = Allocation.objects.filter(episode__in=episodes).select_related("worker")
    found: dict[UUID, tuple[str, ...]] = {}
    closed = {episode.pk: episode.closed_on for episode in episodes}
    for one in allocations.order_by("-from_date"):
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


def _reasons(parent: Parent) -> tuple[Reason, ...]:
    """Of referrals that wait or whose work goes on, the newest first."""
    open_work = Episode.objects.filter(referral=OuterRef("pk"), closed_on=None)
    goes_on = Q(decision__in=["", Decision.PENDING]) | Exists(open_work)
    rows = Referral.objects.filter(goes_on, parent=parent).exclude(reason="")
    may_read = may_read_reason(parent)
    return tuple(
        Reason(one.programme.name, one.received_on, one.reason)
        for one in rows.select_related("programme").order_by("-received_on")
        if may_read(one)
    )


def _goals(parent: Parent) -> tuple[str, ...]:
    """In the parent's words; what is a goal of two programmes is said once."""
    goals = Goal.objects.filter(episode__parent=parent, episode__closed_on=None, ended_on=None)
    return tuple(dict.fromkeys(goals.order_by("agreed_on").values_list("wording", flat=True)))


def _steps(parent: Parent) -> tuple[StepLine, ...]:
    steps = NextStep.objects.filter(NextStep.OPEN, episode__parent=parent)
    lines = [
        StepLine(
            step,
            days_from(step.due_on, today()) if step.due_on else "no day agreed",
            step.due_on is not None and step.due_on < today(),
        )
        for step in steps
    ]
    return tuple(sorted(lines, key=lambda line: line.step.due_on or date.max))


def _due(parent: Parent) -> tuple[DueLine, ...]:
    """Beside next steps and planned contacts, which have their own lines."""
    now = today()
    items = due_items([parent.pk])
    found = [item for item in items if item.rule != AGREED and not item.is_of_planned]
    return tuple(DueLine(item, item.when(now), item.is_late(now)) for item in found)


def _pregnancies(parent: Parent) -> tuple[PregnancyNow, ...]:
    known = Pregnancy.objects.filter(mother=parent, outcome__in=["", "ongoing"])
    return tuple(
        _pregnancy_now(one) for one in known.prefetch_related("due_dates").order_by("-known_on")
    )


def _pregnancy_now(pregnancy: Pregnancy) -> PregnancyNow:
    estimates = list(pregnancy.due_dates.all())
    estimate = due_date_in_force(estimates, today())
    due_on = estimate.estimated_due_date if estimate else None
    words = gestation(due_on, today()).in_words if due_on else "not known: no due date yet"
    return PregnancyNow(pregnancy, due_on, words, len(estimates))


def _children(parent: Parent) -> tuple[ChildLine, ...]:
    links = ParentChild.objects.filter(opens_the_child(), parent=parent).select_related("child")
    lines = [
        ChildLine(
            f"{link.child.given_names} {link.child.family_name}".strip() or "Name not recorded",
            link.child.date_of_birth,
            link.get_relation_display(),
        )
        for link in links
    ]
    return tuple(sorted(lines, key=lambda line: line.born_on or date.max))


def _permissions(parent: Parent) -> tuple[Consent, ...]:
    newest = in_force(list(Consent.objects.filter(parent=parent)), today())
    return tuple(newest[purpose] for purpose in sorted(newest))
