"""An identity and one parent for each way of standing to her, each record with every row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from programme.access.models import User
from programme.access.parts import Role
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.families.models import FamilyTime, ImportantDate, Noticed
from programme.joining.models import Merge, PossibleMatch
from programme.pathways.models import Programme
from programme.people.models import (
    Child,
    FamilyMember,
    Identity,
    Parent,
    ParentChild,
    Partnership,
    Protection,
    SamePerson,
)
from programme.returning.models import RecordRequest
from programme.supervision.models import SignOff
from tests import builders as make

BORN_ON = date(1996, 2, 3)
RELATIONS = ("own", "team", "other", "restricted", "denied")
# Held for the whole organisation, not for one programme.
EVERYWHERE = {Role.PROTECTION_OFFICER, Role.EDITOR, Role.ADMINISTRATOR}
REFERRED = {Role.CLINICIAN: "clinician", Role.THERAPIST: "therapist"}


@dataclass
class Record:
    """A parent and the ids of what hangs on her record."""

    parent: Parent
    ids: dict[str, Any] = field(default_factory=dict)


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
    # Each born on another day, or the records would be taken for one person's.
    born_on = BORN_ON + timedelta(days=37 * RELATIONS.index(relation))
    parent = make.make_parent(postcode="ZZ1 1ZZ", date_of_birth=born_on)
    worker = user.workers.get() if relation == "own" else make.make_worker(where)
    referred = [role for role in roles if role in REFERRED]
    episode = make.make_episode(parent, where, worker)
    stage = make.enter_stage(episode, "engagement", episode.opened_on)
    if relation == "own":
        for role in referred:
            make.grant_for_a_time(user, parent, programme, REFERRED[role])
    if relation == "restricted":
        make.protect(parent, "restricted", make.make_user())
    if relation == "denied":
        make.protect(parent, "denied", user)
    covers = {"covers_own_worker": True, "covers_stand_in": True, "covers_clinician": True}
    make.make_consent(parent, "record_contraception", **covers)
    ids = _rows(user, parent, episode, programme, elsewhere)
    return Record(parent, {**ids, "code": "stage", "row_id": stage.pk})


def _rows(
    user: User, parent: Parent, episode: Any, programme: Programme, elsewhere: Programme
) -> dict[str, Any]:
    asking = programme if episode.programme == elsewhere else elsewhere
    pregnancy = make.make_pregnancy(parent, today() + timedelta(days=150))
    step = make.stored(NextStep, episode=episode, wording="Ring the centre")
    request = make.stored(
        RecordRequest, parent=parent, programme=asking, asked_by=make.make_user(), why="Pregnant"
    )
    contact = make.make_contact(parent, episode, written_by=user)
    returned = {"step": "returned", "comment": "When?", "contact_version": 1}
    make.stored(SignOff, contact=contact, by=make.make_user(), **returned)
    plan = make.make_plan(episode, written_by=user)
    # One at a time: the pause is of work that has ended.
    long_ago = today() - timedelta(days=900)
    earlier = make.make_episode(
        parent,
        episode.programme,
        referral=make.make_referral(parent, episode.programme, received_on=long_ago),
        closed_on=long_ago + timedelta(days=60),
    )
    court = make.make_proceedings(parent, issued_on=today() - timedelta(days=9))
    # Somebody of the same programme who may be the same person, and who was joined before.
    look_alike, absorbed = make.make_parent(), make.make_parent()
    make.make_referral(look_alike, episode.programme, decision="pending")
    merge = make.stored(
        Merge,
        kept=parent,
        absorbed=absorbed,
        absorbed_reference=absorbed.reference,
        why="Told so",
        joined_by=make.make_user(),
    )
    match = make.stored(
        PossibleMatch,
        parent=parent,
        found_for=look_alike,
        programme=asking,
        asked_by=make.make_user(),
        words="Same date of birth",
    )
    waiting = make.make_referral(parent, episode.programme, decision="pending")
    return {
        "opening_id": make.make_opening(parent).pk,
        "protection_id": _protection_to_come(parent).pk,
        "document_id": make.make_document(parent, episode.programme).pk,
        "set_id": court.pk,
        "hearing_id": make.make_hearing(court).pk,
        "rule_id": make.make_safe_contact(
            parent, number=f"07700 {100_000 + parent.pk.int % 899_999}"
        ).pk,
        **_family_rows(parent, episode),
        "contact_id": contact.pk,
        "plan_id": plan.pk,
        "episode_id": episode.pk,
        "pause_id": make.make_pause(earlier, from_date=earlier.opened_on).pk,
        "kind": "contact",
        "row": contact.pk,
        "mark_id": make.make_mark(parent, "step", step.pk).pk,
        "measure_id": make.make_measure(episode).pk,
        "assessment_id": make.make_assessment(episode).pk,
        "meeting_id": make.make_meeting(episode).pk,
        "supervision_id": make.make_supervision(episode).pk,
        "goal_id": make.make_goal(episode).pk,
        "help_id": make.make_help(episode).pk,
        "instrument": "core10",
        "entry_id": make.make_entry(parent, episode.programme).pk,
        "chronology_id": make.make_chronology(parent, episode.programme).pk,
        "letter_id": make.make_letter(parent, episode.programme).pk,
        "other_id": look_alike.pk,
        "merge_id": merge.pk,
        "match_id": match.pk,
        "referral_id": waiting.pk,
        "step_id": step.pk,
        "pregnancy_id": pregnancy.pk,
        "request_id": request.pk,
    }


def _family_rows(parent: Parent, episode: Any) -> dict[str, UUID]:
    # A child like nobody else's, or two records would be taken for one person's.
    born_on = today() - timedelta(days=2000 + parent.pk.int % 900)
    child = make.stored(Child, given_names=f"Ivy {parent.reference}", date_of_birth=born_on)
    link = make.stored(ParentChild, parent=parent, child=child, relation="birth")
    partner = make.make_parent("other")
    make.make_episode(partner, episode.programme)
    make.stored(Partnership, parent=parent, other_parent=partner)
    own_day = Identity.objects.get(parent=parent).date_of_birth
    beside = make.stored(Child, given_names="Bo", date_of_birth=own_day)
    once = make.stored(Child, given_names="Ali", date_of_birth=born_on + timedelta(days=1))
    for one in (beside, once):
        make.stored(ParentChild, parent=partner, child=one, relation="birth")
    member = make.stored(FamilyMember, parent=parent, name="Sam", parent_role="other")
    spell = make.stored(Partnership, parent=parent, other_member=member)
    time = {"parent": parent, "child": child, "kind": "direct", "agreed_on": today()}
    worry = {"kind": "worry", "wording": "Alone", "words_of": "parent", "noted_on": today()}
    return {
        "child_id": child.pk,
        "link_id": link.pk,
        "same_id": make.stored(SamePerson, child=once, parent=parent).pk,
        "spell_id": spell.pk,
        "time_id": make.stored(FamilyTime, **time).pk,
        "date_id": make.stored(ImportantDate, parent=parent, day=today(), wording="A day").pk,
        "noticed_id": make.stored(Noticed, episode=episode, **worry).pk,
    }


def _protection_to_come(parent: Parent) -> Protection:
    """Nobody is kept out yet, so the record stands as it does without."""
    tomorrow = today() + timedelta(days=1)
    row: Protection = make.stored(
        Protection, parent=parent, kind="denied", user=make.make_user(), from_date=tomorrow
    )
    return row
