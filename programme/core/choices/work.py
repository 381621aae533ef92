"""Choices about everyday work: contacts, assessments and meetings."""

from django.db.models import TextChoices


class ContactMode(TextChoices):
    HOME_VISIT = "home_visit", "Home visit"
    COMMUNITY_VISIT = "community_visit", "Out and about"
    OFFICE = "office", "At our office"
    PHONE = "phone", "Phone call"
    VIDEO = "video", "Video call"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter or card"
    GROUP = "group", "Group"
    COURT = "court", "At court"
    HEALTH_APPOINTMENT = "health_appointment", "Health appointment"
    OTHER = "other", "Other"


class ContactKind(TextChoices):
    """What a contact may be, so that it is written up sooner; blank for any other."""

    CRISIS = "crisis", "A crisis or critical event"
    STATUTORY_VISIT = "statutory_visit", "A statutory visit"


class ContactPurpose(TextChoices):
    SUPPORT = "support", "Support"
    ASSESSMENT = "assessment", "Assessment"
    MEETING = "meeting", "Meeting"
    GROUP_SESSION = "group_session", "Group session"
    FAMILY_TIME = "family_time", "Family time"
    OTHER = "other", "Other"


class ContactOutcome(TextChoices):
    MET = "met", "We met or spoke"
    TRIED_NO_ANSWER = "tried_no_answer", "Tried, no answer"
    MISSED_BY_PARENT = "missed_by_parent", "The parent did not come"
    CANCELLED_BY_PARENT = "cancelled_by_parent", "The parent cancelled"
    CANCELLED_BY_SERVICE = "cancelled_by_service", "We cancelled"


class MissedBecause(TextChoices):
    """Whose reason it was that a parent did not come."""

    PARENT = "parent", "The parent’s own reason"
    SERVICE = "service", "Our reason"
    LOGISTICS = "logistics", "A practical reason, like travel"


class AssessmentKind(TextChoices):
    PRE_BIRTH = "pre_birth", "Pre-birth assessment"
    POST_BIRTH = "post_birth", "Post-birth assessment"
    PARENTING = "parenting", "Parenting assessment"
    INITIAL = "initial", "Initial assessment"
    FATHER_OWN = "father_own", "The father's own assessment"
    OTHER = "other", "Other assessment"


class MeetingKind(TextChoices):
    ALLOCATION = "allocation", "Allocation meeting"
    FORMULATION = "formulation", "Formulation meeting"
    INITIAL_CHILD_PROTECTION_CONFERENCE = (
        "initial_child_protection_conference",
        "Initial child protection conference",
    )
    REVIEW_CHILD_PROTECTION_CONFERENCE = (
        "review_child_protection_conference",
        "Review child protection conference",
    )
    LOOKED_AFTER_REVIEW = "looked_after_review", "Review for a child in care"
    FAMILY_GROUP_CONFERENCE = "family_group_conference", "Family group conference"
    BIRTH_PLANNING = "birth_planning", "Birth planning meeting"
    PROFESSIONALS = "professionals", "Professionals' meeting"
    OTHER = "other", "Other meeting"
