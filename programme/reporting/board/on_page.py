"""The chapters of a report with their charts drawn for a page."""

from dataclasses import dataclass

from programme.reporting.board.report import Report
from programme.reporting.board.shown import Shown
from programme.reporting.charts import ChartOnPage, on_page


@dataclass(frozen=True)
class AnswerOnPage:
    """An answer with its chart as SVG."""

    answer: Shown
    chart: ChartOnPage | None


@dataclass(frozen=True)
class ChapterOnPage:
    """One question of the board with its answers."""

    key: str
    question: str
    answers: tuple[AnswerOnPage, ...]


def chapters_on_page(report: Report) -> list[ChapterOnPage]:
    """Every chapter, its charts drawn twice: for a phone and for a desk."""
    return [
        ChapterOnPage(
            chapter.key,
            chapter.question,
            tuple(AnswerOnPage(one, _drawn(one)) for one in chapter.answers),
        )
        for chapter in report.chapters
    ]


def _drawn(answer: Shown) -> ChartOnPage | None:
    return on_page(answer.chart, key=f"chart-{answer.id.lower()}") if answer.chart else None
