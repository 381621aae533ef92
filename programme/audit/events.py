"""Writing the log of what was done."""

from typing import Protocol
from uuid import UUID

from programme.audit.models import Event


class HasKey(Protocol):
    """Any stored row."""

    pk: UUID


# Every event an action may record, as a sentence's end: "<name of worker> ...".
SENTENCES: dict[str, str] = {}


def declare(**sentences: str) -> None:
    """Makes event names known: ``declare(contacts__contact_recorded="logged a contact")``."""
    SENTENCES.update({name.replace("__", "."): words for name, words in sentences.items()})


def record(name: str, *, subject: HasKey, by: HasKey, parent: HasKey | None = None) -> None:
    """Adds one event; ``name`` is ``slice.noun_past`` and must have been declared."""
    if name not in SENTENCES:
        raise KeyError(f"The event {name!r} has no sentence.")
    Event.objects.create(
        name=name, subject_id=subject.pk, user_id=by.pk, parent_id=parent.pk if parent else None
    )
