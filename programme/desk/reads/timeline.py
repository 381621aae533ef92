"""One timeline of everything on a parent's record, as far as the reader's parts go."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse

from programme.access.parts import Part
from programme.assessments.models import Assessment, Meeting
from programme.chronology.models import ChronologyEntry, SignificantEvent
from programme.chronology.reads import Mark, entries_of, marks_of
from programme.consents.models import Consent
from programme.contacts.models import NextStep
from programme.contacts.reads import timeline_rows
from programme.core.dates import at_local
from programme.desk.reads import stories
from programme.documents.models import Document
from programme.episodes.models import Episode
from programme.measures.models import Measure
from programme.people.models import Parent
from programme.people.reads import open_children
from programme.pregnancies.models import DueDate, Pregnancy
from programme.proceedings.models import Separation
from programme.proceedings.reads import court_events
from programme.referrals.models import Referral
from programme.referrals.reads import may_read_reason
from programme.supervision.reads import handovers_of, supervisions_of
from programme.support.models import Goal, Support
from recurrent.design.components import Press, TimelineEntry
from recurrent.design.words import day_and_year

ON_A_PAGE = 50
KINDS = {
    "contacts": "Contacts",
    "steps": "Next steps",
    "pathway": "Referrals and time with a programme",
    "stages": "Stages",
    "workers": "Workers",
    "supervision": "Supervision and handovers",
    "pregnancies": "Pregnancies",
    "permissions": "Permissions",
    "plan": "Goals and help",
    "address": "Address",
    "meetings": "Assessments and meetings",
    "court": "Court and separations",
    "documents": "Documents",
    "entries": "Events from elsewhere",
}


@dataclass(frozen=True)
class Filter:
    """Which kind of entry is shown (blank: all), or only what is significant; and which page."""

    kind: str = ""
    significant: bool = False
    page: str = ""

    @property
    def label(self) -> str:
        """What is shown, in words; "" when it is everything."""
        kind = KINDS.get(self.kind, "")
        if not self.significant:
            return kind
        return f"{kind}, significant only" if kind else "Significant only"


@dataclass(frozen=True)
class Timeline:
    """The entries, newest first, the page of them to show, and the choice that led to them."""

    entries: list[TimelineEntry]
    page: Page[TimelineEntry]
    kinds: list[tuple[str, str, bool]]
    chosen: Filter


def timeline_of(parent: Parent, parts: Mapping[Part, bool], chosen: Filter) -> Timeline:
    """Everything that happened, newest first (one query a table, whatever it holds)."""
    entries: list[TimelineEntry] = []
    for kind, needed, read in SOURCES:
        if needed & parts.keys() and chosen.kind in ("", kind):
            entries += read(parent)
    entries = _with_marks(parent, entries, may_mark=parts.get(Part.CORE, False))
    if chosen.significant:
        entries = [entry for entry in entries if entry.significant]
    entries.sort(key=lambda entry: _moment(entry.at), reverse=True)
    kinds = [(code, label, code == chosen.kind) for code, label in KINDS.items()]
    page = Paginator(entries, ON_A_PAGE).get_page(chosen.page)
    return Timeline(entries, page, kinds, chosen)


def _with_marks(
    parent: Parent, entries: list[TimelineEntry], *, may_mark: bool
) -> list[TimelineEntry]:
    """Says which entries are significant, and offers to mark the others."""
    marks = marks_of(parent)
    return [_with_mark(parent, entry, marks, may_mark) for entry in entries]


def _with_mark(
    parent: Parent, entry: TimelineEntry, marks: Mapping[Mark, SignificantEvent], may_mark: bool
) -> TimelineEntry:
    mark = marks.get(entry.mark)
    press = None
    if mark and may_mark:
        url = reverse("chronology:show_significant", args=[parent.pk, mark.pk])
        press = Press("Why it is significant", url, is_link=True)
    elif may_mark and entry.mark[1] and not entry.significant:
        kind, row = entry.mark
        url = reverse("chronology:mark_significant", args=[parent.pk])
        press = Press("Mark as significant", url, values={"kind": kind, "row": row})
    return replace(entry, significant=bool(mark) or entry.significant, press=press)


def _marked(kind: str, key: UUID) -> Mark:
    """The name of an entry, by which it is marked as significant."""
    return kind, str(key)


def _moment(at: date | datetime) -> datetime:
    return at if isinstance(at, datetime) else at_local(at, time(0))


def _contacts(parent: Parent) -> list[TimelineEntry]:
    return list(timeline_rows(parent))


def _steps(parent: Parent) -> Iterator[TimelineEntry]:
    for step in NextStep.objects.filter(episode__parent=parent).exclude(NextStep.OPEN):
        mark = _marked("step", step.pk)
        if step.done_on:
            yield TimelineEntry("Next step done", step.done_on, text=step.wording, mark=mark)
        elif step.ended_on:
            text = f"{step.wording}: {step.ended_because}"
            yield TimelineEntry("Next step ended", step.ended_on, text=text, mark=mark)


def _pathway(parent: Parent) -> Iterator[TimelineEntry]:
    may_read = may_read_reason(parent)
    for referral in Referral.objects.filter(parent=parent).select_related("programme"):
        source = referral.get_source_display() if referral.source else "source not recorded"
        again = "Referred again to" if referral.previous_episode_id else "Referred to"
        title = f"{again} {referral.programme.name}"
        reason = f". {referral.reason}" if referral.reason and may_read(referral) else ""
        yield TimelineEntry(
            title,
            referral.received_on,
            text=f"By: {source.lower()}{reason}",
            mark=_marked("referral", referral.pk),
        )
        if referral.decided_on:
            decision = referral.get_decision_display()
            yield TimelineEntry(
                f"Referral to {referral.programme.name}: {decision.lower()}",
                referral.decided_on,
                mark=_marked("referral_decided", referral.pk),
            )
    for episode in Episode.objects.filter(parent=parent).select_related("programme"):
        yield TimelineEntry(
            f"Began with {episode.programme.name}",
            episode.opened_on,
            mark=_marked("episode", episode.pk),
        )
        if episode.closed_on:
            yield TimelineEntry(
                f"Ended with {episode.programme.name}",
                episode.closed_on,
                text=episode.get_closure_reason_display() if episode.closure_reason else "",
                mark=_marked("episode_ended", episode.pk),
            )


def _supervision(parent: Parent) -> Iterator[TimelineEntry]:
    """What was talked through, and what was written for the next worker."""
    keys = Episode.objects.filter(parent=parent).values_list("pk", flat=True)
    for held in supervisions_of(list(keys)):
        actions = [f"{one.step.wording} ({one.worker})" for one in held.actions]
        said = [held.row.talked_about, held.row.decision, *actions]
        yield TimelineEntry(
            f"Supervision with {held.row.worker}" if held.row.worker else "Supervision",
            held.row.held_on,
            text="\n".join(filter(None, said)),
        )
    for handover in handovers_of(parent):
        allocation = handover.allocation
        yield TimelineEntry(
            f"Handover note for {allocation.worker}", allocation.from_date, text=handover.note
        )


def _pregnancies(parent: Parent) -> Iterator[TimelineEntry]:
    for one in Pregnancy.objects.filter(mother=parent):
        yield TimelineEntry(
            "A pregnancy became known",
            one.known_on,
            significant=True,
            mark=_marked("pregnancy", one.pk),
        )
        if one.ended_on:
            outcome = one.get_outcome_display().lower()
            yield TimelineEntry(
                f"Pregnancy ended: {outcome}",
                one.ended_on,
                significant=True,
                mark=_marked("pregnancy_ended", one.pk),
            )
    for estimate in DueDate.objects.filter(pregnancy__mother=parent):
        yield TimelineEntry(
            f"Due date estimated: {day_and_year(estimate.estimated_due_date)}",
            estimate.recorded_on,
            text=estimate.get_basis_display(),
            mark=_marked("due_date", estimate.pk),
        )


def _permissions(parent: Parent) -> Iterator[TimelineEntry]:
    for one in Consent.objects.filter(parent=parent):
        title = f"{one.get_purpose_display()}: {one.get_decision_display().lower()}"
        yield TimelineEntry(
            title, one.decided_at, by=one.explained_by, mark=_marked("permission", one.pk)
        )


def _plan(parent: Parent) -> Iterator[TimelineEntry]:
    for goal in Goal.objects.filter(episode__parent=parent):
        yield TimelineEntry(
            "Goal agreed", goal.agreed_on, text=goal.wording, mark=_marked("goal", goal.pk)
        )
        if goal.ended_on:
            end = goal.get_ended_how_display().lower() if goal.ended_how else "ended"
            yield TimelineEntry(
                f"Goal {end}",
                goal.ended_on,
                text=goal.wording,
                mark=_marked("goal_ended", goal.pk),
            )
    for help_given in Support.objects.filter(episode__parent=parent):
        title = f"Help offered: {help_given.get_category_display().lower()}"
        yield TimelineEntry(
            title,
            help_given.offered_on,
            text=help_given.kind,
            mark=_marked("help", help_given.pk),
        )


def _meetings(parent: Parent) -> Iterator[TimelineEntry]:
    for meeting in Meeting.objects.filter(episode__parent=parent).exclude(held_on=None):
        assert meeting.held_on
        yield TimelineEntry(
            meeting.get_kind_display(), meeting.held_on, mark=_marked("meeting", meeting.pk)
        )


def _assessments(parent: Parent) -> Iterator[TimelineEntry]:
    for one in Assessment.objects.filter(episode__parent=parent):
        title = one.get_kind_display()
        yield TimelineEntry(f"{title} started", one.started_on, mark=_marked("assessment", one.pk))
        if one.completed_on:
            yield TimelineEntry(
                f"{title} completed",
                one.completed_on,
                text=one.conclusion,
                mark=_marked("assessment_completed", one.pk),
            )


def _measures(parent: Parent) -> Iterator[TimelineEntry]:
    for measure in Measure.objects.filter(episode__parent=parent):
        yield TimelineEntry(
            "Questionnaire completed", measure.completed_on, mark=_marked("measure", measure.pk)
        )


def _court(parent: Parent) -> Iterator[TimelineEntry]:
    for event in court_events(parent):
        yield TimelineEntry(
            event.words, event.day, significant=event.is_significant, mark=event.mark
        )
    separations = Separation.objects.filter(child__in=open_children(parent))
    for one in separations.select_related("child"):
        name = one.child.given_names or "a child"
        yield TimelineEntry(
            f"Separated from {name}",
            one.separated_on,
            significant=True,
            mark=_marked("separation", one.pk),
        )
        if one.returned_on:
            yield TimelineEntry(
                f"{name} came home",
                one.returned_on,
                significant=True,
                mark=_marked("return", one.pk),
            )


def _documents(parent: Parent) -> Iterator[TimelineEntry]:
    """Those the reader may read; what was attached came with its email."""
    rows = Document.objects.filter(parent=parent, removed_at=None, attached_to=None)
    for one in rows.select_related("added_by"):
        yield TimelineEntry(
            f"Document added: {one.get_kind_display().lower()}",
            one.stored_at,
            by=str(one.added_by),
            text=one.title,
            url=reverse("documents:show_document", args=[parent.pk, one.pk]),
            mark=_marked("court_paper" if one.is_court_paper else "document", one.pk),
        )


def _entries(parent: Parent) -> Iterator[TimelineEntry]:
    """Each leads to where it is corrected, for those who may."""
    writable = set(
        ChronologyEntry.objects.filter(ChronologyEntry.wall.writable(), parent=parent).values_list(
            "pk", flat=True
        )
    )
    for one in entries_of(parent):
        url = reverse("chronology:correct_entry", args=[parent.pk, one.pk])
        yield TimelineEntry(
            f"Event from elsewhere. Source: {one.source}",
            one.happened_on,
            by=one.written_by.name,
            text=one.what,
            url=url if one.pk in writable else "",
            significant=True,
            mark=_marked("entry", one.pk),
        )


# Which kind each reading belongs to, and the parts of the record any of which it needs.
SOURCES: tuple[tuple[str, set[Part], Callable[[Parent], Iterable[TimelineEntry]]], ...] = (
    ("contacts", {Part.NOTES, Part.CONTACT_LOG}, _contacts),
    ("steps", {Part.CORE}, _steps),
    ("pathway", {Part.REFERENCE}, _pathway),
    ("stages", {Part.REFERENCE}, stories.stages),
    ("workers", {Part.REFERENCE}, stories.workers),
    ("supervision", {Part.NOTES}, _supervision),
    ("pregnancies", {Part.CORE}, _pregnancies),
    ("permissions", {Part.CORE}, _permissions),
    ("plan", {Part.NOTES}, _plan),
    ("plan", {Part.NOTES}, stories.plan_changes),
    ("address", {Part.SAFE_ADDRESS}, stories.address_changes),
    ("meetings", {Part.ARRANGEMENTS}, _meetings),
    ("meetings", {Part.NOTES}, _assessments),
    ("meetings", {Part.OUTCOMES}, _measures),
    ("court", {Part.COURT}, _court),
    ("documents", {Part.NOTES, Part.COURT}, _documents),
    ("entries", {Part.NOTES}, _entries),
)
