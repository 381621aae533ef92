"""Headline figures over the releases of one contract."""

from collections.abc import Iterable
from dataclasses import dataclass

from programme.reporting.board.sections import HEADLINES
from programme.reporting.board.sentences import headline
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.models import Release


@dataclass(frozen=True)
class Trends:
    """A table: one row a headline figure, one column a release, oldest first."""

    periods: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def trends_of(releases: Iterable[Release]) -> Trends | None:
    """The headline figures release by release; None while there is only one."""
    series = sorted(releases, key=lambda one: (one.period_to, one.period_from))
    if len(series) < 2:
        return None
    told = [{table.indicator: table.figure for table in one.tables.all()} for one in series]
    return Trends(
        periods=tuple(
            f"{one.period_from:%-d %b %Y} to {one.period_to:%-d %b %Y}" for one in series
        ),
        rows=tuple(
            (
                DEFINITIONS[name].question,
                tuple(headline(one[name]) if name in one else "Not released" for one in told),
            )
            for name in HEADLINES
        ),
    )
