"""A group and its dates, which name nobody; who may come and who came, behind each one's wall."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import OfProgramme
from programme.core.encryption import EncryptedTextField
from programme.pathways.models import ServiceRecord


class GroupKind(models.TextChoices):
    """Whether the same people are expected each time."""

    GROUP = "group", "A group: the same people each time"
    DROP_IN = "drop_in", "A drop-in: whoever comes"


class Every(models.TextChoices):
    """How often a group meets; not stored, for its dates are."""

    WEEK = "week", "Every week"
    TWO_WEEKS = "two_weeks", "Every two weeks"
    FOUR_WEEKS = "four_weeks", "Every four weeks"
    MONTH = "month", "Every month, on the same weekday, like the second Tuesday"


class Answer(models.TextChoices):
    """What a register says of one person."""

    CAME = "came", "Came"
    DID_NOT_COME = "did_not_come", "Did not come"
    SAID_NO = "said_no", "Said they cannot come"


class Group(ServiceRecord):
    """A group or a drop-in that a programme runs."""

    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="groups")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=GroupKind.choices)

    @property
    def is_drop_in(self) -> bool:
        """Whether whoever likes may come."""
        return self.kind == GroupKind.DROP_IN


class GroupSession(ServiceRecord):
    """One date of a group. What was counted in the room is typed, never worked out (0016)."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    head_count = models.PositiveSmallIntegerField(null=True, blank=True)
    # As people said them at the door; no record, and no part of one.
    first_names = EncryptedTextField(blank=True, default="")

    class Meta(ServiceRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ServiceRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "starts_at"], name="programme_groupsession_once"
            ),
            models.CheckConstraint(
                name="programme_groupsession_cancelled_is_empty",
                condition=Q(cancelled_at=None) | Q(head_count=None),
            ),
        ]


class GroupMember(CaseRecord):
    """A parent who may come to a group, as long as it is not left."""

    wall = OfProgramme(Part.ARRANGEMENTS)

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="groups")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="+")
    left_on = models.DateField(null=True, blank=True)


class Attendance(CaseRecord):
    """One line of a register: a parent's own answer for one date, on that parent's record."""

    wall = OfProgramme(Part.ARRANGEMENTS)

    session = models.ForeignKey(GroupSession, models.PROTECT, related_name="attendances")
    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="attendances")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=Answer.choices)
    marked_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
