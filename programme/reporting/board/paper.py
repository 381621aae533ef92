"""The report as a PDF: its first page alone is enough for a councillor."""

from datetime import datetime

from programme.reporting.board.report import Chapter, Report
from programme.reporting.board.shown import Shown
from programme.reporting.document import Document


def as_pdf(report: Report, *, made_by: str, made_at: datetime, marking: str) -> bytes:
    """The same figures as the page, on paper."""
    document = Document(
        title=report.title,
        subtitle=f"{_day(report.first)} to {_day(report.last)}, as at {_day(report.as_at)}",
        marking=marking,
        made_by=made_by,
        made_at=made_at,
    )
    _first_page(document, report)
    for chapter in report.chapters:
        _chapter(document, chapter)
    _definitions(document, report)
    return document.render()


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"


def _first_page(document: Document, report: Report) -> None:
    document.heading(2, "In short")
    if report.words:
        document.paragraph(report.words)
    document.table(
        ("Question", "Answer"),
        [(answer.question, answer.headline) for answer in report.headlines],
        "Headline figures",
    )
    document.note(
        "Counts stand beside every percentage. What is not recorded is said, never counted as no."
        " No figure here was made from anybody's choice about contraception as a target."
    )
    document.page_break()


def _chapter(document: Document, chapter: Chapter) -> None:
    document.heading(2, chapter.question)
    for answer in chapter.answers:
        _answer(document, answer)


def _answer(document: Document, answer: Shown) -> None:
    document.heading(3, answer.question)
    document.paragraph(" ".join((f"{answer.headline}.", *answer.sentences)))
    if answer.chart:
        document.figure(answer.chart)
    for line in answer.missing:
        document.paragraph(line)


def _definitions(document: Document, report: Report) -> None:
    """At the end, so that the answers can be read without them."""
    document.page_break()
    document.heading(2, "How each figure is made")
    for chapter in report.chapters:
        for answer in chapter.answers:
            document.heading(3, f"{answer.question} ({answer.id})")
            document.definition_list(answer.definition)
