"""One timeline of everything on a parent's record, as far as the reader's parts go."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from programme.access.parts import Part
from programme.assessments.models import Assessment, Meeting
from programme.consents.models import Consent
from programme.contacts.models import NextStep
from programme.contacts.reads import timeline_rows
from programme.core.dates import at_local
from programme.episodes.models import Allocation, Episode, Stage
from programme.measures.models import Measure
from programme.pathways.models import StageDefinition
from programme.people.models import Parent
from programme.pregnancies.models import DueDate, Pregnancy
from programme.proceedings.models import ProceedingsParent, Separation
from programme.referrals.models import Referral
from programme.referrals.reads import may_read_reason
from programme.support.models import Goal, Support
from recurrent.design.components import TimelineEntry
from recurrent.design.words import day_and_year

KINDS = {
    "contacts": "Contacts",
    "steps": "Next steps",
    "pathway": "Referrals, stages and workers",
    "pregnancies": "Pregnancies",
    "permissions": "Permissions",
    "plan": "Goals and help",
    "meetings": "Assessments and meetings",
    "court": "Court and separations",
}


@dataclass(frozen=True)
class Filter:
    """Which kind of entry is shown; blank shows all."""

    kind: str = ""


@dataclass(frozen=True)
class Timeline:
    """The entries, newest first, and the choice that led to them."""

    entries: list[TimelineEntry]
    kinds: list[tuple[str, str, bool]]
    total: int


def timeline_of(parent: Parent, parts: Mapping[Part, bool], chosen: Filter) -> Timeline:
    """Everything that happened, newest first (one query a table, whatever it holds)."""
    entries: list[TimelineEntry] = []
    for kind, needed, read in SOURCES:
        if needed & parts.keys() and chosen.kind in ("", kind):
            entries += read(parent)
    entries.sort(key=lambda entry: _moment(entry.at), reverse=True)
    kinds = [(code, label, code == chosen.kind) for code, label in KINDS.items()]
    return Timeline(entries, kinds, len(entries))


def _moment(at: date | datetime) -> datetime:
    return at if isinstance(at, datetime) else at_local(at, time(0))


def _contacts(parent: Parent) -> list[TimelineEntry]:
    return list(timeline_rows(parent))


def _steps(parent: Parent) -> Iterator[TimelineEntry]:
    for step in NextStep.objects.filter(episode__parent=parent).exclude(done_on=None):
        assert step.done_on
        yield TimelineEntry("Next step done", step.done_on, text=step.wording)


def _pathway(parent: Parent) -> Iterator[TimelineEntry]:
    may_read = may_read_reason(parent)
    for referral in Referral.objects.filter(parent=parent).select_related("programme"):
        source = referral.get_source_display() if referral.source else "source not recorded"
        again = "Referred again to" if referral.previous_episode_id else "Referred to"
        title = f"{again} {referral.programme.name}"
        reason = f". {referral.reason}" if referral.reason and may_read(referral) else ""
        yield TimelineEntry(title, referral.received_on, text=f"By: {source.lower()}{reason}")
        if referral.decided_on:
            decision = referral.get_decision_display()
            yield TimelineEntry(
                f"Referral to {referral.programme.name}: {decision.lower()}", referral.decided_on
            )
    for episode in Episode.objects.filter(parent=parent).select_related("programme"):
        yield TimelineEntry(f"Began with {episode.programme.name}", episode.opened_on)
        if episode.closed_on:
            yield TimelineEntry(
                f"Ended with {episode.programme.name}",
                episode.closed_on,
                text=episode.get_closure_reason_display() if episode.closure_reason else "",
            )


def _stages(parent: Parent) -> Iterator[TimelineEntry]:
    labels = {(row.pathway_id, row.code): row.label for row in StageDefinition.objects.all()}
    spells = Stage.objects.filter(episode__parent=parent).select_related("episode__programme")
    for spell in spells:
        label = labels.get((spell.episode.programme.pathway_id, spell.stage), spell.stage)
        yield TimelineEntry(f"Stage: {label}", spell.entered_on)
    allocations = Allocation.objects.filter(episode__parent=parent).select_related("worker")
    for one in allocations:
        yield TimelineEntry(f"{one.worker.name} began to work with this parent", one.from_date)


def _pregnancies(parent: Parent) -> Iterator[TimelineEntry]:
    for one in Pregnancy.objects.filter(mother=parent):
        yield TimelineEntry("A pregnancy became known", one.known_on, significant=True)
        if one.ended_on:
            outcome = one.get_outcome_display().lower()
            yield TimelineEntry(f"Pregnancy ended: {outcome}", one.ended_on, significant=True)
    for estimate in DueDate.objects.filter(pregnancy__mother=parent):
        yield TimelineEntry(
            f"Due date estimated: {day_and_year(estimate.estimated_due_date)}",
            estimate.recorded_on,
            text=estimate.get_basis_display(),
        )


def _permissions(parent: Parent) -> Iterator[TimelineEntry]:
    for one in Consent.objects.filter(parent=parent):
        title = f"{one.get_purpose_display()}: {one.get_decision_display().lower()}"
        yield TimelineEntry(title, one.decided_at, by=one.explained_by)


def _plan(parent: Parent) -> Iterator[TimelineEntry]:
    for goal in Goal.objects.filter(episode__parent=parent):
        yield TimelineEntry("Goal agreed", goal.agreed_on, text=goal.wording)
        if goal.ended_on:
            end = goal.get_ended_how_display().lower() if goal.ended_how else "ended"
            yield TimelineEntry(f"Goal {end}", goal.ended_on, text=goal.wording)
    for help_given in Support.objects.filter(episode__parent=parent):
        title = f"Help offered: {help_given.get_category_display().lower()}"
        yield TimelineEntry(title, help_given.offered_on, text=help_given.kind)


def _meetings(parent: Parent) -> Iterator[TimelineEntry]:
    for meeting in Meeting.objects.filter(episode__parent=parent).exclude(held_on=None):
        assert meeting.held_on
        yield TimelineEntry(meeting.get_kind_display(), meeting.held_on)


def _assessments(parent: Parent) -> Iterator[TimelineEntry]:
    for one in Assessment.objects.filter(episode__parent=parent):
        title = one.get_kind_display()
        yield TimelineEntry(f"{title} started", one.started_on)
        if one.completed_on:
            yield TimelineEntry(f"{title} completed", one.completed_on, text=one.conclusion)


def _measures(parent: Parent) -> Iterator[TimelineEntry]:
    for measure in Measure.objects.filter(episode__parent=parent):
        yield TimelineEntry("Questionnaire completed", measure.completed_on)


def _court(parent: Parent) -> Iterator[TimelineEntry]:
    links = ProceedingsParent.objects.filter(parent=parent).select_related("proceedings")
    for link in links:
        proceedings = link.proceedings
        yield TimelineEntry("Care proceedings issued", proceedings.issued_on, significant=True)
        if proceedings.concluded_on:
            yield TimelineEntry("Care proceedings concluded", proceedings.concluded_on)
    separations = Separation.objects.filter(child__parent_links__parent=parent)
    for one in separations.select_related("child"):
        name = one.child.given_names or "a child"
        yield TimelineEntry(f"Separated from {name}", one.separated_on, significant=True)
        if one.returned_on:
            yield TimelineEntry(f"{name} came home", one.returned_on, significant=True)


# Which kind each reading belongs to, and the parts of the record any of which it needs.
SOURCES: tuple[tuple[str, set[Part], Callable[[Parent], Iterable[TimelineEntry]]], ...] = (
    ("contacts", {Part.NOTES, Part.CONTACT_LOG}, _contacts),
    ("steps", {Part.CORE}, _steps),
    ("pathway", {Part.REFERENCE}, _pathway),
    ("pathway", {Part.REFERENCE}, _stages),
    ("pregnancies", {Part.CORE}, _pregnancies),
    ("permissions", {Part.CORE}, _permissions),
    ("plan", {Part.NOTES}, _plan),
    ("meetings", {Part.ARRANGEMENTS}, _meetings),
    ("meetings", {Part.NOTES}, _assessments),
    ("meetings", {Part.OUTCOMES}, _measures),
    ("court", {Part.COURT}, _court),
)
