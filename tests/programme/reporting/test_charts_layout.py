"""What is drawn: lengths in proportion, every word inside the drawing and clear of the others."""

from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.reporting.charts import (
    BarChart,
    Crosstab,
    Entry,
    Group,
    GroupedBars,
    Level,
    Proportions,
    StackedShare,
    TrendLine,
)
from programme.reporting.charts.layout import NOTHING, scene
from programme.reporting.charts.marks import Box, Dot, Lines, Words
from programme.reporting.charts.on_page import NARROW_WIDTH, WIDE_WIDTH
from programme.reporting.charts.paints import TONES, Look
from programme.reporting.charts.shares import spread
from programme.reporting.charts.trend import runs
from programme.reporting.document.drawing import DRAWING_WIDTH
from tests.programme.reporting import samples

WIDTHS = [NARROW_WIDTH, WIDE_WIDTH, DRAWING_WIDTH]
LONG_NAME = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
LONG_LABEL = f"{LONG_NAME} and the family help team, where a worker was named in the first week"


def entries(count, label="Reason {}"):
    return tuple(Entry(label.format(n), n % 7, f"{n % 7} ({n}.0%)") for n in range(count))


def difficult_charts():
    long = (Entry(LONG_LABEL, 40, "40 (57.1%)"), Entry(LONG_NAME, 30, "30 (42.9%)"))
    missing = samples.not_recorded(3, "3 (1.0%)")
    rows = (Group(LONG_LABEL, long), Group("None", (Entry("A", 0, "0"), samples.hidden("B"))))
    return [
        *samples.every_chart().values(),
        samples.bar_chart(*entries(1)),
        samples.bar_chart(*entries(20)),
        samples.bar_chart(*long, samples.hidden(LONG_LABEL), missing),
        GroupedBars("T", "", "Need", (Group(LONG_LABEL, long), Group("Money", long))),
        StackedShare("T", "", "Place", "Babies", entries(20)),
        StackedShare("T", "", "Place", "Babies", (*long, missing)),
        StackedShare("T", "", "Place", "Babies", (*long, samples.hidden(LONG_NAME))),
        TrendLine("T", "", "Month", "Count", entries(1), 6, "6"),
        TrendLine("T", "", "Month", "Count", entries(40, "Month {} of 2025"), 6, "6"),
        TrendLine("T", "", "Month", "Count", (*long, samples.hidden("June")), 40, "40.0%"),
        Proportions("T", "", "Asked", "In time", (Level(LONG_LABEL, 0, "0%", 0, 1, LONG_LABEL),)),
        Crosstab("T", "", "Earlier", rows, missing),
    ]


def words_of(drawn):
    return [mark for mark in drawn.marks if isinstance(mark, Words)]


def boxes_of(drawn, *looks):
    return [mark for mark in drawn.marks if isinstance(mark, Box) and mark.look in looks]


def overlap(one, other):
    beside = (
        one.left + one.width <= other.left + 0.01 or other.left + other.width <= one.left + 0.01
    )
    return not beside and abs(one.y - other.y) < 12


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", difficult_charts())
def test_every_word_is_inside_the_drawing(chart, width):
    drawn = scene(chart, width)

    outside = [
        word.text
        for word in words_of(drawn)
        if word.left < -0.01
        or word.left + word.width > drawn.width + 0.01
        or not 12 <= word.y <= drawn.height - 4
    ]
    assert outside == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", difficult_charts())
def test_no_word_covers_another(chart, width):
    pairs = combinations(words_of(scene(chart, width)), 2)

    assert [(one.text, other.text) for one, other in pairs if overlap(one, other)] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", difficult_charts())
def test_every_shape_is_inside_the_drawing(chart, width):
    drawn = scene(chart, width)
    boxes = [mark for mark in drawn.marks if isinstance(mark, Box)]
    points = [
        point
        for mark in drawn.marks
        if isinstance(mark, Lines)
        for stroke in mark.strokes
        for point in stroke
    ]
    corners = [(box.x, box.y) for box in boxes]
    corners += [(box.x + box.width, box.y + box.height) for box in boxes]

    assert [
        (x, y)
        for x, y in corners + points
        if not (-0.01 <= x <= drawn.width + 0.01 and -0.01 <= y <= drawn.height + 0.01)
    ] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", samples.every_chart().values())
def test_every_figure_of_the_table_is_in_the_drawing(chart, width):
    drawn = " ".join(word.text for word in words_of(scene(chart, width)))
    in_table = {text for row in chart.table().rows for text in row[1:]} - {"none", "not known"}
    if isinstance(chart, TrendLine):
        # On a crowded line some values are left to the table; the ends are always there.
        in_table = {chart.entries[0].text, chart.entries[-1].text, "nothing recorded"}

    assert {text for text in in_table if text not in drawn} == set()


@pytest.mark.parametrize("width", WIDTHS)
@given(values=st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
def test_bars_are_as_long_as_their_values_and_begin_at_zero(width, values):
    rows = tuple(Entry(f"Row {number}", value, str(value)) for number, value in enumerate(values))

    bars = boxes_of(scene(samples.bar_chart(*rows), width), *TONES)

    drawn = [value for value in values if value]
    assert len(bars) == len(drawn)
    assert len({bar.x for bar in bars}) <= 1
    if drawn:
        largest = max(bar.width for bar in bars)
        shares = [Fraction(value, max(drawn)) for value in drawn]
        assert [bar.width for bar in bars] == pytest.approx([largest * float(s) for s in shares])


def test_a_bar_chart_of_percentages_keeps_its_own_scale():
    chart = BarChart("T", "", "A", "B", (Entry("Half", 50, "50%"),), maximum=100)
    full = BarChart("T", "", "A", "B", (Entry("Half", 50, "50%"),))

    half_bar, full_bar = (boxes_of(scene(c, WIDE_WIDTH), *TONES)[0] for c in (chart, full))

    assert half_bar.width == pytest.approx(full_bar.width / 2)


def test_not_recorded_is_hatched_and_withheld_is_an_empty_outline():
    drawn = scene(samples.bar_chart(), WIDE_WIDTH)

    assert len(boxes_of(drawn, *TONES)) == 2
    assert len(boxes_of(drawn, Look.MISSING)) == 1
    assert len(boxes_of(drawn, Look.HIDDEN)) == 1
    assert sum(mark.look is Look.HATCH for mark in drawn.marks) == 1


def test_the_outline_of_a_withheld_bar_does_not_depend_on_the_others():
    lengths = {
        boxes_of(scene(samples.bar_chart(*entries(n), samples.hidden("X")), 630), Look.HIDDEN)[
            0
        ].width
        for n in (1, 3, 7)
    }

    assert len(lengths) == 1


def test_hatching_stays_inside_its_box():
    drawn = scene(samples.bar_chart(), WIDE_WIDTH)
    [box] = boxes_of(drawn, Look.MISSING)
    [hatch] = [mark for mark in drawn.marks if mark.look is Look.HATCH]

    assert all(
        box.x - 0.01 <= x <= box.x + box.width + 0.01
        and box.y - 0.01 <= y <= box.y + box.height + 0.01
        for stroke in hatch.strokes
        for x, y in stroke
    )


@pytest.mark.parametrize(
    "chart",
    [
        BarChart("T", "", "A", "B", ()),
        GroupedBars("T", "", "A", ()),
        TrendLine("T", "", "A", "B", (), 1, "1"),
        StackedShare("T", "", "A", "B", ()),
        Proportions("T", "", "A", "B", ()),
        Crosstab("T", "", "A", ()),
    ],
)
def test_a_chart_of_nothing_says_so(chart):
    assert [word.text for word in words_of(scene(chart, WIDE_WIDTH))] == [NOTHING]


def test_the_line_breaks_where_nothing_is_recorded():
    drawn = scene(samples.trend_line(), WIDE_WIDTH)
    [trend] = [mark for mark in drawn.marks if mark.look is Look.TREND]
    dots = [mark for mark in drawn.marks if isinstance(mark, Dot)]

    assert [len(stroke) for stroke in trend.strokes] == [5, 3, 2]
    assert len(dots) == 10
    # Two hatched columns, and one in the key.
    assert len(boxes_of(drawn, Look.MISSING)) == 3


def test_points_stand_as_high_as_their_values():
    chart = TrendLine("T", "", "A", "B", entries(7), 6, "6")
    drawn = scene(chart, WIDE_WIDTH)
    dots = [mark for mark in drawn.marks if isinstance(mark, Dot)]
    [foot] = [mark.strokes[0][0][1] for mark in drawn.marks if mark.look is Look.BASELINE]

    steps = [(foot - dot.y) / (foot - dots[6].y) for dot in dots]

    assert steps == pytest.approx([value / 6 for value in range(7)])


def test_the_first_and_last_values_of_a_crowded_line_are_written():
    labels = [f"Month {number}" for number in range(40)]
    rows = tuple(Entry(label, n, f"{n} families") for n, label in enumerate(labels))
    drawn = scene(TrendLine("T", "", "Month", "Count", rows, 39, "39"), NARROW_WIDTH)
    written = " ".join(word.text for word in words_of(drawn))

    assert [text in written for text in ("0 families", "39 families", "Month 39")] == [True] * 3


def test_the_parts_of_a_stack_fill_its_width_in_proportion():
    drawn = scene(samples.stacked_share(), WIDE_WIDTH)
    parts = [box for box in boxes_of(drawn, *TONES) if box.height > 30]

    assert [part.width / parts[0].width for part in parts] == pytest.approx([1, 6, 3, 4, 7, 1])
    assert parts[-1].x + parts[-1].width == pytest.approx(WIDE_WIDTH - 1)


def test_a_stack_with_a_withheld_part_becomes_plain_bars():
    chart = StackedShare("T", "", "A", "B", (Entry("Home", 20, "20"), samples.hidden("Kin")))
    drawn = scene(chart, WIDE_WIDTH)

    assert [box.height for box in boxes_of(drawn, *TONES)] == [24]
    assert len(boxes_of(drawn, Look.HIDDEN)) == 1


def test_the_areas_of_a_crosstab_are_its_counts():
    drawn = scene(samples.crosstab(), WIDE_WIDTH)
    cells = [box for box in boxes_of(drawn, *TONES) if box.width > 20.5]

    areas = [cell.width * cell.height for cell in cells]

    assert [area / areas[0] for area in areas] == pytest.approx([1, 2.5, 1.5, 0.5], rel=0.001)


def test_a_crosstab_row_with_a_withheld_cell_shows_no_areas():
    row = Group("Row", (Entry("At home", 12, "12"), samples.hidden("Not at home")))
    drawn = scene(Crosstab("T", "", "A", (row,)), WIDE_WIDTH)

    assert [box.width for box in boxes_of(drawn, *TONES) if box.width > 20.5] == []


def test_a_level_fills_its_bar_and_brackets_its_interval():
    chart = samples.proportions()
    drawn = scene(chart, WIDE_WIDTH)
    track = boxes_of(drawn, Look.TRACK)[0]
    fill = boxes_of(drawn, Look.TONE_1)[0]
    across = [m.strokes[0] for m in drawn.marks if m.look is Look.INTERVAL][1]

    assert fill.width / track.width == pytest.approx(56 / 64)
    assert [(x - track.x) / track.width for x, _y in across] == pytest.approx(
        [0.7722543817887005, 0.9352775733666955]
    )


def test_runs_are_neighbours():
    assert runs([0, 1, 3, 4, 5, 9]) == [[0, 1], [3, 4, 5], [9]]


@given(
    places=st.lists(st.floats(0, 300), min_size=1, max_size=12).map(sorted),
)
def test_spread_places_stay_apart_inside_and_in_order(places):
    moved = spread(places, 16, 300)

    assert all(later - earlier >= 15.99 for earlier, later in pairwise(moved))
    assert moved[0] >= 7.99
    assert moved[-1] <= 292.01


def test_places_that_are_apart_stay_where_they_are():
    assert spread([20, 60, 100], 16, 300) == [20, 60, 100]
