"""What stands on the pages: nothing cut, nothing lost, nothing outside the margins."""

import pytest

from programme.reporting.charts import BarChart, Entry
from programme.reporting.charts.typeface import width_of
from programme.reporting.document import style
from programme.reporting.document.columns import column_widths, holds_figures
from programme.reporting.document.page import shortened
from tests.programme.reporting.pdf_reading import artifacts, elements, lines_on, opened
from tests.programme.reporting.sample_documents import document

# Lower-case letters one after the other, as no real name has them, and as long as any.
LONG_NAME = "Gwenllian-Angharad Llywelyn-ap-Gruffyddŵŷ"
LONG_WORD = "W" * 400


def test_welsh_letters_and_accents_survive():
    made = document()
    made.paragraph("ŵ ŷ Ŵ Ŷ â ê î ô û ā ę ń ș ț £ – ’ …")

    assert elements(opened(made.render()))[-1].text == "ŵ ŷ Ŵ Ŷ â ê î ô û ā ę ń ș ț £ – ’ …"


def test_a_hundred_rows_run_on_under_a_repeated_header():
    made = document()
    made.table(["Name", "Stage"], [[f"{LONG_NAME} {n}", "Birth"] for n in range(100)], "Parents")
    pdf = opened(made.render())
    read = elements(pdf)

    names = [element.text for element in read if element.scope == "Row"]

    assert names == [f"{LONG_NAME} {n}" for n in range(100)]
    assert [element.text for element in read if element.scope == "Column"] == ["Name", "Stage"]
    assert len(pdf.pages) > 2
    repeats = ["NameStage" in artifacts(page) for page in pdf.pages]
    assert repeats == [False] + [True] * (len(pdf.pages) - 1)


def test_a_row_taller_than_a_page_is_cut_between_lines():
    made = document()
    long = " ".join(f"word{number}" for number in range(3000))
    made.table(["What", "Note"], [["First", "short"], ["Second", long], ["Third", "end"]], "Notes")
    pdf = opened(made.render())

    cells = [" ".join(e.text.split()) for e in elements(pdf) if e.kind == "TD"]

    assert cells == ["short", long, "end"]
    assert len(pdf.pages) > 3


def test_a_long_paragraph_runs_on_and_loses_nothing():
    made = document()
    long = " ".join(f"word{number}" for number in range(3000))
    made.paragraph(long)
    made.note(long)
    pdf = opened(made.render())

    [paragraph, note] = [" ".join(element.text.split()) for element in elements(pdf)[-2:]]

    assert (paragraph, note) == (long, long)


@pytest.mark.parametrize("text", [LONG_NAME, LONG_WORD, f"{LONG_NAME} " * 20])
def test_long_names_stay_inside_the_margins(text):
    made = document()
    made.title = made.subtitle = made.marking = made.made_by = text
    made.heading(2, text)
    made.paragraph(text)
    made.note(text)
    made.table([text, text, "Count"], [[text, text, "5"]] * 3, text)
    made.definition_list([(text, text)])

    pdf = opened(made.render())

    outside = [
        line
        for page in pdf.pages
        for line in lines_on(page)
        if line.left < style.SIDE - 0.1 or line.right > style.PAGE_WIDTH - style.SIDE + 0.1
    ]
    assert outside == []


def test_words_too_long_for_the_margin_end_in_dots():
    room = width_of("one two …", style.MARGIN_TEXT.size) + 0.1

    assert shortened("one two three four", style.MARGIN_TEXT, room, 1) == ["one two …"]
    assert shortened("one two three", style.MARGIN_TEXT, room, 2) == ["one two", "three"]
    assert shortened("one two three four", style.MARGIN_TEXT, 30, 2) == ["one", "two …"]


def test_a_long_table_begins_under_its_heading():
    made = document()
    made.heading(2, "Parents")
    made.table(["Name", "Stage"], [[f"Parent {n}", "Birth"] for n in range(100)], "All parents")

    read = elements(opened(made.render()))

    assert [e.page for e in read if e.kind in {"H2", "Caption", "THead"}] == [0, 0, 0]


def test_a_header_taller_than_a_page_is_read_once():
    made = document()
    made.table(["Name", "long header " * 800], [["Ann", "5"]], "Parents")

    header = [e for e in elements(opened(made.render())) if e.scope == "Column"][1]

    assert " ".join(header.text.split()) == ("long header " * 800).strip()


def test_a_tall_figure_is_made_to_fit():
    made = document()
    made.heading(2, "Heading")
    rows = tuple(Entry(f"Reason {number}", number, str(number)) for number in range(120))
    made.figure(BarChart("Title", "", "Reason", "Count", rows))

    read = elements(opened(made.render()))

    assert len({e.page for e in read if e.kind in {"H2", "Figure"}}) == 1


def test_a_heading_is_not_left_alone_at_the_foot():
    for filler in range(22, 30):
        made = document()
        for _number in range(filler):
            made.paragraph("One line.")
        made.heading(2, "Heading")
        made.paragraph("What the heading is about.")
        heading, paragraph = elements(opened(made.render()))[-2:]
        assert heading.page == paragraph.page


def test_a_page_break_starts_a_page():
    made = document()
    made.paragraph("Before.")
    made.page_break()
    made.paragraph("After.")

    assert [element.page for element in elements(opened(made.render()))[-2:]] == [0, 1]


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (["5 (7.8%)", "3", "fewer than 10, hidden"], True),
        (["£18,250", "-£20"], True),
        (["Yes", "No", "3"], False),
        (["- none", "-"], False),
        ([], False),
    ],
)
def test_columns_of_figures_are_known_by_how_their_cells_begin(cells, figures):
    assert holds_figures(cells) is figures


def test_columns_fit_the_page_whatever_they_hold():
    rows = [["Name", "Note"], [LONG_WORD, "word " * 100]]

    assert sum(column_widths(rows, 400)) == pytest.approx(400)


def test_columns_of_short_words_are_not_pulled_apart():
    assert sum(column_widths([["Month", "Count"], ["May", "5"]], 400)) < 200


def test_columns_take_the_shares_they_are_given():
    assert column_widths([["A", "B"]], 400, shares=[1, 3]) == [100, 300]


def test_columns_of_long_text_get_more_than_those_of_short():
    narrow, wide = column_widths([["Name", "Note"], ["Ann", "many words " * 40]], 400)

    assert narrow + wide == pytest.approx(400)
    assert narrow < 60
