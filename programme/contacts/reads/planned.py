"""Contacts that were agreed for a day and time, and of which nobody has said what became."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from programme.contacts.models import PlannedContact
from programme.contacts.reads.happened import ANSWERS, CANCELLED, Answer
from programme.core.choices import ContactOutcome
from programme.core.dates import days_from, today
from recurrent.design.words import local_day, moment


@dataclass(frozen=True)
class PlannedLine:
    """A planned contact as a list shows it, with the answers that one tap may give."""

    plan: PlannedContact
    name: str = ""

    @property
    def has_begun(self) -> bool:
        """Whether its time has come: before, it can only be cancelled."""
        return self.plan.planned_for <= timezone.now()

    @property
    def words(self) -> str:
        """``Home visit, Thu 26 November 2026 at 14:30, with the midwife``."""
        how = self.plan.get_mode_display()
        also = f", with {self.plan.with_whom}" if self.plan.with_whom else ""
        return f"{how}, {moment(self.plan.planned_for)}{also}"

    @property
    def when(self) -> str:
        """How near: ``in 3 days``, or that its answer is missing."""
        if self.has_begun:
            return "What became of it?"
        return days_from(local_day(self.plan.planned_for), today())

    @property
    def kept(self) -> str:
        """The answer of the first button; none before its time."""
        return ContactOutcome.MET.value if self.has_begun else ""

    @property
    def others(self) -> list[Answer]:
        """The other answers."""
        return [
            (value, label)
            for value, label in ANSWERS
            if value in CANCELLED or (self.has_begun and value != ContactOutcome.MET)
        ]


def planned_with(parent_ids: Iterable[UUID]) -> list[PlannedLine]:
    """What was planned with these parents and is still open, the earliest first (one query)."""
    return planned_from(planned_rows(parent_ids), {})


def planned_rows(parent_ids: Iterable[UUID]) -> QuerySet[PlannedContact]:
    """The same as a question that a page asks together with others."""
    rows = PlannedContact.objects.filter(parent__in=list(parent_ids), contact=None)
    return rows.order_by("planned_for", "stored_at")


def planned_from(rows: Iterable[PlannedContact], names: Mapping[UUID, str]) -> list[PlannedLine]:
    """These rows as a list shows them, by name where it is known."""
    return [PlannedLine(one, names.get(one.parent_id, "")) for one in rows]
