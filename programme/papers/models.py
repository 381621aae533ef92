"""Chronologies as they were chosen and checked, and the templates of letters.

Of a chronology the choices are kept, never the words (decision 0010).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import OfProgramme
from programme.chronology.models import AboutEvent
from programme.core.encryption import EncryptedTextField
from programme.pathways.models import ServiceRecord


class Recipient(models.TextChoices):
    """For whom a paper is made."""

    COURT = "court", "the court"
    CONFERENCE = "conference", "a conference"
    MEETING = "meeting", "a meeting"
    SOLICITOR = "solicitor", "a solicitor"
    PARENT = "parent", "the parent"


class Chronology(CaseRecord):
    """Which events of a period were chosen, for whom, and who checked what leaves, when."""

    wall = OfProgramme(Part.NOTES)

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="chronologies")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="+")
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField()
    for_whom = models.CharField(max_length=12, choices=Recipient.choices)
    recipient = models.CharField(max_length=200)
    names_workers = models.BooleanField(default=True)
    line_count = models.PositiveIntegerField()
    made_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    # Of the words that were checked: should they change, the check is over.
    digest = models.CharField(max_length=64, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_chronology_period_in_order",
                condition=Q(first_day=None) | Q(last_day__gte=F("first_day")),
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                name="programme_chronology_checked_by_somebody",
                condition=Q(checked_by=None, checked_at=None, digest="")
                | (Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(digest="")),
            ),
        ]


class ChronologyLine(AboutEvent):
    """One chosen event of a chronology, and what becomes of its words."""

    class Answer(models.TextChoices):
        KEEP = "keep", "Keep it as it is"
        TAKE_OUT = "take_out", "Take the names out"
        LEAVE_OUT = "leave_out", "Leave the line out"

    chronology = models.ForeignKey(Chronology, models.PROTECT, related_name="lines")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    # Pairs of words and what stands instead of them, as JSON: they name other people.
    replaced = EncryptedTextField(blank=True, default="")
    # Of the words that were answered: should they change, the answer is asked for again.
    digest = models.CharField(max_length=64, blank=True)


class LetterTemplate(ServiceRecord):
    """A programme's own words for one of the letters that ship."""

    programme = models.ForeignKey(
        "programme.Programme", models.PROTECT, related_name="letter_templates"
    )
    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=100)
    recipient = models.CharField(max_length=200)
    words = models.TextField()

    class Meta(ServiceRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ServiceRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "code"], name="programme_lettertemplate_once"
            ),
        ]
