"""Whom a set is about, and who stands for a parent."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from programme.access.court import writes_from_papers
from programme.access.models import User
from programme.access.writing import store_once
from programme.audit import events
from programme.core.choices import YesNoNotRecorded
from programme.core.errors import RuleBroken
from programme.people.models import Child, Parent
from programme.proceedings.actions.said import Said
from programme.proceedings.models import (
    Named,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    Representation,
    named_key,
)

events.declare(
    proceedings__representation_recorded="recorded who stands for the parent",
    proceedings__people_named="named whom a set of proceedings is about",
    proceedings__people_taken_off="took off a set of proceedings who was named by mistake",
)


@transaction.atomic
def record_representation(
    *,
    key: UUID,
    proceedings: Proceedings,
    parent: Parent,
    at_first_hearing: str,
    now: str,
    solicitor: str,
    said: Said,
    by: User,
) -> Representation:
    """Keeps who stands for this parent; the other parents of the set have rows of their own.

    Figures count the first hearing from the link, so only a yes or a no goes there.
    """
    if not writes_from_papers(by, parent.pk):
        raise RuleBroken("A senior practitioner records who stands for the parent.")
    link = ProceedingsParent.objects.filter(proceedings=proceedings, parent=parent).first()
    if link is None:
        raise RuleBroken("This parent is not party to the set.")
    row, is_new = store_once(
        Representation(
            id=key,
            proceedings=proceedings,
            parent=parent,
            at_first_hearing=at_first_hearing,
            now=now,
            solicitor=solicitor,
            **vars(said),
        )
    )
    if is_new:
        known = at_first_hearing in (YesNoNotRecorded.YES, YesNoNotRecorded.NO)
        if known and link.represented_at_first_hearing != at_first_hearing:
            link.represented_at_first_hearing = at_first_hearing
            link.save()
        events.record("proceedings.representation_recorded", subject=row, parent=parent, by=by)
    return row


@transaction.atomic
def name_people(
    *,
    proceedings: Proceedings,
    parent: Parent,
    children: list[Child],
    parents: list[Parent],
    by: User,
) -> None:
    """Adds children and other parents to a set; who is there already stays as they are."""
    if not writes_from_papers(by, parent.pk):
        raise RuleBroken("A senior practitioner says whom the set is about.")
    named = False
    for child in children:
        row = ProceedingsChild(
            id=named_key(proceedings.pk, child.pk), proceedings=proceedings, child=child
        )
        named |= store_once(row)[1]
    for other in parents:
        party = ProceedingsParent(
            id=named_key(proceedings.pk, other.pk), proceedings=proceedings, parent=other
        )
        named |= store_once(party)[1]
    if named:
        events.record("proceedings.people_named", subject=proceedings, parent=parent, by=by)


@transaction.atomic
def take_off_people(
    *, proceedings: Proceedings, parent: Parent, named: Sequence[Named], because: str, by: User
) -> None:
    """Takes off a set who was named by mistake; that they were, and why not, stays in the history.

    From then on their teams read no papers of it. What they told us themselves stays theirs.
    """
    if not writes_from_papers(by, parent.pk):
        raise RuleBroken("A senior practitioner says whom the set is about.")
    if not because:
        raise RuleBroken("Say why they were named by mistake.", field="because")
    # Whoever adds an order, or takes the same people off, waits here.
    Proceedings.objects.select_for_update(of=("self",)).get(pk=proceedings.pk)
    standing: list[Any] = [one for row in named for one in type(row).objects.filter(pk=row.pk)]
    if any(isinstance(row, ProceedingsChild) and row.final_order for row in standing):
        raise RuleBroken(
            "An order is recorded about a child you chose. Take the order back first.",
            field="people",
        )
    for row in standing:
        row._change_reason = because
        row.delete()
    if standing:
        events.record("proceedings.people_taken_off", subject=proceedings, parent=parent, by=by)
