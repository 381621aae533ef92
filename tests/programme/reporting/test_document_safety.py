"""Text in a document is only ever text: it opens no file, asks no network, runs nothing."""

import builtins
import io
import socket
from pathlib import Path

import pytest

from programme.reporting.charts import BarChart, Entry
from programme.reporting.document import Document
from tests.programme.reporting.pdf_reading import elements, opened
from tests.programme.reporting.sample_documents import MADE_AT, document

TARGETS = [
    "file:///etc/passwd",
    "/etc/passwd",
    "http://127.0.0.1:1/",
    "https://example.org/x.png",
    "\\\\server\\share",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "ftp://127.0.0.1/x",
    "../../etc/passwd",
    "javascript:alert(1)",
    "php://filter/resource=/etc/passwd",
]
SHAPES = [
    '<img src="{}"/>',
    '<para><img src="{}" width="1" height="1"/></para>',
    '<link rel="attachment" href="{}">',
    '<a href="{}">here</a>',
    '<b><font name="{}">bold</font></b>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "{}">]>&e;',
    '<svg><image href="{}"/></svg>',
    '<onDraw name="x" label="{}"/>',
    "@import url({});",
    '{{% include "{}" %}}{{{{ settings.SECRET_KEY }}}}',
]
PAYLOADS = [shape.format(target) for shape in SHAPES for target in TARGETS]


def everywhere(text):
    """A document with the text in each place that takes one."""
    made = Document(text, text, text, text, MADE_AT)
    made.heading(2, text)
    made.paragraph(text)
    made.note(text)
    made.table([text, text], [[text, text]], text)
    made.definition_list([(text, text)])
    made.points([text])
    made.figure(BarChart(text, text, text, text, (Entry(text, 1, text),)))
    return made


@pytest.fixture
def closed_machine(monkeypatch):
    """Fails the test that opens a file or a connection. Fonts are read beforehand."""
    document().render()

    def refused(*arguments, **_options):
        raise AssertionError(f"Opened {arguments}")

    for place, name in [(builtins, "open"), (io, "open"), (Path, "open"), (socket, "socket")]:
        monkeypatch.setattr(place, name, refused)


@pytest.mark.usefixtures("closed_machine")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_opens_nothing(payload):
    assert everywhere(payload).render().startswith(b"%PDF-1.7")


def test_there_are_a_hundred_payloads():
    assert len(set(PAYLOADS)) == 100


@pytest.mark.parametrize("payload", PAYLOADS[::7])
def test_markup_is_printed_as_it_was_typed(payload):
    read = elements(opened(everywhere(payload).render()))

    squeezed = payload.replace(" ", "")
    assert {e.text.replace(" ", "").lstrip("•") for e in read if e.kind in {"H2", "LBody"}} == {
        squeezed
    }


def test_the_file_holds_no_link_script_or_attachment():
    pdf = opened(everywhere(PAYLOADS[3]).render())

    assert {"/OpenAction", "/AA", "/Names", "/AcroForm", "/URI"} & set(pdf.Root.keys()) == set()
    assert [page for page in pdf.pages if "/Annots" in page] == []


def test_control_characters_do_not_break_the_file():
    made = everywhere("a\x00b\x1bc\u2028d\ufffe")

    assert elements(opened(made.render()))[-1] is not None
