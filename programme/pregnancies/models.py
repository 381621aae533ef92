"""Pregnancies and every estimate of a due date. Nothing that was true is overwritten."""

from time import time_ns
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.told import Told
from programme.access.walls import Either, Linked, OfParent, Where, seen_with
from programme.core.choices import (
    DueDateBasis,
    FatherNotNamedReason,
    PregnancyOutcome,
    WhoseWords,
)
from programme.core.dates import today

# A pregnancy known for longer than this has ended, whatever nobody wrote down.
LONGEST_KNOWN_DAYS = 310
_NOT_TERMINATION = Where(
    Part.CORE,
    wall=OfParent(Part.CORE, Part.INTAKE, column="mother_id"),
    q=~Q(outcome=PregnancyOutcome.TERMINATION),
    sql="outcome <> 'termination'",
)
_CARE_PAIR = OfParent(Part.CARE, column="mother_id")
# Her own record's side of it, as who works with her core part sees it.
_HERS = Either(
    Part.CORE,
    walls=(
        Where(
            Part.CORE,
            wall=OfParent(Part.CORE, column="mother_id"),
            q=~Q(outcome=PregnancyOutcome.TERMINATION),
            sql="outcome <> 'termination'",
        ),
        _CARE_PAIR,
    ),
)


class Pregnancy(PortableRecord):
    """One pregnancy (twins are one). One that was ended by choice is seen by the care pair only.

    Another parent's team reads it while the mother's answer is that he may be told.
    """

    wall = Either(Part.CORE, walls=(_NOT_TERMINATION, _CARE_PAIR, Told(Part.CORE)))

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

    @property
    def is_past_its_time(self) -> bool:
        """Whether it must have ended, though nobody wrote down how."""
        return self.is_ongoing and (today() - self.known_on).days > LONGEST_KNOWN_DAYS


class DueDate(CaseRecord):
    """One estimate of a pregnancy's due date, kept for ever."""

    wall = seen_with("Pregnancy", "pregnancy_id", Part.CORE)

    pregnancy = models.ForeignKey(Pregnancy, models.PROTECT, related_name="due_dates")
    estimated_due_date = models.DateField()
    basis = models.CharField(max_length=12, choices=DueDateBasis.choices)
    recorded_on = models.DateField()

    class Meta(CaseRecord.Meta):
        ordering: ClassVar[list[str]] = ["recorded_on", "stored_at"]


class AnswerChanged(RuntimeError):
    """An answer once stored is never changed; a new answer is a new row."""


class PregnancyTold(CaseRecord):
    """Whether another parent may be told of a pregnancy: the newest answer counts.

    Without one, nobody is told. The answer is part of the mother's record, not of the other's.
    """

    wall = Linked(Part.CORE, None, "pregnancy_id", "Pregnancy", "id", _HERS)

    pregnancy = models.ForeignKey(Pregnancy, models.PROTECT, related_name="answers")
    other_parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="+")
    may_be_told = models.BooleanField()
    decided_on = models.DateField()
    position = models.BigIntegerField(default=time_ns, editable=False)
    words = models.TextField()
    words_of = models.CharField(max_length=15, choices=WhoseWords.choices)
    asked_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")

    class Meta(CaseRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["pregnancy", "other_parent", "decided_on"], name="programme_told_newest"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new answer; refuses to change an old one."""
        if not self._state.adding:
            raise AnswerChanged("An answer is never changed. Record a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: an answer stays."""
        raise AnswerChanged("An answer stays on the record.")
