"""Documents: one row for one file."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.walls import Either, OfProgramme, Where
from programme.core.choices import DocumentKind
from programme.documents import keeping
from programme.documents.gate import FileType
from recurrent.design.words import local_day

# How long a document that was added by mistake can be put back (quality.md U25).
KEPT_AFTER_REMOVAL = timedelta(days=30)
_COURT = "court_paper"
# Court papers are court's part; everything else is notes. Nothing of therapy or health.
_BY_KIND = Either(
    Part.NOTES,
    walls=(
        Where(
            Part.NOTES,
            wall=OfProgramme(Part.NOTES),
            q=~Q(kind=_COURT),
            sql=f"kind <> '{_COURT}'",
        ),
        Where(
            Part.COURT,
            wall=OfProgramme(Part.COURT),
            q=Q(kind=_COURT),
            sql=f"kind = '{_COURT}'",
        ),
    ),
)


class Document(CaseRecord):
    """A file on a parent's record, or one that was attached to an e-mail there."""

    wall = _BY_KIND

    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="documents")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="documents")
    episode = models.ForeignKey(
        "programme.Episode", models.PROTECT, null=True, blank=True, related_name="documents"
    )
    attached_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    title = models.CharField(max_length=200)
    dated_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    from_whom = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=4, choices=FileType.choices, editable=False)
    file_name = models.CharField(max_length=32, unique=True, editable=False)
    size = models.PositiveIntegerField(editable=False)
    # Tells whether the same file was sent again; keyed, so it says nothing by itself.
    sent_mark = models.CharField(max_length=64, blank=True, editable=False)
    added_by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    removed_why = models.CharField(max_length=200, blank=True, editable=False)

    class Meta(CaseRecord.Meta):
        ordering: ClassVar[list[str]] = ["-stored_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_document_removed_with_reason",
                condition=Q(removed_at=None, removed_by=None, removed_why="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_why="")),
                violation_error_message="Say why it does not belong here.",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["parent", "-stored_at"], name="programme_document_newest")
        ]

    @property
    def is_court_paper(self) -> bool:
        """Whether it belongs to the part court."""
        return self.kind == _COURT

    @property
    def download_name(self) -> str:
        """``letter-4F7K2-2026-03-04.pdf``: kind, reference and day, never a name."""
        kind = "document" if self.kind == DocumentKind.OTHER else self.kind.replace("_", "-")
        day = self.dated_on or self.received_on or local_day(self.stored_at)
        return f"{kind}-{self.parent.reference}-{day:%Y-%m-%d}.{self.file_type}"


@receiver(post_delete, sender=Document)
def remove_file(instance: Document, **_: Any) -> None:
    """A row that is gone for good takes its file with it."""
    transaction.on_commit(lambda: keeping.remove(instance.file_name))
