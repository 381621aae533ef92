"""Letters: the words as they were written, and whether the address was put in on purpose."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import OfProgramme
from programme.core.encryption import EncryptedTextField


class Letter(CaseRecord):
    """One letter. Its address stands in no column: it is read when the letter is printed."""

    class State(models.TextChoices):
        IN_PROGRESS = "in_progress", "Being written"
        SENT = "sent", "Sent or handed over"
        DROPPED = "dropped", "Not sent"

    wall = OfProgramme(Part.NOTES)

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="letters")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="+")
    template = models.CharField(max_length=100)
    # Who receives it, in words: "the parent", "Northtown housing office".
    recipient = models.CharField(max_length=200)
    words = EncryptedTextField()
    with_address = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.IN_PROGRESS)
    ended_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_letter_ended_when_not_in_progress",
                condition=Q(state="in_progress", ended_on=None)
                | (~Q(state="in_progress") & Q(ended_on__isnull=False)),
            ),
        ]

    @property
    def is_in_progress(self) -> bool:
        """Whether it may still be changed."""
        return self.state == self.State.IN_PROGRESS

    @property
    def was_sent(self) -> bool:
        """Whether somebody has it."""
        return self.state == self.State.SENT

    @property
    def carries_address(self) -> bool:
        """Whether printing reads the address; of an ended letter it might be a later one."""
        return self.with_address and self.is_in_progress
