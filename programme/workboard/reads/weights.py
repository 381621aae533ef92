"""How much a caseload counts where a programme weighs parents by stage."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from uuid import UUID

from programme.episodes.models import Episode
from programme.pathways.models import StageWeight

ONE = Decimal(1)
# By programme, then by stage.
Weights = dict[UUID, dict[str, Decimal]]


def weights_of(programmes: Collection[UUID]) -> Weights:
    """The weights of some programmes (one query); a programme without any is not in it."""
    found: Weights = {}
    for row in StageWeight.objects.filter(programme__in=programmes):
        found.setdefault(row.programme_id, {})[row.stage] = row.weight
    return found


def weigh(
    episodes: Collection[Episode], stages: Mapping[UUID, str], weights: Weights
) -> Decimal | None:
    """What these episodes count together; None where their programmes weigh nothing."""
    if not any(one.programme_id in weights for one in episodes):
        return None
    return sum(
        (weights.get(one.programme_id, {}).get(stages.get(one.pk, ""), ONE) for one in episodes),
        Decimal(0),
    )


def in_figures(number: Decimal | int) -> str:
    """``7`` or ``7.5``, never ``7.0``."""
    return f"{Decimal(number).normalize():f}"
