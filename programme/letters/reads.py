"""Which letters are being written."""

from uuid import UUID

from django.db.models import QuerySet

from programme.letters.models import Letter


def letters_in_progress(parent_id: UUID) -> list[Letter]:
    """Letters about a parent that are not sent yet, the newest first (one query).

    Ask before an address changes: one ``with_address`` may be on a desk with the old one on it.
    """
    letters = Letter.objects.filter(parent_id=parent_id, state=Letter.State.IN_PROGRESS)
    return list(letters.select_related("written_by").order_by("-stored_at"))


def letters_of(parent_id: UUID) -> QuerySet[Letter]:
    """Every letter about a parent, the newest first."""
    letters = Letter.objects.filter(parent_id=parent_id)
    return letters.select_related("written_by").order_by("-stored_at")
