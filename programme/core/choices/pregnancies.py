"""Choices about pregnancies and their due dates."""

from django.db.models import TextChoices


class PregnancyOutcome(TextChoices):
    ONGOING = "ongoing", "Pregnant now"
    LIVE_BIRTH = "live_birth", "Live birth"
    STILLBIRTH = "stillbirth", "Stillbirth"
    MISCARRIAGE = "miscarriage", "Miscarriage"
    TERMINATION = "termination", "Termination"
    MIXED = "mixed", "More than one baby, with different endings"
    NOT_KNOWN = "not_known", "Not known"


class DueDateBasis(TextChoices):
    LAST_PERIOD = "last_period", "Last period"
    DATING_SCAN = "dating_scan", "Dating scan"
    LATER_SCAN = "later_scan", "Later scan"
    CLINICAL = "clinical", "Set by a midwife or doctor"
    NOT_KNOWN = "not_known", "Not known"


class FatherNotNamedReason(TextChoices):
    HER_WISH = "her_wish", "She does not wish to name him"
    SAFETY = "safety", "Not safe to name him"
    NOT_KNOWN = "not_known", "Not known"
