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
    """Question, answer and chart stay on one page."""
    document.heading(3, answer.question)
    words = " ".join((f"{answer.headline}.", *answer.sentences, *answer.missing))
    document.paragraph(words, leads=answer.chart is not None)
    if answer.chart:
        document.figure(answer.chart, titled=False)


DEFINITION_COLUMNS = ("Question", "What is counted", "Out of", "When", "Left out, but counted")
DEFINITION_WIDTHS = (20, 25, 23, 15, 17)


def _definitions(document: Document, report: Report) -> None:
    """At the end, so that the answers can be read without them."""
    document.page_break()
    document.heading(2, "How each figure is made")
    for chapter in report.chapters:
        document.heading(3, chapter.question)
        rows = [_definition(answer) for answer in chapter.answers]
        caption = f"Definitions: {chapter.question}"
        document.table(DEFINITION_COLUMNS, rows, caption, DEFINITION_WIDTHS)


def _definition(answer: Shown) -> tuple[str, ...]:
    words = dict(answer.definition)
    told = (words.get(column, "Nothing") for column in DEFINITION_COLUMNS[1:])
    return (f"{answer.question} ({answer.id})", *told)
