"""Drafts: what was typed on a page and is not part of the record yet."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.dispatch import receiver
from django.http import QueryDict
from simple_history.signals import pre_create_historical_record

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import Either, OfParent, OwnRows
from programme.core.encryption import EncryptedTextField

# However often it is opened meanwhile (quality.md D8).
KEPT_FOR = timedelta(days=30)


class Draft(CaseRecord):
    """Everything typed on one page about one parent, as its form would have sent it.

    Only whoever wrote it reads it, and only while she may write about this parent.
    """

    # Of a part whose rows no page of history shows: half-thought words are nobody's to read later.
    wall = OwnRows(
        Part.CONTACT_LOG,
        wall=Either(Part.NOTES, walls=(OfParent(Part.NOTES), OfParent(Part.CONTACT_LOG))),
    )

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="drafts")
    # The page by its address's name, and what it names beside the parent: "contact_id=...".
    page = models.CharField(max_length=60)
    about = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=60)
    words = EncryptedTextField(blank=True)
    # Counts the saves of one page: what comes late must not replace what was sent after it.
    turn = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    written_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")

    class Meta(CaseRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["written_by", "-saved_at"], name="programme_draft_newest")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """History tells that a draft was begun and ended, not each ten seconds of it."""
        if not self._state.adding:
            self.skip_history_when_saving = True
        super().save(*args, **kwargs)

    @property
    def typed(self) -> QueryDict:
        """What was typed, as a form reads it."""
        return QueryDict(self.words)


@receiver(pre_create_historical_record, sender=Draft.history.model)
def keep_no_words(history_instance: Any, **_: Any) -> None:
    """History only grows, and these words were promised to end."""
    history_instance.words = ""
