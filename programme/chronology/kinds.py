"""Every kind of event that may be marked: which table holds it, and where it belongs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, WalledHistoryRow
from programme.assessments.models import Assessment, Meeting
from programme.chronology.models import ChronologyEntry
from programme.consents.models import Consent
from programme.contacts.models import Contact, ContactPerson, NextStep
from programme.core.choices import DocumentKind
from programme.documents.models import Document
from programme.episodes.models import Allocation, Episode, Stage
from programme.measures.models import Measure
from programme.people.models import Home, Parent
from programme.pregnancies.models import DueDate, Pregnancy
from programme.proceedings.models import CourtDate, Hearing, ProceedingsParent, Separation
from programme.referrals.models import Referral
from programme.support.models import Goal, Support


@dataclass(frozen=True)
class Kind:
    """A table, the part its rows are, and the way from a row to parent, programme, pregnancy."""

    model: type[CaseRecord] | type[WalledHistoryRow]
    part: Part | None
    parent: str = "parent"
    programme: str = ""
    pregnancy: str = ""
    # Which rows of a table that holds several kinds.
    only: Q = field(default_factory=Q)


@dataclass(frozen=True)
class Place:
    """Where one event belongs, as the row about it keeps it."""

    part: str
    programme_id: UUID | None
    pregnancy_id: UUID | None


def _of_programme(model: type[CaseRecord], part: Part) -> Kind:
    return Kind(model, part, "parent", "programme")


def _of_episode(model: type[CaseRecord], part: Part) -> Kind:
    return Kind(model, part, "episode__parent", "episode__programme")


_COURT_PAPER = Q(kind=DocumentKind.COURT_PAPER)
_BY_CHILD = "child__parent_links__parent"
# One row may tell of two events: how something began and how it ended.
KINDS: dict[str, Kind] = {
    "contact": _of_programme(Contact, Part.NOTES),
    "shared_contact": _of_programme(ContactPerson, Part.NOTES),
    "entry": _of_programme(ChronologyEntry, Part.NOTES),
    "step": _of_episode(NextStep, Part.CORE),
    "referral": _of_programme(Referral, Part.REFERENCE),
    "referral_decided": _of_programme(Referral, Part.REFERENCE),
    "episode": _of_programme(Episode, Part.REFERENCE),
    "episode_ended": _of_programme(Episode, Part.REFERENCE),
    "stage": _of_episode(Stage, Part.REFERENCE),
    "worker": _of_episode(Allocation, Part.REFERENCE),
    "worker_ended": _of_episode(Allocation, Part.REFERENCE),
    # Lines of history, each an event of its own.
    "goal_changed": _of_episode(Goal.history.model, Part.NOTES),
    "address_changed": Kind(Home.history.model, Part.SAFE_ADDRESS),
    "pregnancy": Kind(Pregnancy, None, "mother", pregnancy="id"),
    "pregnancy_ended": Kind(Pregnancy, None, "mother", pregnancy="id"),
    "due_date": Kind(DueDate, None, "pregnancy__mother", pregnancy="pregnancy"),
    "permission": Kind(Consent, Part.CORE),
    "goal": _of_episode(Goal, Part.NOTES),
    "goal_ended": _of_episode(Goal, Part.NOTES),
    "help": _of_episode(Support, Part.NOTES),
    "meeting": _of_episode(Meeting, Part.ARRANGEMENTS),
    "assessment": _of_episode(Assessment, Part.NOTES),
    "assessment_completed": _of_episode(Assessment, Part.NOTES),
    "measure": _of_episode(Measure, Part.OUTCOMES),
    "document": Kind(Document, Part.NOTES, "parent", "programme", only=~_COURT_PAPER),
    "court_paper": Kind(Document, Part.COURT, "parent", "programme", only=_COURT_PAPER),
    "proceedings_letter": Kind(ProceedingsParent, Part.COURT),
    "proceedings": Kind(ProceedingsParent, Part.COURT),
    "proceedings_ended": Kind(ProceedingsParent, Part.COURT),
    "court_date": Kind(CourtDate, Part.COURT),
    "hearing": Kind(Hearing, Part.COURT, "proceedings__parents__parent"),
    "separation": Kind(Separation, Part.COURT, _BY_CHILD),
    "return": Kind(Separation, Part.COURT, _BY_CHILD),
}


def keys_by_kind(marks: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The keys of events by their kind, without kinds that are none."""
    keys: dict[str, set[str]] = {}
    for kind, key in marks:
        if kind in KINDS:
            keys.setdefault(kind, set()).add(key)
    return keys


def places_of(parent: Parent, marks: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Place]:
    """Where events of this parent belong, as far as the acting user sees them (a query a kind)."""
    found = {}
    for name, keys in keys_by_kind(marks).items():
        for key, place in _places(KINDS[name], parent, keys):
            found[name, str(key)] = place
    return found


def place_of(parent: Parent, kind: str, row: UUID) -> Place | None:
    """Where an event of this parent belongs; None if the acting user sees no such event."""
    return places_of(parent, [(kind, str(row))]).get((kind, str(row)))


def _places(kind: Kind, parent: Parent, keys: set[str]) -> Iterator[tuple[UUID, Place]]:
    rows: Any = kind.model.objects.filter(kind.only, pk__in=keys, **{kind.parent: parent})
    if kind.part is None:
        for key, pregnancy in rows.values_list("pk", kind.pregnancy):
            yield key, Place("", None, pregnancy)
    elif kind.programme:
        for key, programme in rows.values_list("pk", kind.programme):
            yield key, Place(kind.part, programme, None)
    else:
        for key in rows.values_list("pk", flat=True):
            yield key, Place(kind.part, None, None)
