"""What is still due in an episode that is to end: what ends, what goes on, what is asked."""

from dataclasses import dataclass
from uuid import UUID

from programme.access.holdings import written_in
from programme.access.parts import Part
from programme.contacts.models import NextStep, PlannedContact
from programme.contacts.reads import PlannedLine
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode
from programme.pathways.models import Worker
from programme.workboard.reads import AGREED, Item, due_items

NOBODY = "nobody yet"


@dataclass(frozen=True)
class Carrier:
    """Another open episode of the parent, and who leads it: what is handed over goes there."""

    episode: Episode
    worker: Worker | None

    @property
    def words(self) -> str:
        """``Sam Example, Unborn Baby Team``."""
        return f"{self.worker.name if self.worker else NOBODY}, {self.episode.programme}"


@dataclass(frozen=True)
class Line:
    """One thing that is due: what, when, why, and who carries it on, if anybody."""

    item: Item
    when: str
    is_late: bool
    carried_by: str = ""


@dataclass(frozen=True)
class StillDue:
    """Everything that is due to a parent, by what becomes of it when the episode ends."""

    ends: list[Line]
    goes_on: list[Line]
    steps: list[NextStep]
    plans: list[PlannedLine]
    carriers: list[Carrier]


def still_due(episode: Episode) -> StillDue:
    """What ends with the episode, what goes on, and what somebody has to decide about.

    As far as the reader's parts go; a fixed number of queries.
    """
    others = _other_episodes(episode)
    lines = [_line(item, others) for item in due_items([episode.parent_id])]
    mine = written_in(episode.parent_id)[Part.CORE]
    plans = PlannedContact.objects.filter(episode=episode, contact=None)
    return StillDue(
        ends=[one for one in lines if one.item.episode_id == episode.pk and not _is_asked(one)],
        goes_on=[one for one in lines if one.item.episode_id != episode.pk],
        steps=list(
            NextStep.objects.filter(NextStep.OPEN, episode=episode).order_by("due_on", "pk")
        ),
        plans=[PlannedLine(one) for one in plans.order_by("planned_for", "pk")],
        carriers=[one for one in others.values() if one.episode.programme_id in mine],
    )


def _is_asked(line: Line) -> bool:
    """Whether somebody agreed it with the parent, so that it does not end without a word."""
    return line.item.rule == AGREED or line.item.is_of_planned


def _other_episodes(episode: Episode) -> dict[UUID, Carrier]:
    rows = Episode.objects.filter(parent=episode.parent_id, closed_on=None)
    found = list(rows.exclude(pk=episode.pk).select_related("programme").order_by("opened_on"))
    leads = Allocation.objects.filter(episode__in=found, to_date=None).exclude(lead=False)
    workers = {one.episode_id: one.worker for one in leads.select_related("worker")}
    return {one.pk: Carrier(one, workers.get(one.pk)) for one in found}


def _line(item: Item, others: dict[UUID, Carrier]) -> Line:
    carrier = others.get(item.episode_id) if item.episode_id else None
    words = carrier.words if carrier else " and ".join(one.words for one in others.values())
    return Line(item, item.when(today()), item.is_late(today()), words or NOBODY)
