"""Which models keep the rows of which table of the package."""

from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, DecimalField, Model

from programme.assessments.models import Assessment, Meeting
from programme.consents.models import Consent
from programme.contacts.models import Contact, ContactPerson, NextStep
from programme.contraception.models import ContraceptionChoice, InformationOffered
from programme.episodes.models import Allocation, Episode, Pause, Stage, Supervision
from programme.measures.models import Feedback, Measure
from programme.pathways.models import Programme, Worker
from programme.people.models import (
    Child,
    Home,
    Identity,
    Parent,
    ParentChild,
    Partnership,
    Protection,
    SafeContact,
)
from programme.pregnancies.models import DueDate, Pregnancy
from programme.proceedings.models import (
    ChildCircumstance,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    Separation,
)
from programme.referrals.models import Identification, Referral
from programme.reporting.models import Cost, Population
from programme.support.models import Goal, GoalRating, NeedRating, Spending, Support, Therapy

# The first model has the table's id; a row of a later one stands beside it or in its place.
MODELS: dict[str, tuple[type[Model], ...]] = {
    "programmes": (Programme,),
    "workers": (Worker,),
    "parents": (Parent, Identity, Home),
    "safe_contact": (SafeContact,),
    "protections": (Protection,),
    "partnerships": (Partnership,),
    "pregnancies": (Pregnancy,),
    "due_dates": (DueDate,),
    "children": (Child,),
    "parent_child": (ParentChild,),
    "proceedings": (Proceedings,),
    "proceedings_children": (ProceedingsChild,),
    "proceedings_parents": (ProceedingsParent,),
    "separations": (Separation,),
    "child_circumstances": (ChildCircumstance,),
    "identifications": (Identification,),
    "referrals": (Referral,),
    "episodes": (Episode,),
    "stages": (Stage,),
    "pauses": (Pause,),
    "allocations": (Allocation,),
    "contacts": (Contact,),
    "contact_people": (ContactPerson,),
    "next_steps": (NextStep,),
    "needs": (NeedRating,),
    "goals": (Goal,),
    "goal_ratings": (GoalRating,),
    "support": (Support, Therapy),
    "consents": (Consent,),
    "contraception": (ContraceptionChoice, InformationOffered),
    "assessments": (Assessment,),
    "meetings": (Meeting,),
    "measures": (Measure,),
    "feedback": (Feedback,),
    "spending": (Spending,),
    "supervision": (Supervision,),
    "population": (Population,),
    "costs": (Cost,),
}
# One row of the table is kept either by the first or by the second model.
EITHER = frozenset({"support", "contraception"})


def identified(table: str) -> tuple[type[Model], ...]:
    """The models whose rows the ids of this table name."""
    return MODELS[table] if table in EITHER else MODELS[table][:1]


@cache
def longest(table: str, column: str) -> int | None:
    """How many characters the column's text may have; None where there is no limit."""
    for model in MODELS[table]:
        try:
            kept_in = model._meta.get_field(column)
        except FieldDoesNotExist:
            continue
        if isinstance(kept_in, CharField):
            return kept_in.max_length
    return None


@cache
def digits(table: str, column: str) -> tuple[int, int]:
    """How many digits before and after the point a number may have."""
    kept_in = MODELS[table][0]._meta.get_field(column)
    assert isinstance(kept_in, DecimalField)
    assert kept_in.max_digits is not None and kept_in.decimal_places is not None
    return kept_in.max_digits - kept_in.decimal_places, kept_in.decimal_places
