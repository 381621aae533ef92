"""What one person chose to be reminded by."""

from django.db import models

from programme.audit.querysets import RecordQuerySet
from programme.audit.records import Record, TrackedHistory


class Reminders(Record):
    """One person's choices; without a row nothing leaves. It names no parent."""

    class Digest(models.TextChoices):
        OFF = "off", "No e-mail"
        DAILY = "daily", "Every morning"
        WEEKLY = "weekly", "Every Monday morning"

    user = models.OneToOneField("programme.User", models.PROTECT, related_name="reminders")
    # Of the calendar's secret; who reads the table cannot read a calendar with it.
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    calendar_made_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=6, choices=Digest.choices, default=Digest.OFF)
    digest_sent_on = models.DateField(null=True, blank=True)

    history = TrackedHistory(excluded_fields=["token_hash"])
    objects = RecordQuerySet.as_manager()

    @property
    def has_calendar(self) -> bool:
        """Whether an address of a calendar is in use."""
        return self.token_hash is not None
