"""Recording a pregnancy and every estimate of its due date."""

from datetime import date
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import store, store_once
from programme.audit import events
from programme.core.choices import ParentRole
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.people.models import Parent
from programme.pregnancies.models import DueDate, Pregnancy

events.declare(
    pregnancies__pregnancy_recorded="recorded a pregnancy",
    pregnancies__due_date_added="added an estimate of the due date",
)
LONGEST_WAIT_DAYS = 300


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
