"""A worker's cases on one page, for a supervision: no address, and nothing of contraception."""

from collections.abc import Iterable
from dataclasses import dataclass

from programme.pathways.models import Worker
from programme.supervision.models import SupervisionAction
from programme.supervision.reads import Held, supervisions_of
from programme.workboard.reads.team import ParentLine, WorkerLine, lines_of


@dataclass(frozen=True)
class Case:
    """A parent with the last supervision and every action that is still open."""

    line: ParentLine
    last: Held | None
    open_actions: tuple[SupervisionAction, ...]


@dataclass(frozen=True)
class Summary:
    """The cases of one worker, in the order in which the team's page has them."""

    worker_line: WorkerLine
    cases: tuple[Case, ...]


def summaries_of(workers: Iterable[Worker]) -> list[Summary]:
    """The same lines as on the team's page, with supervision beside them (two queries more)."""
    lines = lines_of(workers)
    held = supervisions_of([one.episode_id for line in lines for one in line.parents])
    return [Summary(line, tuple(_case(one, held) for one in line.parents)) for line in lines]


def _case(line: ParentLine, held: list[Held]) -> Case:
    own = [one for one in held if one.row.episode_id == line.episode_id]
    waiting = [action for one in own for action in one.actions if action.step.is_open]
    return Case(line, own[0] if own else None, tuple(waiting))
