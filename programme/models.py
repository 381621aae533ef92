"""Every slice's tables, gathered for Django. Import models from their slices."""

from programme.access.models import RoleGrant, TimedGrant, User, Visible
from programme.assessments.models import Assessment, Meeting
from programme.audit.models import Event, Sight
from programme.consents.models import Consent
from programme.contacts.models import Contact, ContactPerson, NextStep
from programme.contraception.models import ContraceptionChoice, InformationOffered
from programme.core.models import CodeValue
from programme.episodes.models import Allocation, Episode, Pause, Stage, Supervision
from programme.exchange.models import LoadPart, LoadRequest
from programme.measures.models import Feedback, Measure
from programme.pathways.models import Pathway, Programme, StageDefinition, TimescaleRule, Worker
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
from programme.reporting.models import Cost, Population, Release, ReleaseTable
from programme.returning.models import RecordRequest
from programme.support.models import Goal, GoalRating, NeedRating, Spending, Support, Therapy

__all__ = [
    "Allocation",
    "Assessment",
    "Child",
    "ChildCircumstance",
    "CodeValue",
    "Consent",
    "Contact",
    "ContactPerson",
    "ContraceptionChoice",
    "Cost",
    "DueDate",
    "Episode",
    "Event",
    "Feedback",
    "Goal",
    "GoalRating",
    "Home",
    "Identification",
    "Identity",
    "InformationOffered",
    "LoadPart",
    "LoadRequest",
    "Measure",
    "Meeting",
    "NeedRating",
    "NextStep",
    "Parent",
    "ParentChild",
    "Partnership",
    "Pathway",
    "Pause",
    "Population",
    "Pregnancy",
    "Proceedings",
    "ProceedingsChild",
    "ProceedingsParent",
    "Programme",
    "Protection",
    "RecordRequest",
    "Referral",
    "Release",
    "ReleaseTable",
    "RoleGrant",
    "SafeContact",
    "Separation",
    "Sight",
    "Spending",
    "Stage",
    "StageDefinition",
    "Supervision",
    "Support",
    "Therapy",
    "TimedGrant",
    "TimescaleRule",
    "User",
    "Visible",
    "Worker",
]
