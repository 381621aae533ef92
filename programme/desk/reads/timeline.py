"""One timeline of everything on a parent's record, as far as the reader's parts go."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from programme.access.parts import Part
from programme.assessments.models import Assessment, Meeting
from programme.chronology.models import ChronologyEntry, SignificantEvent
from programme.chronology.reads import Mark, entries_of, marks_on
from programme.consents.models import Consent
from programme.contacts.models import NextStep
from programme.contacts.reads import (
    contact_entries,
    contact_places,
    contact_questions,
    place_questions,
)
from programme.core.dates import at_local
from programme.core.together import ask_together
from programme.desk.reads import stories
from programme.documents.models import Document
from programme.episodes.models import Episode, Supervision
from programme.measures.models import Measure
from programme.people.models import Parent
from programme.people.reads import open_children
from programme.pregnancies.models import DueDate, Pregnancy
from programme.proceedings.models import CourtDate, Hearing, ProceedingsParent, Separation
from programme.proceedings.reads import court_events, court_questions
from programme.referrals.models import Referral
from programme.referrals.reads import may_read_reason
from programme.supervision.models import Handover, SupervisionAction
from programme.supervision.reads import handovers_of, supervision_questions, supervisions_from
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
    """The page of entries to show, newest first, and the choice that led to them."""

    page: Page[TimelineEntry]
    kinds: list[tuple[str, str, bool]]
    chosen: Filter

    @property
    def entries(self) -> list[TimelineEntry]:
        """Those on the page."""
        return list(self.page.object_list)


def timeline_of(parent: Parent, parts: Mapping[Part, bool], chosen: Filter) -> Timeline:
    """A page of everything that happened, newest first (two queries, whatever it holds)."""
    marks = marks_on(parent)
    entries = _found(parent, parts, chosen, marks)
    page = Paginator(entries, ON_A_PAGE).get_page(chosen.page)
    shown = _in_full(parent, page.object_list)
    if parts.get(Part.CORE):
        reasons = {one.mark: one for one in marks}
        shown = [_with_press(parent, entry, reasons.get(entry.mark)) for entry in shown]
    page.object_list = shown
    kinds = [(code, label, code == chosen.kind) for code, label in KINDS.items()]
    return Timeline(page, kinds, chosen)


def whole_timeline(parent: Parent, parts: Mapping[Part, bool]) -> list[TimelineEntry]:
    """All of it at once, newest first (two queries)."""
    return _in_full(parent, _found(parent, parts, Filter(), marks_on(parent)))


def _found(
    parent: Parent,
    parts: Mapping[Part, bool],
    chosen: Filter,
    marks: "QuerySet[SignificantEvent]",
) -> list[TimelineEntry]:
    """The entries that were chosen, newest first; contacts without their words yet."""
    asked = [
        (source, source.asks(parent))
        for source in SOURCES
        if source.parts & parts.keys() and chosen.kind in ("", source.kind)
    ]
    ask_together(marks, *(one for _, several in asked for one in several))
    marked = {one.mark for one in marks}
    entries = [
        replace(entry, significant=True) if entry.mark in marked else entry
        for source, rows in asked
        for entry in source.tells(parent, *rows)
    ]
    if chosen.significant:
        entries = [entry for entry in entries if entry.significant]
    return sorted(entries, key=lambda entry: _moment(entry.at), reverse=True)


def _in_full(parent: Parent, entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """The same entries, contacts with their words: asked only of those that are shown."""
    shown = list(entries)
    bare = {entry.mark for entry in shown if not entry.title}
    if not bare:
        return shown
    asked = contact_questions(parent, bare)
    ask_together(*asked)
    told = {entry.mark: entry for entry in contact_entries(parent, *asked)}
    return [
        replace(told[entry.mark], significant=entry.significant) if entry.mark in told else entry
        for entry in shown
        # What was closed to the reader between the two questions is left out.
        if entry.title or entry.mark in told
    ]


def _with_press(
    parent: Parent, entry: TimelineEntry, reason: SignificantEvent | None
) -> TimelineEntry:
    """Leads to why it is significant, or offers to mark it."""
    if reason:
        url = reverse("chronology:show_significant", args=[parent.pk, reason.pk])
        return replace(entry, press=Press("Why it is significant", url))
    if not entry.mark[1] or entry.significant:
        return entry
    return replace(entry, press=Press("Mark as significant", event=" ".join(entry.mark)))


def _marked(kind: str, key: UUID) -> Mark:
    """The name of an entry, by which it is marked as significant."""
    return kind, str(key)


def _moment(at: date | datetime) -> datetime:
    return at if isinstance(at, datetime) else at_local(at, time(0))


# --- What one kind of row tells: asked for below, together ------------------------------------


def _steps(parent: Parent, steps: Iterable[NextStep]) -> Iterator[TimelineEntry]:
    for step in steps:
        mark = _marked("step", step.pk)
        if step.done_on:
            yield TimelineEntry("Next step done", step.done_on, text=step.wording, mark=mark)
        elif step.ended_on:
            text = f"{step.wording}: {step.ended_because}"
            yield TimelineEntry("Next step ended", step.ended_on, text=text, mark=mark)


def _pathway(
    parent: Parent, referrals: Iterable[Referral], episodes: Iterable[Episode]
) -> Iterator[TimelineEntry]:
    may_read = may_read_reason(parent)
    for referral in referrals:
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
    for episode in episodes:
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


def _supervision(
    parent: Parent,
    rows: Iterable[Supervision],
    actions: Iterable[SupervisionAction],
    handovers: Iterable[Handover],
) -> Iterator[TimelineEntry]:
    """What was talked through, and what was written for the next worker."""
    for held in supervisions_from(rows, actions):
        agreed = [f"{one.step.wording} ({one.worker})" for one in held.actions]
        said = [held.row.talked_about, held.row.decision, *agreed]
        yield TimelineEntry(
            f"Supervision with {held.row.worker}" if held.row.worker else "Supervision",
            held.row.held_on,
            text="\n".join(filter(None, said)),
        )
    for handover in handovers:
        allocation = handover.allocation
        yield TimelineEntry(
            f"Handover note for {allocation.worker}", allocation.from_date, text=handover.note
        )


def _pregnancies(
    parent: Parent, pregnancies: Iterable[Pregnancy], estimates: Iterable[DueDate]
) -> Iterator[TimelineEntry]:
    for one in pregnancies:
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
    for estimate in estimates:
        yield TimelineEntry(
            f"Due date estimated: {day_and_year(estimate.estimated_due_date)}",
            estimate.recorded_on,
            text=estimate.get_basis_display(),
            mark=_marked("due_date", estimate.pk),
        )


def _permissions(parent: Parent, consents: Iterable[Consent]) -> Iterator[TimelineEntry]:
    for one in consents:
        title = f"{one.get_purpose_display()}: {one.get_decision_display().lower()}"
        yield TimelineEntry(
            title, one.decided_at, by=one.explained_by, mark=_marked("permission", one.pk)
        )


def _plan(
    parent: Parent, goals: Iterable[Goal], support: Iterable[Support]
) -> Iterator[TimelineEntry]:
    for goal in goals:
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
    for help_given in support:
        title = f"Help offered: {help_given.get_category_display().lower()}"
        yield TimelineEntry(
            title,
            help_given.offered_on,
            text=help_given.kind,
            mark=_marked("help", help_given.pk),
        )


def _meetings(parent: Parent, meetings: Iterable[Meeting]) -> Iterator[TimelineEntry]:
    for meeting in meetings:
        assert meeting.held_on
        yield TimelineEntry(
            meeting.get_kind_display(), meeting.held_on, mark=_marked("meeting", meeting.pk)
        )


def _assessments(parent: Parent, assessments: Iterable[Assessment]) -> Iterator[TimelineEntry]:
    for one in assessments:
        title = one.get_kind_display()
        yield TimelineEntry(f"{title} started", one.started_on, mark=_marked("assessment", one.pk))
        if one.completed_on:
            yield TimelineEntry(
                f"{title} completed",
                one.completed_on,
                text=one.conclusion,
                mark=_marked("assessment_completed", one.pk),
            )


def _measures(parent: Parent, measures: Iterable[Measure]) -> Iterator[TimelineEntry]:
    for measure in measures:
        yield TimelineEntry(
            "Questionnaire completed", measure.completed_on, mark=_marked("measure", measure.pk)
        )


def _court(
    parent: Parent,
    sets: Iterable[ProceedingsParent],
    told: Iterable[CourtDate],
    held: Iterable[Hearing],
    separations: Iterable[Separation],
) -> Iterator[TimelineEntry]:
    for event in court_events(parent, sets, told, held):
        yield TimelineEntry(
            event.words, event.day, significant=event.is_significant, mark=event.mark
        )
    for one in separations:
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


def _documents(parent: Parent, documents: Iterable[Document]) -> Iterator[TimelineEntry]:
    for one in documents:
        yield TimelineEntry(
            f"Document added: {one.get_kind_display().lower()}",
            one.stored_at,
            by=str(one.added_by),
            text=one.title,
            url=reverse("documents:show_document", args=[parent.pk, one.pk]),
            mark=_marked("court_paper" if one.is_court_paper else "document", one.pk),
        )


def _entries(
    parent: Parent, entries: Iterable[ChronologyEntry], writable: Iterable[UUID]
) -> Iterator[TimelineEntry]:
    """Each leads to where it is corrected, for those who may."""
    may_change = set(writable)
    for one in entries:
        url = reverse("chronology:correct_entry", args=[parent.pk, one.pk])
        yield TimelineEntry(
            f"Event from elsewhere. Source: {one.source}",
            one.happened_on,
            by=one.written_by.name,
            text=one.what,
            url=url if one.pk in may_change else "",
            significant=True,
            mark=_marked("entry", one.pk),
        )


@dataclass(frozen=True)
class Source:
    """Rows that stand on the timeline: of which kind, for whom, what is asked, what they tell.

    Any one of ``parts`` is enough. ``tells`` is given the parent and the answers.
    """

    kind: str
    parts: frozenset[Part]
    asks: Callable[[Parent], tuple[QuerySet[Any, Any], ...]]
    tells: Callable[..., Iterable[TimelineEntry]]


def _of_episodes(model: Any, *along: str) -> Callable[[Parent], tuple[QuerySet[Any, Any], ...]]:
    return lambda parent: (model.objects.filter(episode__parent=parent).select_related(*along),)


def _source(
    kind: str,
    *parts: Part,
    asks: Callable[[Parent], tuple[QuerySet[Any, Any], ...]],
    tells: Callable[..., Iterable[TimelineEntry]],
) -> Source:
    return Source(kind, frozenset(parts), asks, tells)


SOURCES = (
    _source("contacts", Part.NOTES, Part.CONTACT_LOG, asks=place_questions, tells=contact_places),
    _source(
        "steps",
        Part.CORE,
        asks=lambda parent: (
            NextStep.objects.filter(episode__parent=parent).exclude(NextStep.OPEN),
        ),
        tells=_steps,
    ),
    _source(
        "pathway",
        Part.REFERENCE,
        asks=lambda parent: (
            Referral.objects.filter(parent=parent).select_related("programme"),
            Episode.objects.filter(parent=parent).select_related("programme"),
        ),
        tells=_pathway,
    ),
    _source("stages", Part.REFERENCE, asks=stories.stage_questions, tells=stories.stages),
    _source("workers", Part.REFERENCE, asks=stories.worker_questions, tells=stories.workers),
    _source(
        "supervision",
        Part.NOTES,
        asks=lambda parent: (
            *supervision_questions(Episode.objects.filter(parent=parent)),
            handovers_of(parent),
        ),
        tells=_supervision,
    ),
    _source(
        "pregnancies",
        Part.CORE,
        asks=lambda parent: (
            Pregnancy.objects.filter(mother=parent),
            DueDate.objects.filter(pregnancy__mother=parent),
        ),
        tells=_pregnancies,
    ),
    _source(
        "permissions",
        Part.CORE,
        asks=lambda parent: (Consent.objects.filter(parent=parent),),
        tells=_permissions,
    ),
    _source(
        "plan",
        Part.NOTES,
        asks=lambda parent: (*_of_episodes(Goal)(parent), *_of_episodes(Support)(parent)),
        tells=_plan,
    ),
    _source("plan", Part.NOTES, asks=stories.plan_questions, tells=stories.plan_changes),
    _source(
        "address", Part.SAFE_ADDRESS, asks=stories.address_questions, tells=stories.address_changes
    ),
    _source(
        "meetings",
        Part.ARRANGEMENTS,
        asks=lambda parent: (Meeting.objects.filter(episode__parent=parent).exclude(held_on=None),),
        tells=_meetings,
    ),
    _source("meetings", Part.NOTES, asks=_of_episodes(Assessment), tells=_assessments),
    _source("meetings", Part.OUTCOMES, asks=_of_episodes(Measure), tells=_measures),
    _source(
        "court",
        Part.COURT,
        asks=lambda parent: (
            *court_questions(parent),
            Separation.objects.filter(child__in=open_children(parent)).select_related("child"),
        ),
        tells=_court,
    ),
    _source(
        "documents",
        Part.NOTES,
        Part.COURT,
        # What was attached came with its email.
        asks=lambda parent: (
            Document.objects.filter(
                parent=parent, removed_at=None, attached_to=None
            ).select_related("added_by"),
        ),
        tells=_documents,
    ),
    _source(
        "entries",
        Part.NOTES,
        asks=lambda parent: (
            entries_of(parent),
            ChronologyEntry.objects.filter(
                ChronologyEntry.wall.writable(), parent=parent
            ).values_list("pk", flat=True),
        ),
        tells=_entries,
    ),
)
