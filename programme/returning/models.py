"""Asking an earlier team for its record."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import Either, OfParent, OfProgramme, OwnRows


class RecordRequest(CaseRecord):
    """A worker asks whoever kept an earlier record for it; its custodian answers, or nobody can.

    It is stored the same whether or not an earlier record exists, so it tells nothing.
    """

    class Answer(models.TextChoices):
        RELEASED = "released", "Released for a time"
        NOT_RELEASED = "not_released", "Not released"

    wall = Either(
        Part.CUSTODY,
        walls=(
            OwnRows(Part.INTAKE, wall=OfProgramme(Part.INTAKE), column="asked_by_id"),
            OfParent(Part.CUSTODY),
        ),
    )

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="record_requests")
    programme = models.ForeignKey(
        "programme.Programme", models.PROTECT, related_name="+", help_text="Whose worker asks."
    )
    asked_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    why = models.TextField()
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.TextField(blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_recordrequest_not_ones_own",
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
                violation_error_message="Someone else has to answer this.",
            ),
        ]
