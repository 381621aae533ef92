"""Which tables a record is made of, how each leads to its parent, and what they are called.

Found by looking at the models, so that a new table is part of the history without being listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey

from programme.access.parts import Part
from programme.access.records import CaseRecord
from programme.access.wall import case_models
from programme.access.walls import Wall
from programme.people.models import Home, Parent
from programme.people.reads import open_children
from programme.proceedings.models import Proceedings

# Tables of other parts have no history on these pages: who is kept away and who was let in must
# not be read off them, and what may be known of contraception is never changed, only added to.
SHOWN_PARTS = frozenset(
    {
        Part.REFERENCE,
        Part.CORE,
        Part.NOTES,
        Part.ARRANGEMENTS,
        Part.OUTCOMES,
        Part.SAFE_ADDRESS,
        Part.COURT,
    }
)
# How tables that several parents share lead to a parent. A child's own rows are read by the key of
# the child, and only of those whom the record opens.
BY_CHILD = "id"
SHARED = {"Child": BY_CHILD, "Proceedings": "parents__parent"}
# In the order in which a record is read; tables not named here follow by name.
LABELS = {
    "identity": "Who the parent is",
    "safecontact": "How to reach the parent safely",
    "home": "Address",
    "episode": "Time with a programme",
    "stage": "Stage",
    "allocation": "Worker",
    "goal": "Goal",
    "nextstep": "Next step",
    "consent": "Permission",
    "pregnancy": "Pregnancy",
    "duedate": "Due date",
    "parentchild": "Parent of a child",
    "child": "Child",
    "partnership": "Partner",
    "referral": "Referral",
    "identification": "Known to a programme",
    "pause": "Pause",
    "supervision": "Supervision",
    "supervisionaction": "Action from supervision",
    "handover": "Handover note",
    "signoff": "Reading over a contact",
    "contact": "Contact",
    "contactperson": "Shared contact",
    "plannedcontact": "Planned contact",
    "served": "What a contact served",
    "groupmember": "Expected at a group",
    "attendance": "Attendance at a group",
    "goalrating": "How far a goal has come",
    "needrating": "Need",
    "proceedingschild": "Child in proceedings",
    "proceedingsparent": "Party to proceedings",
    "childcircumstance": "Where a child lives",
    "parent": "Record",
    "merge": "Two records of one person",
}
# Where the column's own name is not what people say.
WORDS = {
    "happened_at": "When",
    "mode": "How",
    "outcome": "What happened",
    "missed_because": "Whose reason it was",
    "needs_met": "Needs met",
    "together_because": "Why one entry for several people",
    "planned_for": "Planned for",
    "with_whom": "With whom else",
    "minutes": "How long, in minutes",
    "purpose": "What for",
    "statutory_visit": "Statutory visit",
    "written_by": "Written by",
    "times": "When to reach the parent",
    "words_to_avoid": "Do not say",
    "agreed_phrase": "Say",
    "who_may_answer": "Who may answer",
    "do_not_meet_at": "Do not meet at",
    "may_leave_message": "May leave a message",
    "may_text": "May text",
    "entered_on": "From",
    "left_on": "Until",
    "from_date": "From",
    "to_date": "Until",
    "lead": "Leads the work",
    "wording": "Words",
    "done_on": "Done",
    "ended_because": "Why it ended",
    "review_on": "Review by",
    "due_on": "Due",
    "decided_at": "Decided",
    "wording_version": "Wording",
    "given_how": "How it was given",
    "covers_own_worker": "The parent’s own worker may see",
    "covers_stand_in": "The stand-in may see",
    "covers_clinician": "The clinician may see",
    "estimated_due_date": "Due date",
    "basis": "Based on",
    "recorded_on": "Said on",
    "known_on": "Became known",
    "booked_on": "Booked with maternity care",
    "born": "Born",
    "ended_how": "How it ended",
    "nhs_number": "NHS number",
    "received_on": "Received",
    "opened_on": "Began",
    "closed_on": "Ended",
    "closure_reason": "Why it ended",
    "closure_note": "Note on the ending",
}
# Worked out or for the machine: never typed by anyone.
NOT_SAID = frozenset({"recorded_at"})


@dataclass(frozen=True)
class Kind:
    """One table of a record, as its history is read."""

    model: type[CaseRecord]
    path: str
    parts: frozenset[Part]

    @property
    def code(self) -> str:
        """For an address."""
        return str(self.model._meta.model_name)

    @property
    def label(self) -> str:
        """What people call it."""
        own = str(self.model._meta.verbose_name)
        return LABELS.get(self.code) or own[:1].upper() + own[1:]

    @property
    def says_only_that(self) -> bool:
        """Where a parent lives stands on two pages only; here it says only that it changed."""
        return issubclass(self.model, Home)

    def fields(self) -> "list[Field[Any, Any]]":
        """The columns that somebody fills in."""
        own = [one for one in self.model._meta.fields if one.editable]
        return [one for one in own if one.name not in NOT_SAID and not self.says_only_that]

    def rows(self, records: Sequence[UUID]) -> Any:
        """The rows of one parent's records that the acting user may read."""
        return self._of(self.model.objects, records)

    def lines(self, records: Sequence[UUID]) -> Any:
        """The lines of history that she may read; those written before a joining name a record
        that leads to the parent's now.
        """
        if self.model is Proceedings:
            return self.model.history.filter(id__in=self.rows(records).values("pk"))
        return self._of(self.model.history, records)

    def _of(self, manager: Any, records: Sequence[UUID]) -> Any:
        if self.path.endswith(BY_CHILD):
            # Links to children go along with a joining: the first record has them all.
            return manager.filter(**{f"{self.path}__in": open_children(records[0])})
        return manager.filter(**{f"{self.path or 'id'}__in": records})


@cache
def kinds() -> tuple[Kind, ...]:
    """Every table of a record that has a history to show, in reading order."""
    found = [
        Kind(model, path_to_parent(model), frozenset(parts_of(model.wall)))
        for model in case_models()
        if model.wall.part in SHOWN_PARTS
    ]
    order = list(LABELS)
    return tuple(
        sorted(
            found,
            key=lambda kind: (
                order.index(kind.code) if kind.code in order else len(order),
                kind.label,
            ),
        )
    )


def path_to_parent(model: type[CaseRecord]) -> str:
    """The way from a row to its parent; "" for the parent's own row."""
    if model is Parent:
        return ""
    waiting = [(model, "")]
    while waiting:
        table, path = waiting.pop(0)
        if table.__name__ in SHARED:
            return path + SHARED[table.__name__]
        for key in _keys(table):
            if key.related_model is Parent:
                return f"{path}{key.name}"
            waiting.append((key.related_model, f"{path}{key.name}__"))
    raise LookupError(f"{model.__name__} does not lead to a parent.")


def _keys(table: type[Any]) -> Iterator[Any]:
    """The keys that every row has and that lead to other rows of a record."""
    for one in table._meta.fields:
        target = one.related_model
        is_key = isinstance(one, ForeignKey) and not one.null
        if is_key and isinstance(target, type) and issubclass(target, CaseRecord):
            yield one


def parts_of(wall: Wall) -> Iterator[Part]:
    """Every part by which a wall may let a row through."""
    yield wall.part
    others = [getattr(wall, name, None) for name in ("wall", "inner")]
    for inner in [*others, *getattr(wall, "walls", ())]:
        if inner is not None:
            yield from parts_of(inner)
