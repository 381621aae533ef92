"""Rows for tests: one small function for each, with sensible values for what a test leaves open.

Rows are stored in the name of the declared actor "seeder", who may write everything; what a
test's own people may see or change is for the test to find out.
"""

from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from programme.access import actors
from programme.access.models import RoleGrant, TimedGrant, User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.audit.actor import Actor, acting
from programme.consents.models import Consent
from programme.contacts.models import Contact
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode, Stage
from programme.pathways.models import Programme, Worker
from programme.people.models import Home, Identity, Parent, Protection, SafeContact
from programme.pregnancies.models import DueDate, Pregnancy
from programme.referrals.models import Referral

_numbers = count(1)
DEMO_BACKEND = "programme.access.backends.DemoBackend"


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


def make_contact(parent: Parent, episode: Episode | None = None, **values: Any) -> Contact:
    """A home visit a day ago at which they met, unless said otherwise."""
    values.setdefault("programme", episode.programme if episode else None)
    values.setdefault("happened_at", timezone.now() - timedelta(days=1))
    values.setdefault("mode", "home_visit")
    values.setdefault("outcome", "met")
    return stored(Contact, parent=parent, episode=episode, **values)


def make_consent(
    parent: Parent,
    purpose: str,
    decision: str = "given",
    decided_at: datetime | None = None,
    **values: Any,
) -> Consent:
    """A decision of a month ago, unless said otherwise."""
    decided_at = decided_at or timezone.now() - timedelta(days=30)
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


def protect(parent: Parent, kind: str, user: User) -> Protection:
    """A restriction to, or a denial of, one person."""
    return stored(
        Protection, parent=parent, kind=kind, user=user, from_date=today() - timedelta(days=1)
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
