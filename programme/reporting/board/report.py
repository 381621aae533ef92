"""A report: its sections with their answers, for one programme and period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from programme.reporting.board.sections import HEADLINES, ORDER, SECTIONS
from programme.reporting.board.shown import Shown, shown
from programme.reporting.figures import Figure
from programme.reporting.indicators import work_out
from programme.reporting.periods import Period


@dataclass(frozen=True)
class Chapter:
    """One question of the board with its answers."""

    key: str
    question: str
    answers: tuple[Shown, ...]


@dataclass(frozen=True)
class Report:
    """Everything a page, a PDF or a spreadsheet of one report says."""

    programme: str
    first: date
    last: date
    as_at: date
    chapters: tuple[Chapter, ...]
    headlines: tuple[Shown, ...]
    figures: tuple[Mapping[str, Any], ...]
    words: str = ""

    @property
    def title(self) -> str:
        """``Board report: Pause Northmoor``."""
        return f"Board report: {self.programme}"


def figures_for(programme_id: UUID, period: Period) -> list[Figure]:
    """All figures of the report, exact, with the rows behind them; counts only."""
    return work_out(period, programme_id, ids=ORDER)


def report_of(
    programme: str, period: Period, figures: Iterable[Mapping[str, Any]], words: str = ""
) -> Report:
    """The report made of the published JSON of figures, live or released."""
    told = tuple(figures)
    answers = {figure["id"]: shown(figure) for figure in told}
    chapters = tuple(
        Chapter(
            section.key,
            section.question,
            tuple(answers[name] for name in section.indicators if name in answers),
        )
        for section in SECTIONS
    )
    return Report(
        programme=programme,
        first=period.first,
        last=period.last,
        as_at=period.report_date,
        chapters=tuple(chapter for chapter in chapters if chapter.answers),
        headlines=tuple(answers[name] for name in HEADLINES if name in answers),
        figures=told,
        words=words,
    )
