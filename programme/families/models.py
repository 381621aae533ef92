"""Family time, days to mind, strengths and worries."""

from datetime import date
from typing import ClassVar

from django.core.validators import validate_comma_separated_integer_list
from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import OfParent, of_episode
from programme.core.choices import FamilyTimeKind, NoticedKind, WhoseWords


class OtherParentOfChild(CaseRecord):
    """The other parent of a child is a name on this record, without a record of their own."""

    wall = OfParent(Part.CORE)

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="+")
    child = models.ForeignKey("programme.Child", models.PROTECT, related_name="other_parents")
    member = models.ForeignKey("programme.FamilyMember", models.PROTECT, related_name="children")

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["child", "member"], name="programme_otherparentofchild_once"
            )
        ]


class FamilyTime(CaseRecord):
    """How one parent and one child keep in touch; between these two, so seen with this parent."""

    wall = OfParent(Part.CORE)

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="family_time")
    child = models.ForeignKey("programme.Child", models.PROTECT, related_name="family_time")
    kind = models.CharField(max_length=10, choices=FamilyTimeKind.choices)
    how_often = models.CharField(max_length=200, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    # Of letterbox: the months in which a letter is due, as "6,12".
    months = models.CharField(
        max_length=30, blank=True, validators=[validate_comma_separated_integer_list]
    )
    agreed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_familytime_ends_after_start",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("agreed_on")),
                violation_error_message="It ended before it was agreed.",
            ),
            models.CheckConstraint(
                name="programme_familytime_months_of_letterbox",
                condition=Q(months="") | Q(kind=FamilyTimeKind.LETTERBOX),
                violation_error_message="Months are for letterbox only.",
            ),
        ]

    @property
    def month_numbers(self) -> tuple[int, ...]:
        """The months of the letterbox, 1 to 12, in order."""
        return tuple(sorted({int(one) for one in self.months.split(",") if one}))

    @property
    def month_names(self) -> str:
        """``June and December``."""
        names = [f"{date(2000, number, 1):%B}" for number in self.month_numbers]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


class ImportantDate(CaseRecord):
    """A day that matters to one parent, in plain words; each year again unless it is once."""

    wall = OfParent(Part.CORE)

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="important_dates")
    day = models.DateField()
    wording = models.CharField(max_length=200)
    every_year = models.BooleanField(default=True)


class DatePrompts(CaseRecord):
    """Whether the team is reminded of a parent's days; without a row, it is."""

    wall = OfParent(Part.CORE)

    parent = models.OneToOneField("programme.Parent", models.PROTECT, related_name="date_prompts")
    are_on = models.BooleanField(default=True)


class Noticed(CaseRecord):
    """A strength or a worry about a parent, in plain words, while it is so and after."""

    wall = of_episode(Part.NOTES)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="noticed")
    kind = models.CharField(max_length=10, choices=NoticedKind.choices)
    wording = models.TextField()
    words_of = models.CharField(max_length=15, choices=WhoseWords.choices)
    noted_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_noticed_ends_after_start",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("noted_on")),
                violation_error_message="It ended before it was noted.",
            ),
        ]
