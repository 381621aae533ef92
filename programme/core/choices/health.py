"""Choices about permissions and about contraception, which is never a condition of anything."""

from django.db.models import TextChoices


class ConsentPurpose(TextChoices):
    TAKE_PART = "take_part", "Taking part in the programme"
    RECORD_CONTRACEPTION = "record_contraception", "Keeping notes about contraception"
    SHARE_WITH_GP = "share_with_gp", "Sharing with the GP"
    SHARE_WITH_MIDWIFE = "share_with_midwife", "Sharing with the midwife"
    SHARE_WITH_SOCIAL_CARE = "share_with_social_care", "Sharing with social care"
    EVALUATION = "evaluation", "Evaluation and research"
    TEXT_MESSAGES = "text_messages", "Text messages"
    PHOTOGRAPH = "photograph", "Photographs"
    TELL_STORY = "tell_story", "Telling the story publicly"


class ConsentDecision(TextChoices):
    GIVEN = "given", "Given"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ConsentGivenHow(TextChoices):
    SPOKEN = "spoken", "Spoken"
    WRITTEN = "written", "In writing"
    ELECTRONIC = "electronic", "On a screen"
    WITH_INTERPRETER = "with_interpreter", "With an interpreter"
    WITH_ADVOCATE = "with_advocate", "With an advocate"


class ConsentCovers(TextChoices):
    """Whom a permission to record contraception lets see it; several may be chosen."""

    OWN_WORKER = "own_worker", "Their own worker"
    STAND_IN = "stand_in", "The worker who stands in"
    CLINICIAN = "clinician", "The clinician they were referred to"


class ContraceptionEvent(TextChoices):
    INFORMATION_OFFERED = "information_offered", "Information offered"
    CONVERSATION = "conversation", "Conversation"
    CHOICE = "choice", "Their choice"
    METHOD_STARTED = "method_started", "Method started"
    METHOD_ENDED = "method_ended", "Method ended"
    CHANGE_REQUESTED = "change_requested", "Asked to change or stop"
    CHANGE_DONE = "change_done", "Changed or stopped"


class ContraceptionAnswer(TextChoices):
    """Eight full answers; none of them is an error and none is better than another."""

    NOT_DISCUSSED = "not_discussed", "Not discussed"
    NO_DECISION = "no_decision", "No decision yet"
    PREFER_NOT_TO_SAY = "prefer_not_to_say", "Prefers not to say"
    NONE = "none", "No method"
    ABSTAINING = "abstaining", "Not having sex"
    HOPING_FOR_PREGNANCY = "hoping_for_pregnancy", "Hoping for a pregnancy"
    NOT_RELEVANT = "not_relevant", "Not relevant"
    METHOD = "method", "A method"


class ExplainedByRole(TextChoices):
    SEXUAL_HEALTH_CLINICIAN = "sexual_health_clinician", "Sexual health clinician"
    GP = "gp", "GP"
    MIDWIFE = "midwife", "Midwife"
    OTHER_CLINICIAN = "other_clinician", "Another clinician"
    NONE = "none", "Not explained by a clinician"
