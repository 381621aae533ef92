"""A document can be read without seeing it: tagged, titled, in order, with words for figures."""

import re

import pikepdf
import pytest

from programme.reporting.document import Document
from tests.programme.reporting import samples
from tests.programme.reporting.pdf_reading import PAINTING, artifacts, elements, opened, painted
from tests.programme.reporting.sample_documents import MADE_AT, board_report, document


@pytest.fixture(scope="module")
def report():
    return opened(board_report().render())


def test_it_is_tagged_and_names_its_language_and_title(report):
    assert report.Root.MarkInfo.Marked is True
    assert report.Root.Lang == "en-GB"
    assert report.Root.ViewerPreferences.DisplayDocTitle is True
    assert report.docinfo.Title == "Board report: Gŵyl and Ŷnys"


def test_it_says_who_made_it_and_when_in_both_places(report):
    packet = report.open_metadata(set_pikepdf_as_editor=False)

    assert packet["dc:title"] == "Board report: Gŵyl and Ŷnys"
    assert packet["dc:creator"] == ["Siân & Sons"]
    assert packet["xmp:CreateDate"] == "2026-06-22T14:03:00+01:00"
    assert report.docinfo.Author == "Siân & Sons"
    assert report.docinfo.CreationDate == "D:20260622140300+01'00'"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Document("Title", "", "", "Siân", MADE_AT.replace(tzinfo=None)).render()


def test_every_font_is_embedded(report):
    fonts = [font for page in report.pages for font in page.Resources.Font.values()]

    assert {str(font.BaseFont)[8:] for font in fonts} == {
        "AtkinsonHyperlegibleNext-Regular",
        "AtkinsonHyperlegibleNext-Bold",
    }
    assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_nothing_is_painted_outside_marked_content(report):
    stray = [
        (number, operator)
        for number, page in enumerate(report.pages)
        for operator, _operands, piece in painted(page)
        if operator in PAINTING and piece is None
    ]

    assert stray == []


def test_pages_and_structure_find_each_other(report):
    way_back = report.Root.StructTreeRoot.ParentTree.Nums

    assert [int(page.StructParents) for page in report.pages] == list(range(len(report.pages)))
    assert {str(page.Tabs) for page in report.pages} == {"/S"}
    for page, owners in zip(report.pages, list(way_back)[1::2], strict=True):
        pieces = {piece for _o, _p, piece in painted(page) if piece is not None and piece >= 0}
        assert pieces == set(range(len(owners)))
        for number, owner in enumerate(owners):
            assert (page.objgen, number) in {
                (kid.Pg.objgen, int(kid.MCID)) for kid in owner.K if "/MCID" in kid
            }


def test_marked_content_names_the_kind_of_its_element(report):
    for page in report.pages:
        owners = report.Root.StructTreeRoot.ParentTree.Nums[2 * int(page.StructParents) + 1]
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and "/MCID" in operands[1]:
                assert str(operands[0]) == str(owners[int(operands[1].MCID)].S)


def test_it_reads_in_the_order_it_was_written():
    made = document()
    made.heading(2, "Are we early enough?")
    made.paragraph("Most referrals came before 16 weeks. " * 60)
    made.heading(3, "By reason")
    made.note("Two are not recorded.")
    made.definition_list([("RE-4", "Referrals accepted."), ("RE-5", "Not taken on.")])

    read = [(element.kind, element.text[:24]) for element in elements(opened(made.render()))]

    assert read[1:] == [
        ("H1", "Board report: Gŵyl and Ŷ"),
        ("P", "April to June 2026"),
        ("H2", "Are we early enough?"),
        ("P", "Most referrals came befo"),
        ("H3", "By reason"),
        ("P", "Two are not recorded."),
        ("L", "RE-4 Referrals accepted."),
        ("LI", "RE-4 Referrals accepted."),
        ("Lbl", "RE-4"),
        ("LBody", "Referrals accepted."),
        ("LI", "RE-5 Not taken on."),
        ("Lbl", "RE-5"),
        ("LBody", "Not taken on."),
    ]


def test_every_figure_has_words_and_a_table(report):
    charts = samples.every_chart().values()
    read = elements(report)

    figures = [element.alternative for element in read if element.kind == "Figure"]

    assert figures == [f"{chart.title}. {chart.summary}" for chart in charts]
    assert sum(element.kind == "Table" for element in read) == len(figures) + 1


def test_a_figure_says_where_it_stands():
    made = document()
    made.figure(samples.bar_chart())
    pdf = opened(made.render())

    [figure] = [node for node in pdf.Root.StructTreeRoot.K[0].K if node.S == "/Figure"]
    left, foot, right, head = (float(number) for number in figure.A.BBox)

    assert 60 < left < right <= 595 - 62
    assert 0 < foot < head < 842


def test_table_headers_say_what_they_head():
    made = document()
    made.table(["Reason", "Referrals"], [["Criteria not met", "5"], ["Area", ""]], "Reasons")

    read = elements(opened(made.render()))[3:]

    assert [(e.kind, e.text, e.scope) for e in read] == [
        ("Table", "Reasons Reason Referrals Criteria not met 5 Area", ""),
        ("Caption", "Reasons", ""),
        ("THead", "Reason Referrals", ""),
        ("TR", "Reason Referrals", ""),
        ("TH", "Reason", "Column"),
        ("TH", "Referrals", "Column"),
        ("TBody", "Criteria not met 5 Area", ""),
        ("TR", "Criteria not met 5", ""),
        ("TH", "Criteria not met", "Row"),
        ("TD", "5", ""),
        ("TR", "Area", ""),
        ("TH", "Area", "Row"),
        ("TD", "", ""),
    ]


def test_headings_are_bookmarks(report):
    with report.open_outline() as outline:
        read = [(item.title, [child.title for child in item.children]) for item in outline.root]

    assert read == [
        ("Are we reaching parents early enough?", ["In detail"]),
        ("Parents", []),
        ("Definitions", []),
    ]


@pytest.mark.parametrize("levels", [[1], [3], [2, 4], [0]])
def test_a_heading_out_of_order_is_refused(levels):
    made = document()

    with pytest.raises(ValueError, match="one level at a time"):
        for level in levels:
            made.heading(level, "Heading")


def test_a_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="a cell for each column"):
        document().table(["A", "B"], [["only one"]], "Caption")


def test_an_empty_table_is_a_sentence():
    made = document()
    made.table(["A", "B"], [], "Referrals by reason")

    assert [element.kind for element in elements(opened(made.render()))][3:] == ["P"]


def test_an_empty_list_of_definitions_is_nothing():
    made = document()
    made.definition_list([])

    assert [element.kind for element in elements(opened(made.render()))][3:] in ([], ["L"])


def test_the_same_document_gives_the_same_bytes():
    assert board_report().render() == board_report().render()


def test_another_moment_gives_another_identity():
    one, other = document(), document()
    other.made_at = MADE_AT.replace(minute=4)

    ids = {bytes(opened(made.render()).trailer.ID[0]) for made in (one, other)}

    assert len(ids) == 2


def test_each_page_has_its_marking_its_maker_and_its_number(report):
    count = len(report.pages)

    for number, page in enumerate(report.pages, start=1):
        margin = artifacts(page)
        assert "OFFICIAL-SENSITIVE" in margin
        assert "Made on 22 June 2026 at 14:03 by Siân & Sons" in margin
        assert re.findall(r"Page \d+ of \d+", margin) == [f"Page {number} of {count}"]
