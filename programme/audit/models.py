"""Two append-only logs: what was looked at, and what was done; and the chain that seals them.

They hold ids, not stories.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models


class Sight(models.Model):
    """One sight of a person, or a refusal of one; written by the URL policy, never by a view."""

    class Outcome(models.TextChoices):
        OPENED = "opened", "opened"
        LISTED = "listed", "listed"
        CHANGED = "changed", "changed"
        TAKEN_OUT = "taken_out", "taken out"
        BROKEN_GLASS = "broken_glass", "opened in an emergency"
        REFUSED = "refused", "refused"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seen_at = models.DateTimeField(auto_now_add=True)
    user_id = models.UUIDField(null=True)
    parent_id = models.UUIDField(null=True, db_index=True)
    page = models.CharField(max_length=100)
    method = models.CharField(max_length=7)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    # The parents that a list or a search showed: ids with spaces between, never the words asked.
    listed = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["seen_at"]
        # What share of the records opened in 90 days were opened in an emergency.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["outcome", "seen_at"], name="programme_sight_by_outcome"),
        ]


class Event(models.Model):
    """One thing done: what, to which row, by whom and when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    happened_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=60)
    user_id = models.UUIDField()
    subject_id = models.UUIDField()
    parent_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        ordering = ["happened_at"]


class ChainLink(models.Model):
    """The seal of one line of a log; written by the database itself, at the end of a commit."""

    number = models.BigIntegerField(primary_key=True)
    form = models.CharField(max_length=20)
    line_id = models.UUIDField()
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]


class ChainHead(models.Model):
    """Where the chain ends: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    seal = models.CharField(max_length=64)
