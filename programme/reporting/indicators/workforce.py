"""Caseloads of workers."""

from collections import defaultdict
from uuid import UUID

from programme.core.choices import Born, CaseloadUnit, PregnancyOutcome
from programme.pathways.models import Worker
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import share_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload
from programme.reporting.reads.work import EpisodeRow

LOST = frozenset(
    {PregnancyOutcome.STILLBIRTH, PregnancyOutcome.MISCARRIAGE, PregnancyOutcome.TERMINATION}
)


def caseload_in_range(caseload: Caseload, period: Period) -> Figure:
    """WF-1. Workers whose caseload is within the range set for them, both ends included.

    Workers with a lead allocation open on the report date, of an episode open then. Counted in
    children: the living babies of each referral's pregnancy, or one while it is unborn; none
    where the referral has no pregnancy or it was lost; a baby with two parents here counts
    once. In parents (also where no unit is set): one each. One end may be blank. No range at
    all: not recorded, and out of the base. New starters are not set apart: the record does not
    say when a worker started.
    """
    held: dict[UUID, list[EpisodeRow]] = defaultdict(list)
    for row in caseload.open_lead_allocations:
        held[row.worker_id].append(caseload.episode[row.episode_id])
    working = [worker for worker in caseload.tables.workers if worker.pk in held]
    ranged = [w for w in working if w.caseload_min is not None or w.caseload_max is not None]
    in_range = [w.pk for w in ranged if _is_in_range(w, cases(caseload, w, held[w.pk]))]
    return share_of(
        DEFINITIONS["WF-1"],
        in_range,
        [worker.pk for worker in ranged],
        not_recorded=[worker.pk for worker in working if worker not in ranged],
    )


def _is_in_range(worker: Worker, count: int) -> bool:
    lowest = worker.caseload_min if worker.caseload_min is not None else 0
    highest = worker.caseload_max if worker.caseload_max is not None else count
    return lowest <= count <= highest


def cases(caseload: Caseload, worker: Worker, episodes: list[EpisodeRow]) -> int:
    """How many children, or parents, a worker holds, as the worker's unit says."""
    if worker.caseload_unit != CaseloadUnit.CHILDREN:
        return len({row.parent_id for row in episodes})
    return len({baby for row in episodes for baby in _babies(caseload, row)})


def _babies(caseload: Caseload, episode: EpisodeRow) -> set[UUID]:
    """The ids of the living babies; while unborn that of the pregnancy, one however many."""
    pregnancy = caseload.pregnancy_of(episode)
    if pregnancy is None or pregnancy.outcome in LOST:
        return set()
    if caseload.is_unborn(pregnancy):
        return {pregnancy.id}
    children = caseload.facts.children_of_pregnancy.get(pregnancy.id, ())
    return {
        child.id for child in children if child.born != Born.STILLBORN and child.died_on is None
    }
