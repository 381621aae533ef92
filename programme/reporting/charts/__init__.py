"""Charts: one description, drawn as accessible SVG on a page and as marks in a PDF document."""

from programme.reporting.charts.descriptions import (
    BarChart,
    Chart,
    ChartTable,
    Crosstab,
    Entry,
    Group,
    GroupedBars,
    Kind,
    Level,
    Proportions,
    StackedShare,
    TrendLine,
)
from programme.reporting.charts.on_page import ChartOnPage, on_page

__all__ = [
    "BarChart",
    "Chart",
    "ChartOnPage",
    "ChartTable",
    "Crosstab",
    "Entry",
    "Group",
    "GroupedBars",
    "Kind",
    "Level",
    "Proportions",
    "StackedShare",
    "TrendLine",
    "on_page",
]
