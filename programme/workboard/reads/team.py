"""A team's work as its senior talks about it: worker by worker, parent by parent, each with why."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from programme.core.choices import CaseloadUnit
from programme.core.dates import today
from programme.core.together import ask_together
from programme.episodes.models import Allocation, Episode, Pause, Stage
from programme.episodes.reads import PauseLine, lasting
from programme.pathways.models import StageDefinition, Worker
from programme.people.reads import names_of
from programme.workboard.reads.delays import delays_of
from programme.workboard.reads.due import due_items
from programme.workboard.reads.items import AGREED, RETURNED, Item
from programme.workboard.reads.missing import Missing, missing_of
from programme.workboard.reads.ranges import standing_of, usual_range
from programme.workboard.reads.weights import Weights, in_figures, weigh, weights_of

LONG_GAP = "T26"
# A page of counts says no word of what was agreed with anybody.
COUNTED_AS = {AGREED: "Next steps", RETURNED: "Returned contacts"}
DAYS_IN = {"weeks": 7, "months": 30}


@dataclass(frozen=True)
class ParentLine:
    """A parent, where she stands, and each reason to talk about her."""

    parent_id: UUID
    episode_id: UUID
    name: str
    stage: str
    since: date | None
    reasons: tuple[str, ...]
    pause: str = ""


@dataclass(frozen=True)
class WorkerLine:
    """What one worker holds. Parents with most reasons come first; workers by name."""

    worker: Worker
    held: int
    unit: str
    # What they count by the programme's weights; "" where it has none.
    weighed: str
    standing: str
    parents: tuple[ParentLine, ...]
    late: Mapping[str, int]
    stages: Mapping[str, int]
    # How long writing down takes; "" where nothing was written.
    written: str
    longest_gap: int | None

    @property
    def paused(self) -> int:
        """With how many parents the work is paused."""
        return sum(bool(one.pause) for one in self.parents)


@dataclass
class _Team:
    """Everything that was read of the parents of several workers."""

    stages: dict[UUID, Stage] = field(default_factory=dict)
    definitions: dict[tuple[str, str], StageDefinition] = field(default_factory=dict)
    late: dict[UUID, list[Item]] = field(default_factory=lambda: defaultdict(list))
    gaps: dict[UUID, int] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    missing: Missing = field(default_factory=Missing)
    pauses: dict[UUID, PauseLine] = field(default_factory=dict)
    weights: Weights = field(default_factory=dict)


def lines_of(workers: Iterable[Worker]) -> list[WorkerLine]:
    """What each of these workers holds, in their order (a fixed number of queries).

    Whoever holds nobody has a line too. Each open episode counts for the worker who leads it.
    """
    listed = list(workers)
    held = held_by_each(listed)
    team = _read([one for some in held.values() for one in some])
    written = delays_of(listed)
    return [
        _line(worker, held.get(worker.pk, []), team, written.get(worker.pk, ""))
        for worker in listed
    ]


def held_by_each(workers: Collection[Worker]) -> dict[UUID, list[Episode]]:
    """The open episodes that each worker leads today (one query)."""
    now = today()
    rows = Allocation.objects.filter(
        Q(to_date=None) | Q(to_date__gte=now),
        Q(lead=None) | Q(lead=True),
        worker__in=workers,
        from_date__lte=now,
        episode__closed_on=None,
    )
    found: dict[UUID, list[Episode]] = defaultdict(list)
    for row in rows.select_related("episode__parent", "episode__programme"):
        found[row.worker_id].append(row.episode)
    return found


def _read(episodes: list[Episode]) -> _Team:
    keys = {one.pk for one in episodes}
    parent_ids = {one.parent_id for one in episodes}
    now = today()
    team = _Team(names=names_of(parent_ids))
    definitions = StageDefinition.objects.all()
    stages = Stage.objects.filter(episode__in=keys, left_on=None)
    pauses = Pause.objects.filter(episode__in=keys).order_by("from_date")
    ask_together(definitions, stages, pauses)
    team.definitions = {(row.pathway_id, row.code): row for row in definitions}
    team.stages = {one.episode_id: one for one in stages}
    team.pauses = lasting(pauses)
    team.weights = weights_of({one.programme_id for one in episodes})
    for item in due_items(parent_ids):
        if item.episode_id in keys and item.is_late(now):
            team.late[item.episode_id].append(item)
    team.missing = missing_of(episodes, now)
    return team


def _line(worker: Worker, episodes: list[Episode], team: _Team, written: str) -> WorkerLine:
    usual = usual_range(worker)
    unit = usual.unit if usual else CaseloadUnit.PARENTS
    parent_ids = {one.parent_id for one in episodes}
    children: set[UUID] = set().union(*(team.missing.children.get(key, ()) for key in parent_ids))
    counts_children = unit == CaseloadUnit.CHILDREN
    held = len(children) if counts_children else len(parent_ids)
    stages = {key: spell.stage for key, spell in team.stages.items()}
    weighed = None if counts_children else weigh(episodes, stages, team.weights)
    parents = sorted(
        (_parent_line(one, team) for one in episodes),
        key=lambda one: (-len(one.reasons), one.name),
    )
    late = [item for one in episodes for item in team.late[one.pk]]
    gaps = [(today() - item.due_on).days for item in late if item.rule == LONG_GAP and item.due_on]
    return WorkerLine(
        worker=worker,
        held=held,
        unit=unit.label.lower(),
        weighed="" if weighed is None else in_figures(weighed),
        standing=standing_of(usual, held if weighed is None else weighed),
        parents=tuple(parents),
        late=Counter(COUNTED_AS.get(item.rule, item.what) for item in late),
        stages=Counter(one.stage for one in parents),
        written=written,
        longest_gap=max(gaps, default=None),
    )


def _parent_line(one: Episode, team: _Team) -> ParentLine:
    spell = team.stages.get(one.pk)
    definition = team.definitions.get((one.programme.pathway_id, spell.stage)) if spell else None
    pause = team.pauses.get(one.pk)
    return ParentLine(
        parent_id=one.parent_id,
        episode_id=one.pk,
        name=team.names.get(one.parent_id, one.parent.reference),
        stage=definition.label if definition else (spell.stage if spell else "No stage yet"),
        since=spell.entered_on if spell else None,
        reasons=tuple(_reasons(one, spell, definition, team)),
        pause=_paused(pause) if pause else "",
    )


def _paused(line: PauseLine) -> str:
    return f"{line.pause.reason or 'An agreed pause'}. {line.words}"


def _reasons(
    one: Episode, spell: Stage | None, definition: StageDefinition | None, team: _Team
) -> Iterable[str]:
    now = today()
    for item in team.late[one.pk]:
        yield f"{item.what}: {item.when(now)}"
    if spell and definition and definition.usual_length:
        days = (now - spell.entered_on).days
        if days > definition.usual_length * DAYS_IN.get(definition.unit, 1):
            usual = f"{definition.usual_length} {definition.unit}"
            yield f"Longer in this stage than the usual {usual}: {days} days"
    yield from team.missing.said_of(one)
