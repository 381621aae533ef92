"""The parent's own copy: her words first, no codes, nobody else's facts."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from programme.access.parts import Part
from programme.consents.models import Consent
from programme.consents.querysets import in_force
from programme.core.choices import ConsentDecision, ConsentPurpose
from programme.core.dates import today
from programme.papers.reads.items import Item, asked, tells_of_health
from programme.papers.reads.standing import Stand
from programme.papers.sheets import NOTHING, Section, Sheet
from programme.people.models import Parent
from recurrent.design.words import day_and_year

NUMBERS = Path(__file__).parent.parent / "numbers.csv"
SAID = {
    ConsentDecision.GIVEN: "you said yes",
    ConsentDecision.REFUSED: "you said no",
}
TOOK_BACK = "you took it back"
CHANGE = (
    "You can change your mind at any time, about any of this. Tell your worker, or anybody here."
    " You do not have to say why. You will get the same help."
)


def offered(stand: Stand, permissions: Sequence[Item]) -> list[Item]:
    """What stays out of an own copy unless it is put in: each next step, whatever it says."""
    return [*asked(stand.goals), *asked(permissions), *stand.steps]


def own_copy(
    stand: Stand,
    permissions: Sequence[Item],
    *,
    with_numbers: bool,
    made_by: str,
    made_at: datetime,
) -> Sheet:
    """What a parent may take home, in large type."""
    steps = [one.words for one in stand.steps if one.key in stand.chosen]
    sections = [
        Section(paragraphs=(f"{stand.first_name}, this paper is yours.",)),
        _points("What I want", [f"“{words}”" for words in stand.said(stand.goals)]),
        _points("Who is involved", stand.workers),
        Section(
            "What I agreed to, and how to change my mind",
            paragraphs=(CHANGE,),
            points=tuple(stand.said(permissions)),
        ),
        _points("What happens next", [*steps, *stand.dates]),
    ]
    if with_numbers:
        sections.append(Section("Numbers to ring", points=numbers()))
    return Sheet(
        title="My own copy",
        subtitle="Tell us what is wrong or missing. We will put it right.",
        made_by=made_by,
        made_at=made_at,
        for_whom="the parent",
        sections=tuple(sections),
        is_large=True,
    )


def _points(heading: str, points: "list[str]") -> Section:
    words = () if points else (NOTHING,)
    return Section(heading, paragraphs=words, points=tuple(points))


def permissions_of(parent: Parent, parts: Mapping[Part, bool]) -> tuple[Item, ...]:
    """What was asked and answered (one query). Contraception only for whom the consent covers."""
    newest = in_force(list(Consent.objects.filter(parent=parent)), today())
    return tuple(
        _permission(one)
        for purpose, one in sorted(newest.items())
        if purpose != ConsentPurpose.RECORD_CONTRACEPTION or Part.HEALTH in parts
    )


def _permission(one: Consent) -> Item:
    purpose = str(one.get_purpose_display())
    answer = SAID.get(ConsentDecision(one.decision), TOOK_BACK)
    words = f"{purpose}: {answer} on {day_and_year(one.decided_at)}"
    return Item(str(one.pk), words, tells_of_health(purpose))


@cache
def numbers() -> tuple[str, ...]:
    """Whom to ring, with the hours."""
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        return tuple(
            f"{row['name']}: {row['number']} ({row['when']})" for row in csv.DictReader(file)
        )
