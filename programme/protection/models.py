"""Requests for protection, and records opened in an emergency."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import Either, OfParent, OwnRows, ReadOwn
from programme.core.choices import ProtectionCategory, ProtectionKind


class ProtectionRequest(CaseRecord):
    """Somebody asks the protection officer to restrict a record, or to keep a person out."""

    wall = Either(
        Part.PROTECTION,
        walls=(
            OfParent(Part.PROTECTION),
            OwnRows(
                Part.REFERENCE, wall=OfParent(Part.REFERENCE, Part.INTAKE), column="asked_by_id"
            ),
        ),
    )

    parent = models.ForeignKey(
        "programme.Parent", models.PROTECT, related_name="protection_requests"
    )
    kind = models.CharField(max_length=10, choices=ProtectionKind.choices)
    category = models.CharField(max_length=20, choices=ProtectionCategory.choices, blank=True)
    why = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_protectionrequest_answered_by_somebody",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]


class EmergencyOpening(CaseRecord):
    """A record opened for an hour by somebody who does not work with the parent."""

    class Reason(models.TextChoices):
        CHILD_AT_RISK = "child_at_risk", "A child may be at risk now"
        PARENT_AT_RISK = "parent_at_risk", "The parent may be at risk now"
        WORKER_AT_RISK = "worker_at_risk", "A colleague may be at risk now"
        ASKED_BY_DUTY = "asked_by_duty", "Police, hospital or duty team need to know now"
        OTHER = "other", "Something else that cannot wait"

    class Finding(models.TextChoices):
        RIGHT = "right", "It was right to open the record"
        ANOTHER_WAY = "another_way", "There was need, and another way would have been better"
        NOT_RIGHT = "not_right", "It was not right: followed up with the person"

    wall = Either(
        Part.CUSTODY,
        walls=(
            OfParent(Part.CUSTODY),
            OfParent(Part.PROTECTION),
            ReadOwn(Part.CUSTODY, column="opened_by_id"),
        ),
    )

    parent = models.ForeignKey(
        "programme.Parent", models.PROTECT, related_name="emergency_openings"
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    why = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_by = models.DateField()
    told_senior = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    told_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    finding = models.CharField(max_length=12, choices=Finding.choices, blank=True)
    review_note = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_emergencyopening_ends_after_start",
                condition=Q(ends_at__gt=F("opened_at")),
            ),
            models.CheckConstraint(
                name="programme_emergencyopening_not_reviewed_by_opener",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("opened_by")),
                violation_error_message="Someone else has to review this.",
            ),
            models.CheckConstraint(
                name="programme_emergencyopening_reviewed_with_a_finding",
                condition=Q(reviewed_by=None, finding="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(finding="")),
            ),
        ]
