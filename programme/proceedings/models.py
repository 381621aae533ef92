"""Sets of care proceedings, separations, and where a child lives under which plan."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.walls import Either, Linked, OfParent, of_child
from programme.core.choices import (
    ChildPlan,
    FinalOrder,
    LegalRoute,
    LivingWith,
    ProceedingsEnd,
    UrgencyReason,
    YesNoNotRecorded,
)

_BY_PARENT = Linked(
    Part.COURT, None, "id", "ProceedingsParent", "proceedings_id", OfParent(Part.COURT)
)
_BY_CHILD = Linked(
    Part.COURT, None, "id", "ProceedingsChild", "proceedings_id", of_child(Part.COURT)
)


class Proceedings(PortableRecord):
    """One set of care proceedings (siblings together)."""

    wall = Either(Part.COURT, walls=(_BY_PARENT, _BY_CHILD))

    court_reference = models.CharField(max_length=100, blank=True)
    pre_proceedings_letter_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField()
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

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_childcircumstance_ends_after_start",
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                violation_error_message="The last day is before the first.",
            ),
        ]
