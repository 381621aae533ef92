"""A chronology as it stands: its lines, the questions about them, and what leaves."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from programme.access.parts import Part
from programme.chronology.reads import Mark
from programme.papers.models import Chronology, ChronologyLine
from programme.papers.reads.lines import Line, digest_of, lines_of
from programme.papers.sheets import Section, Sheet, Table
from programme.papers.third_parties import Piece, Question, known_to, pieces, questions, without
from programme.people.models import Parent
from recurrent.design.words import day_and_year

Answer = ChronologyLine.Answer
HEADER = ("Date", "What happened", "How it is known", "Recorded by")
WIDTHS = (17, 47, 21, 15)
NO_NAME = "A worker"
# What is answered at once: a page that can be read, and a form that Django takes (1,000 fields).
LINES_ON_A_PAGE, QUESTIONS_ON_A_PAGE = 20, 400


@dataclass(frozen=True)
class Checked:
    """One chosen event beside its answer."""

    row: ChronologyLine
    line: Line
    asked: tuple[Question, ...]
    answered: bool

    @property
    def pieces(self) -> list[Piece]:
        """What happened, cut at the questions."""
        return pieces(self.line.text, self.asked)

    @property
    def answer(self) -> str:
        """What becomes of the line; blank while that is open."""
        return self.row.answer if self.answered else ""

    @property
    def replaced(self) -> list[tuple[str, str]]:
        """Words, and what stands instead of them."""
        if self.answer != Answer.TAKE_OUT:
            return []
        return [(words, instead) for words, instead in json.loads(self.row.replaced or "[]")]

    @property
    def seen(self) -> str:
        """A fingerprint of the line with its marks, as whoever answers reads it."""
        return digest_of([self.line.digest, [one.words for one in self.asked]])

    @property
    def kept_as_it_is(self) -> bool:
        """Whether it leaves word for word although it may speak of somebody else."""
        return bool(self.asked) and not self.is_changed_by(self.replaced)

    def is_changed_by(self, replaced: Sequence[tuple[str, str]]) -> bool:
        """Whether replacing these words makes a difference."""
        return self._words_without(replaced) != (self.line.what, self.line.source)

    def holds(self, words: str) -> bool:
        """Whether these words stand in it, in any writing."""
        return self.is_changed_by([(words, "")])

    def _words_without(self, replaced: Sequence[tuple[str, str]]) -> tuple[str, str]:
        return without(self.line.what, replaced), without(self.line.source, replaced)

    def cells(self, *, names_workers: bool) -> tuple[str, ...]:
        """The line as it leaves."""
        what, source = self._words_without(self.replaced)
        recorder = self.line.recorder if names_workers else NO_NAME
        return (self.line.when, what, source, recorder)


@dataclass(frozen=True)
class Whole:
    """A chronology with all of its lines, or with some that the reader may not see."""

    chronology: Chronology
    lines: tuple[Checked, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the reader sees every line that was chosen."""
        return len(self.lines) == self.chronology.line_count

    @property
    def open(self) -> tuple[Checked, ...]:
        """Lines that wait for an answer."""
        return tuple(one for one in self.lines if not one.answered)

    @property
    def answered_count(self) -> int:
        """How many lines have an answer."""
        return len(self.lines) - len(self.open)

    @property
    def pages(self) -> list[list[Checked]]:
        """The lines as they are answered together."""
        pages: list[list[Checked]] = [[]]
        for one in self.lines:
            asked = sum(len(each.asked) for each in (*pages[-1], one))
            if len(pages[-1]) == LINES_ON_A_PAGE or (pages[-1] and asked > QUESTIONS_ON_A_PAGE):
                pages.append([])
            pages[-1].append(one)
        return pages

    @property
    def leaving(self) -> tuple[Checked, ...]:
        """Lines that are not left out."""
        return tuple(one for one in self.lines if one.answer != Answer.LEAVE_OUT)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Every line as it leaves."""
        named = self.chronology.names_workers
        return tuple(one.cells(names_workers=named) for one in self.leaving)

    @property
    def digest(self) -> str:
        """A fingerprint of what leaves."""
        return digest_of(self.rows)

    @property
    def may_leave(self) -> bool:
        """Whether every line was answered, the whole was read, and nothing changed since."""
        is_checked = self.chronology.checked_at is not None
        same = self.chronology.digest == self.digest
        return self.is_complete and not self.open and is_checked and same


def significant_lines(parent: Parent, parts: Mapping[Part, bool]) -> list[Line]:
    """The events a chronology may choose from, the oldest first."""
    return [line for line in lines_of(parent, parts).values() if line.is_significant]


def whole(chronology: Chronology, parts: Mapping[Part, bool]) -> Whole:
    """A chronology as far as the reader sees its events (a fixed number of queries)."""
    rows = ChronologyLine.objects.filter(chronology=chronology)
    chosen: dict[Mark, ChronologyLine] = {row.mark: row for row in rows}
    lines = lines_of(chronology.parent, parts) if chosen else {}
    found = [line for mark, line in lines.items() if mark in chosen]
    known = known_to(chronology.parent, [line.text for line in found])
    checked = []
    for line in found:
        row, asked = chosen[line.mark], tuple(questions(line.text, known))
        checked.append(Checked(row, line, asked, bool(row.answer) and row.digest == line.digest))
    return Whole(chronology, tuple(checked))


def sheet_of(found: Whole) -> Sheet:
    """The paper that leaves: PDF and Word are made from it."""
    chronology = found.chronology
    assert chronology.checked_at
    reference = chronology.parent.reference
    rows = found.rows
    table = Table("Significant events, the oldest first", HEADER, rows, WIDTHS)
    section = Section(table=table) if rows else Section(paragraphs=("No events.",))
    return Sheet(
        title=f"Chronology: record {reference}",
        subtitle=period(chronology.first_day, chronology.last_day),
        made_by=str(chronology.made_by.name),
        made_at=timezone.localtime(chronology.checked_at),
        for_whom=f"{chronology.get_for_whom_display()}: {chronology.recipient}",
        sections=(section, _checked(chronology)),
    )


def period(first: date | None, last: date) -> str:
    """The days a chronology covers, in words."""
    if first is None:
        return f"Up to {day_and_year(last)}"
    return f"{day_and_year(first)} to {day_and_year(last)}"


def _checked(chronology: Chronology) -> Section:
    assert chronology.checked_by and chronology.checked_at
    day = day_and_year(chronology.checked_at)
    words = f"Checked for other people’s details by {chronology.checked_by.name} on {day}."
    return Section("How this was made", paragraphs=(words,))
