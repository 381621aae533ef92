"""What both a summary and the parent's own copy are made from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from programme.access.parts import Part
from programme.assessments.models import Meeting
from programme.core.choices import GoalEnd, SupportResponse
from programme.core.dates import today
from programme.desk.reads.record import Standing, record_of
from programme.papers.reads.items import Item, items, tells_of_health
from programme.papers.third_parties import known_to
from programme.people.models import Identity, Parent
from programme.support.models import Goal, Support
from recurrent.design.words import day_and_year


@dataclass(frozen=True)
class Stand:
    """Where a parent stands today, in rows whose free words were looked through."""

    name: str
    first_name: str
    open: tuple[Standing, ...]
    # Of each that is open, in the same order.
    stages: tuple[Item, ...]
    goals: tuple[Item, ...]
    reached: tuple[Item, ...]
    taken: tuple[Item, ...]
    steps: tuple[Item, ...]
    dates: tuple[str, ...]
    providers: tuple[Item, ...]
    chosen: frozenset[str] = frozenset()

    def put_in(self, chosen: Collection[str]) -> "Stand":
        """The same with words put in that would stay out."""
        return replace(self, chosen=frozenset(chosen))

    def may_say(self, item: Item) -> bool:
        """Whether nobody is to be asked about these words, or somebody was."""
        return not item.asks or item.key in self.chosen

    def said(self, items: Iterable[Item]) -> list[str]:
        """The words that may stand on the paper."""
        return [item.words for item in items if self.may_say(item)]

    @property
    def workers(self) -> list[str]:
        """Who works with the parent, and for which programme."""
        return [
            f"{worker}, {one.episode.programme.name}" for one in self.open for worker in one.workers
        ]


def stand_of(parent: Parent, parts: Mapping[Part, bool]) -> Stand:
    """Where a parent stands, as far as the reader's parts go (a fixed number of queries).

    No row of a pregnancy or of contraception is read: who may know of them is asked elsewhere.
    Where free words, a stage or a meeting tell of one, they stay out until they are chosen.
    """
    record = record_of(parent, parts)
    goals = list(Goal.objects.filter(episode__parent=parent).order_by("agreed_on", "stored_at"))
    help_taken = list(
        Support.objects.filter(episode__parent=parent, response=SupportResponse.TAKEN)
        .exclude(kind="")
        .order_by("offered_on", "stored_at")
    )
    now = [(str(one.pk), one.wording) for one in goals if one.ended_on is None]
    reached = [(str(one.pk), one.wording) for one in goals if one.ended_how == GoalEnd.REACHED]
    taken = [(str(one.pk), one.kind) for one in help_taken]
    steps = [(str(one.step.pk), _step(one.step.wording, one.step.due_on)) for one in record.steps]
    providers = {one.provider: f"{one.pk}.provider" for one in help_taken if one.provider}
    offered_by = [(providers[words], words) for words in sorted(providers)]
    texts = [words for _key, words in (*now, *reached, *taken, *steps, *offered_by)]
    known = known_to(parent, texts)
    identity = record.identity
    return Stand(
        name=record.name,
        first_name=_first_name(identity, record.name),
        open=record.open,
        stages=tuple(_stage(one) for one in record.open),
        goals=items(now, known),
        reached=items(reached, known),
        taken=items(taken, known),
        steps=items(steps, known),
        dates=_dates(parent),
        providers=items(offered_by, known),
    )


def _first_name(identity: Identity | None, otherwise: str) -> str:
    if identity is None:
        return otherwise
    return identity.known_as or identity.given_names.split(" ")[0]


def _stage(standing: Standing) -> Item:
    """No names are looked for: a stage's words are the pathway's own."""
    return Item(str(standing.episode.pk), standing.title, tells_of_health(standing.stage))


def _step(wording: str, due_on: date | None) -> str:
    return f"{wording} (by {day_and_year(due_on)})" if due_on else wording


def _dates(parent: Parent) -> tuple[str, ...]:
    """Meetings to come."""
    ahead = Meeting.objects.filter(
        episode__parent=parent, held_on=None, cancelled_on=None, due_on__gte=today()
    )
    return tuple(
        f"{day_and_year(one.due_on)}: {_kind(one)}"
        for one in ahead.order_by("due_on")
        if one.due_on
    )


def _kind(meeting: Meeting) -> str:
    """What a meeting is for; one that tells of a pregnancy is a meeting."""
    words = str(meeting.get_kind_display())
    return "Meeting" if tells_of_health(words) else words
