"""Assessments with timescales; conferences, reviews and meetings."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import PortableRecord
from programme.access.walls import of_episode
from programme.core.choices import AssessmentKind, MeetingKind, YesNoNotRecorded


class Assessment(PortableRecord):
    """An assessment of an episode; a blank due date is worked out by the pathway's rule."""

    wall = of_episode(Part.NOTES)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=12, choices=AssessmentKind.choices)
    pregnancy = models.ForeignKey(
        "programme.Pregnancy", models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    child = models.ForeignKey(
        "programme.Child", models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    parent = models.ForeignKey(
        "programme.Parent", models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    started_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)

    class Meta(PortableRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PortableRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_assessment_completed_after_start",
                condition=Q(completed_on=None) | Q(completed_on__gte=F("started_on")),
                violation_error_message="It was completed before it was started.",
            ),
        ]


class Meeting(PortableRecord):
    """A formulation meeting, conference or review."""

    wall = of_episode(Part.ARRANGEMENTS)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=40, choices=MeetingKind.choices)
    due_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    parent_attended = models.CharField(max_length=12, choices=YesNoNotRecorded.choices, blank=True)
    father_attended = models.CharField(max_length=12, choices=YesNoNotRecorded.choices, blank=True)
    liaison_officer_attended = models.BooleanField(null=True, blank=True)
