"""A summary for a meeting: where the parent stands, on one page where that is possible."""

from collections.abc import Callable, Collection
from datetime import datetime

from programme.papers.reads.items import Item, asked
from programme.papers.reads.standing import Stand
from programme.papers.sheets import NOTHING, Section, Sheet
from programme.people.models import Parent

SECTIONS = {
    "stage": "Where things stand",
    "goals": "Goals, in the parent’s own words",
    "strengths": "Strengths",
    "agreed": "What is agreed",
    "next": "Next dates",
    "involved": "Who is involved",
}


def summary(
    parent: Parent,
    stand: Stand,
    *,
    sections: Collection[str],
    for_whom: str,
    made_by: str,
    made_at: datetime,
) -> Sheet:
    """The chosen sections, in their order."""
    made = [MADE[code](stand) for code in SECTIONS if code in sections]
    return Sheet(
        title="Summary",
        subtitle=f"Record {parent.reference}",
        made_by=made_by,
        made_at=made_at,
        for_whom=for_whom,
        sections=(Section(paragraphs=(stand.name,)), *made),
    )


def offered(stand: Stand) -> list[Item]:
    """What stays out of a summary unless it is put in."""
    every = (stand.stages, stand.goals, stand.reached, stand.taken, stand.steps, stand.providers)
    return [item for rows in every for item in asked(rows)]


def _points(code: str, points: Collection[str]) -> Section:
    words = () if points else (NOTHING,)
    return Section(SECTIONS[code], paragraphs=words, points=tuple(points))


def _stage(stand: Stand) -> Section:
    """Where a stage stays out, the programme is named without it."""
    both = zip(stand.open, stand.stages, strict=True)
    lines = [
        item.words if stand.may_say(item) else one.episode.programme.name for one, item in both
    ]
    return _points("stage", lines)


def _goals(stand: Stand) -> Section:
    return _points("goals", [f"“{words}”" for words in stand.said(stand.goals)])


def _strengths(stand: Stand) -> Section:
    reached = [f"Goal reached: “{words}”" for words in stand.said(stand.reached)]
    taken = [f"Takes up: {words}" for words in stand.said(stand.taken)]
    return _points("strengths", [*reached, *taken])


def _agreed(stand: Stand) -> Section:
    return _points("agreed", stand.said(stand.steps))


def _next(stand: Stand) -> Section:
    return _points("next", stand.dates)


def _involved(stand: Stand) -> Section:
    return _points("involved", [*stand.workers, *stand.said(stand.providers)])


MADE: dict[str, Callable[[Stand], Section]] = {
    "stage": _stage,
    "goals": _goals,
    "strengths": _strengths,
    "agreed": _agreed,
    "next": _next,
    "involved": _involved,
}
