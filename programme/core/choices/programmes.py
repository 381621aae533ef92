"""Choices about programmes, the people who work in them, their money and the area's figures."""

from django.db.models import TextChoices


class PathwayCode(TextChoices):
    PAUSE = "pause", "Pause"
    REFLECT = "reflect", "Reflect"
    BABY_AND_ME = "baby_and_me", "Baby & Me"
    PRE_BIRTH = "pre_birth", "Pre-birth team"
    NEW_BEGINNINGS = "new_beginnings", "New Beginnings"
    RECURRENT_OFFER = "recurrent_offer", "Recurrent care offer"
    OTHER = "other", "Other"


class Jurisdiction(TextChoices):
    """Whose law and bank holidays a working-day rule follows."""

    ENGLAND = "england", "England"
    WALES = "wales", "Wales"
    ENGLAND_AND_WALES = "england_and_wales", "England and Wales"


class WorkerRole(TextChoices):
    PRACTITIONER = "practitioner", "Practitioner"
    CONSULTANT = "consultant", "Senior practitioner"
    MANAGER = "manager", "Manager"
    COORDINATOR = "coordinator", "Coordinator"
    CONTACT_LIAISON_OFFICER = "contact_liaison_officer", "Contact liaison officer"


class CaseloadUnit(TextChoices):
    PARENTS = "parents", "Parents"
    CHILDREN = "children", "Children"


class CostKind(TextChoices):
    RUNNING = "running", "Running cost"
    SET_UP = "set_up", "Setting up"


class PopulationFigure(TextChoices):
    LIVE_BIRTHS = "live_births", "Live births"
    WOMEN_15_44 = "women_15_44", "Women aged 15 to 44"
    CHILDREN_UNDER_18 = "children_under_18", "Children under 18"
    MEDIAN_WAIT_DAYS_OTHER_CHILDREN = (
        "median_wait_days_other_children",
        "Median wait of other children, in days",
    )
    OFSTED_GRADE = "ofsted_grade", "Ofsted grade"
    EARLY_HELP_SPEND = "early_help_spend", "Spending on early help"
