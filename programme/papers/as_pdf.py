"""A sheet as a tagged PDF."""

from programme.papers.sheets import Section, Sheet
from programme.reporting.document import Document


def as_pdf(sheet: Sheet) -> bytes:
    """The PDF of a sheet. The same sheet gives the same bytes."""
    document = Document(
        title=sheet.title,
        subtitle=sheet.subtitle,
        marking=sheet.marking,
        made_by=sheet.made_by,
        made_at=sheet.made_at,
        for_whom=sheet.for_whom,
        scale=1.4 if sheet.is_large else 1.0,
    )
    for section in sheet.sections:
        _write(document, section)
    return document.render()


def _write(document: Document, section: Section) -> None:
    if section.heading:
        document.heading(2, section.heading)
    for words in section.paragraphs:
        document.paragraph(words)
    if section.points:
        document.points(section.points)
    if section.table:
        table = section.table
        document.table(table.header, table.rows, table.caption, table.widths or None)
