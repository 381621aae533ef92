"""Two versions of one contact, side by side."""

from collections.abc import Callable

from programme.contacts.models import Contact
from programme.contacts.reads.happened import in_words
from programme.contacts.reads.places import place_of
from recurrent.design.both import NOT_SAID, Difference
from recurrent.design.words import day_and_year, moment


def differences(stored: Contact, typed: Contact) -> tuple[Difference, ...]:
    """What differs between the stored contact and the one just typed, in words."""
    pairs = [(label, say(stored), say(typed)) for label, say in SAID]
    return tuple(Difference(label, one, other) for label, one, other in pairs if one != other)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _yes_no(answer: bool | None) -> str:
    return NOT_SAID if answer is None else "Yes" if answer else "No"


def _minutes(contact: Contact) -> str:
    return NOT_SAID if contact.minutes is None else f"{contact.minutes} minutes"


def _due(contact: Contact) -> str:
    return day_and_year(contact.due_on) if contact.due_on else NOT_SAID


def _place(contact: Contact) -> str:
    option = place_of(contact)
    return option.words if option else NOT_SAID


Says = Callable[[Contact], str]

SAID: tuple[tuple[str, Says], ...] = (
    ("When", lambda contact: moment(contact.happened_at)),
    ("How", lambda contact: contact.get_mode_display()),
    ("What happened", lambda contact: _capital(in_words(contact))),
    ("Needs met", lambda contact: _yes_no(contact.needs_met)),
    ("Note", lambda contact: contact.note or "No note"),
    ("How long", _minutes),
    ("Planned", lambda contact: _yes_no(contact.planned)),
    ("Purpose", lambda contact: contact.get_purpose_display() or NOT_SAID),
    ("Statutory visit", lambda contact: _yes_no(contact.statutory_visit)),
    ("When the visit was due", _due),
    ("Where it belongs", _place),
)
