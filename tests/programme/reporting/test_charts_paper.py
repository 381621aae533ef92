"""Paper shows what the page shows: every word of the scene, in its place and size."""

import pytest

from programme.reporting.charts.layout import scene
from programme.reporting.charts.marks import Words
from programme.reporting.charts.paints import paint_of
from programme.reporting.document.drawing import DRAWING_WIDTH
from programme.reporting.document.style import CONTENT_WIDTH, SIDE
from tests.programme.reporting import samples
from tests.programme.reporting.pdf_reading import lines_on, opened
from tests.programme.reporting.sample_documents import document

SCALE = CONTENT_WIDTH / DRAWING_WIDTH


@pytest.mark.parametrize("chart", samples.every_chart().values())
def test_every_word_stands_where_the_scene_has_it(chart):
    made = document()
    made.figure(chart)
    wanted = [mark for mark in scene(chart, DRAWING_WIDTH).marks if isinstance(mark, Words)]
    pdf = opened(made.render())
    lines = list(lines_on(pdf.pages[0]))
    # After header, footer, title, subtitle and the chart's own title.
    start = [line.text for line in lines].index(chart.title) + 1
    drawn = lines[start : start + len(wanted)]

    assert [line.text for line in drawn] == [word.text for word in wanted]
    assert [line.left for line in drawn] == pytest.approx(
        [SIDE + word.left * SCALE for word in wanted], abs=0.01
    )
    assert [drawn[0].foot - line.foot for line in drawn] == pytest.approx(
        [(word.y - wanted[0].y) * SCALE for word in wanted], abs=0.01
    )
    assert [line.size for line in drawn] == pytest.approx(
        [paint_of(word.look).size * SCALE for word in wanted], abs=0.01
    )
