"""Someone asks a programme to work with a parent."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.walls import Either, OfParent, OfProgramme, OwnRows
from programme.core.choices import Decision, NotAcceptedReason, ReferralSource
from programme.core.dates import add_months


class Identification(CaseRecord):
    """A programme knows of a parent before any referral (outreach)."""

    wall = OfProgramme(Part.REFERENCE, Part.INTAKE)

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="identifications")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="+")
    identified_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)


class Referral(PortableRecord):
    """A second referral is normal, never a duplicate."""

    # A programme's own referrals; and those one made to another team, of a parent one may refer.
    wall = Either(
        Part.REFERENCE,
        walls=(
            OfProgramme(Part.REFERENCE, Part.INTAKE),
            OwnRows(Part.INTAKE, wall=OfParent(Part.INTAKE), column="referred_by_id"),
        ),
    )

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="referrals")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="referrals")
    received_on = models.DateField()
    source = models.CharField(max_length=20, choices=ReferralSource.choices, blank=True)
    reason = models.TextField(blank=True)
    pregnancy = models.ForeignKey(
        "programme.Pregnancy", models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    previous_episode = models.ForeignKey(
        "programme.Episode", models.PROTECT, null=True, blank=True, related_name="later_referrals"
    )
    decision = models.CharField(max_length=12, choices=Decision.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    not_accepted_reason = models.CharField(
        max_length=40, choices=NotAcceptedReason.choices, blank=True
    )
    passed_to = models.CharField(max_length=200, blank=True)
    # Who referred her from inside the service; blank when somebody outside did.
    referred_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The rule view reads this: null while work goes on.
    team_reads_until = models.DateField(null=True, blank=True, editable=False)

    class Meta(PortableRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PortableRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_referral_decided_after_received",
                condition=Q(decided_on=None) | Q(decided_on__gte=F("received_on")),
                violation_error_message="The decision is before the day it was received.",
            ),
        ]

    def keep_reading_date(self) -> None:
        """Sets until when the team reads: 12 months (a setting) after it was not taken on."""
        ended = self.decision in (Decision.NOT_ACCEPTED, Decision.WITHDRAWN)
        last = self.decided_on or self.received_on
        self.team_reads_until = (
            add_months(last, settings.MONTHS_TEAM_READS_AFTER_CLOSING) if ended else None
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the referral with the day its team stops reading."""
        self.keep_reading_date()
        super().save(*args, **kwargs)
