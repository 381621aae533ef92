"""What is marked as significant, and events told by others."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import OfProgramme
from programme.chronology.walls import AS_THE_EVENT


class AboutEvent(CaseRecord):
    """A row about one event: which one, and which part of whose record it is."""

    wall = AS_THE_EVENT

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    row = models.UUIDField()
    # Where the event belongs; blank for what belongs to the person or to a pregnancy.
    part = models.CharField(max_length=20, choices=Part.choices, blank=True)
    programme = models.ForeignKey(
        "programme.Programme", models.PROTECT, null=True, blank=True, related_name="+"
    )
    pregnancy = models.ForeignKey(
        "programme.Pregnancy", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(CaseRecord.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_%(class)s_part_or_pregnancy",
                condition=Q(pregnancy=None) ^ Q(part=""),
            ),
        ]

    @property
    def mark(self) -> tuple[str, str]:
        """Which event this row is about."""
        return self.kind, str(self.row)


class SignificantEvent(AboutEvent):
    """An event that somebody marked as significant; taking it back removes the row."""

    why = models.TextField(blank=True)
    marked_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")


class ChronologyEntry(CaseRecord):
    """Something that happened, told or written by others: dated and sourced."""

    wall = OfProgramme(Part.NOTES)

    parent = models.ForeignKey(
        "programme.Parent", models.PROTECT, related_name="chronology_entries"
    )
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="+")
    happened_on = models.DateField()
    known_on = models.DateField(null=True, blank=True)
    what = models.TextField()
    source = models.CharField(max_length=200)
    written_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_chronologyentry_known_after_it_happened",
                condition=Q(known_on=None) | Q(known_on__gte=F("happened_on")),
                violation_error_message="It was known before it happened.",
            ),
        ]
