"""Choices about how a parent comes to a programme and how she or he leaves it."""

from django.db.models import TextChoices


class ReferralSource(TextChoices):
    SELF = "self", "The parent"
    MIDWIFE = "midwife", "Midwife"
    HEALTH_VISITOR = "health_visitor", "Health visitor"
    SOCIAL_WORKER = "social_worker", "Social worker"
    EARLY_HELP = "early_help", "Early help"
    LEGAL = "legal", "Solicitor or legal team"
    GP = "gp", "GP"
    PROBATION = "probation", "Probation"
    POLICE = "police", "Police"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    COURT = "court", "Court"
    OTHER = "other", "Someone else"
    NOT_RECORDED = "not_recorded", "Not recorded"


class Decision(TextChoices):
    PENDING = "pending", "Not yet decided"
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    WITHDRAWN = "withdrawn", "Withdrawn"


class NotAcceptedReason(TextChoices):
    PREGNANCY_DID_NOT_PROGRESS = "pregnancy_did_not_progress", "The pregnancy did not continue"
    CRITERIA_NOT_MET = "criteria_not_met", "Does not meet the programme's criteria"
    OUT_OF_AREA = "out_of_area", "Lives outside the area"
    DECLINED_BY_PARENT = "declined_by_parent", "The parent chose not to take part"
    NO_CAPACITY = "no_capacity", "The programme had no place"
    DUPLICATE = "duplicate", "Entered twice"
    OTHER = "other", "Other"


class ClosureReason(TextChoices):
    COMPLETED = "completed", "Completed as planned"
    MOVED_TO_NEXT_STEPS = "moved_to_next_steps", "Moved on to Next Steps"
    MOVED_AREA = "moved_area", "Moved to another area"
    PREGNANCY_DID_NOT_PROGRESS = "pregnancy_did_not_progress", "The pregnancy did not continue"
    TRANSFERRED = "transferred", "Passed to another service"
    CHOSE_NOT_TO_CONTINUE = "chose_not_to_continue", "Chose not to continue"
    LOST_TOUCH = "lost_touch", "We lost touch"
    CHILD_RETURNED = "child_returned", "A child returned to the parent's care"
    CUSTODY_OR_HOSPITAL = "custody_or_hospital", "Long stay in prison or hospital"
    STAFF_SAFETY = "staff_safety", "Not safe for staff to continue"
    DIED = "died", "Died"
    SERVICE_ENDED = "service_ended", "The service ended"
    OTHER = "other", "Other"
