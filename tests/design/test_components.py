"""Tags, filters and words."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError
from django.test import RequestFactory, override_settings

from recurrent.design import words as day_words
from recurrent.design.checks import brand_colour, contrast_with_white
from recurrent.design.components import Cell, Link, NavigationItem, SummaryRow, TimelineEntry
from tests.design.pages import drawn, words

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    "value, expected",
    [
        (TODAY, "Wed 4 March"),
        (date(2025, 12, 31), "Wed 31 December 2025"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "Thu 2 July"),
    ],
)
def test_a_day_in_words(value, expected):
    assert day_words.day(value, TODAY) == expected


@pytest.mark.parametrize(
    "value, expected",
    [
        (date(2026, 3, 4), "today"),
        (date(2026, 3, 5), "tomorrow"),
        (date(2026, 3, 3), "yesterday"),
        (date(2026, 3, 7), "in 3 days"),
        (date(2026, 2, 20), "12 days ago"),
    ],
)
def test_how_near_a_day_is(value, expected):
    assert day_words.near(value, TODAY) == expected


@time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC), tick=False)
def test_days_and_moments_in_a_template():
    page = drawn(
        "{{ at|moment }} / {{ at|clock }} / {{ at|long_day }} / {{ at|near }} / {{ at|day }}"
        " / {{ none|day }} / {{ none|near }}",
        at=datetime(2026, 7, 1, 9, 5, tzinfo=UTC),
        none=None,
    )

    assert str(page) == (
        "Wed 1 July, 10:05 / 10:05 / 1 July 2026 / today / Wed 1 July / Not recorded / Not recorded"
    )


def test_a_fact_that_is_missing_says_so():
    page = drawn(
        "{% summary_list rows %}",
        rows=[SummaryRow("Midwife", None), SummaryRow("Stage", 0), SummaryRow("Note", "")],
    )

    assert [words(value) for value in page.select("dd")] == ["Not recorded", "0", "Not recorded"]


def test_an_action_in_a_summary_list_says_what_it_changes():
    page = drawn(
        "{% summary_list rows %}", rows=[SummaryRow("Midwife", "X", [Link("Change", "/x")])]
    )

    assert words(page.select_one("a")) == "Change Midwife"


def test_a_table_names_its_rows_columns_and_itself():
    page = drawn(
        '{% table "Workers" head rows %}',
        head=["Worker", Cell("Parents", number=True)],
        rows=[[Cell("Ŵyn", url="/w"), Cell(9, number=True)]],
    )

    assert words(page.select_one("caption")) == page.select_one("[role=region]")["aria-label"]
    assert [one["scope"] for one in page.select("th")] == ["col", "col", "row"]
    assert page.select_one("th a")["href"] == "/w"
    assert page.select_one("td")["class"] == ["govuk-table__cell", "govuk-table__cell--numeric"]


def test_an_empty_table_says_so():
    page = drawn('{% table "Workers" head rows "Nobody yet." %}', head=["Worker"], rows=[])

    assert (words(page), page.select("table")) == ("Workers Nobody yet.", [])


def test_a_timeline_tells_what_when_and_who():
    page = drawn(
        "{% timeline entries %}",
        entries=[
            TimelineEntry("Visit", datetime(2026, 7, 1, 9, 5, tzinfo=UTC), by="Ŵyn", more="A\n\nB"),
            TimelineEntry("Birth", date(2026, 3, 4)),
        ],
    )

    assert [one["datetime"] for one in page.select("time")] == [
        "2026-07-01T10:05:00+01:00",
        "2026-03-04",
    ]
    assert words(page.select_one(".moj-timeline__byline")) == "by Ŵyn"
    assert [words(p) for p in page.select("details p")] == ["A", "B"]


def test_what_is_shown_is_escaped():
    evil = "<script>x</script>"
    page = drawn(
        "{% summary_list rows %}{% warning evil %}{% tag evil %}{% button evil %}{% details evil %}"
        "{{ evil }}{% enddetails %}{% notification evil %}{% timeline entries %}"
        "{% table evil h r %}",
        evil=evil,
        rows=[SummaryRow(evil, evil)],
        entries=[TimelineEntry(evil, TODAY, by=evil, text=evil, more=evil)],
        h=[evil],
        r=[[evil]],
    )

    assert page.select("script") == []


def test_a_colour_that_is_none_is_refused():
    with pytest.raises(TemplateSyntaxError):
        drawn('{% tag "Late" "crimson" %}')


@pytest.mark.parametrize(
    "source, tag_name, classes",
    [
        ('{% button "Save" %}', "button", ["govuk-button"]),
        ('{% button "Go" "/x" "secondary" %}', "a", ["govuk-button", "govuk-button--secondary"]),
        ('{% post_button "Undo" "/x" "link" %}', "button", ["design-link-button"]),
    ],
)
def test_buttons(source, tag_name, classes):
    assert drawn(source, csrf_token="t").select_one(tag_name)["class"] == classes


def test_a_post_button_carries_its_token_and_values():
    page = drawn('{% post_button "No answer" "/x" about="Ŵyn" kind_of="phone" %}', csrf_token="t")

    assert {one["name"]: one["value"] for one in page.select("input")} == {
        "csrfmiddlewaretoken": "t",
        "kind_of": "phone",
    }
    assert (words(page.button), page.form["method"]) == ("No answer : Ŵyn", "post")


def test_pagination_keeps_the_rest_of_the_address():
    request = RequestFactory().get("/list/?area=north&page=2")
    page = drawn("{% pagination pages %}", request=request, pages=Paginator(range(60), 20).page(2))

    assert [one["href"] for one in page.select("a")] == [
        f"?area=north&page={number}" for number in (1, 1, 2, 3, 3)
    ]
    assert words(page.select_one("[aria-current]")) == "2"


def test_one_page_needs_no_pagination():
    request = RequestFactory().get("/list/")

    page = drawn("{% pagination pages %}", request=request, pages=Paginator([1], 20).page(1))

    assert words(page) == ""


def test_ways_back_and_along():
    page = drawn(
        '{% back_link "/b" %}{% breadcrumbs one two %}{% side_navigation items %}',
        one=Link("Home", "/"),
        two=Link("Here", ""),
        items=[NavigationItem("First", "/1", True), NavigationItem("Second", "/2")],
    )

    assert [one["href"] for one in page.select("a")] == ["/b", "/", "/1", "/2"]
    assert [words(one) for one in page.select("[aria-current]")] == ["Here", "First"]


def test_a_name_can_end_no_style():
    page = drawn("{{ name|css_words }}", name="Ŵyn O'Neill\"}</style>")

    assert page.get_text() == "Ŵyn O\\27 Neill\\22 \\7d \\3c \\2f style\\3e "


# --- Brand ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "colour, ratio", [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#595959", 7.0)]
)
def test_contrast_as_wcag_reckons_it(colour, ratio):
    assert round(contrast_with_white(colour), 2) == ratio


@pytest.mark.parametrize(
    "colour, ids",
    [
        ("#1d4f5c", []),
        ("#ffdd00", ["design.E002"]),
        ("teal", ["design.E001"]),
        ("#000;}", ["design.E001"]),
    ],
)
def test_a_brand_colour_that_cannot_be_read_stops_the_start(colour, ids):
    with override_settings(BRAND_COLOUR=colour):
        assert [problem.id for problem in brand_colour(None)] == ids
