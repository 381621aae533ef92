"""The drawing on a page: well-formed, without styles of its own, with text that is only text."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from programme.reporting.charts import BarChart, Entry, on_page
from programme.reporting.charts.paints import PAINTS, TONES, Look
from tests.programme.reporting import samples

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert(1)</script>&\"'\x00\x1b<b>"
STYLE_SHEET = Path(settings.BASE_DIR) / "programme" / "static" / "programme" / "charts.css"


def drawings(chart, key="re-5"):
    shown = on_page(chart, key=key)
    return [ElementTree.fromstring(shown.narrow), ElementTree.fromstring(shown.wide)]


@pytest.mark.parametrize("chart", samples.every_chart().values())
def test_a_drawing_has_a_role_a_name_and_a_description(chart):
    for drawing in drawings(chart):
        title, summary = drawing[0], drawing[1]
        assert (title.tag, title.text) == (f"{SVG}title", chart.title)
        assert (summary.tag, summary.text) == (f"{SVG}desc", chart.summary)
        assert drawing.get("role") == "img"
        assert drawing.get("aria-labelledby") == f"{title.get('id')} {summary.get('id')}"


@pytest.mark.parametrize("chart", samples.every_chart().values())
def test_a_drawing_has_classes_and_no_style(chart):
    marks = [mark for drawing in drawings(chart) for mark in list(drawing)[2:]]

    allowed = {"class", "x", "y", "width", "height", "d", "cx", "cy", "r", "text-anchor"}
    assert {name for mark in marks for name in mark.attrib} - allowed == set()
    assert {mark.get("class").removeprefix("chart__") for mark in marks} <= set(Look)


def test_ids_are_unique_on_a_page_of_many_charts():
    page = [d for key, chart in samples.every_chart().items() for d in drawings(chart, key)]
    ids = [mark.get("id") for drawing in page for mark in drawing.iter() if mark.get("id")]

    assert len(ids) == len(set(ids)) == 4 * len(samples.every_chart())


@pytest.mark.parametrize("key", ["", "RE 5", '"onload=', "5re"])
def test_a_key_that_is_no_id_is_refused(key):
    with pytest.raises(ValueError, match="key"):
        on_page(samples.bar_chart(), key=key)


def test_markup_in_words_stays_words():
    chart = BarChart(NASTY, NASTY, NASTY, NASTY, (Entry(NASTY, 1, NASTY),))

    [narrow, wide] = drawings(chart)

    assert {mark.tag.removeprefix(SVG) for mark in wide.iter()} == {
        "svg", "title", "desc", "rect", "path", "text",
    }  # fmt: skip
    assert narrow[0].text == NASTY.replace("\x00", " ").replace("\x1b", " ")


def test_the_page_shows_drawing_and_table():
    chart = samples.bar_chart()

    html = render_to_string("programme/reporting/chart.html", {"chart": on_page(chart, key="re-5")})

    assert html.count('role="img"') == 2
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == len(chart.entries)
    assert re.search(r"\sstyle=|<style", html) is None


def test_the_page_of_a_chart_of_nothing_has_a_table_that_says_so():
    empty = BarChart("Title", "", "Reason", "Count", ())

    html = render_to_string("programme/reporting/chart.html", {"chart": on_page(empty, key="re-5")})

    assert html.count("There is nothing to show for this period.") == 3


def test_the_style_sheet_says_what_paper_draws():
    rules = dict(re.findall(r"^\.chart__([a-z0-9-]+) \{ (.*) \}$", STYLE_SHEET.read_text(), re.M))

    assert rules == {str(look): _rule(paint) for look, paint in PAINTS.items()}


def _rule(paint):
    parts = [f"fill: {paint.fill or 'none'};"]
    if paint.stroke:
        parts += [f"stroke: {paint.stroke};", f"stroke-width: {paint.stroke_width:g};"]
    if paint.dash:
        parts.append(f"stroke-dasharray: {' '.join(f'{length:g}' for length in paint.dash)};")
    if paint.bold:
        parts.append("font-weight: 700;")
    return " ".join(parts)


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour):
    """CIE L*, 0 to 100."""
    return 116 * luminance(colour) ** (1 / 3) - 16


def contrast_with_white(colour):
    return 1.05 / (luminance(colour) + 0.05)


def test_neighbours_in_a_stack_differ_in_grey_print():
    shades = [lightness(PAINTS[tone].fill) for tone in TONES]

    # The first follows the last where there are more parts than tones.
    assert min(abs(a - b) for a, b in zip(shades, shades[1:] + shades[:1], strict=True)) >= 30


def test_outlines_and_words_stand_out_from_the_page():
    strokes = {look: paint.stroke for look, paint in PAINTS.items() if paint.stroke}
    texts = [PAINTS[look].fill for look in (Look.LABEL, Look.HEADING, Look.VALUE, Look.NOTE)]

    assert [look for look, stroke in strokes.items() if contrast_with_white(stroke) < 3] == []
    assert min(map(contrast_with_white, texts)) >= 7
