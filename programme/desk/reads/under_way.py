"""What would still go to a parent's old address."""

from dataclasses import dataclass

from programme.contacts.models import NextStep
from programme.core.dates import days_ago, days_from, today
from programme.letters.reads import letters_in_progress
from programme.people.models import Parent
from recurrent.design.words import local_day


@dataclass(frozen=True)
class UnderWay:
    """One thing somebody may carry, send or bring to where a parent lived."""

    kind: str
    words: str
    when: str


def under_way(parent: Parent) -> list[UnderWay]:
    """Every kind of thing under way to a parent's home, letters that carry it first."""
    return [*_letters(parent), *_next_steps(parent)]


def _letters(parent: Parent) -> list[UnderWay]:
    """Letters not sent yet; one with the address may lie on a desk with the old one on it."""
    letters = letters_in_progress(parent.pk)
    return [
        UnderWay(
            "Letter with the address" if one.with_address else "Letter",
            f"by {one.written_by}",
            days_ago(local_day(one.stored_at), today()),
        )
        for one in sorted(letters, key=lambda one: not one.with_address)
    ]


def _next_steps(parent: Parent) -> list[UnderWay]:
    """Nothing says which step is a visit, so each that is open is named."""
    steps = NextStep.objects.filter(NextStep.OPEN, episode__parent=parent)
    return [
        UnderWay("Next step", one.wording, days_from(one.due_on, today()) if one.due_on else "")
        for one in steps.order_by("due_on", "stored_at")
    ]
