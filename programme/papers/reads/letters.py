"""Templates of letters, and what fills their blanks."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from pathlib import Path

from django.utils.timezone import localtime

from programme.core.dates import LONDON, at_local, now_local, today
from programme.letters.models import Letter
from programme.papers.models import LetterTemplate
from programme.papers.reads.standing import Stand
from programme.papers.sheets import Section, Sheet
from programme.pathways.models import Programme
from programme.people.addresses import address_lines
from programme.people.models import Parent
from recurrent.design.words import day_and_year

ADDRESS_WAS_ON_IT = "[The address was on it]"
FOLDER = Path(__file__).parent.parent / "letter_templates"
BLANK = re.compile(r"\[[^\[\]\n]+\]")
BLANKS = (
    "[first name]",
    "[name]",
    "[reference]",
    "[worker]",
    "[programme]",
    "[today]",
    "[goals]",
    "[next steps]",
)


@dataclass(frozen=True)
class Template:
    """A letter with blanks: what it is, who usually receives it, its words."""

    code: str
    name: str
    recipient: str
    words: str
    # Of the programme's own words; what ships has none.
    version: int = 0


def templates_of(programme: Programme) -> list[Template]:
    """The letters of a programme: its own words where it has changed them (one query)."""
    own = {row.code: row for row in LetterTemplate.objects.filter(programme=programme)}
    return [_own(own[one.code]) if one.code in own else one for one in shipped()]


def _own(row: LetterTemplate) -> Template:
    return Template(row.code, row.name, row.recipient, row.words, row.version)


@cache
def shipped() -> tuple[Template, ...]:
    """The templates that come with the service."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.txt")))


def _read(path: Path) -> Template:
    name, recipient, _blank, words = path.read_text(encoding="utf-8").split("\n", 3)
    return Template(path.stem, name, recipient, words.strip())


def filled(template: Template, parent: Parent, stand: Stand, programme: Programme, me: str) -> str:
    """The words of a template with what is known put in; other blanks stay to be filled by hand."""
    goals = "\n".join(f"• {words}" for words in stand.said(stand.goals))
    steps = "\n".join(f"• {words}" for words in stand.said(stand.steps))
    values = {
        "[first name]": stand.first_name,
        "[name]": stand.name,
        "[reference]": parent.reference,
        "[worker]": me,
        "[programme]": programme.name,
        "[today]": day_and_year(today()),
        "[goals]": goals,
        "[next steps]": steps,
    }
    return BLANK.sub(lambda found: values.get(found.group()) or found.group(), template.words)


def blanks_left(words: str) -> list[str]:
    """Blanks that nobody has filled."""
    return list(dict.fromkeys(BLANK.findall(words)))


def letter_sheet(letter: Letter) -> Sheet:
    """The letter as it leaves, the address only when that was chosen on purpose; or as it left."""
    made_at = now_local() if letter.is_in_progress else _ended_at(letter)
    paragraphs = [one.strip() for one in letter.words.split("\n\n") if one.strip()]
    return Sheet(
        title=letter.template,
        subtitle=day_and_year(made_at),
        made_by=str(letter.written_by.name),
        made_at=made_at,
        for_whom=letter.recipient,
        sections=(*_address(letter), Section(paragraphs=tuple(paragraphs))),
    )


def _ended_at(letter: Letter) -> datetime:
    """When it was ended, as its history says."""
    assert letter.ended_on
    lines = letter.history.filter(ended_on=letter.ended_on).order_by("history_date")
    first = lines.values_list("history_date", flat=True).first()
    return localtime(first, LONDON) if first else at_local(letter.ended_on, time(0))


def _address(letter: Letter) -> list[Section]:
    if letter.carries_address:
        lines = address_lines(letter.parent)
        return [Section(paragraphs=("\n".join(lines),))] if lines else []
    was_on_it = letter.was_sent and letter.with_address
    return [Section(paragraphs=(ADDRESS_WAS_ON_IT,))] if was_on_it else []
