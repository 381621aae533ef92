"""Sets of care proceedings, separations, and where a child lives under which plan."""

from time import time_ns
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.walls import Either, Linked, OfParent, Wall, Where, of_child
from programme.core.choices import (
    ChildPlan,
    CourtDateKind,
    CourtSource,
    FinalOrder,
    HearingKind,
    HearingOutcome,
    LegalRoute,
    LivingWith,
    ProceedingsEnd,
    UrgencyReason,
    YesNoNotRecorded,
)
from recurrent.design.words import day_and_year


def _of_the_set(column: str) -> Either:
    """The row belongs to a set, so to its parties and to the parents of its children."""
    through = (
        ("ProceedingsParent", OfParent(Part.COURT)),
        ("ProceedingsChild", of_child(Part.COURT)),
    )
    walls = (
        Linked(Part.COURT, None, column, name, "proceedings_id", wall) for name, wall in through
    )
    return Either(Part.COURT, walls=tuple(walls))


class Proceedings(PortableRecord):
    """One set of care proceedings (siblings together), with what is in force of its dates.

    Dates and details come from ``CourtDate`` rows; only what came in a package has none.
    """

    wall = _of_the_set("id")

    court_reference = models.CharField(max_length=100, blank=True)
    pre_proceedings_letter_on = models.DateField(null=True, blank=True)
    # Not issued yet, or nobody but the parent has said so (decision 0008).
    issued_on = models.DateField(null=True, blank=True)
    first_hearing_on = models.DateField(null=True, blank=True)
    notice_days = models.PositiveIntegerField(null=True, blank=True)
    urgency_reason = models.CharField(max_length=30, choices=UrgencyReason.choices, blank=True)
    concluded_on = models.DateField(null=True, blank=True)
    ended_how = models.CharField(max_length=12, choices=ProceedingsEnd.choices, blank=True)
    source = models.CharField(max_length=200, blank=True)
    known_on = models.DateField(null=True, blank=True)

    class Meta(PortableRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PortableRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_proceedings_heard_after_issue",
                condition=Q(first_hearing_on=None) | Q(first_hearing_on__gte=F("issued_on")),
                violation_error_message="The first hearing is before the day of issue.",
            ),
            models.CheckConstraint(
                name="programme_proceedings_concluded_after_issue",
                condition=Q(concluded_on=None) | Q(concluded_on__gte=F("issued_on")),
                violation_error_message="The conclusion is before the day of issue.",
            ),
        ]

    @property
    def in_brief(self) -> str:
        """``Issued 4 March 2026, concluded 3 May 2026``; how far it is known to have come."""
        said = (
            ("Issued", self.issued_on),
            ("concluded", self.concluded_on),
        )
        words = [f"{what} {day_and_year(day)}" for what, day in said if day]
        if not words and self.pre_proceedings_letter_on:
            words = [f"Pre-proceedings letter {day_and_year(self.pre_proceedings_letter_on)}"]
        brief = ", ".join(words) or "No date from papers yet"
        return brief[:1].upper() + brief[1:]


class ProceedingsChild(CaseRecord):
    """A child of a set, with the order it ended in."""

    wall = of_child(Part.COURT)

    proceedings = models.ForeignKey(Proceedings, models.PROTECT, related_name="children")
    child = models.ForeignKey("programme.Child", models.PROTECT, related_name="proceedings_links")
    final_order = models.CharField(max_length=30, choices=FinalOrder.choices, blank=True)


class ProceedingsParent(CaseRecord):
    """A parent who is party to a set."""

    wall = OfParent(Part.COURT)

    proceedings = models.ForeignKey(Proceedings, models.PROTECT, related_name="parents")
    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="proceedings_links")
    represented_at_first_hearing = models.CharField(
        max_length=12, choices=YesNoNotRecorded.choices, blank=True
    )


Named = ProceedingsChild | ProceedingsParent


def named_key(proceedings_id: UUID, person_id: UUID) -> UUID:
    """The key of the row that names a child or a parent of a set by hand: twice is one row."""
    return uuid5(proceedings_id, str(person_id))


def _from_papers(wall: Wall, *blank: str) -> Where:
    """Rows that no parent told us of, and with nothing in the columns ``blank``."""
    empty = ("parent", *blank)
    sql = " AND ".join(f"{name}_id IS NULL" for name in empty)
    return Where(Part.COURT, wall=wall, q=Q(**dict.fromkeys(empty)), sql=sql)


# What papers say is the set's, for each of its parents, and what they say of one child is that
# child's: siblings may have other parents. What a parent told us is hers alone.
_SET = _of_the_set("proceedings_id")
_HEARING_WALL = Either(Part.COURT, walls=(OfParent(Part.COURT), _from_papers(_SET)))
_DATE_WALL = Either(
    Part.COURT,
    walls=(
        OfParent(Part.COURT),
        _from_papers(_SET, "child"),
        _from_papers(of_child(Part.COURT)),
    ),
)


class RowChanged(RuntimeError):
    """A row of these ledgers is never changed; what is known later is a new row."""


class Ledger(CaseRecord):
    """Rows that are added and never changed; the later is the one with the higher position."""

    position = models.BigIntegerField(default=time_ns, editable=False)

    class Meta(CaseRecord.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new row; refuses to change an old one."""
        if not self._state.adding:
            raise RowChanged("What was known is never changed. Add what is known now.")
        super().save(*args, **kwargs)


class Sourced(models.Model):
    """Who says so, in which words, and the day on which it became known."""

    source = models.CharField(max_length=20, choices=CourtSource.choices)
    source_words = models.CharField(max_length=200, blank=True)
    known_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def _told_by_a_parent(name: str) -> models.CheckConstraint:
    """The parent is named where the parent is the source, and nowhere else."""
    return models.CheckConstraint(
        name=name,
        condition=Q(source=CourtSource.PARENT, parent__isnull=False)
        | (~Q(source=CourtSource.PARENT) & Q(parent=None)),
    )


class CourtDate(Ledger, Sourced):
    """One date of a set as one source gave it, or that source taking it back."""

    wall = _DATE_WALL

    proceedings = models.ForeignKey(Proceedings, models.PROTECT, related_name="dates")
    parent = models.ForeignKey(
        "programme.Parent", models.PROTECT, null=True, blank=True, related_name="court_dates"
    )
    kind = models.CharField(max_length=20, choices=CourtDateKind.choices)
    happened_on = models.DateField(null=True, blank=True)
    taken_back = models.BooleanField(default=False)
    notice_days = models.PositiveIntegerField(null=True, blank=True)
    urgency_reason = models.CharField(max_length=30, choices=UrgencyReason.choices, blank=True)
    ended_how = models.CharField(max_length=12, choices=ProceedingsEnd.choices, blank=True)
    child = models.ForeignKey(
        "programme.Child", models.PROTECT, null=True, blank=True, related_name="court_dates"
    )
    order = models.CharField(max_length=30, choices=FinalOrder.choices, blank=True)

    class Meta(Ledger.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            _told_by_a_parent("programme_courtdate_told_by_a_parent"),
            # An order that came in a package has no day.
            models.CheckConstraint(
                name="programme_courtdate_has_a_day",
                condition=Q(taken_back=True)
                | Q(happened_on__isnull=False)
                | Q(kind=CourtDateKind.ORDER),
                violation_error_message="Enter the day.",
            ),
            models.CheckConstraint(
                name="programme_courtdate_order_of_a_child",
                condition=Q(kind=CourtDateKind.ORDER, child__isnull=False)
                | (~Q(kind=CourtDateKind.ORDER) & Q(child=None, order="")),
                violation_error_message="Choose the child the order is about.",
            ),
        ]


class Hearing(CaseRecord, Sourced):
    """One hearing on one day; moved to another day, that is a new row that follows this one."""

    wall = _HEARING_WALL

    proceedings = models.ForeignKey(Proceedings, models.PROTECT, related_name="hearings")
    parent = models.ForeignKey(
        "programme.Parent", models.PROTECT, null=True, blank=True, related_name="told_hearings"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    held_on = models.DateField()
    begins_at = models.TimeField(null=True, blank=True)
    kind = models.CharField(max_length=20, choices=HearingKind.choices)
    court = models.CharField(max_length=200, blank=True)
    what_for = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=HearingOutcome.choices, blank=True)
    what_came_of_it = models.TextField(blank=True)
    outcome_source = models.CharField(max_length=20, choices=CourtSource.choices, blank=True)
    outcome_known_on = models.DateField(null=True, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            _told_by_a_parent("programme_hearing_told_by_a_parent"),
        ]


class HearingCompany(Ledger):
    """Whether one parent wants somebody along to a hearing, as said on a day."""

    wall = OfParent(Part.COURT)

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="company")
    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="+")
    is_wanted = models.BooleanField()
    who = models.CharField(max_length=200, blank=True)
    said_on = models.DateField()


class Representation(Ledger, Sourced):
    """Who stands for one parent in a set: at the first hearing, and now."""

    wall = OfParent(Part.COURT)

    proceedings = models.ForeignKey(Proceedings, models.PROTECT, related_name="representations")
    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="+")
    at_first_hearing = models.CharField(max_length=12, choices=YesNoNotRecorded.choices, blank=True)
    now = models.CharField(max_length=12, choices=YesNoNotRecorded.choices, blank=True)
    # Somebody else's name: how to find the solicitor, and nothing more.
    solicitor = models.CharField(max_length=200, blank=True)


class Separation(PortableRecord):
    """A child leaving a parent's care."""

    wall = of_child(Part.COURT)

    child = models.ForeignKey("programme.Child", models.PROTECT, related_name="separations")
    separated_on = models.DateField()
    legal_route = models.CharField(max_length=30, choices=LegalRoute.choices, blank=True)
    proceedings = models.ForeignKey(
        Proceedings, models.PROTECT, null=True, blank=True, related_name="separations"
    )
    permanent = models.BooleanField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)

    class Meta(PortableRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PortableRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_separation_returned_after",
                condition=Q(returned_on=None) | Q(returned_on__gte=F("separated_on")),
                violation_error_message="The return is before the separation.",
            ),
        ]


class ChildCircumstance(CaseRecord):
    """Where a child lives and under which plan; the newest row at a date is the status then."""

    wall = of_child(Part.OUTCOMES)

    child = models.ForeignKey("programme.Child", models.PROTECT, related_name="circumstances")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    living_with = models.CharField(max_length=30, choices=LivingWith.choices)
    plan = models.CharField(max_length=30, choices=ChildPlan.choices, blank=True)
    placement_code = models.CharField(max_length=4, blank=True)
    legal_status_code = models.CharField(max_length=4, blank=True)
    # On whose record it was written: only there is it said that this parent's home is shared.
    written_for = models.ForeignKey(
        "programme.Parent", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_childcircumstance_ends_after_start",
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                violation_error_message="The last day is before the first.",
            ),
        ]
