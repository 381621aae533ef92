"""When parents were last met and what is next, for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from programme.contacts.models import Contact, NextStep
from programme.contacts.reads.happened import in_a_sentence
from programme.core.choices import ContactMode, ContactOutcome
from programme.core.dates import today
from programme.people.models import Parent
from recurrent.design.words import day, local_day

# Words from afar are contact, but nobody was seen.
FROM_AFAR = (ContactMode.PHONE, ContactMode.TEXT, ContactMode.EMAIL, ContactMode.LETTER)
# After so many days a list says how long, not when.
LONG_DAYS = 28


@dataclass(frozen=True)
class LastAndNext:
    """When a parent was last met in person or on video, the last contact, and what is next."""

    last_met_at: datetime | None = None
    last_contact_at: datetime | None = None
    last_outcome: str = ""
    next_on: date | None = None

    @property
    def last_met_on(self) -> date | None:
        """The day of the last meeting, here."""
        return local_day(self.last_met_at) if self.last_met_at else None

    @property
    def days_since_met(self) -> int | None:
        """Days since the last meeting; None when they never met."""
        return (today() - self.last_met_on).days if self.last_met_on else None

    @property
    def in_words(self) -> str:
        """For a list: "last met Tue 4 March · next Thu 6 March", "not seen for 31 days"."""
        return " · ".join(filter(None, [self._met(), self._since_then(), self._next()]))

    def _met(self) -> str:
        if self.last_met_on is None or self.days_since_met is None:
            return "not met yet"
        if self.days_since_met > LONG_DAYS:
            return f"not seen for {self.days_since_met} days"
        return f"last met {day(self.last_met_on)}"

    def _since_then(self) -> str:
        """The last contact, when it came after the last meeting."""
        if not self.last_contact_at or self.last_contact_at == self.last_met_at:
            return ""
        if self.last_outcome == ContactOutcome.MET:
            return f"in touch {day(self.last_contact_at)}"
        outcome = in_a_sentence(ContactOutcome(self.last_outcome).label)
        return f"{outcome} {day(self.last_contact_at)}"

    def _next(self) -> str:
        if self.next_on is None:
            return ""
        is_late = self.next_on < today()
        return f"next step was due {day(self.next_on)}" if is_late else f"next {day(self.next_on)}"


def last_and_next(parent_ids: Iterable[UUID]) -> "QuerySet[Parent, tuple[Any, ...]]":
    """What ``meetings_from`` reads, for a page that asks several questions together."""
    contacts = Contact.objects.filter(parent=OuterRef("pk")).order_by("-happened_at")
    met = contacts.filter(outcome=ContactOutcome.MET).exclude(mode__in=FROM_AFAR)
    rows = Parent.objects.filter(pk__in=list(parent_ids)).annotate(
        met_at=_first(met, "happened_at"),
        contact_at=_first(contacts, "happened_at"),
        outcome=_first(contacts, "outcome"),
        step_on=_first(_steps().filter(episode__parent=OuterRef("pk")), "due_on"),
    )
    return rows.values_list("pk", "met_at", "contact_at", "outcome", "step_on")


def meetings_from(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, LastAndNext]:
    """For each parent the acting user may see: last met, last contact, next day.

    ``next_on`` is the earliest day of a next step that is not done, so it may lie behind us.
    """
    return {
        pk: LastAndNext(met_at, contact_at, outcome or "", step_on)
        for pk, met_at, contact_at, outcome, step_on in rows
    }


def _steps() -> "QuerySet[NextStep]":
    return NextStep.objects.filter(NextStep.OPEN, due_on__isnull=False).order_by("due_on")


def _first(rows: "QuerySet[Contact] | QuerySet[NextStep]", field: str) -> Subquery:
    return Subquery(rows.values(field)[:1])
