"""How far on a pregnancy is, always worked out from its due date and never from a birth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from programme.core.choices import DueDateBasis

FULL_TERM_DAYS = 280
CONCEPTION_TO_DUE_DATE = timedelta(days=266)

# Best first.
BASIS_ORDER: tuple[str, ...] = (
    DueDateBasis.CLINICAL,
    DueDateBasis.DATING_SCAN,
    DueDateBasis.LATER_SCAN,
    DueDateBasis.LAST_PERIOD,
    DueDateBasis.NOT_KNOWN,
)


@dataclass(frozen=True, order=True)
class Gestation:
    """Days since the first day of the last period; below 0 before it."""

    total_days: int

    @property
    def weeks(self) -> int:
        """Completed weeks."""
        return self.total_days // 7

    @property
    def days(self) -> int:
        """Days beyond the completed weeks, 0 to 6."""
        return self.total_days % 7

    @property
    def in_words(self) -> str:
        """'12 weeks and 3 days'; before day 0, 'before this pregnancy'."""
        if self.total_days < 0:
            return "before this pregnancy"
        parts = [_counted(self.weeks, "week"), _counted(self.days, "day")]
        return " and ".join(part for part in parts if part) or "0 days"

    def __str__(self) -> str:
        return self.in_words


def gestation(due_date: date, on: date) -> Gestation:
    """How far on a pregnancy due on `due_date` is on a day: 280 days less the days to go."""
    return Gestation(FULL_TERM_DAYS - (due_date - on).days)


def day_of_gestation(due_date: date, weeks: int, days: int = 0) -> date:
    """The day on which a pregnancy due on `due_date` reaches so many completed weeks and days."""
    return due_date + timedelta(days=weeks * 7 + days - FULL_TERM_DAYS)


def conception_date(due_date: date) -> date:
    """The likely day of conception: 266 days before the due date."""
    return due_date - CONCEPTION_TO_DUE_DATE


class Estimate(Protocol):
    """What is asked of an estimate of a due date."""

    @property
    def estimated_due_date(self) -> date: ...
    @property
    def basis(self) -> str: ...
    @property
    def recorded_on(self) -> date: ...


AnEstimate = TypeVar("AnEstimate", bound=Estimate)


def due_date_in_force(estimates: Iterable[AnEstimate], on: date) -> AnEstimate | None:
    """The estimate to go by on a day.

    Of those recorded by then, the newest of the best basis; when there was none yet, the first
    recorded after. Among equals the later in the order given wins. None when there is none at all.
    """
    every = list(estimates)
    known = [estimate for estimate in every if estimate.recorded_on <= on]
    return _best(known or _first_recorded(every))


def _first_recorded(estimates: list[AnEstimate]) -> list[AnEstimate]:
    first_day = min((estimate.recorded_on for estimate in estimates), default=None)
    return [estimate for estimate in estimates if estimate.recorded_on == first_day]


def _best(estimates: list[AnEstimate]) -> AnEstimate | None:
    def worth(estimate: AnEstimate) -> tuple[int, date]:
        return -BASIS_ORDER.index(estimate.basis), estimate.recorded_on

    # max() keeps the first of equals, so the later rows are offered first.
    return max(reversed(estimates), key=worth, default=None)


def _counted(count: int, unit: str) -> str:
    return "" if count == 0 else f"{count} {unit}" if count == 1 else f"{count} {unit}s"
