"""Taking a referral in: somebody new gets a record, somebody known keeps hers as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from django.db import transaction

from programme.access.actors import RECEIVER
from programme.access.holdings import holdings_of, written_in
from programme.access.models import User
from programme.access.parts import Part
from programme.access.policy import PRACTITIONERS
from programme.access.scope import acting_as
from programme.access.writing import store, store_once
from programme.audit import events
from programme.core.choices import Decision, NotAcceptedReason, ParentRole, RelationToChild
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Episode
from programme.intake import models
from programme.joining.actions import ask_keepers, say_not_the_same
from programme.pathways.models import Programme
from programme.people.matching import Known, KnownChild
from programme.people.models import Child, Identity, Parent, ParentChild, SafeContact
from programme.referrals.actions import decide_referral, receive_once
from programme.referrals.models import Referral

events.declare(intake__parent_taken_in="began a record for somebody new")


@dataclass(frozen=True)
class HowToReach:
    """How to reach somebody safely, as far as told; blank means that nobody has asked."""

    number: str = ""
    times: str = ""
    words_to_avoid: str = ""
    may_leave_message: bool | None = None
    may_text: bool | None = None

    @property
    def is_told(self) -> bool:
        """Whether anything at all was told."""
        asked = (self.may_leave_message, self.may_text)
        return any((self.number, self.times, self.words_to_avoid)) or asked != (None, None)


@dataclass(frozen=True)
class Told:
    """What is told of somebody: a name, and whatever else is known."""

    given_names: str
    family_name: str
    known_as: str = ""
    other_names: str = ""
    date_of_birth: date | None = None
    parent_role: str = ParentRole.MOTHER
    reach: HowToReach = HowToReach()
    # Names as they were told, and the day of birth where it was told.
    children: tuple[KnownChild, ...] = ()

    @property
    def known(self) -> Known:
        """The same as facts to compare."""
        return Known(
            given_names=self.given_names,
            family_name=self.family_name,
            known_as=self.known_as,
            other_names=self.other_names,
            born_on=self.date_of_birth,
            role=self.parent_role,
            numbers=(self.reach.number,) if self.reach.number else (),
            children=self.children,
        )


@dataclass(frozen=True)
class Referred:
    """Who refers, when and why, to which programme."""

    programme: Programme
    received_on: date
    source: str
    reason: str = ""


class Goes(StrEnum):
    """Where a referral of somebody known goes."""

    NEW_EPISODE = "new_episode"
    OPEN_ONE = "open_one"


@dataclass(frozen=True)
class TakenIn:
    """What came of it."""

    parent: Parent
    referral: Referral
    is_new: bool = True


@transaction.atomic
def receive_new(
    *,
    key: UUID,
    told: Told,
    referred: Referred,
    by: User,
    not_the_same: Iterable[Parent] = (),
) -> TakenIn:
    """Begins a record for somebody nobody knows, with her referral, once for each form.

    Until the referral stands no rule names her team, so the declared actor "receiver" writes;
    whoever typed it stands on the referral and the event. Records in ``not_the_same`` were shown
    and are somebody else's. Records that may not be shown are looked at afterwards.
    """
    _refuse_unless_theirs(referred.programme, by)
    with acting_as(RECEIVER):
        parent, is_new = store_once(Parent(id=uuid5(key, "parent"), parent_role=told.parent_role))
        if is_new:
            _write_person(parent, told)
        referral, _ = _receive(key, parent, referred, by)
    if is_new:
        events.record("intake.parent_taken_in", subject=parent, parent=parent, by=by)
        say_not_the_same(parent=parent, others=not_the_same, by=by)
        ask_keepers(parent=parent, programme=referred.programme, by=by)
    return TakenIn(parent, referral, is_new)


def _refuse_unless_theirs(programme: Programme, by: User) -> None:
    """A referral is taken in by the team it was made to."""
    if not holdings_of(by).holds(programme.pk, *PRACTITIONERS):
        raise RuleBroken("Choose a programme that you work in.", field="programme")


def _receive(key: UUID, parent: Parent, referred: Referred, by: User) -> tuple[Referral, bool]:
    return receive_once(
        key=key,
        parent=parent,
        programme=referred.programme,
        received_on=referred.received_on,
        source=referred.source,
        reason=referred.reason,
        by=by,
    )


def _write_person(parent: Parent, told: Told) -> None:
    store(
        Identity(
            parent=parent,
            given_names=told.given_names,
            family_name=told.family_name,
            known_as=told.known_as,
            other_names=told.other_names,
            date_of_birth=told.date_of_birth,
        )
    )
    if told.reach.is_told:
        store(
            SafeContact(
                parent=parent,
                number=told.reach.number,
                times=told.reach.times,
                words_to_avoid=told.reach.words_to_avoid,
                may_leave_message=told.reach.may_leave_message,
                may_text=told.reach.may_text,
            )
        )
    for one in told.children:
        child = store(Child(given_names=one.names, date_of_birth=one.born_on))
        store(ParentChild(parent=parent, child=child, relation=RelationToChild.BIRTH))


# --- Somebody known -----------------------------------------------------------------------------


@transaction.atomic
def receive_known(
    *,
    key: UUID,
    parent: Parent,
    told: Told,
    differs: str,
    referred: Referred,
    goes: str,
    by: User,
) -> TakenIn:
    """Puts a referral on a record that is there; who she is stays as it stands.

    ``differs`` is what was told and the record does not say: kept as told then. A referral that
    goes with work already open is decided at once as entered twice, so that nobody waits for it.
    """
    _refuse_unless_theirs(referred.programme, by)
    if referred.programme.pk not in written_in(parent.pk)[Part.INTAKE]:
        raise RuleBroken("Choose a programme that you work in.", field="programme")
    is_open = Episode.objects.filter(
        parent=parent, programme=referred.programme, closed_on=None
    ).exists()
    if goes == Goes.OPEN_ONE and not is_open:
        raise RuleBroken("No work with this programme is open.", field="goes")
    referral, is_new = _receive(key, parent, referred, by)
    if is_new and differs:
        _keep_what_was_told(referral, differs)
    if is_new and goes == Goes.OPEN_ONE:
        decide_referral(
            referral=referral,
            decision=Decision.NOT_ACCEPTED,
            not_accepted_reason=NotAcceptedReason.DUPLICATE,
            decided_on=max(today(), referred.received_on),
            seen_version=referral.version,
            by=by,
        )
    return TakenIn(parent, referral, is_new)


def _keep_what_was_told(referral: Referral, words: str) -> None:
    """In the receiver's name: whoever takes a referral in need not be the parent's own worker."""
    with acting_as(RECEIVER):
        store(models.Told(parent_id=referral.parent_id, referral=referral, words=words))
