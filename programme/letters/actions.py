"""Beginning a letter, changing it, putting the address in on purpose, and ending it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import save_changes, store_once
from programme.audit import events
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.letters.models import Letter

if TYPE_CHECKING:
    from programme.pathways.models import Programme
    from programme.people.models import Parent

events.declare(
    letters__letter_begun="began a letter",
    letters__letter_changed="changed the words of a letter",
    letters__address_put_in="put the address into a letter",
    letters__address_left_out="left the address out of a letter",
    letters__letter_ended="ended a letter",
)


@transaction.atomic
def begin_letter(
    *,
    key: UUID,
    parent: "Parent",
    programme: "Programme",
    template: str,
    recipient: str,
    words: str,
    by: User,
) -> Letter:
    """Begins a letter without the address, once however often its form is sent."""
    letter, is_new = store_once(
        Letter(
            id=key,
            parent=parent,
            programme=programme,
            template=template,
            recipient=recipient,
            words=words,
            written_by=by,
        )
    )
    if is_new:
        events.record("letters.letter_begun", subject=letter, parent=parent, by=by)
    return letter


@transaction.atomic
def change_words(
    *, letter: Letter, words: str, recipient: str, seen_version: int, by: User
) -> Letter:
    """Keeps other words. Another reader of the letter takes the address out again."""
    _refuse_ended(letter)
    if (words, recipient) == (letter.words, letter.recipient):
        return letter
    letter.with_address = letter.with_address and recipient == letter.recipient
    letter.words, letter.recipient = words, recipient
    stored = save_changes(letter, seen_version=seen_version)
    events.record("letters.letter_changed", subject=stored, parent=stored.parent, by=by)
    return stored


@transaction.atomic
def choose_address(*, letter: Letter, is_in: bool, seen_version: int, by: User) -> Letter:
    """Puts the address into a letter on purpose, or leaves it out."""
    _refuse_ended(letter)
    if letter.with_address == is_in:
        return letter
    letter.with_address = is_in
    stored = save_changes(letter, seen_version=seen_version)
    name = "letters.address_put_in" if is_in else "letters.address_left_out"
    events.record(name, subject=stored, parent=stored.parent, by=by)
    return stored


@transaction.atomic
def end_letter(*, letter: Letter, was_sent: bool, seen_version: int, by: User) -> Letter:
    """The letter was sent as it was seen, or will not be; ending it again changes nothing."""
    if not letter.is_in_progress:
        return letter
    letter.state = Letter.State.SENT if was_sent else Letter.State.DROPPED
    letter.ended_on = today()
    stored = save_changes(letter, seen_version=seen_version)
    events.record("letters.letter_ended", subject=stored, parent=stored.parent, by=by)
    return stored


def _refuse_ended(letter: Letter) -> None:
    if not letter.is_in_progress:
        raise RuleBroken("This letter was ended. Begin a new one.")
