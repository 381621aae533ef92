"""Rows for tests: one small function for each, with sensible values for what a test leaves open.

Rows are stored in the name of the declared actor "seeder", who may write everything; what a
test's own people may see or change is for the test to find out.
"""

from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.utils import timezone

from programme.access import actors
from programme.access.models import RoleGrant, TimedGrant, User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.assessments.models import Assessment, Meeting
from programme.audit.actor import Actor, acting
from programme.chronology.kinds import place_of
from programme.chronology.models import ChronologyEntry, SignificantEvent
from programme.consents.models import Consent
from programme.contacts.models import Contact, PlannedContact
from programme.core.dates import now_local, today
from programme.documents import keeping
from programme.documents.models import Document
from programme.episodes.models import Allocation, Episode, Pause, Stage, Supervision
from programme.groups.models import Attendance, Group, GroupMember, GroupSession
from programme.letters.models import Letter
from programme.measures.models import Measure
from programme.papers.models import Chronology
from programme.papers.reads.lines import digest_of
from programme.pathways.models import Programme, Worker
from programme.people.models import Home, Identity, Parent, Protection, SafeContact
from programme.pregnancies.models import DueDate, Pregnancy
from programme.proceedings.models import Hearing, Proceedings, ProceedingsParent
from programme.protection.models import EmergencyOpening, ProtectionRequest
from programme.referrals.models import Referral
from programme.support.models import Goal, Support
from tests.files import a_pdf

_numbers = count(1)
DEMO_BACKEND = "programme.access.backends.DemoBackend"


def days_ago(number: int) -> datetime:
    """This time of day so many days ago, by the calendar: clocks may have changed in between."""
    return now_local() - timedelta(days=number)


def stored(model: type[Any], **values: Any) -> Any:
    """A row of any table, stored by the seeder."""
    with as_seeder():
        return model.objects.create(**values)


def as_seeder() -> AbstractContextManager[None]:
    """The seeder acts; around many rows it is told to the database once and not for each."""
    acts_already = acting.get() == Actor(user_id=actors.SEEDER)
    return nullcontext() if acts_already else acting_as(actors.SEEDER)


def make_user(name: str = "", **values: Any) -> User:
    """An account without roles."""
    number = next(_numbers)
    return User.objects.create(
        email=f"person{number}@example.test", name=name or f"Person {number}", **values
    )


def make_programme(name: str = "", pathway: str = "pause", **values: Any) -> Programme:
    """A programme on a pathway that ships."""
    return stored(
        Programme, name=name or f"Programme {next(_numbers)}", pathway_id=pathway, **values
    )


def grant_role(
    user: User, role: Role, programme: Programme | None = None, **values: Any
) -> RoleGrant:
    """A role in force since a year ago, approved by somebody else."""
    values.setdefault("starts_on", today() - timedelta(days=365))
    values.setdefault("approved_by_id", actors.SEEDER)
    with as_seeder():
        return RoleGrant.objects.create(user=user, role=role, programme=programme, **values)


def make_worker(programme: Programme, user: User | None = None, **values: Any) -> Worker:
    """Someone who holds cases in a programme."""
    values.setdefault("name", user.name if user else f"Worker {next(_numbers)}")
    values.setdefault("role", "practitioner")
    return stored(Worker, programme=programme, user=user, **values)


def make_practitioner(programme: Programme, name: str = "", role: Role = Role.PRACTITIONER) -> User:
    """A user with a role and a worker row in a programme."""
    user = make_user(name)
    grant_role(user, role, programme)
    make_worker(programme, user)
    return user


def make_parent(role: str = "mother", *, postcode: str = "", **identity: Any) -> Parent:
    """A parent with her identity; ``postcode`` makes a home too."""
    number = next(_numbers)
    parent: Parent = stored(Parent, parent_role=role)
    identity.setdefault("given_names", f"Given{number}")
    identity.setdefault("family_name", f"Family{number}")
    stored(Identity, parent=parent, **identity)
    if postcode:
        stored(Home, parent=parent, postcode=postcode)
    return parent


def make_referral(parent: Parent, programme: Programme, **values: Any) -> Referral:
    """A referral, accepted a week after it was received unless said otherwise."""
    received_on = values.setdefault("received_on", today() - timedelta(days=100))
    values.setdefault("decision", "accepted")
    if values["decision"] not in ("", "pending"):
        values.setdefault("decided_on", received_on + timedelta(days=7))
    return stored(Referral, parent=parent, programme=programme, **values)


def make_episode(
    parent: Parent, programme: Programme, worker: Worker | None = None, **values: Any
) -> Episode:
    """An open episode with its referral; with a worker, allocated as lead since it opened."""
    referral = values.pop("referral", None) or make_referral(parent, programme)
    opened_on = values.setdefault("opened_on", referral.received_on + timedelta(days=7))
    episode: Episode = stored(
        Episode, referral=referral, parent=parent, programme=programme, **values
    )
    if worker:
        stored(
            Allocation,
            episode=episode,
            worker=worker,
            from_date=opened_on,
            to_date=episode.closed_on,
            lead=True,
        )
    return episode


def enter_stage(
    episode: Episode, stage: str, entered_on: date, left_on: date | None = None
) -> Stage:
    """A spell in a stage."""
    return stored(Stage, episode=episode, stage=stage, entered_on=entered_on, left_on=left_on)


def make_pause(episode: Episode, **values: Any) -> Pause:
    """A pause since today that is reviewed in four weeks, unless said otherwise."""
    values.setdefault("from_date", today())
    values.setdefault("review_on", values["from_date"] + timedelta(days=28))
    pause: Pause = stored(Pause, episode=episode, **values)
    return pause


def make_contact(parent: Parent, episode: Episode | None = None, **values: Any) -> Contact:
    """A home visit a day ago at which they met, unless said otherwise."""
    values.setdefault("programme", episode.programme if episode else None)
    values.setdefault("happened_at", days_ago(1))
    values.setdefault("mode", "home_visit")
    values.setdefault("outcome", "met")
    return stored(Contact, parent=parent, episode=episode, **values)


def make_plan(episode: Episode, **values: Any) -> PlannedContact:
    """A meeting at the office that was planned for an hour ago, unless said otherwise."""
    values.setdefault("planned_for", timezone.now() - timedelta(hours=1))
    values.setdefault("mode", "office")
    if "written_by" not in values:
        values["written_by_id"] = actors.SEEDER
    keys = {"parent": episode.parent, "programme": episode.programme, "episode": episode}
    return stored(PlannedContact, **keys, **values)


def make_document(parent: Parent, programme: Programme, **values: Any) -> Document:
    """A letter that came today, with its file, unless said otherwise."""
    content = values.pop("content", a_pdf())
    values.setdefault("kind", "letter")
    values.setdefault("title", f"Letter {next(_numbers)}")
    values.setdefault("file_type", "pdf")
    values.setdefault("received_on", today())
    values.setdefault("added_by_id", actors.SEEDER)
    return stored(
        Document,
        parent=parent,
        programme=programme,
        size=len(content),
        file_name=keeping.write(content),
        **values,
    )


def make_consent(
    parent: Parent,
    purpose: str,
    decision: str = "given",
    decided_at: datetime | None = None,
    **values: Any,
) -> Consent:
    """A decision of a month ago, unless said otherwise."""
    decided_at = decided_at or days_ago(30)
    return stored(
        Consent, parent=parent, purpose=purpose, decision=decision, decided_at=decided_at, **values
    )


def make_pregnancy(mother: Parent, due_on: date | None = None, **values: Any) -> Pregnancy:
    """A pregnancy known for a month; with ``due_on``, one estimate from a dating scan."""
    known_on = values.setdefault("known_on", today() - timedelta(days=30))
    pregnancy: Pregnancy = stored(Pregnancy, mother=mother, **values)
    if due_on:
        stored(
            DueDate,
            pregnancy=pregnancy,
            estimated_due_date=due_on,
            basis="dating_scan",
            recorded_on=known_on,
        )
    return pregnancy


def make_safe_contact(parent: Parent, **values: Any) -> SafeContact:
    """A rule on how to reach her."""
    values.setdefault("times", "after 10 in the morning")
    return stored(SafeContact, parent=parent, **values)


def make_proceedings(*parents: Parent, **values: Any) -> Proceedings:
    """A set of proceedings with its party parents; not issued unless said."""
    proceedings: Proceedings = stored(Proceedings, **values)
    for parent in parents:
        stored(ProceedingsParent, proceedings=proceedings, parent=parent)
    return proceedings


def make_hearing(proceedings: Proceedings, **values: Any) -> Hearing:
    """A hearing a week ahead that papers know of, unless a ``parent`` told us."""
    values.setdefault("held_on", today() + timedelta(days=7))
    values.setdefault("kind", "directions")
    values.setdefault("source", "parent" if values.get("parent") else "court_document")
    values.setdefault("known_on", today())
    return stored(Hearing, proceedings=proceedings, **values)


def protect(parent: Parent, kind: str, user: User) -> Protection:
    """A restriction to, or a denial of, one person."""
    return stored(
        Protection, parent=parent, kind=kind, user=user, from_date=today() - timedelta(days=1)
    )


def ask_for_protection(parent: Parent, by: User, kind: str = "denied") -> ProtectionRequest:
    """A request for protection that waits."""
    return stored(
        ProtectionRequest,
        parent=parent,
        kind=kind,
        why="A cousin works here",
        asked_by=by,
        asked_at=timezone.now(),
    )


def make_opening(parent: Parent, opened_by: User | None = None, **values: Any) -> EmergencyOpening:
    """A record that somebody opened in an emergency, to be reviewed."""
    now = timezone.now()
    return stored(
        EmergencyOpening,
        parent=parent,
        opened_by=opened_by or make_user(),
        reason="parent_at_risk",
        why="The hospital rang and could not wait",
        opened_at=now,
        ends_at=now + timedelta(hours=1),
        review_by=today() + timedelta(days=7),
        **values,
    )


def grant_for_a_time(user: User, parent: Parent, programme: Programme, kind: str) -> TimedGrant:
    """A timed grant in force for a week."""
    return stored(
        TimedGrant,
        user=user,
        parent=parent,
        programme=programme,
        kind=kind,
        starts_at=timezone.now() - timedelta(minutes=1),
        ends_at=timezone.now() + timedelta(days=7),
        given_by_id=actors.SEEDER,
    )


def make_stand_in(user: User, worker: Worker, parent: Parent, **values: Any) -> TimedGrant:
    """Somebody stands in for a worker with one of her parents, for a week."""
    return stored(
        TimedGrant,
        **{
            "user": user,
            "parent": parent,
            "programme": worker.programme,
            "kind": TimedGrant.Kind.STAND_IN,
            "worker": worker,
            "cover_id": uuid4(),
            "starts_at": timezone.now() - timedelta(minutes=1),
            "ends_at": timezone.now() + timedelta(days=7),
            "given_by_id": actors.SEEDER,
            **values,
        },
    )


def _by_seeder(values: dict[str, Any], name: str) -> dict[str, Any]:
    """Whoever did it is the seeder unless the test says who."""
    if name not in values:
        values[f"{name}_id"] = actors.SEEDER
    return values


def make_measure(episode: Episode, **values: Any) -> Measure:
    """A CORE-10 of 17 on the day the work began, unless said otherwise."""
    values.setdefault("completed_on", episode.opened_on)
    values.setdefault("instrument", "core10")
    if not values.get("items"):
        values.setdefault("total", 17)
    measure: Measure = stored(Measure, episode=episode, **values)
    return measure


def make_assessment(episode: Episode, **values: Any) -> Assessment:
    """An assessment of parenting that was begun today and goes on, unless said otherwise."""
    values.setdefault("kind", "parenting")
    values.setdefault("started_on", today())
    assessment: Assessment = stored(Assessment, episode=episode, **values)
    return assessment


def make_meeting(episode: Episode, **values: Any) -> Meeting:
    """A meeting of professionals, set for a week from today, unless said otherwise."""
    values.setdefault("kind", "professionals")
    if not values.get("held_on"):
        values.setdefault("due_on", today() + timedelta(days=7))
    meeting: Meeting = stored(Meeting, episode=episode, **values)
    return meeting


def make_goal(episode: Episode, **values: Any) -> Goal:
    """A goal in the parent's words, agreed today and going on, unless said otherwise."""
    named = {"wording": "A home of my own", "set_by": "parent", "agreed_on": today(), **values}
    goal: Goal = stored(Goal, episode=episode, **named)
    return goal


def make_help(episode: Episode, **values: Any) -> Support:
    """Help with a form, offered today and not yet answered, unless said otherwise."""
    named = {"category": "practical", "kind": "Help with a housing form", **values}
    named = {"offered_on": today(), "response": "not_yet_answered", **named}
    offered: Support = stored(Support, episode=episode, **named)
    return offered


def make_supervision(episode: Episode, **values: Any) -> Supervision:
    """A supervision of today about the flat, unless said otherwise."""
    named = {"held_on": today(), "talked_about": "How the flat is", "decision": "Wait", **values}
    held: Supervision = stored(Supervision, episode=episode, **named)
    return held


def make_mark(parent: Parent, kind: str, row: UUID, **values: Any) -> SignificantEvent:
    """An event marked as significant, as pressing its button would."""
    with as_seeder():
        place = place_of(parent, kind, row)
        assert place
        return SignificantEvent.objects.create(
            id=uuid5(row, f"{kind} {parent.pk}"),
            parent=parent,
            kind=kind,
            row=row,
            part=place.part,
            programme_id=place.programme_id,
            pregnancy_id=place.pregnancy_id,
            **_by_seeder(values, "marked_by"),
        )


def make_entry(parent: Parent, programme: Programme, **values: Any) -> ChronologyEntry:
    """An event from elsewhere, of a year ago."""
    values.setdefault("happened_on", today() - timedelta(days=365))
    values.setdefault("what", "Moved house")
    values.setdefault("source", "letter of the housing office")
    _by_seeder(values, "written_by")
    return stored(ChronologyEntry, parent=parent, programme=programme, **values)


def make_chronology(parent: Parent, programme: Programme, **values: Any) -> Chronology:
    """A chronology without a line, checked an hour ago unless said otherwise."""
    values.setdefault("last_day", today())
    values.setdefault("for_whom", "court")
    values.setdefault("recipient", "Northtown Family Court")
    values.setdefault("line_count", 0)
    _by_seeder(values, "made_by")
    values.setdefault("checked_by_id", actors.SEEDER)
    if values["checked_by_id"]:
        values.setdefault("checked_at", timezone.now() - timedelta(hours=1))
        values.setdefault("digest", digest_of(()))
    return stored(Chronology, parent=parent, programme=programme, **values)


def make_letter(parent: Parent, programme: Programme, **values: Any) -> Letter:
    """A letter that is being written."""
    values.setdefault("template", "When we will meet")
    values.setdefault("recipient", "the parent")
    values.setdefault("words", "We will meet at the door, as last time.")
    _by_seeder(values, "written_by")
    return stored(Letter, parent=parent, programme=programme, **values)


def make_session(programme: Programme, **values: Any) -> GroupSession:
    """A date of a group, an hour ago unless said otherwise."""
    kind = values.pop("kind", "group")
    values.setdefault("starts_at", timezone.now() - timedelta(hours=1))
    group = values.pop("group", None) or stored(
        Group, programme=programme, name="Coffee and talk", kind=kind
    )
    return stored(GroupSession, group=group, **values)


def make_member(group: Group, parent: Parent) -> GroupMember:
    """Somebody who may come to a group."""
    return stored(GroupMember, group=group, parent=parent, programme=group.programme)


def make_attendance(session: GroupSession, parent: Parent, **values: Any) -> Attendance:
    """One line of a register."""
    _by_seeder(values, "marked_by")
    programme = session.group.programme
    return stored(Attendance, session=session, parent=parent, programme=programme, **values)
