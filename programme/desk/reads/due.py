"""What is due to the parents somebody works with, by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from programme.core.dates import today
from programme.episodes.models import Episode
from programme.workboard.reads import RETURNED, Item
from programme.workboard.reads.due import items_of
from programme.workboard.reads.facts import Facts

# So far ahead something is soon.
SOON = timedelta(days=7)


@dataclass(frozen=True)
class DueRow:
    """One thing that is due to one of her parents."""

    name: str
    item: Item

    @property
    def is_late(self) -> bool:
        """Whether its last day has passed."""
        return self.item.is_late(today())

    @property
    def is_soon(self) -> bool:
        """Whether it is due within a week from today."""
        due_on = self.item.due_on
        return due_on is not None and today() <= due_on <= today() + SOON

    @property
    def url(self) -> str:
        """Where it is seen to: the record, but for a returned contact."""
        if self.item.rule == RETURNED:
            keys = [self.item.parent_id, self.item.row]
            return reverse("supervision:answer_return", args=keys)
        return reverse("desk:show_parent", args=[self.item.parent_id])

    @property
    def when(self) -> str:
        """``2 days late``, ``in 3 days``."""
        return self.item.when(today())


def due_rows(
    facts: Facts, episodes: Collection[Episode], names: Mapping[UUID, str]
) -> list[DueRow]:
    """What follows from the facts for these episodes and for parents who wait, earliest first.

    What another programme's episode asks is for its own worker to see, supervision for seniors.
    """
    held = {one.pk for one in episodes}
    references = {one.parent_id: one.parent.reference for one in episodes}
    return [
        DueRow(names.get(item.parent_id) or references.get(item.parent_id, "A parent"), item)
        for item in items_of(facts)
        if (item.episode_id is None or item.episode_id in held) and not item.is_supervisors
    ]
