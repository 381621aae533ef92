"""Changes that read as a story on the timeline: of worker, stage, plan and address."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from programme.access.actors import MERGER
from programme.access.models import User
from programme.episodes.models import Allocation, Stage
from programme.pathways.models import StageDefinition
from programme.people.models import Home, Parent
from programme.support.models import Goal
from recurrent.design.components import TimelineEntry

# Who wrote lines of history, as key and name.
Names: TypeAlias = "QuerySet[User, tuple[UUID, str]]"


def stage_questions(parent: Parent) -> tuple[QuerySet[StageDefinition], QuerySet[Stage]]:
    """What to ask for ``stages``: what the stages are called, and the spells in them."""
    spells = Stage.objects.filter(episode__parent=parent).select_related("episode__programme")
    ordered = spells.order_by("episode_id", "entered_on", "stored_at")
    return StageDefinition.objects.all(), ordered


def stages(
    parent: Parent, definitions: Iterable[StageDefinition], spells: Iterable[Stage]
) -> Iterator[TimelineEntry]:
    """The first stage of each episode, then each change from one to the next."""
    labels = {(row.pathway_id, row.code): row.label for row in definitions}

    def label(spell: Stage) -> str:
        return labels.get((spell.episode.programme.pathway_id, spell.stage), spell.stage)

    for _, own in groupby(spells, lambda spell: spell.episode_id):
        first, *later = list(own)
        yield TimelineEntry(
            f"Stage: {label(first)}", first.entered_on, mark=("stage", str(first.pk))
        )
        for before, after in pairwise([first, *later]):
            title = f"Stage changed from {label(before)} to {label(after)}"
            yield TimelineEntry(title, after.entered_on, mark=("stage", str(after.pk)))


def worker_questions(parent: Parent) -> tuple[QuerySet[Allocation]]:
    """What to ask for ``workers``."""
    rows = Allocation.objects.filter(episode__parent=parent).select_related("worker", "episode")
    return (rows.order_by("episode_id", "from_date", "stored_at"),)


def workers(parent: Parent, spells: Iterable[Allocation]) -> Iterator[TimelineEntry]:
    """Who began to work with a parent, who took over from whom, who stopped."""
    for _, own in groupby(spells, lambda row: row.episode_id):
        yield from _workers_of(list(own))


def _workers_of(spells: list[Allocation]) -> Iterator[TimelineEntry]:
    """The story of one episode. A blank lead means that the worker leads."""
    leads = [one for one in spells if one.lead is not False]
    for one in leads[:1]:
        yield _began(one)
    for before, after in pairwise(leads):
        if before.to_date is None or before.to_date < after.from_date:
            yield _began(after)
        else:
            title = f"Worker changed from {before.worker.name} to {after.worker.name}"
            yield TimelineEntry(title, after.from_date, mark=("worker", str(after.pk)))
    for one in spells:
        if one.lead is False:
            yield _began(one)
    yield from _ends(spells, leads)


def _began(spell: Allocation) -> TimelineEntry:
    title = f"{spell.worker.name} began to work with this parent"
    return TimelineEntry(title, spell.from_date, mark=("worker", str(spell.pk)))


def _ends(spells: Iterable[Allocation], leads: list[Allocation]) -> Iterator[TimelineEntry]:
    """Spells that ended otherwise than by a handover or with the episode."""
    taken_over = {
        before.pk for before, after in pairwise(leads) if before.to_date == after.from_date
    }
    for one in spells:
        if one.to_date and one.pk not in taken_over and one.to_date != one.episode.closed_on:
            title = f"{one.worker.name} no longer works with this parent"
            yield TimelineEntry(title, one.to_date, mark=("worker_ended", str(one.pk)))


def plan_questions(parent: Parent) -> tuple[QuerySet[Any], Names]:
    """What to ask for ``plan_changes``: the lines of history, and who wrote them."""
    lines = Goal.history.filter(episode__parent=parent, id__in=Goal.objects.values("pk"))
    return lines.order_by("id", "history_date", "version"), _writers(lines)


def plan_changes(
    parent: Parent, lines: Iterable[Any], writers: Iterable[tuple[UUID, str]]
) -> Iterator[TimelineEntry]:
    """Goals whose words were changed, with the words before and why."""
    names = dict(writers)
    for before, after in pairwise(lines):
        if before.id == after.id and before.wording != after.wording:
            why = f" Because: {after.history_change_reason}" if after.history_change_reason else ""
            yield TimelineEntry(
                "Goal changed",
                after.history_date,
                by=names.get(after.history_user_id, ""),
                text=f"Was: {before.wording}. Is now: {after.wording}.{why}",
                mark=("goal_changed", str(after.pk)),
            )


def address_questions(parent: Parent) -> tuple[QuerySet[Any], Names]:
    """What to ask for ``address_changes``: the lines of history, and who wrote them."""
    home = Home.objects.filter(parent=parent).values("pk")
    # That the row came with the other record of the same person is no change of address.
    lines = Home.history.filter(id__in=home).exclude(history_user_id=MERGER)
    return lines.only("id", "history_type", "history_date", "history_user_id"), _writers(lines)


def address_changes(
    parent: Parent, lines: Iterable[Any], writers: Iterable[tuple[UUID, str]]
) -> Iterator[TimelineEntry]:
    """That an address was written down or changed, never which."""
    names = dict(writers)
    said = {"+": "The address was written down", "~": "The address was changed"}
    for line in lines:
        if line.history_type in said:
            by = names.get(line.history_user_id, "")
            yield TimelineEntry(
                said[line.history_type],
                line.history_date,
                by=by,
                mark=("address_changed", str(line.pk)),
            )


def _writers(lines: QuerySet[Any]) -> Names:
    people = User.objects.filter(pk__in=lines.values("history_user_id"), is_system=False)
    return people.values_list("pk", "name")
