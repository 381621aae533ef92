"""Joining two records of one person, and parting them again as they were (decision 0009)."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.access.actors import MERGER
from programme.access.holdings import written_in
from programme.access.models import User
from programme.access.parts import Part
from programme.access.scope import acting_as
from programme.access.writing import store
from programme.audit import events
from programme.core.choices import ClosureReason, ParentRole
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Episode
from programme.joining import carried_over
from programme.joining.actions.matches import keep_apart
from programme.joining.models import Merge, MergeMove
from programme.joining.moves import (
    Writer,
    followers,
    give_back,
    parent_columns,
    rows_of,
    tables,
    take_back,
)
from programme.joining.reads.records import open_in_both
from programme.people.models import Parent, Partnership
from programme.pregnancies.models import Pregnancy

events.declare(
    joining__records_joined="joined two records of one person",
    joining__records_parted="parted two records that had been joined",
)
ENDED_BY_JOINING = "Two records of one person were joined; the work goes on in the other episode."


class GoesOn(StrEnum):
    """Which of two open episodes of one programme goes on."""

    KEPT = "kept"
    ABSORBED = "absorbed"
    BOTH = "both"


@transaction.atomic
def join_records(
    *,
    key: UUID,
    kept: Parent,
    absorbed: Parent,
    why: str,
    by: User,
    goes_on: Mapping[UUID, str] | None = None,
) -> Merge:
    """Joins two records: everything of ``absorbed`` hangs on ``kept``, until it is undone.

    ``goes_on`` answers, for each programme that both have open work with, which goes on. Every
    write is the merger's, whoever may see that row; the person who joined stands on the merge.
    Sent twice, also at the same moment, the first merge comes back.
    """
    if not why.strip():
        raise RuleBroken("Enter why these are the same person.", field="why")
    with acting_as(MERGER):
        _lock(kept, absorbed)
        if earlier := Merge.objects.filter(pk=key).first():
            return earlier
    _refuse_unless_hers(kept, absorbed)
    # In her own name: what she may not see is no reason to refuse, nor asked about.
    _refuse_two_people(kept, absorbed)
    ending = _ending(kept, absorbed, goes_on or {})
    with acting_as(MERGER):
        _refuse_if_joined_meanwhile(kept, absorbed)
        merge = store(
            Merge(
                id=key,
                kept=kept,
                absorbed=absorbed,
                absorbed_reference=absorbed.reference,
                why=why,
                joined_by_id=by.pk,
            )
        )
        _join(merge, ending)
    for parent in (kept, absorbed):
        events.record("joining.records_joined", subject=merge, parent=parent, by=by)
    return merge


def _refuse_unless_hers(*parents: Parent) -> None:
    for parent in parents:
        if not written_in(parent.pk)[Part.CORE]:
            raise RuleBroken("You can join only records that you may both change.")


def _lock(*parents: Parent) -> None:
    """Two who join the same records at once come one after the other."""
    keys = sorted(parent.pk for parent in parents)
    list(Parent.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _refuse_if_joined_meanwhile(*parents: Parent) -> None:
    if Merge.objects.filter(undone_at=None, absorbed__in=parents).exists():
        raise RuleBroken("One of these records has been joined meanwhile. Open it again.")


def _refuse_two_people(kept: Parent, absorbed: Parent) -> None:
    if kept.pk == absorbed.pk:
        raise RuleBroken("This is the same record.")
    if {kept.parent_role, absorbed.parent_role} == {ParentRole.MOTHER, ParentRole.FATHER}:
        raise RuleBroken("One is recorded as a mother, the other as a father.")
    both = [kept.pk, absorbed.pk]
    couple = Partnership.objects.filter(parent__in=both, other_parent__in=both)
    if couple.exists() or Pregnancy.objects.filter(mother__in=both, father__in=both).exists():
        raise RuleBroken("These two are recorded as a couple, so they are two people.")


def _ending(
    kept: Parent, absorbed: Parent, goes_on: Mapping[UUID, str]
) -> dict[UUID, tuple[Episode, ...]]:
    """The open episodes that end with the joining, by programme."""
    found = {}
    for pair in open_in_both(kept, absorbed):
        said = goes_on.get(pair.programme.pk, "")
        if said not in list(GoesOn):
            raise RuleBroken(
                f"Choose which work with {pair.programme} goes on.", field=pair.field_name
            )
        ends = {GoesOn.KEPT: pair.absorbed, GoesOn.ABSORBED: pair.kept, GoesOn.BOTH: ()}
        found[pair.programme.pk] = ends[GoesOn(said)]
    return found


def _join(merge: Merge, ending: Mapping[UUID, tuple[Episode, ...]]) -> None:
    writer = Writer(merge)
    decisions = carried_over.permissions(merge)
    stays = carried_over.keep_only_those_named_on_both(writer)
    carried_over.complete_identity(writer)
    for model in tables():
        for row in rows_of(model, merge.absorbed_id):
            if not stays(row):
                writer.move(row, merge.kept_id)
    for consent in decisions:
        writer.add(consent)
    for episodes in ending.values():
        for episode in episodes:
            _end(writer, episode)
    writer.finish()


def _end(writer: Writer, episode: Episode) -> None:
    """Ends an episode today, as closing it would; taken back when the records are parted."""
    day = max(today(), episode.opened_on)
    for spell in episode.stages.filter(left_on=None):
        writer.change(spell, {"left_on": max(day, spell.entered_on)})
    for allocation in episode.allocations.filter(to_date=None):
        writer.change(allocation, {"to_date": max(day, allocation.from_date)})
    current = Episode.objects.get(pk=episode.pk)
    current.closed_on = day
    current.keep_reading_date()
    until, current.closed_on = current.team_reads_until, None
    current.team_reads_until = None
    values = {"closure_reason": ClosureReason.OTHER.value, "closure_note": ENDED_BY_JOINING}
    writer.change(current, {"closed_on": day, "team_reads_until": until, **values})


# --- Parting ----------------------------------------------------------------------------------


@transaction.atomic
def undo_join(*, merge: Merge, why: str, by: User) -> Merge:
    """Parts two records as they were before they were joined, and never suggests the pair again.

    What was written since stays with the kept record, unless it hangs on a row that goes back.
    """
    if not why.strip():
        raise RuleBroken("Enter why these are two people.", field="why")
    _refuse_unless_hers(merge.kept)
    with acting_as(MERGER):
        list(Parent.objects.select_for_update(of=("self",)).filter(pk=merge.kept_id))
        current = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if current.undone_at is not None:
            return current
        _refuse_unless_last(current)
        _part(current)
        current.undone_at, current.undone_why, current.undone_by_id = timezone.now(), why, by.pk
        current.save()
        absorbed = Parent.objects.get(pk=current.absorbed_id)
    keep_apart(merge.kept_id, merge.absorbed_id, by)
    for parent in (merge.kept, absorbed):
        events.record("joining.records_parted", subject=merge, parent=parent, by=by)
    return current


def _refuse_unless_last(merge: Merge) -> None:
    later = Merge.objects.filter(kept=merge.kept_id, undone_at=None, stored_at__gt=merge.stored_at)
    if later.exists():
        raise RuleBroken("Another record was joined with this one since. Part that one first.")


def _part(merge: Merge) -> None:
    gone: dict[str, set[UUID]] = {}
    known: set[UUID] = set()
    for move in MergeMove.objects.filter(merge=merge).order_by("-position"):
        known.add(move.row_id)
        key = take_back(move)
        if key is not None and _went_back(move, merge):
            gone.setdefault(move.table, set()).add(key)
    for row in followers(merge, gone, known):
        give_back(row, merge)


def _went_back(move: MergeMove, merge: Merge) -> bool:
    """Whether this write gave a row of the absorbed parent to the kept one."""
    columns = {column for model in tables() for column in parent_columns(model)}
    before = move.before or {}
    return any(before.get(name) == str(merge.absorbed_id) for name in columns)
