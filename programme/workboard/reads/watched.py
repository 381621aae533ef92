"""What each timescale rule watches: the fact that starts its clock, until another ends it.

Only what is not done yet is given. Nothing is given where the reader does not see the part of the
record in which it would say that it was done.

These rules of the reference table have no function here, for no record holds what starts them:
T02, T06 to T08, T10, T12, T13 and T16 to T18 (the council's own steps), T19 (before any referral),
T27 (only as the parent chose to be reminded) and T28.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from programme.access.parts import Part
from programme.assessments.models import Assessment
from programme.core.choices import AssessmentKind, MeetingKind
from programme.core.gestation import due_date_in_force
from programme.episodes.models import Episode
from programme.people.models import Child
from programme.pregnancies.models import Pregnancy
from programme.workboard.reads.facts import Facts
from programme.workboard.reads.losses import (
    CONFERENCES,
    assessment_is_of_a_loss,
    conference_is_of_a_loss,
)
from recurrent.design.words import local_day

# Rules of court and council hold on every pathway.
COURT, COUNCIL = "court", "council"


@dataclass(frozen=True)
class Watched:
    """A clock that runs: which rule's, for whom, since when, by what, about which row.

    Of a rule that counts back from the due date, or in weeks of gestation, ``since`` is that date.
    ``at_latest`` is a day somebody set, which counts where it comes first.
    """

    rule: str
    parent_id: UUID
    pathway: str
    since: date
    event: str
    row: UUID
    episode: Episode | None = None
    at_latest: date | None = None
    kind: str = ""
    programme_id: UUID | None = None


def watched(facts: Facts) -> Iterator[Watched]:
    """Every clock that runs."""
    for find in _FINDERS:
        yield from find(facts)


# --- Referral and episode -------------------------------------------------------------------


def _decisions(facts: Facts) -> Iterator[Watched]:
    for one in facts.undecided:
        pathway = one.programme.pathway_id
        clock = Watched("T01", one.parent_id, pathway, one.received_on, "the referral", one.pk)
        yield replace(clock, programme_id=one.programme_id)


def _formulations(facts: Facts) -> Iterator[Watched]:
    for one in _where_seen(facts, Part.ARRANGEMENTS):
        if not _has_met(facts, one, MeetingKind.FORMULATION):
            yield _of_episode("T03", one, one.referral.received_on, "the referral", one.referral_id)


def _supervisions(facts: Facts) -> Iterator[Watched]:
    for one in _where_seen(facts, Part.NOTES):
        held_on = one.supervised_on  # type: ignore[attr-defined]
        event = "the last supervision" if held_on else "the opening of the episode"
        yield _of_episode("T23", one, held_on or one.opened_on, event, one.pk)


def _gaps(facts: Facts) -> Iterator[Watched]:
    """Since they last met, of each episode; never met, since it was opened."""
    for one in _where_seen(facts, Part.NOTES):
        met_at = one.met_at  # type: ignore[attr-defined]
        met_on = max(local_day(met_at), one.opened_on) if met_at else one.opened_on
        event = "the last meeting" if met_on > one.opened_on else "the opening of the episode"
        yield _of_episode("T26", one, met_on, event, one.pk)


def _write_ups(facts: Facts) -> Iterator[Watched]:
    """Of a contact that was planned for an earlier day: what became of it is written down."""
    episodes = {one.pk: one for one in facts.episodes}
    for one in facts.plans:
        day = local_day(one.planned_for)
        if day < facts.on:
            pathway, event = one.programme.pathway_id, "the planned contact"
            of_it = episodes.get(one.episode_id) if one.episode_id else None
            clock = Watched("T22", one.parent_id, pathway, day, event, one.pk, of_it, kind=one.kind)
            yield replace(clock, programme_id=one.programme_id)


# --- Assessments and conferences ------------------------------------------------------------


def _assessments_before_birth(facts: Facts) -> Iterator[Watched]:
    for one, assessment in _open_assessments(facts, AssessmentKind.PRE_BIRTH):
        event, start = "the start of the assessment", assessment.started_on
        if assessment_is_of_a_loss(facts, one, assessment.pregnancy_id, start):
            continue
        yield _of_episode("T04", one, start, event, assessment.pk, assessment.due_on)
        for pregnancy, due_date in _expected(facts, one):
            if assessment.pregnancy_id in (None, pregnancy.pk):
                event = "the baby’s due date"
                yield _of_episode("T21", one, due_date, event, assessment.pk, assessment.due_on)


def _assessments_after_birth(facts: Facts) -> Iterator[Watched]:
    for one, assessment in _open_assessments(facts, AssessmentKind.POST_BIRTH):
        born = [
            link.child.date_of_birth
            for link in facts.births
            if link.parent_id == one.parent_id and _is_about(assessment, link.child, one)
        ]
        days = [day for day in born if day is not None]
        if days:
            event = "the birth"
            yield _of_episode("T05", one, min(days), event, assessment.pk, assessment.due_on)


def _conferences(facts: Facts) -> Iterator[Watched]:
    for one in _where_seen(facts, Part.ARRANGEMENTS):
        held = [
            row.held_on
            for row in facts.meetings.get(one.pk, ())
            if row.kind in CONFERENCES and row.held_on
        ]
        if not held:
            for pregnancy, due_date in _expected(facts, one):
                yield _of_episode("T09", one, due_date, "the baby’s due date", pregnancy.pk)
            continue
        if conference_is_of_a_loss(facts, one, min(held)):
            continue
        rule, event = "T29", "the last conference"
        if len(held) == 1:
            rule, event = "T11", "the initial conference"
        yield replace(_of_episode(rule, one, max(held), event, one.pk), pathway=COUNCIL)


# --- Pregnancies ----------------------------------------------------------------------------


def _starts_before_birth(facts: Facts) -> Iterator[Watched]:
    for one in facts.episodes:
        if one.engagement_started_on is None:
            for pregnancy, due_date in _expected(facts, one):
                yield _of_episode("T20", one, due_date, "the baby’s due date", pregnancy.pk)


def _offers(facts: Facts) -> Iterator[Watched]:
    """Until she is referred, or taken on, for this pregnancy."""
    for one in facts.pregnancies:
        later = [e for e in facts.episodes_of(one.mother_id) if e.opened_on >= one.known_on]
        if not later and not one.is_with_us:  # type: ignore[attr-defined]
            event = "the pregnancy became known"
            yield Watched("T25", one.mother_id, "", one.known_on, event, one.pk)


# --- Court and separation -------------------------------------------------------------------


def _first_hearings(facts: Facts) -> Iterator[Watched]:
    for link in facts.proceedings:
        row = link.proceedings
        if row.issued_on and not row.first_hearing_on and not row.concluded_on:
            event = "the issue of proceedings"
            yield Watched("T14", link.parent_id, COURT, row.issued_on, event, row.pk)


def _conclusions(facts: Facts) -> Iterator[Watched]:
    for link in facts.proceedings:
        row = link.proceedings
        if row.issued_on and not row.concluded_on:
            event = "the issue of proceedings"
            yield Watched("T15", link.parent_id, COURT, row.issued_on, event, row.pk)


def _separations(facts: Facts) -> Iterator[Watched]:
    """Until they have met since; of an episode, so that it is somebody's to do."""
    for one in _where_seen(facts, Part.NOTES):
        met_at = one.met_at  # type: ignore[attr-defined]
        for row in facts.separations.get(one.parent_id, ()):
            is_ours = row.separated_on >= one.opened_on
            if is_ours and not (met_at and local_day(met_at) >= row.separated_on):
                yield _of_episode("T24", one, row.separated_on, "the separation", row.pk)


_FINDERS: tuple[Callable[[Facts], Iterator[Watched]], ...] = (
    _decisions,
    _formulations,
    _supervisions,
    _gaps,
    _write_ups,
    _assessments_before_birth,
    _assessments_after_birth,
    _conferences,
    _starts_before_birth,
    _offers,
    _first_hearings,
    _conclusions,
    _separations,
)


# --- What they share ------------------------------------------------------------------------


def _where_seen(facts: Facts, part: Part) -> Iterator[Episode]:
    return (one for one in facts.episodes if facts.sees(part, one.parent_id, one.programme_id))


def _of_episode(
    rule: str, one: Episode, since: date, event: str, row: UUID, at_latest: date | None = None
) -> Watched:
    pathway = one.programme.pathway_id
    clock = Watched(rule, one.parent_id, pathway, since, event, row, one, at_latest)
    return replace(clock, programme_id=one.programme_id)


def _has_met(facts: Facts, one: Episode, kind: MeetingKind) -> bool:
    return any(row.kind == kind and row.held_on for row in facts.meetings.get(one.pk, ()))


def _open_assessments(facts: Facts, kind: AssessmentKind) -> Iterator[tuple[Episode, Assessment]]:
    for one in facts.episodes:
        for row in facts.assessments.get(one.pk, ()):
            if row.kind == kind and not row.completed_on:
                yield one, row


def _expected(facts: Facts, one: Episode) -> Iterator[tuple[Pregnancy, date]]:
    """The pregnancies that an episode is about, each with its due date in force.

    Which pathways ask anything of a pregnancy is for the rules to say.
    """
    about = one.referral.pregnancy_id
    for row in facts.pregnancies:
        if row.mother_id == one.parent_id and about in (None, row.pk):
            estimate = due_date_in_force(row.due_dates.all(), facts.on)
            if estimate:
                yield row, estimate.estimated_due_date


def _is_about(assessment: Assessment, child: Child, one: Episode) -> bool:
    """Whether an assessment after birth is about a baby: named, or of its pregnancy."""
    if assessment.child_id:
        return assessment.child_id == child.pk
    about = assessment.pregnancy_id or one.referral.pregnancy_id
    return about is not None and about == child.pregnancy_id
