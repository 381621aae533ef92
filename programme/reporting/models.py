"""Figures from outside, what the programme cost, and frozen releases."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from programme.audit.records import TrackedHistory
from programme.core.choices import CostKind, PopulationFigure
from programme.pathways.models import ServiceRecord


class Population(ServiceRecord):
    """A figure from outside that rates are worked out on. Not loaded = the rate is blank."""

    area = models.CharField(max_length=200)
    year_start = models.DateField()
    year_end = models.DateField()
    figure = models.CharField(max_length=40, choices=PopulationFigure.choices)
    value = models.BigIntegerField()
    source = models.CharField(max_length=500)


class Cost(ServiceRecord):
    """What the programme cost over some days, in pounds."""

    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="costs")
    from_date = models.DateField()
    to_date = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    kind = models.CharField(max_length=10, choices=CostKind.choices, blank=True)

    class Meta(ServiceRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ServiceRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_cost_ends_after_start",
                condition=Q(to_date__gte=F("from_date")),
                violation_error_message="The last day is before the first.",
            ),
        ]


class Release(models.Model):
    """A report proposed for a commissioner; once approved its tables are frozen."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        APPROVED = "approved", "Released"
        RETURNED = "returned", "Returned"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="releases")
    # Kept here, because a commissioner's database role reads no other table.
    programme_name = models.CharField(max_length=200, default="")
    decided_by_name = models.CharField(max_length=150, blank=True, default="")
    title = models.CharField(max_length=200)
    period_from = models.DateField()
    period_to = models.DateField()
    words = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.TextField(blank=True)

    history = TrackedHistory()

    class Meta:
        ordering: ClassVar[list[str]] = ["-period_to", "-proposed_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_release_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                violation_error_message="Someone else has to approve this.",
            ),
        ]


class ReleaseTable(models.Model):
    """One figure of a release as its readers see it: small numbers are already gone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    release = models.ForeignKey(Release, models.PROTECT, related_name="tables")
    position = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=10)
    # The JSON of the indicators command, protected; and the words that explain what is hidden.
    figure = models.JSONField()
    # What an attacker could write down from this table: the ledger of every later audit.
    equations = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
