"""Choices about separations and care proceedings in England and Wales."""

from django.db.models import TextChoices


class LegalRoute(TextChoices):
    SECTION_20 = "section_20", "By agreement, section 20 (England)"
    SECTION_76 = "section_76", "By agreement, section 76 (Wales)"
    POLICE_PROTECTION = "police_protection", "Police protection"
    EMERGENCY_PROTECTION_ORDER = "emergency_protection_order", "Emergency protection order"
    INTERIM_CARE_ORDER = "interim_care_order", "Interim care order"
    CARE_ORDER = "care_order", "Care order"
    PLACEMENT_ORDER = "placement_order", "Placement order"
    PRIVATE_ARRANGEMENT = "private_arrangement", "Private arrangement"
    RELINQUISHED = "relinquished", "Parent asked for adoption"
    OTHER = "other", "Other"
    NOT_RECORDED = "not_recorded", "Not recorded"


class UrgencyReason(TextChoices):
    NONE = "none", "Not urgent"
    IMMEDIATE_SAFETY = "immediate_safety", "Immediate safety of the child"
    EMERGENCY_PROTECTION_ORDER = "emergency_protection_order", "Emergency protection order"
    OTHER = "other", "Other"
    NOT_RECORDED = "not_recorded", "Not recorded"


class ProceedingsEnd(TextChoices):
    FINAL_ORDER = "final_order", "Final order made"
    WITHDRAWN = "withdrawn", "Withdrawn"
    STAYED = "stayed", "Stayed"


class FinalOrder(TextChoices):
    CARE_ORDER = "care_order", "Care order"
    CARE_ORDER_AT_HOME = "care_order_at_home", "Care order, child at home"
    PLACEMENT_ORDER = "placement_order", "Placement order"
    SPECIAL_GUARDIANSHIP = "special_guardianship", "Special guardianship order"
    CHILD_ARRANGEMENTS = "child_arrangements", "Child arrangements order"
    SUPERVISION_ORDER = "supervision_order", "Supervision order"
    ADOPTION = "adoption", "Adoption order"
    NO_ORDER = "no_order", "No order"
    OTHER = "other", "Other"


class CourtDateKind(TextChoices):
    LETTER = "letter", "Pre-proceedings letter"
    ISSUED = "issued", "Proceedings issued"
    FIRST_HEARING = "first_hearing", "First hearing"
    ORDER = "order", "Order about a child"
    CONCLUDED = "concluded", "Proceedings concluded"


class CourtSource(TextChoices):
    """Who says so; what comes earlier here counts for more."""

    COURT_DOCUMENT = "court_document", "A court document"
    LOCAL_AUTHORITY = "local_authority", "The local authority"
    OTHER = "other", "Somebody else"
    PARENT = "parent", "The parent told us"


class HearingKind(TextChoices):
    FIRST = "first", "First hearing"
    URGENT = "urgent", "Urgent hearing"
    INTERIM = "interim", "Contested interim hearing"
    DIRECTIONS = "directions", "Directions"
    ISSUES_RESOLUTION = "issues_resolution", "Issues resolution hearing"
    FINAL = "final", "Final hearing"
    PROBLEM_SOLVING = "problem_solving", "Problem-solving hearing"
    OTHER = "other", "Other"


class HearingOutcome(TextChoices):
    HELD = "held", "It went ahead"
    MOVED = "moved", "It was moved to another day"
    CALLED_OFF = "called_off", "It was called off"
