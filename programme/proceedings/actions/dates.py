"""Adding a set and its dates."""

from uuid import UUID, uuid5

from django.db import transaction

from programme.access.models import User
from programme.access.writing import store_once
from programme.audit import events
from programme.core.choices import CourtSource
from programme.core.errors import RuleBroken
from programme.people.models import Parent
from programme.proceedings.actions.in_force import keep_what_stood, show_in_force
from programme.proceedings.actions.said import (
    Dated,
    Said,
    refuse_future,
    refuse_unless_hers_to_say,
)
from programme.proceedings.models import CourtDate, Proceedings, ProceedingsParent

events.declare(
    proceedings__set_added="added a set of proceedings",
    proceedings__date_added="added a court date",
)


@transaction.atomic
def add_set(
    *, key: UUID, parent: Parent, dated: Dated, said: Said, by: User, court_reference: str = ""
) -> Proceedings:
    """Keeps a new set with its first date, once however often its form is sent.

    Told by the parent, it is a set of this parent and nobody else until papers name others.
    """
    refuse_unless_hers_to_say(parent, said, by)
    if said.source == CourtSource.PARENT and court_reference:
        raise RuleBroken("A court reference comes from papers.", field="court_reference")
    # The link comes first: without it the wall would not know whose the new set is.
    link = ProceedingsParent(id=uuid5(key, "party"), proceedings_id=key, parent=parent)
    store_once(link)
    proceedings, is_new = store_once(Proceedings(id=key, court_reference=court_reference))
    if is_new:
        events.record("proceedings.set_added", subject=proceedings, parent=parent, by=by)
        add_date(
            key=uuid5(key, "date"),
            proceedings=proceedings,
            parent=parent,
            dated=dated,
            said=said,
            by=by,
        )
    return proceedings


@transaction.atomic
def add_date(
    *,
    key: UUID,
    proceedings: Proceedings,
    parent: Parent,
    dated: Dated,
    said: Said,
    by: User,
) -> CourtDate:
    """Adds what one source says; earlier rows stay, and the set shows what is in force.

    What the parent told us stays on this parent's record and changes nothing of the set.
    """
    refuse_unless_hers_to_say(parent, said, by)
    refuse_future(dated)
    told = said.source == CourtSource.PARENT
    if not told:
        proceedings = Proceedings.objects.select_for_update(of=("self",)).get(pk=proceedings.pk)
        keep_what_stood(proceedings)
    row, is_new = store_once(
        CourtDate(
            id=key,
            proceedings=proceedings,
            parent=parent if told else None,
            **vars(dated),
            **vars(said),
        )
    )
    if is_new:
        if not told:
            show_in_force(proceedings)
        events.record("proceedings.date_added", subject=row, parent=parent, by=by)
    return row
