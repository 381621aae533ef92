"""The contact log: planned, made, missed, attempted; and what was agreed to do next."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.walls import Either, OfProgramme, OwnRows, of_episode, seen_with
from programme.audit.actor import current_actor
from programme.core.choices import (
    ContactKind,
    ContactMode,
    ContactOutcome,
    ContactPurpose,
    MissedBecause,
)

_NOTES_OR_OWN = Either(
    Part.NOTES,
    walls=(
        OfProgramme(Part.NOTES),
        OwnRows(Part.CONTACT_LOG, wall=OfProgramme(Part.CONTACT_LOG)),
    ),
)


class Contact(PortableRecord):
    """A contact of one parent with one programme."""

    wall = _NOTES_OR_OWN

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="contacts")
    # Of the episode, else of the referral, else of the worker: whose contact it is.
    programme = models.ForeignKey(
        "programme.Programme", models.PROTECT, null=True, related_name="contacts"
    )
    episode = models.ForeignKey(
        "programme.Episode", models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    referral = models.ForeignKey(
        "programme.Referral", models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    worker = models.ForeignKey(
        "programme.Worker", models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True, blank=True)
    mode = models.CharField(max_length=20, choices=ContactMode.choices)
    purpose = models.CharField(max_length=20, choices=ContactPurpose.choices, blank=True)
    planned = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(max_length=24, choices=ContactOutcome.choices)
    missed_because = models.CharField(max_length=10, choices=MissedBecause.choices, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    statutory_visit = models.BooleanField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    # Whether the interpreter or whatever else the parent needs was there.
    needs_met = models.BooleanField(null=True, blank=True)
    note = models.TextField(blank=True)
    # Why it was logged with others though this record tells of a risk; never on theirs.
    together_because = models.TextField(blank=True)
    written_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")

    class Meta(PortableRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["parent", "-happened_at"], name="programme_contact_newest")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PortableRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_contact_reason_of_missed",
                condition=Q(missed_because="") | Q(outcome=ContactOutcome.MISSED_BY_PARENT),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the contact; whoever first wrote it stays its writer."""
        if self.written_by_id is None:
            self.written_by_id = current_actor().user_id
        super().save(*args, **kwargs)


class ContactPerson(CaseRecord):
    """Someone else who shared a contact, as a caseload package tells it, with a note of her own.

    A contact logged here for several people is a ``Contact`` of each (decision 15).
    """

    wall = OfProgramme(Part.NOTES)

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="people")
    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="shared_contacts")
    programme = models.ForeignKey(
        "programme.Programme", models.PROTECT, null=True, related_name="+"
    )
    private_note = models.TextField(blank=True)


class PlannedContact(CaseRecord):
    """A contact agreed for a day and time, and what became of it."""

    wall = _NOTES_OR_OWN

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="planned_contacts")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        "programme.Episode", models.PROTECT, null=True, blank=True, related_name="planned_contacts"
    )
    referral = models.ForeignKey(
        "programme.Referral", models.PROTECT, null=True, blank=True, related_name="+"
    )
    worker = models.ForeignKey(
        "programme.Worker", models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned_for = models.DateTimeField()
    mode = models.CharField(max_length=20, choices=ContactMode.choices)
    with_whom = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=ContactKind.choices, blank=True)
    contact = models.OneToOneField(
        Contact, models.PROTECT, null=True, blank=True, related_name="plan"
    )
    written_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")

    class Meta(CaseRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["parent", "planned_for"],
                name="programme_planned_open",
                condition=Q(contact=None),
            )
        ]


class Served(CaseRecord):
    """A goal or a kind of help that a contact served."""

    wall = seen_with("Contact", "contact_id", Part.NOTES)

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="served")
    goal = models.ForeignKey(
        "programme.Goal", models.PROTECT, null=True, blank=True, related_name="served_by"
    )
    support = models.ForeignKey(
        "programme.Support", models.PROTECT, null=True, blank=True, related_name="served_by"
    )

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_served_one",
                condition=Q(goal=None, support__isnull=False) | Q(goal__isnull=False, support=None),
            ),
            models.UniqueConstraint(fields=["contact", "goal"], name="programme_served_goal_once"),
            models.UniqueConstraint(
                fields=["contact", "support"], name="programme_served_help_once"
            ),
        ]


class NextStep(CaseRecord):
    """What was agreed to do next: done one day, or ended for a reason."""

    wall = of_episode(Part.CORE)
    OPEN = Q(done_on=None, ended_on=None)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="next_steps")
    wording = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_nextstep_done_or_ended",
                condition=Q(done_on=None) | Q(ended_on=None),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and self.ended_on is None
