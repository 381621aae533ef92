"""Programmes and their workers; pathways, stages and timescales as dated rows, none in code."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from programme.audit.querysets import RecordQuerySet
from programme.audit.records import Record, TrackedHistory
from programme.core.choices import CaseloadUnit, ContactKind, PathwayCode, WorkerRole


class ServiceRecord(Record):
    """A tracked row about the service itself, not about a person it works with."""

    package_id = models.CharField(max_length=200, blank=True, default="", editable=False)
    history = TrackedHistory()
    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["package_id"],
                condition=~Q(package_id=""),
                name="programme_%(class)s_package_id_once",
            )
        ]


class Pathway(models.Model):
    """The shape of a programme: its stages in order."""

    code = models.CharField(primary_key=True, max_length=20, choices=PathwayCode.choices)
    label = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.label


class StageDefinition(models.Model):
    """A stage of a pathway. Labels may be changed by an authority; codes stay."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="stages")
    code = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=100)
    usual_length = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    starts = models.CharField(max_length=200, blank=True)
    ends_when = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    to_be_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["pathway", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pathway", "code"], name="programme_stage_code_once")
        ]

    def __str__(self) -> str:
        return self.label


# What starts the clocks that an agreed pause may stop.
STOPPED_BY_PAUSE = ("last_met_contact", "contact_happened", "last_supervision")


class TimescaleRule(models.Model):
    """A deadline as data: what starts it, how many of which unit, in which calendar, since when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=10)
    step = models.CharField(max_length=200)
    starts_from = models.CharField(max_length=100)
    count = models.IntegerField()
    unit = models.CharField(max_length=30)
    calendar = models.CharField(max_length=30)
    jurisdiction = models.CharField(max_length=30)
    applies_to = models.CharField(max_length=30)
    # Blank: in every stage.
    stage = models.CharField(max_length=30, blank=True, default="")
    # Of contacts: which kind; blank for every other.
    kind = models.CharField(max_length=20, choices=ContactKind.choices, blank=True, default="")
    first_day_counted = models.BooleanField(default=False)
    # An agreed pause puts it off. Never of what is statutory, or about court, safety or a birth.
    stopped_by_pause = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    to_be_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["code", "applies_to", "jurisdiction", "stage", "kind", "valid_from"],
                name="programme_timescale_once",
            ),
            models.CheckConstraint(
                name="programme_timescale_not_paused",
                condition=Q(stopped_by_pause=False)
                | Q(jurisdiction="local", starts_from__in=STOPPED_BY_PAUSE),
            ),
        ]


class Programme(ServiceRecord):
    """A commissioned programme and the pathway it follows."""

    name = models.CharField(max_length=200)
    area = models.CharField(max_length=200, blank=True)
    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="programmes")
    commissioned_places = models.PositiveIntegerField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    # A senior reads over contacts written from this day on; null: this service asks for none.
    signs_off_since = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class StageWeight(ServiceRecord):
    """How much a parent in a stage counts in a programme's caseloads; a stage not named counts 1.

    A programme without any counts parents, each as one.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="stage_weights")
    stage = models.CharField(max_length=30)
    weight = models.DecimalField(max_digits=2, decimal_places=1)

    class Meta(ServiceRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ServiceRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "stage"], name="programme_stageweight_once"
            ),
            models.CheckConstraint(
                name="programme_stageweight_positive", condition=Q(weight__gt=0)
            ),
        ]


class ClosedDay(ServiceRecord):
    """A day off of one programme, beside weekends and bank holidays."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="closed_days")
    day = models.DateField()
    why = models.CharField(max_length=200)

    class Meta(ServiceRecord.Meta):
        ordering: ClassVar[list[str]] = ["day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ServiceRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "day"],
                name="programme_closed_day_once",
                violation_error_message="This day is on the list already.",
            ),
        ]

    def __str__(self) -> str:
        return self.why


class Worker(ServiceRecord):
    """Someone who holds cases. A login is linked by an administrator, never by a load."""

    name = models.CharField(max_length=200)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="workers")
    role = models.CharField(max_length=30, choices=WorkerRole.choices)
    whole_time_equivalent = models.DecimalField(
        max_digits=7, decimal_places=6, null=True, blank=True
    )
    caseload_unit = models.CharField(max_length=10, choices=CaseloadUnit.choices, blank=True)
    caseload_min = models.PositiveSmallIntegerField(null=True, blank=True)
    caseload_max = models.PositiveSmallIntegerField(null=True, blank=True)
    user = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="workers"
    )

    class Meta(ServiceRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ServiceRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_worker_time_0_to_1",
                condition=Q(whole_time_equivalent=None) | Q(whole_time_equivalent__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="programme_worker_range_in_order",
                condition=Q(caseload_min=None)
                | Q(caseload_max=None)
                | Q(caseload_max__gte=F("caseload_min")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
