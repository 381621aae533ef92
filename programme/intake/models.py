"""What was told of somebody when she was referred and her record says otherwise."""

from django.db import models

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import OfParent


class Told(CaseRecord):
    """Words told at a referral about somebody already known; her record is not changed by them."""

    wall = OfParent(Part.CORE)

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="told_at_referral")
    referral = models.ForeignKey(
        "programme.Referral", models.PROTECT, related_name="told_at_referral"
    )
    words = models.TextField()
