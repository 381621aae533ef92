"""Hearings: to come, moved, held, and who comes along."""

from datetime import date, time
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import ChangedMeanwhile, save_changes, store_once
from programme.audit import events
from programme.core.choices import CourtSource, HearingOutcome
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.people.models import Parent
from programme.proceedings.actions.said import Said, Sitting, refuse_unless_hers_to_say
from programme.proceedings.models import Hearing, HearingCompany, Proceedings

events.declare(
    proceedings__hearing_added="added a hearing",
    proceedings__hearing_moved="moved a hearing to another day",
    proceedings__outcome_recorded="recorded what came of a hearing",
    proceedings__company_asked="asked who should come along to a hearing",
)


@transaction.atomic
def add_hearing(
    *,
    key: UUID,
    proceedings: Proceedings,
    parent: Parent,
    sitting: Sitting,
    said: Said,
    by: User,
    follows: Hearing | None = None,
) -> Hearing:
    """Keeps a hearing; with ``follows``, the new day of one that was moved."""
    refuse_unless_hers_to_say(parent, said, by)
    told = said.source == CourtSource.PARENT
    hearing, is_new = store_once(
        Hearing(
            id=key,
            proceedings=proceedings,
            parent=parent if told else None,
            follows=follows,
            **vars(sitting),
            **vars(said),
        )
    )
    if is_new:
        name = "proceedings.hearing_moved" if follows else "proceedings.hearing_added"
        events.record(name, subject=hearing, parent=parent, by=by)
    return hearing


@transaction.atomic
def move_hearing(
    *,
    key: UUID,
    hearing: Hearing,
    parent: Parent,
    held_on: date,
    begins_at: time | None,
    said: Said,
    seen_version: int,
    by: User,
) -> Hearing:
    """Another day for a hearing: a new row that follows the old one, which stays as it was.

    The parent may say that a hearing known from papers was moved; papers still say what they said.
    Two at once wait for each other: each side moves a hearing once.
    """
    _refuse_papers_on_what_was_told(hearing, said)
    _refuse_if_moved(hearing, parent, said, seen_version, key)
    if held_on == hearing.held_on and begins_at == hearing.begins_at:
        raise RuleBroken("This is the day and time it already has.", field="held_on")
    sitting = Sitting(held_on, hearing.kind, begins_at, hearing.court, hearing.what_for)
    return add_hearing(
        key=key,
        proceedings=hearing.proceedings,
        parent=parent,
        sitting=sitting,
        said=said,
        by=by,
        follows=hearing,
    )


@transaction.atomic
def record_outcome(
    *,
    hearing: Hearing,
    parent: Parent,
    outcome: str,
    said: Said,
    seen_version: int,
    by: User,
    what_came_of_it: str = "",
    reason: str = "",
) -> Hearing:
    """Keeps whether a hearing was held or called off, and what came of it.

    The first time needs no reason; something else than what is recorded does.
    """
    refuse_unless_hers_to_say(parent, said, by)
    _refuse_papers_on_what_was_told(hearing, said)
    if said.source == CourtSource.PARENT and hearing.parent_id is None:
        raise RuleBroken(
            "This hearing is known from papers. A senior practitioner records what came of it.",
            field="source",
        )
    if outcome == HearingOutcome.HELD and hearing.held_on > today():
        raise RuleBroken("The day of this hearing has not come yet.", field="outcome")
    said_now = (outcome, what_came_of_it, said.source, said.known_on)
    names = ("outcome", "what_came_of_it", "outcome_source", "outcome_known_on")
    if said_now == tuple(getattr(hearing, name) for name in names):
        return hearing
    amends = bool(hearing.outcome)
    for name, value in zip(names, said_now, strict=True):
        setattr(hearing, name, value)
    save_changes(hearing, seen_version=seen_version, reason=reason if amends else None)
    events.record("proceedings.outcome_recorded", subject=hearing, parent=parent, by=by)
    return hearing


@transaction.atomic
def record_company(
    *, key: UUID, hearing: Hearing, parent: Parent, is_wanted: bool, who: str, by: User
) -> HearingCompany:
    """Keeps whether this parent wants somebody along; the newest answer holds."""
    row, is_new = store_once(
        HearingCompany(
            id=key,
            hearing=hearing,
            parent=parent,
            is_wanted=is_wanted,
            who=who if is_wanted else "",
            said_on=today(),
        )
    )
    if is_new:
        events.record("proceedings.company_asked", subject=row, parent=parent, by=by)
    return row


def _refuse_papers_on_what_was_told(hearing: Hearing, said: Said) -> None:
    """The parent's words never become what papers say, which another parent's worker reads."""
    if hearing.parent_id is not None and said.source != CourtSource.PARENT:
        raise RuleBroken(
            "Add the hearing from papers first. This one is what the parent told us.",
            field="source",
        )


def _refuse_if_moved(
    hearing: Hearing, parent: Parent, said: Said, seen_version: int, key: UUID
) -> None:
    """Papers and the parent each say one new day; sent twice, it is the same row."""
    current = Hearing.objects.select_for_update(of=("self",)).get(pk=hearing.pk)
    side = parent if said.source == CourtSource.PARENT else None
    followers = Hearing.objects.filter(follows=hearing, parent=side)
    if followers.exclude(pk=key).exists():
        raise RuleBroken(
            "This hearing was moved already. Go back and change its new day.", field="outcome"
        )
    if current.version != seen_version:
        raise ChangedMeanwhile(current)
