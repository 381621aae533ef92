"""The contact log: made, missed, attempted; and what was agreed to do next."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.walls import Either, OfProgramme, OwnRows, of_episode
from programme.audit.actor import current_actor
from programme.core.choices import ContactMode, ContactOutcome, ContactPurpose

# One's own contact is put right without a reason for so long (quality.md U25).
FREE_TO_CHANGE = timedelta(minutes=15)

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
    minutes = models.PositiveIntegerField(null=True, blank=True)
    statutory_visit = models.BooleanField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    written_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")

    class Meta(PortableRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["parent", "-happened_at"], name="programme_contact_newest")
        ]

    def is_free_for(self, user_id: UUID) -> bool:
        """Whether this person may still change it without saying why."""
        written_at = self.recorded_at or self.stored_at
        is_own = self.written_by_id == user_id
        return is_own and timezone.now() - written_at <= FREE_TO_CHANGE

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the contact; whoever first wrote it stays its writer."""
        if self.written_by_id is None:
            self.written_by_id = current_actor().user_id
        super().save(*args, **kwargs)


class ContactPerson(CaseRecord):
    """Someone else who shared a contact, with a note on her own record only."""

    wall = OfProgramme(Part.NOTES)

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="people")
    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="shared_contacts")
    programme = models.ForeignKey(
        "programme.Programme", models.PROTECT, null=True, related_name="+"
    )
    private_note = models.TextField(blank=True)


class NextStep(CaseRecord):
    """What was agreed to do next."""

    wall = of_episode(Part.CORE)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="next_steps")
    wording = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
