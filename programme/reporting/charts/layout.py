"""From a description to a scene of a given width."""

from typing import assert_never

from programme.reporting.charts.bars import lay_out_bars, lay_out_groups
from programme.reporting.charts.descriptions import (
    BarChart,
    Chart,
    Crosstab,
    GroupedBars,
    Proportions,
    StackedShare,
    TrendLine,
)
from programme.reporting.charts.marks import Block, Scene, words
from programme.reporting.charts.paints import Look
from programme.reporting.charts.shares import lay_out_crosstab, lay_out_levels, lay_out_stack
from programme.reporting.charts.trend import lay_out_trend

# Room for strokes that straddle the edge; to the sides as little as keeps text and page in line.
SIDE = 1.0
TOP = 6.0
NOTHING = "There is nothing to show for this period."


def scene(chart: Chart, width: float) -> Scene:
    """The chart drawn for this width in pixels; its height follows from what it holds."""
    block = _laid_out(chart, width - 2 * SIDE)
    if not block.height:
        block = words(NOTHING, Look.NOTE, width - 2 * SIDE)
    return Scene(width, block.height + 2 * TOP, block.moved(SIDE, TOP).marks)


def _laid_out(chart: Chart, width: float) -> Block:
    match chart:
        case BarChart():
            return lay_out_bars(chart, width)
        case GroupedBars():
            return lay_out_groups(chart, width)
        case TrendLine():
            return lay_out_trend(chart, width) if chart.entries else Block(0)
        case StackedShare():
            return lay_out_stack(chart, width) if chart.entries else Block(0)
        case Proportions():
            return lay_out_levels(chart, width)
        case Crosstab():
            return lay_out_crosstab(chart, width)
        case _:
            assert_never(chart)
