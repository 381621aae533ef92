"""Recording a pregnancy and every estimate of its due date."""

from datetime import date
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import save_changes, store, store_once
from programme.audit import events
from programme.core.choices import ParentRole, PregnancyOutcome
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.people.models import Parent
from programme.pregnancies.models import DueDate, Pregnancy, PregnancyTold

events.declare(
    pregnancies__pregnancy_recorded="recorded a pregnancy",
    pregnancies__due_date_added="added an estimate of the due date",
    pregnancies__ending_recorded="recorded how a pregnancy ended",
    pregnancies__ending_taken_back="took back that a pregnancy had ended",
    pregnancies__telling_decided="recorded who may be told of a pregnancy",
)
LONGEST_WAIT_DAYS = 300
ENDINGS = frozenset(PregnancyOutcome.values) - {PregnancyOutcome.ONGOING.value}


@transaction.atomic
def record_pregnancy(
    *,
    key: UUID,
    mother: Parent,
    known_on: date,
    by: User,
    estimated_due_date: date | None = None,
    basis: str = "",
    booked_on: date | None = None,
    father: Parent | None = None,
    father_not_named_reason: str = "",
) -> Pregnancy:
    """Keeps a new pregnancy with its first estimate, once however often its form is sent."""
    if mother.parent_role == ParentRole.FATHER:
        raise RuleBroken("A pregnancy is recorded on the mother's record.")
    if known_on > today():
        raise RuleBroken("The day it became known cannot be in the future.", field="known_on")
    if father and (father.pk == mother.pk or father.parent_role == ParentRole.MOTHER):
        raise RuleBroken("Choose the father from the list.", field="father")
    if father and father_not_named_reason:
        raise RuleBroken("Name the father or say why not, not both.", field="father")
    pregnancy, is_new = store_once(
        Pregnancy(
            id=key,
            mother=mother,
            father=father,
            known_on=known_on,
            booked_on=booked_on,
            father_not_named_reason=father_not_named_reason,
        )
    )
    if is_new:
        events.record("pregnancies.pregnancy_recorded", subject=pregnancy, parent=mother, by=by)
        if estimated_due_date:
            add_due_date(
                pregnancy=pregnancy,
                estimated_due_date=estimated_due_date,
                basis=basis,
                recorded_on=known_on,
                by=by,
            )
    return pregnancy


@transaction.atomic
def add_due_date(
    *, pregnancy: Pregnancy, estimated_due_date: date, basis: str, recorded_on: date, by: User
) -> DueDate:
    """Adds an estimate; the earlier ones are kept for ever. The same one twice is one."""
    if not basis:
        raise RuleBroken("Say what the due date is based on.", field="basis")
    if recorded_on > today():
        raise RuleBroken("The day it was said cannot be in the future.", field="recorded_on")
    if abs((estimated_due_date - recorded_on).days) > LONGEST_WAIT_DAYS:
        raise RuleBroken(
            "The due date is more than 10 months away from the day it was said. Check the year.",
            field="estimated_due_date",
        )
    same = pregnancy.due_dates.filter(
        estimated_due_date=estimated_due_date, basis=basis, recorded_on=recorded_on
    ).first()
    if same is not None:
        return same
    estimate = store(
        DueDate(
            pregnancy=pregnancy,
            estimated_due_date=estimated_due_date,
            basis=basis,
            recorded_on=recorded_on,
        )
    )
    events.record("pregnancies.due_date_added", subject=estimate, parent=pregnancy.mother, by=by)
    return estimate


@transaction.atomic
def record_ending(
    *,
    pregnancy: Pregnancy,
    outcome: str,
    ended_on: date,
    seen_version: int,
    by: User,
    reason: str = "",
) -> Pregnancy:
    """Keeps how and when a pregnancy ended; its due dates stay as they were.

    The first time needs no reason; another ending than the one recorded does.
    One that was ended by choice is seen by the care pair only from then on (the wall says so).
    The same ending again is no change.
    """
    if (pregnancy.outcome, pregnancy.ended_on) == (outcome, ended_on):
        return pregnancy
    if outcome not in ENDINGS:
        raise RuleBroken("Choose how the pregnancy ended.", field="outcome")
    if ended_on > today():
        raise RuleBroken("The day it ended cannot be in the future.", field="ended_on")
    if (pregnancy.known_on - ended_on).days > LONGEST_WAIT_DAYS:
        raise RuleBroken("That is long before it became known. Check the year.", field="ended_on")
    amends = not pregnancy.is_ongoing
    pregnancy.outcome, pregnancy.ended_on = outcome, ended_on
    save_changes(pregnancy, seen_version=seen_version, reason=reason if amends else None)
    mother = pregnancy.mother
    events.record("pregnancies.ending_recorded", subject=pregnancy, parent=mother, by=by)
    return pregnancy


@transaction.atomic
def take_back_ending(
    *, pregnancy: Pregnancy, seen_version: int, reason: str, by: User
) -> Pregnancy:
    """The ending was recorded by mistake: the pregnancy goes on, and all that is due with it.

    Refused once a baby of it stands on a record. Of one that goes on already it is no change.
    """
    if pregnancy.is_ongoing:
        return pregnancy
    if pregnancy.children.filter(date_of_birth__isnull=False).exists():
        raise RuleBroken(
            "A baby of this pregnancy is on the record. Put the child right first.",
            field="outcome",
        )
    pregnancy.outcome, pregnancy.ended_on = PregnancyOutcome.ONGOING, None
    save_changes(pregnancy, seen_version=seen_version, reason=reason)
    mother = pregnancy.mother
    events.record("pregnancies.ending_taken_back", subject=pregnancy, parent=mother, by=by)
    return pregnancy


@transaction.atomic
def decide_telling(
    *,
    key: UUID,
    pregnancy: Pregnancy,
    other_parent: Parent,
    may_be_told: bool,
    decided_on: date,
    words: str,
    words_of: str,
    by: User,
) -> PregnancyTold:
    """Adds the mother's answer whether another parent may be told; earlier answers stay.

    Once however often its form is sent. A termination is never told, so it is not asked.
    """
    if pregnancy.outcome == PregnancyOutcome.TERMINATION:
        raise RuleBroken("This pregnancy is told to nobody.")
    if other_parent.pk == pregnancy.mother_id:
        raise RuleBroken("Choose another parent.", field="other_parent")
    if decided_on > today():
        raise RuleBroken("The day it was said cannot be in the future.", field="decided_on")
    answer, is_new = store_once(
        PregnancyTold(
            id=key,
            pregnancy=pregnancy,
            other_parent=other_parent,
            may_be_told=may_be_told,
            decided_on=decided_on,
            words=words,
            words_of=words_of,
            asked_by=by,
        )
    )
    if is_new:
        mother = pregnancy.mother
        events.record("pregnancies.telling_decided", subject=answer, parent=mother, by=by)
    return answer
