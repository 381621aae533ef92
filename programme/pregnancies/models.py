"""Pregnancies and every estimate of a due date. Nothing that was true is overwritten."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.walls import Either, OfParent, Where, seen_with
from programme.core.choices import DueDateBasis, FatherNotNamedReason, PregnancyOutcome

_NOT_TERMINATION = Where(
    Part.CORE,
    wall=OfParent(Part.CORE, Part.INTAKE, column="mother_id"),
    q=~Q(outcome=PregnancyOutcome.TERMINATION),
    sql="outcome <> 'termination'",
)


class Pregnancy(PortableRecord):
    """One pregnancy (twins are one). One that was ended by choice is seen by the care pair only."""

    wall = Either(Part.CORE, walls=(_NOT_TERMINATION, OfParent(Part.CARE, column="mother_id")))

    mother = models.ForeignKey("programme.Parent", models.PROTECT, related_name="pregnancies")
    father = models.ForeignKey(
        "programme.Parent", models.PROTECT, null=True, blank=True, related_name="+"
    )
    known_on = models.DateField()
    booked_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=PregnancyOutcome.choices, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    father_not_named_reason = models.CharField(
        max_length=10, choices=FatherNotNamedReason.choices, blank=True
    )

    @property
    def is_ongoing(self) -> bool:
        """Whether nothing says that it has ended (blank = ongoing)."""
        return self.outcome in ("", PregnancyOutcome.ONGOING)


class DueDate(CaseRecord):
    """One estimate of a pregnancy's due date, kept for ever."""

    wall = seen_with("Pregnancy", "pregnancy_id", Part.CORE)

    pregnancy = models.ForeignKey(Pregnancy, models.PROTECT, related_name="due_dates")
    estimated_due_date = models.DateField()
    basis = models.CharField(max_length=12, choices=DueDateBasis.choices)
    recorded_on = models.DateField()

    class Meta(CaseRecord.Meta):
        ordering: ClassVar[list[str]] = ["recorded_on", "stored_at"]
