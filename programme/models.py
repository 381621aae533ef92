"""Every slice's tables, gathered for Django. Import models from their slices."""

from programme.access.models import HeldLink, InTheKnow, RoleGrant, TimedGrant, User, Visible
from programme.assessments.models import Assessment, Meeting
from programme.audit.models import ChainHead, ChainLink, Event, Sight
from programme.chronology.models import ChronologyEntry, SignificantEvent
from programme.consents.models import Consent
from programme.contacts.models import Contact, ContactPerson, NextStep, PlannedContact, Served
from programme.contraception.models import ContraceptionChoice, InformationOffered
from programme.core.models import CodeValue
from programme.documents.models import Document
from programme.drafts.models import Draft
from programme.episodes.models import Allocation, Episode, Pause, Stage, Supervision
from programme.exchange.models import LoadPart, LoadRequest
from programme.families.models import (
    DatePrompts,
    FamilyTime,
    ImportantDate,
    Noticed,
    OtherParentOfChild,
)
from programme.groups.models import Attendance, Group, GroupMember, GroupSession
from programme.intake.models import Told
from programme.jobs.models import Failure
from programme.joining.models import Merge, MergeMove, NotTheSame, PossibleMatch
from programme.letters.models import Letter
from programme.measures.models import Feedback, Measure
from programme.papers.models import Chronology, ChronologyLine, LetterTemplate
from programme.pathways.models import (
    ClosedDay,
    Pathway,
    Programme,
    StageDefinition,
    StageWeight,
    TimescaleRule,
    Worker,
)
from programme.people.models import (
    Child,
    FamilyMember,
    Home,
    Identity,
    Parent,
    ParentChild,
    Partnership,
    Protection,
    SafeContact,
    SamePerson,
)
from programme.pregnancies.models import DueDate, Pregnancy, PregnancyTold
from programme.proceedings.models import (
    ChildCircumstance,
    CourtDate,
    Hearing,
    HearingCompany,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    Representation,
    Separation,
)
from programme.protection.models import EmergencyOpening, ProtectionRequest
from programme.referrals.models import Identification, Referral
from programme.reminders.models import Reminders
from programme.reporting.models import Cost, Population, Release, ReleaseTable
from programme.returning.models import RecordRequest
from programme.supervision.models import Handover, SignOff, SupervisionAction
from programme.support.models import Goal, GoalRating, NeedRating, Spending, Support, Therapy

__all__ = [
    "Allocation",
    "Assessment",
    "Attendance",
    "ChainHead",
    "ChainLink",
    "Child",
    "ChildCircumstance",
    "Chronology",
    "ChronologyEntry",
    "ChronologyLine",
    "ClosedDay",
    "CodeValue",
    "Consent",
    "Contact",
    "ContactPerson",
    "ContraceptionChoice",
    "Cost",
    "CourtDate",
    "DatePrompts",
    "Document",
    "Draft",
    "DueDate",
    "EmergencyOpening",
    "Episode",
    "Event",
    "Failure",
    "FamilyMember",
    "FamilyTime",
    "Feedback",
    "Goal",
    "GoalRating",
    "Group",
    "GroupMember",
    "GroupSession",
    "Handover",
    "Hearing",
    "HearingCompany",
    "HeldLink",
    "Home",
    "Identification",
    "Identity",
    "ImportantDate",
    "InTheKnow",
    "InformationOffered",
    "Letter",
    "LetterTemplate",
    "LoadPart",
    "LoadRequest",
    "Measure",
    "Meeting",
    "Merge",
    "MergeMove",
    "NeedRating",
    "NextStep",
    "NotTheSame",
    "Noticed",
    "OtherParentOfChild",
    "Parent",
    "ParentChild",
    "Partnership",
    "Pathway",
    "Pause",
    "PlannedContact",
    "Population",
    "PossibleMatch",
    "Pregnancy",
    "PregnancyTold",
    "Proceedings",
    "ProceedingsChild",
    "ProceedingsParent",
    "Programme",
    "Protection",
    "ProtectionRequest",
    "RecordRequest",
    "Referral",
    "Release",
    "ReleaseTable",
    "Reminders",
    "Representation",
    "RoleGrant",
    "SafeContact",
    "SamePerson",
    "Separation",
    "Served",
    "Sight",
    "SignOff",
    "SignificantEvent",
    "Spending",
    "Stage",
    "StageDefinition",
    "StageWeight",
    "Supervision",
    "SupervisionAction",
    "Support",
    "Therapy",
    "TimedGrant",
    "TimescaleRule",
    "Told",
    "User",
    "Visible",
    "Worker",
]
