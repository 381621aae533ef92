"""The permission ledger: a row is one decision and is never changed."""

from time import time_ns
from typing import Any, ClassVar

from django.db import models

from programme.access.parts import Part
from programme.access.records import PortableRecord
from programme.access.walls import OfParent
from programme.core.choices import ConsentDecision, ConsentGivenHow, ConsentPurpose


class LedgerRowChanged(RuntimeError):
    """A decision once stored is never changed; a new decision is a new row."""


class Consent(PortableRecord):
    """One decision for one purpose; the newest in force, on the same minute the later row."""

    wall = OfParent(Part.CORE)

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=30, choices=ConsentPurpose.choices)
    decision = models.CharField(max_length=10, choices=ConsentDecision.choices)
    decided_at = models.DateTimeField()
    position = models.BigIntegerField(default=time_ns, editable=False)
    wording_version = models.CharField(max_length=50, blank=True)
    given_how = models.CharField(max_length=20, choices=ConsentGivenHow.choices, blank=True)
    # Whom a consent to record contraception lets see; the rule view reads these three.
    covers_own_worker = models.BooleanField(default=False)
    covers_stand_in = models.BooleanField(default=False)
    covers_clinician = models.BooleanField(default=False)
    shared_with = models.CharField(max_length=200, blank=True)
    explained_by = models.CharField(max_length=200, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta(PortableRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["parent", "purpose", "decided_at"], name="programme_consent_newest"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new decision; refuses to change an old one."""
        if not self._state.adding:
            raise LedgerRowChanged("A decision is never changed. Record a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: a decision stays in the ledger."""
        raise LedgerRowChanged("A decision stays in the ledger.")
