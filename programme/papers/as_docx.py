"""A sheet as a Word file: heading styles, a header row that repeats, nothing of the machine."""

from collections.abc import Iterable
from datetime import UTC
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from django.utils import dateformat
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from programme.papers.sheets import Section, Sheet, Table

A4 = (Mm(210), Mm(297))
MARGIN = Mm(20)
LANGUAGE = "en-GB"
FONT = "Arial"
EARLIEST = (1980, 1, 1, 0, 0, 0)


def as_docx(sheet: Sheet) -> bytes:
    """The Word file of a sheet. The same sheet gives the same bytes."""
    document = docx.Document()
    _set_up(document, sheet)
    document.add_heading(sheet.title, level=1)
    document.add_paragraph(sheet.subtitle)
    for section in sheet.sections:
        _write(document, section)
    file = BytesIO()
    document.save(file)
    return _the_same_each_time(file)


def _write(document: Any, section: Section) -> None:
    if section.heading:
        document.add_heading(section.heading, level=2)
    for words in section.paragraphs:
        document.add_paragraph(_printable(words))
    for words in section.points:
        document.add_paragraph(_printable(words), style="List Bullet")
    if section.table:
        _table(document, section.table)


# --- The page -------------------------------------------------------------------------------


def _set_up(document: Any, sheet: Sheet) -> None:
    _drop_picture(document.part.package.rels)
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = sheet.title, sheet.made_by, sheet.made_by
    facts.comments, facts.language, facts.subject = "", LANGUAGE, sheet.subtitle
    # These two are written as UTC.
    facts.created = facts.modified = sheet.made_at.astimezone(UTC).replace(tzinfo=None)
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    _speak_english(document)
    page.header.paragraphs[0].text = f"{sheet.marking}: for {sheet.for_whom}"
    _footer(page.footer.paragraphs[0], sheet)


def _drop_picture(relations: Any) -> None:
    """The template's own picture is not of this paper."""
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[key]


def _speak_english(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    for name in ("Normal", "Heading 1", "Heading 2", "List Bullet"):
        properties = document.styles[name].element.get_or_add_rPr()
        _font(properties)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), LANGUAGE)
        properties.append(language)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _font(properties: Any) -> None:
    """One typeface, whatever the theme of the reader's Word says."""
    fonts = properties.get_or_add_rFonts()
    for name in [*fonts.attrib]:
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def _footer(paragraph: Any, sheet: Sheet) -> None:
    when = dateformat.format(sheet.made_at, r"j F Y \a\t H:i")
    paragraph.add_run(f"Made on {when} by {sheet.made_by} for {sheet.for_whom}. Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    """A number that Word works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


# --- Tables ---------------------------------------------------------------------------------


def _table(document: Any, table: Table) -> None:
    document.add_paragraph(table.caption)
    drawn = document.add_table(rows=0, cols=len(table.header), style="Table Grid")
    _row(drawn, table.header, is_header=True)
    for row in table.rows:
        _row(drawn, row)
    widths = table.widths or (1.0,) * len(table.header)
    room = A4[0] - 2 * MARGIN
    drawn.autofit = False
    for column, share in zip(drawn.columns, widths, strict=True):
        for cell in column.cells:
            cell.width = int(room * share / sum(widths))


def _row(table: Any, texts: Iterable[str], *, is_header: bool = False) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(_printable(text)).bold = is_header


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)


def _the_same_each_time(file: BytesIO) -> bytes:
    """The parts in order, without the moment at which each was packed."""
    packed = BytesIO()
    with ZipFile(file) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in parts.namelist():
            target.writestr(ZipInfo(name, EARLIEST), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()
