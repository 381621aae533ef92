"""Packages offered for loading, from the upload to the second person's word."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from programme.access.models import RoleGrant, User
from programme.access.parts import LOAD_DECIDERS
from programme.audit.records import TrackedHistory
from programme.core.encryption import EncryptedTextField
from programme.exchange.querysets import LoadRequestManager


class LoadRequest(models.Model):
    """A package someone offers; somebody else approves it, and only then is it stored."""

    class State(models.TextChoices):
        REFUSED = "refused", "Has problems"
        CHECKED = "checked", "Checked"
        WAITING = "waiting", "Waiting for approval"
        LOADING = "loading", "Being stored"
        LOADED = "loaded", "Stored"
        FAILED = "failed", "Could not be stored"
        RETURNED = "returned", "Not approved"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State.choices)
    offered_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(auto_now_add=True)
    size = models.PositiveIntegerField()
    # Rows of each table.
    counts = models.JSONField(default=dict)
    problem_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0)
    # The first problems as JSON, without any value but codes and dates.
    report = EncryptedTextField(blank=True, default="")
    decided_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    history = TrackedHistory(excluded_fields=["report"])
    objects = LoadRequestManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-offered_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_loadrequest_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("offered_by")),
                violation_error_message="Someone else has to approve this.",
            ),
        ]

    def may_be_decided_by(self, user: User) -> bool:
        """Whether this person may approve: another data officer or manager, while it waits."""
        if self.offered_by_id == user.pk or self.state != self.State.WAITING:
            return False
        return RoleGrant.objects.in_force().filter(user=user, role__in=LOAD_DECIDERS).exists()


class LoadPart(models.Model):
    """A piece of an offered package, scrambled; gone once the package is stored or turned down."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(LoadRequest, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    content = EncryptedTextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
