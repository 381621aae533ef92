"""An identity and one parent for each way of standing to her, each record with every row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from programme.access.models import User
from programme.access.parts import Role
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.pathways.models import Programme
from programme.people.models import Parent
from programme.returning.models import RecordRequest
from tests import builders as make

RELATIONS = ("own", "team", "other", "restricted", "denied")
# Held for the whole organisation, not for one programme.
EVERYWHERE = {Role.PROTECTION_OFFICER, Role.EDITOR, Role.ADMINISTRATOR}
REFERRED = {Role.CLINICIAN: "clinician", Role.THERAPIST: "therapist"}


@dataclass
class Record:
    """A parent and the ids of what hangs on her record."""

    parent: Parent
    ids: dict[str, UUID] = field(default_factory=dict)


@dataclass
class Standing:
    """Somebody with her roles, and the records she may or may not open."""

    user: User
    programme: Programme
    records: dict[str, Record]


def make_standing(*roles: Role, relations: Sequence[str] = RELATIONS) -> Standing:
    """One person with these roles in one programme (or everywhere), and a record for each relation.

    The relations are those of the person to the record, all five unless said otherwise.
    """
    with make.as_seeder():
        programme, elsewhere = make.make_programme(), make.make_programme()
        user = make.make_user()
        for role in roles:
            make.grant_role(user, role, None if role in EVERYWHERE else programme)
        make.make_worker(programme, user)
        records = {
            relation: _record(user, roles, relation, programme, elsewhere) for relation in relations
        }
        return Standing(user, programme, records)


def _record(
    user: User, roles: tuple[Role, ...], relation: str, programme: Programme, elsewhere: Programme
) -> Record:
    where = elsewhere if relation == "other" else programme
    parent = make.make_parent(postcode="ZZ1 1ZZ")
    worker = user.workers.get() if relation == "own" else make.make_worker(where)
    referred = [role for role in roles if role in REFERRED]
    episode = make.make_episode(parent, where, worker)
    make.enter_stage(episode, "engagement", episode.opened_on)
    if relation == "own":
        for role in referred:
            make.grant_for_a_time(user, parent, programme, REFERRED[role])
    if relation == "restricted":
        make.protect(parent, "restricted", make.make_user())
    if relation == "denied":
        make.protect(parent, "denied", user)
    covers = {"covers_own_worker": True, "covers_stand_in": True, "covers_clinician": True}
    make.make_consent(parent, "record_contraception", **covers)
    return Record(parent, _rows(user, parent, episode, programme, elsewhere))


def _rows(
    user: User, parent: Parent, episode: Any, programme: Programme, elsewhere: Programme
) -> dict[str, UUID]:
    asking = programme if episode.programme == elsewhere else elsewhere
    pregnancy = make.make_pregnancy(parent, today() + timedelta(days=150))
    step = make.stored(NextStep, episode=episode, wording="Ring the centre")
    request = make.stored(
        RecordRequest, parent=parent, programme=asking, asked_by=make.make_user(), why="Pregnant"
    )
    return {
        "contact_id": make.make_contact(parent, episode, written_by=user).pk,
        "step_id": step.pk,
        "pregnancy_id": pregnancy.pk,
        "request_id": request.pk,
    }
