"""Possible matches for a keeper, pairs that are two people, and what was joined."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.protected import UnlessProtected
from programme.access.records import CaseRecord
from programme.access.told import Both
from programme.access.walls import ActorsOnly, Either, OfParent

BOTH = ("parent_id", "found_for_id")
# An officer who is denied one of the two is not told of the other.
OF_OFFICERS = Both(
    Part.PROTECTION, walls=tuple(OfParent(Part.PROTECTION, column=one) for one in BOTH)
)


class PossibleMatch(CaseRecord):
    """Somebody another team met may be a person whose record is kept here: for its keepers only.

    A senior of a programme that knew her. Where either record is restricted or denied to
    somebody, protection officers alone: whoever is kept away from the one may keep the other, and
    would learn that it exists and which team asks.
    """

    class Answer(models.TextChoices):
        SAME = "same", "Yes, I have spoken to the other team"
        NOT_THE_SAME = "not_the_same", "No, these are two people"
        NOT_SAID = "not_said", "It is not safe to say. Nobody is told anything"

    wall = Either(
        Part.CUSTODY,
        walls=(UnlessProtected(Part.CUSTODY, None, OfParent(Part.CUSTODY), BOTH), OF_OFFICERS),
    )

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="possible_matches")
    found_for = models.ForeignKey("programme.Parent", models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        "programme.Programme", models.PROTECT, related_name="+", help_text="Whose worker looked."
    )
    asked_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    # What fits, field by field, without a name or a date.
    words = models.TextField()
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answer_note = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["parent", "found_for"], name="programme_possiblematch_once"
            ),
            models.CheckConstraint(
                name="programme_possiblematch_of_two", condition=~Q(parent=F("found_for"))
            ),
        ]

    @property
    def lines(self) -> list[str]:
        """What fits, one line for each field."""
        return self.words.splitlines()


class NotTheSame(CaseRecord):
    """Two records of two people: never suggested again, whichever is looked at."""

    wall = ActorsOnly(Part.CORE)

    one = models.ForeignKey("programme.Parent", models.PROTECT, related_name="+")
    other = models.ForeignKey("programme.Parent", models.PROTECT, related_name="+")
    said_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["one", "other"], name="programme_notthesame_once"),
            models.CheckConstraint(
                name="programme_notthesame_of_two", condition=~Q(one=F("other"))
            ),
        ]


class Merge(CaseRecord):
    """Two records of one person, joined: ``kept`` goes on, ``absorbed`` leads to it."""

    wall = OfParent(Part.CORE, column="kept_id")

    kept = models.ForeignKey("programme.Parent", models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey("programme.Parent", models.PROTECT, related_name="+")
    absorbed_reference = models.CharField(max_length=8)
    why = models.TextField()
    joined_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_why = models.TextField(blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at=None),
                name="programme_merge_absorbed_once",
            ),
            models.CheckConstraint(name="programme_merge_of_two", condition=~Q(kept=F("absorbed"))),
        ]


class MergeMove(CaseRecord):
    """One write of a merge, whole enough to be taken back. It may speak of any part of a record,
    so nobody who signs in reads it.
    """

    wall = ActorsOnly(Part.CORE)

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="moves")
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=60)
    row_id = models.UUIDField()
    # The columns that changed; null where the row was not there.
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    version_before = models.PositiveIntegerField(null=True)
    version_after = models.PositiveIntegerField(null=True)

    class Meta(CaseRecord.Meta):
        ordering: ClassVar[list[str]] = ["position"]
