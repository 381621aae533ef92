"""Needs, goals in the parent's words, practical and therapeutic help, and money."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.walls import of_episode, seen_with
from programme.core.choices import (
    GoalEnd,
    GoalKind,
    GoalSetBy,
    Need,
    RatedBy,
    SupportCategory,
    SupportResponse,
)
from programme.core.encryption import EncryptedTextField


class NeedRating(CaseRecord):
    """How a need stands on a day, 0 (no need) to 4 (greatest); the first is the baseline."""

    wall = of_episode(Part.NOTES)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="needs")
    need = models.CharField(max_length=30, choices=Need.choices)
    rated_on = models.DateField()
    level = models.PositiveSmallIntegerField()
    rated_by = models.CharField(max_length=10, choices=RatedBy.choices, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_needrating_0_to_4", condition=Q(level__range=(0, 4))
            ),
        ]


class Goal(PortableRecord):
    """A goal of the support plan, in the parent's own words."""

    wall = of_episode(Part.NOTES)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="goals")
    wording = models.TextField()
    set_by = models.CharField(max_length=10, choices=GoalSetBy.choices)
    kind = models.CharField(max_length=12, choices=GoalKind.choices, blank=True)
    agreed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_how = models.CharField(max_length=10, choices=GoalEnd.choices, blank=True)

    class Meta(PortableRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PortableRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_goal_ended_after_agreed",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("agreed_on")),
                violation_error_message="It ended before it was agreed.",
            ),
        ]


class GoalRating(CaseRecord):
    """How far a goal has come, 0 to 10, as the parent says."""

    wall = seen_with("Goal", "goal_id", Part.NOTES)

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="ratings")
    rated_on = models.DateField()
    rating = models.PositiveSmallIntegerField()

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_goalrating_0_to_10", condition=Q(rating__range=(0, 10))
            ),
        ]


class Help(PortableRecord):
    """What help was offered, and what became of it."""

    offered_on = models.DateField()
    response = models.CharField(max_length=20, choices=SupportResponse.choices, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    parent_rating = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(PortableRecord.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PortableRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_%(class)s_ended_after_start",
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message="It ended before it started.",
            ),
            models.CheckConstraint(
                name="programme_%(class)s_rating_0_to_10",
                condition=Q(parent_rating=None) | Q(parent_rating__range=(0, 10)),
            ),
        ]


class Support(Help):
    """Help of every kind but therapy."""

    wall = of_episode(Part.NOTES)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="support")
    category = models.CharField(max_length=12, choices=SupportCategory.choices)
    kind = models.CharField(max_length=200, blank=True)
    need = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=200, blank=True)

    class Meta(Help.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Help.Meta.constraints,
            models.CheckConstraint(
                name="programme_support_not_therapy",
                condition=~Q(category=SupportCategory.THERAPEUTIC),
            ),
        ]


class Therapy(Help):
    """Therapeutic help: a part of its own, its words scrambled in the database."""

    wall = of_episode(Part.THERAPY)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="therapy")
    kind = EncryptedTextField(blank=True, default="")
    need = EncryptedTextField(blank=True, default="")
    provider = EncryptedTextField(blank=True, default="")


class Spending(PortableRecord):
    """Money from a parent's personal budget, in pounds; a refund is negative."""

    wall = of_episode(Part.NOTES)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="spending")
    spent_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    what_for = models.CharField(max_length=500, blank=True)
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="spending")
