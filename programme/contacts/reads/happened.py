"""What may have happened, each as one answer: a missed contact's says whose reason it was too."""

from programme.contacts.models import Contact
from programme.core.choices import ContactOutcome, MissedBecause

MISSED = ContactOutcome.MISSED_BY_PARENT
# What can be said of a contact whose time has not come.
CANCELLED = (ContactOutcome.CANCELLED_BY_PARENT, ContactOutcome.CANCELLED_BY_SERVICE)
Answer = tuple[str, str]


def in_a_sentence(label: str) -> str:
    """A label as it stands inside a sentence: "We cancelled" becomes "we cancelled"."""
    return f"{label[:1].lower()}{label[1:]}"


def answer_of(outcome: str, missed_because: str = "") -> str:
    """An outcome as a form carries it: ``missed_by_parent.logistics``."""
    return f"{outcome}.{missed_because}" if missed_because else outcome


def happened_of(answer: str) -> tuple[str, str]:
    """The outcome of an answer, and whose reason it was."""
    outcome, _, missed_because = answer.partition(".")
    return outcome, missed_because


def in_words(contact: Contact) -> str:
    """What happened: "the parent did not come (our reason)"."""
    words = in_a_sentence(contact.get_outcome_display())
    if not contact.missed_because:
        return words
    return f"{words} ({in_a_sentence(contact.get_missed_because_display())})"


def _answers() -> list[Answer]:
    found: list[Answer] = []
    for outcome in ContactOutcome:
        if outcome != MISSED:
            found.append((outcome.value, str(outcome.label)))
            continue
        found += [
            (answer_of(MISSED, one.value), f"{MISSED.label} ({in_a_sentence(str(one.label))})")
            for one in MissedBecause
        ]
    return found


ANSWERS = _answers()
