"""What supervision leads to: actions for a worker, a handover with its note, a sign-off."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import of_episode, seen_with
from programme.contacts.models import Contact, NextStep
from programme.episodes.models import Allocation, Supervision


class SupervisionAction(CaseRecord):
    """A next step that a supervision decided on, and who is to take it."""

    wall = seen_with("Supervision", "supervision_id", Part.NOTES)

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="actions")
    step = models.OneToOneField(NextStep, models.PROTECT, related_name="decided_in")
    worker = models.ForeignKey("programme.Worker", models.PROTECT, related_name="+")


class Handover(CaseRecord):
    """What a worker is told who takes an episode on. Notes, so not for all who read who works."""

    wall = of_episode(Part.NOTES)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="handovers")
    allocation = models.OneToOneField(Allocation, models.PROTECT, related_name="handover")
    note = models.TextField()


class SignOff(CaseRecord):
    """One step of reading over a contact: returned, answered or signed off. Never changed.

    Read and written with its contact, so that whoever may write one can answer about it.
    """

    class Step(models.TextChoices):
        """What was done."""

        RETURNED = "returned", "Returned with comments"
        ANSWERED = "answered", "Sent back"
        SIGNED = "signed", "Signed off"

    wall = seen_with("Contact", "contact_id", Part.NOTES)

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="sign_offs")
    step = models.CharField(max_length=10, choices=Step.choices)
    comment = models.TextField(blank=True)
    # What was read: words that were corrected since have not been signed off.
    contact_version = models.PositiveIntegerField()
    by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")

    class Meta(CaseRecord.Meta):
        ordering: ClassVar[list[str]] = ["stored_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_signoff_says_why",
                condition=Q(step="signed") | ~Q(comment=""),
                violation_error_message="Say what it is about.",
            ),
        ]
