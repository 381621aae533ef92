"""Choices about parents, children and how they belong together."""

from django.db.models import TextChoices


class ParentRole(TextChoices):
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    OTHER = "other", "Other parent"


class Sex(TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Another way"
    NOT_RECORDED = "not_recorded", "Not recorded"


class ChildSex(TextChoices):
    FEMALE = "female", "Girl"
    MALE = "male", "Boy"
    NOT_RECORDED = "not_recorded", "Not recorded"


class YesNoNotRecorded(TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_RECORDED = "not_recorded", "Not recorded"


class CareExperienced(TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"
    NOT_ASKED = "not_asked", "Not asked yet"


class RelationToChild(TextChoices):
    BIRTH = "birth", "Parent by birth"
    ADOPTIVE = "adoptive", "Adoptive parent"
    STEP = "step", "Step-parent"
    EXPECTED = "expected", "Expecting this baby"
    OTHER = "other", "Other"


class Born(TextChoices):
    LIVE = "live", "Born alive"
    STILLBORN = "stillborn", "Stillborn"


class ProtectionKind(TextChoices):
    RESTRICTED = "restricted", "Only named people may see this record"
    DENIED = "denied", "A named person may not see this record"


class ProtectionCategory(TextChoices):
    STAFF_OR_RELATIVE = "staff_or_relative", "A member of staff, or their relative"
    HIGH_RISK = "high_risk", "At high risk of harm"
    HIGH_PROFILE = "high_profile", "Known to the public"
    ADOPTION = "adoption", "Adoption"


class LivingWith(TextChoices):
    UNBORN = "unborn", "Not yet born"
    PARENTS = "parents", "With both parents"
    MOTHER = "mother", "With the mother"
    FATHER = "father", "With the father"
    PARENT_AND_BABY_PLACEMENT = (
        "parent_and_baby_placement",
        "With a parent in a parent-and-baby home",
    )
    FAMILY_OR_FRIENDS = "family_or_friends", "With family or friends"
    FOSTER_CARE = "foster_care", "With foster carers"
    FOSTERING_TO_ADOPT = "fostering_to_adopt", "With foster carers who may adopt"
    ADOPTIVE_FAMILY = "adoptive_family", "With an adoptive family"
    RESIDENTIAL = "residential", "In a residential home"
    HOSPITAL = "hospital", "In hospital"
    OTHER = "other", "Somewhere else"
    NOT_KNOWN = "not_known", "Not known"


class ChildPlan(TextChoices):
    UNIVERSAL = "universal", "Universal services only"
    EARLY_HELP = "early_help", "Early help"
    CHILD_IN_NEED = "child_in_need", "Child in need plan"
    CHILD_PROTECTION = "child_protection", "Child protection plan"
    LOOKED_AFTER = "looked_after", "In care"
    SUPERVISION_ORDER = "supervision_order", "Supervision order"
    SPECIAL_GUARDIANSHIP = "special_guardianship", "Special guardianship"
    ADOPTION = "adoption", "Adoption"
    UNDECIDED = "undecided", "Not yet decided"
    NOT_KNOWN = "not_known", "Not known"
