"""A chart ready for a page: one drawing for a phone, one for a desk, and its table."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from programme.reporting.charts.descriptions import Chart, ChartTable
from programme.reporting.charts.layout import scene
from programme.reporting.charts.svg import svg

# The content column of a 320 px screen, and two thirds of a desk's page.
NARROW_WIDTH = 290.0
WIDE_WIDTH = 630.0


@dataclass(frozen=True)
class ChartOnPage:
    """What the template `chart.html` shows. Style sheets show one of the two drawings."""

    key: str
    title: str
    summary: str
    narrow: SafeString
    wide: SafeString
    table: ChartTable


def on_page(chart: Chart, *, key: str) -> ChartOnPage:
    """The chart as SVG and table; `key` is unique on the page, such as 're-5'."""
    words = {"key": key, "title": chart.title, "summary": chart.summary}
    return ChartOnPage(
        **words,
        narrow=svg(scene(chart, NARROW_WIDTH), variant="narrow", **words),
        wide=svg(scene(chart, WIDE_WIDTH), variant="wide", **words),
        table=chart.table(),
    )
