"""Caseloads as a manager sees them: counts by worker, and no person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from programme.core.choices import CaseloadUnit
from programme.episodes.models import Stage
from programme.pathways.models import StageDefinition, Worker
from programme.workboard.reads.ranges import standing_of, usual_range
from programme.workboard.reads.team import held_by_each
from programme.workboard.reads.weights import in_figures, weigh, weights_of

# Who whose child is, is not a manager's to read.
IN_CHILDREN = "counted in children, on the senior’s page"


@dataclass(frozen=True)
class CountLine:
    """How many parents one worker holds, and in which stages."""

    worker: Worker
    held: int
    weighed: str
    standing: str
    stages: Mapping[str, int]


def counts_of(workers: Iterable[Worker]) -> list[CountLine]:
    """What each of these workers holds, in their order (four queries)."""
    listed = list(workers)
    held = held_by_each(listed)
    keys = [one.pk for some in held.values() for one in some]
    spells = Stage.objects.filter(episode__in=keys, left_on=None)
    stages = dict(spells.values_list("episode_id", "stage"))
    labels = {(row.pathway_id, row.code): row.label for row in StageDefinition.objects.all()}
    weights = weights_of({one.programme_id for one in listed})
    lines = []
    for worker in listed:
        episodes = held.get(worker.pk, [])
        parents = len({one.parent_id for one in episodes})
        weighed = weigh(episodes, stages, weights)
        usual = usual_range(worker)
        standing = standing_of(usual, parents if weighed is None else weighed)
        if usual and usual.unit == CaseloadUnit.CHILDREN:
            weighed, standing = None, IN_CHILDREN
        codes = [stages.get(one.pk, "") for one in episodes]
        lines.append(
            CountLine(
                worker,
                parents,
                "" if weighed is None else in_figures(weighed),
                standing,
                Counter(
                    labels.get((worker.programme.pathway_id, code), code) or "No stage yet"
                    for code in codes
                ),
            )
        )
    return lines
