"""A parent's time with a programme: stages, pauses, who works with her."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.walls import OfProgramme, of_episode
from programme.core.choices import ClosureReason
from programme.core.dates import add_months


class Episode(PortableRecord):
    """From acceptance to closing."""

    wall = OfProgramme(Part.REFERENCE, Part.INTAKE)

    referral = models.ForeignKey("programme.Referral", models.PROTECT, related_name="episodes")
    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="episodes")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="episodes")
    opened_on = models.DateField()
    engagement_started_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=30, choices=ClosureReason.choices, blank=True)
    closure_note = models.TextField(blank=True)
    # The rule view reads this: null while the episode is open.
    team_reads_until = models.DateField(null=True, blank=True, editable=False)

    class Meta(PortableRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PortableRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_episode_closed_after_opened",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                violation_error_message="The closing day is before the day it was opened.",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether the parent is still with the programme."""
        return self.closed_on is None

    def keep_reading_date(self) -> None:
        """Sets until when the team reads: 12 months (a setting) after closing."""
        months = settings.MONTHS_TEAM_READS_AFTER_CLOSING
        self.team_reads_until = add_months(self.closed_on, months) if self.closed_on else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the episode with the day its team stops reading."""
        self.keep_reading_date()
        super().save(*args, **kwargs)


class Stage(CaseRecord):
    """A spell of an episode in a stage of its pathway. Spells may touch on a day."""

    wall = of_episode(Part.REFERENCE, Part.INTAKE)

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=30)
    entered_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta(CaseRecord.Meta):
        ordering: ClassVar[list[str]] = ["entered_on", "stored_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_stage_left_after_entered",
                condition=Q(left_on=None) | Q(left_on__gte=F("entered_on")),
                violation_error_message="The last day is before the first.",
            ),
        ]

    @property
    def mark(self) -> str:
        """Names the row and its version, for a page to carry."""
        return f"{self.pk.hex}_{self.version}"


class Pause(CaseRecord):
    """An agreed pause inside an episode, looked at again by a day."""

    wall = of_episode(Part.REFERENCE, Part.INTAKE)

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="pauses")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    # Blank only where a package did not say.
    review_on = models.DateField(null=True, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_pause_ends_after_start",
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                name="programme_pause_reviewed_after_start",
                condition=Q(review_on=None) | Q(review_on__gte=F("from_date")),
                violation_error_message="The review is before the pause begins.",
            ),
        ]

    @property
    def review_by(self) -> date:
        """The day it is looked at again: the one that was set, else the usual days on."""
        return self.review_on or self.from_date + timedelta(days=settings.DAYS_TO_PAUSE_REVIEW)

    def lasts_on(self, day: date) -> bool:
        """Whether it has begun by that day and has not ended."""
        return self.from_date <= day and (self.to_date is None or day <= self.to_date)


class Allocation(CaseRecord):
    """Who works with the parent, from when to when."""

    wall = of_episode(Part.REFERENCE, Part.INTAKE)

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="allocations")
    worker = models.ForeignKey("programme.Worker", models.PROTECT, related_name="allocations")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    # Blank in a package means yes; it stays blank on the way out.
    lead = models.BooleanField(null=True, blank=True, default=True)

    class Meta(CaseRecord.Meta):
        ordering: ClassVar[list[str]] = ["from_date", "stored_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_allocation_ends_after_start",
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                violation_error_message="The last day is before the first.",
            ),
        ]


class Supervision(CaseRecord):
    """A manager and worker discuss an episode."""

    wall = of_episode(Part.NOTES)

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="supervisions")
    held_on = models.DateField()
    worker = models.ForeignKey(
        "programme.Worker", models.PROTECT, null=True, blank=True, related_name="+"
    )
    talked_about = models.TextField(blank=True)
    decision = models.TextField(blank=True)
