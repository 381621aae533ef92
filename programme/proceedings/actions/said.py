"""What a source says, and who may say it."""

from dataclasses import dataclass
from datetime import date, time

from programme.access.court import writes_from_papers
from programme.access.models import User
from programme.core.choices import CourtDateKind, CourtSource
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.people.models import Child, Parent

# A hearing is known before it is held; a letter, an issue or an order is not.
MAY_BE_TO_COME = (CourtDateKind.FIRST_HEARING,)


@dataclass(frozen=True)
class Said:
    """Who says so, in which words, and the day on which it became known."""

    source: str
    known_on: date
    source_words: str = ""


@dataclass(frozen=True)
class Dated:
    """What a source says about one date of a set."""

    kind: str
    happened_on: date | None
    taken_back: bool = False
    notice_days: int | None = None
    urgency_reason: str = ""
    ended_how: str = ""
    child: Child | None = None
    order: str = ""


@dataclass(frozen=True)
class Sitting:
    """A hearing: when, where and what for."""

    held_on: date
    kind: str
    begins_at: time | None = None
    court: str = ""
    what_for: str = ""


def refuse_unless_hers_to_say(parent: Parent, said: Said, by: User) -> None:
    """A practitioner says what the parent told her; a senior practitioner says everything."""
    if said.known_on > today():
        raise RuleBroken("The day it became known cannot be in the future.", field="known_on")
    if said.source != CourtSource.PARENT and not writes_from_papers(by, parent.pk):
        raise RuleBroken(
            "You add what the parent told you. A senior practitioner adds what papers say.",
            field="source",
        )


def refuse_future(dated: Dated) -> None:
    """Only a first hearing may be known before its day."""
    if dated.happened_on and dated.kind not in MAY_BE_TO_COME and dated.happened_on > today():
        raise RuleBroken("This day has not come yet.", field="happened_on")
