"""Questionnaires that parents answer: how each is scored, and what a change of score means.

A score says how somebody felt on one day. It opens and closes nothing in the programme.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from programme.core.reference import rows

# Each item stands for itself and nothing is added up (personal wellbeing).
SEPARATE = "separate"
# Raw totals are uneven steps: they are turned into metric points before any is compared.
METRIC = "sum_then_metric"
# The total is the sum of the items, so many times; other instruments turn items round or weigh.
FACTORS = {"sum": 1, "sum_times_4": 4}


@dataclass(frozen=True)
class Change:
    """From one score to a later one of the same questionnaire.

    ``is_reliable`` is None where nobody has published how much counts.
    """

    amount: Decimal
    is_better: bool
    is_reliable: bool | None


@dataclass(frozen=True)
class Instrument:
    """One questionnaire, as its publishers describe it (``reference/instruments.csv``).

    ``low`` to ``high`` is what may be typed as a total; ``threshold`` and ``reliable_change`` are
    in the points that are stored.
    """

    code: str
    label: str
    item_count: int
    item_low: int
    item_high: int
    low: int
    high: int
    scoring: str
    lower_is_better: bool
    threshold: Decimal | None
    threshold_reading: str
    reliable_change: Decimal | None
    is_asked_here: bool
    asks_about_risk: bool
    talk_at_or_below: int | None
    note: str
    is_to_be_confirmed: bool

    @property
    def has_total(self) -> bool:
        """Whether its answers make one score."""
        return self.scoring != SEPARATE

    @property
    def adds_up(self) -> bool:
        """Whether its score is its answers added up."""
        return self.scoring in FACTORS and self.item_count > 0

    @property
    def is_metric(self) -> bool:
        """Whether its totals are turned into metric points."""
        return self.scoring == METRIC

    def stored(self, typed: int) -> Decimal:
        """The score kept of the total on the form: metric points where raw ones are uneven."""
        return _metric_points()[typed] if self.is_metric else Decimal(typed)

    def typed(self, stored: Decimal) -> int | None:
        """The total as it stood on the form; None where no form gives this score."""
        if self.is_metric:
            raw = {points: typed for typed, points in _metric_points().items()}
            return raw.get(stored)
        return int(stored) if stored == int(stored) else None

    def is_flagged(self, score: Decimal) -> bool | None:
        """Whether the score lies where its publishers say that many people want help.

        None where they name no such place.
        """
        if self.threshold is None:
            return None
        return {
            "at_or_above": score >= self.threshold,
            "at_or_below": score <= self.threshold,
            "below": score < self.threshold,
        }[self.threshold_reading]

    def change(self, first: Decimal, later: Decimal) -> Change:
        """How a score moved; reliable is a move of at least the published value, either way."""
        amount = later - first
        reliable = None if self.reliable_change is None else abs(amount) >= self.reliable_change
        return Change(abs(amount), (amount < 0) == self.lower_is_better and amount != 0, reliable)

    def asks_for_a_talk(self, score: Decimal | None, said_risk: bool) -> bool:
        """Whether somebody should talk with the parent today about what was answered."""
        is_low = (
            score is not None
            and self.talk_at_or_below is not None
            and score <= self.talk_at_or_below
        )
        return said_risk or is_low

    def total_of(self, items: Sequence[str]) -> Decimal | None:
        """The score of answers in order, where it is their sum and none is missing."""
        if not self.adds_up or not items or not all(items):
            return None
        return FACTORS[self.scoring] * sum((Decimal(one) for one in items), Decimal(0))


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every questionnaire the programme knows, by its code, in the order they are offered."""
    return {row["code"]: _instrument(row) for row in rows("instruments")}


def _instrument(row: Mapping[str, str]) -> Instrument:
    threshold = _points(row["threshold"])
    if threshold is not None and row["scoring"] == METRIC:
        threshold = _metric_points()[int(threshold)]
    return Instrument(
        code=row["code"],
        label=row["label"],
        item_count=int(row["items"] or 0),
        item_low=int(row["item_low"]),
        item_high=int(row["item_high"]),
        low=int(row["minimum"]),
        high=int(row["maximum"]),
        scoring=row["scoring"],
        lower_is_better=row["better"] == "lower",
        threshold=threshold,
        threshold_reading=row["threshold_reading"],
        reliable_change=_points(row["reliable_change"]),
        is_asked_here=row["asked_here"] == "yes",
        asks_about_risk=row["asks_about_risk"] == "yes",
        talk_at_or_below=int(row["talk_at_or_below"]) if row["talk_at_or_below"] else None,
        note=row["note"],
        is_to_be_confirmed=row["to_be_confirmed"] == "yes",
    )


def _points(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@cache
def _metric_points() -> Mapping[int, Decimal]:
    return {int(row["raw"]): Decimal(row["metric"]) for row in rows("swemwbs_conversion")}
