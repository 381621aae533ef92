"""Two append-only tables: what was looked at, and what was done. They hold ids, not stories."""

from uuid import uuid4

from django.db import models


class Sight(models.Model):
    """One sight of a person, or a refusal of one; written by the URL policy, never by a view."""

    class Outcome(models.TextChoices):
        OPENED = "opened", "opened"
        LISTED = "listed", "listed"
        CHANGED = "changed", "changed"
        TAKEN_OUT = "taken_out", "taken out"
        REFUSED = "refused", "refused"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seen_at = models.DateTimeField(auto_now_add=True)
    user_id = models.UUIDField(null=True)
    parent_id = models.UUIDField(null=True, db_index=True)
    page = models.CharField(max_length=100)
    method = models.CharField(max_length=7)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    class Meta:
        ordering = ["seen_at"]


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
