"""Choices about needs, goals, help and what people tell us about it."""

from django.db.models import TextChoices


class Need(TextChoices):
    HOUSING = "housing", "Housing"
    MONEY_AND_DEBT = "money_and_debt", "Money and debt"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    SUBSTANCE_USE = "substance_use", "Drug use"
    ALCOHOL_USE = "alcohol_use", "Alcohol use"
    MENTAL_HEALTH = "mental_health", "Mental health"
    PHYSICAL_HEALTH = "physical_health", "Physical health"
    GRIEF_AND_LOSS = "grief_and_loss", "Grief and loss"
    RELATIONSHIPS_WITH_CHILDREN = "relationships_with_children", "Relationships with children"
    LEARNING_DISABILITY = "learning_disability", "Learning disability"
    WORK_AND_LEARNING = "work_and_learning", "Work and learning"
    OFFENDING = "offending", "Offending"
    ISOLATION = "isolation", "Isolation"
    OTHER = "other", "Other"


class RatedBy(TextChoices):
    PARENT = "parent", "The parent"
    WORKER = "worker", "The worker"
    TOGETHER = "together", "Both together"


class GoalSetBy(TextChoices):
    PARENT = "parent", "The parent"
    TOGETHER = "together", "Both together"
    WORKER = "worker", "The worker"


class GoalEnd(TextChoices):
    REACHED = "reached", "Reached"
    CHANGED = "changed", "Changed"
    LET_GO = "let_go", "Let go"


class GoalKind(TextChoices):
    PRACTICAL = "practical", "Practical"
    THERAPEUTIC = "therapeutic", "How I feel"
    CHILDREN = "children", "My children"
    HEALTH = "health", "Health"
    COURT = "court", "Court"
    ACTIVITY = "activity", "Activity or group"
    PEER = "peer", "Other parents"


class SupportCategory(TextChoices):
    PRACTICAL = "practical", "Practical help"
    THERAPEUTIC = "therapeutic", "Therapeutic help"
    CHILDREN = "children", "Relationship with children"
    HEALTH = "health", "Health"
    COURT = "court", "Court and advocacy"
    ACTIVITY = "activity", "Activity or group"
    PEER = "peer", "Peer support"


class SupportResponse(TextChoices):
    TAKEN = "taken", "Taken up"
    DECLINED = "declined", "Not wanted"
    WAITING = "waiting", "Waiting for a place"
    NOT_YET_ANSWERED = "not_yet_answered", "Not yet answered"


class FeedbackRespondent(TextChoices):
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    FAMILY = "family", "Family member"
    PROFESSIONAL = "professional", "Professional"


class FeedbackAbout(TextChoices):
    FORMULATION_MEETING = "formulation_meeting", "The formulation meeting"
    STAGE_END = "stage_end", "The end of a stage"
    BIRTH_PLAN = "birth_plan", "The birth plan"
    SERVICE = "service", "The service"
    CONTRACEPTION_CONVERSATION = "contraception_conversation", "A conversation about contraception"
    CLOSING = "closing", "Leaving the programme"


class FeedbackQuestion(TextChoices):
    FELT_LISTENED_TO = "felt_listened_to", "Did you feel listened to?"
    CLEAR = "clear", "Was it clear?"
    FAIR = "fair", "Was it fair?"
    HELPED = "helped", "Did it help?"
    FELT_PRESSED = "felt_pressed", "Did you feel pressed to choose?"
    FREE_TEXT = "free_text", "Anything you want to say"


class FeedbackAnswer(TextChoices):
    STRONGLY_AGREE = "strongly_agree", "Strongly agree"
    AGREE = "agree", "Agree"
    NEITHER = "neither", "Neither agree nor disagree"
    DISAGREE = "disagree", "Disagree"
    STRONGLY_DISAGREE = "strongly_disagree", "Strongly disagree"
    YES = "yes", "Yes"
    YES_A_LITTLE = "yes_a_little", "Yes, a little"
    NO = "no", "No"
