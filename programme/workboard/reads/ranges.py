"""How many somebody holds against what is usual for the role: never a ranking of people."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from programme.core.choices import CaseloadUnit
from programme.core.rounding import rounded
from programme.pathways.models import Worker
from programme.workboard.reads.weights import in_figures


@dataclass(frozen=True)
class UsualRange:
    """From how many to how many of what: parents, or their children."""

    unit: CaseloadUnit
    fewest: int
    most: int

    def says(self, held: Decimal | int) -> str:
        """``2 over the usual 6 to 8``, ``within the usual 6 to 8``, ``1 under`` it."""
        usual = (
            f"the usual {self.fewest} to {self.most}" if self.fewest else f"the usual {self.most}"
        )
        if held > self.most:
            return f"{in_figures(held - self.most)} over {usual}"
        if held < self.fewest:
            return f"{in_figures(self.fewest - held)} under {usual}"
        return f"within {usual}"


def standing_of(usual: UsualRange | None, held: Decimal | int) -> str:
    """How many somebody holds against what is usual, if anything is."""
    return usual.says(held) if usual else "no usual number is set"


def usual_range(worker: Worker) -> UsualRange | None:
    """The worker's own range; else that of the role, cut to the time she works; None if unknown."""
    if worker.caseload_max is not None:
        own = CaseloadUnit(worker.caseload_unit or CaseloadUnit.PARENTS)
        return UsualRange(own, worker.caseload_min or 0, worker.caseload_max)
    ranges = settings.USUAL_CASELOADS
    found = ranges.get((worker.programme.pathway_id, worker.role)) or ranges.get(("", worker.role))
    if found is None:
        return None
    unit, fewest, most = found
    share = worker.whole_time_equivalent or Decimal(1)
    return UsualRange(CaseloadUnit(unit), _of(share, fewest), _of(share, most))


def _of(share: Decimal, number: int) -> int:
    return int(rounded(share * number, 0))
