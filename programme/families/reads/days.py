"""Days that may be hard for a parent, said gently to her worker before they come.

Each kind of day is a function in ``SOURCES``: a family in, its days out.
"""

from calendar import isleap
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from programme.access.held import opens_the_child
from programme.core.choices import Born, FamilyTimeKind, RelationToChild
from programme.core.dates import in_words, today
from programme.core.together import Questions, ask_together
from programme.families.models import DatePrompts, FamilyTime, ImportantDate
from programme.people.models import Child, ParentChild
from programme.proceedings.models import Separation
from programme.proceedings.reads import HearingLine, hearing_questions, hearings_from

DAYS_AHEAD = 14


@dataclass(frozen=True)
class DayToMind:
    """One day that comes, about one parent; ``is_hard`` when it may weigh on her."""

    parent_id: UUID
    on: date
    what: str
    is_hard: bool = False

    def said_of(self, name: str) -> str:
        """``Thu 3 December: Robin's birthday. It may be a hard day for Mira.``"""
        hard = f" It may be a hard day for {name}." if self.is_hard else ""
        return f"{in_words(self.on)}: {self.what}.{hard}"


@dataclass(frozen=True)
class Family:
    """What is known of some parents’ children, courts and days, for all kinds of day."""

    links: list[ParentChild]
    separations: Mapping[UUID, list[Separation]]
    hearings: list[HearingLine]
    important: list[ImportantDate]
    letterbox: list[FamilyTime]

    @property
    def children(self) -> dict[UUID, Child]:
        """Those whom one of the links opens."""
        return {link.child_id: link.child for link in self.links}

    def about(self, parent_ids: Collection[UUID]) -> "Family":
        """Of these parents only: no child is named by another parent's link."""
        links = [one for one in self.links if one.parent_id in parent_ids]
        hearings = [one for one in self.hearings if one.parent_id in parent_ids]
        important = [one for one in self.important if one.parent_id in parent_ids]
        letterbox = [one for one in self.letterbox if one.parent_id in parent_ids]
        return Family(links, self.separations, hearings, important, letterbox)

    def pairs(self) -> Iterator[tuple[UUID, Child]]:
        """Each parent with each child, once however they are linked."""
        every = {(link.parent_id, link.child_id): link.child for link in self.links}
        return ((parent_id, child) for (parent_id, _), child in every.items())

    def is_apart(self, child: Child) -> bool:
        """Whether the child was separated and has not come back."""
        return any(one.returned_on is None for one in self.separations.get(child.pk, ()))


Source = Callable[[Family], Iterable[DayToMind]]


@dataclass(frozen=True)
class DayQuestions(Questions):
    """What days are read from, beside children, separations and hearings."""

    off: QuerySet[DatePrompts]
    important: QuerySet[ImportantDate]
    letterbox: QuerySet[FamilyTime]


def day_questions(parent_ids: Iterable[UUID]) -> DayQuestions:
    """What to ask for the days of these parents."""
    keys = list(parent_ids)
    letters = FamilyTime.objects.filter(
        parent__in=keys, kind=FamilyTimeKind.LETTERBOX, ended_on=None
    )
    return DayQuestions(
        off=DatePrompts.objects.filter(parent__in=keys, are_on=False),
        important=ImportantDate.objects.filter(parent__in=keys),
        letterbox=letters.exclude(months=""),
    )


def days_to_mind(parent_ids: Iterable[UUID]) -> list[DayToMind]:
    """The days of the next two weeks of these parents, the nearest first (one query).

    Nothing of a parent whose team has switched this off.
    """
    keys = set(parent_ids)
    links = ParentChild.objects.filter(opens_the_child(), parent__in=keys)
    separated = Separation.objects.filter(child__in=links.values("child"), returned_on=None)
    links = links.select_related("child")
    court, asked = hearing_questions(keys), day_questions(keys)
    ask_together(links, separated, court, asked)
    return days_from(keys, family_from(links, separated, hearings_from(court), asked), asked)


def days_from(parent_ids: Collection[UUID], family: Family, asked: DayQuestions) -> list[DayToMind]:
    """The same from questions that a page asked together with others."""
    wanted = set(parent_ids) - {one.parent_id for one in asked.off}
    of_theirs = family.about(wanted)
    found = {day for source in SOURCES for day in source(of_theirs)}
    return sorted(found, key=lambda one: (one.on, one.what, str(one.parent_id)))


def are_on(parent_id: UUID) -> bool:
    """Whether the team is reminded of this parent's days (one query)."""
    return not DatePrompts.objects.filter(parent=parent_id, are_on=False).exists()


def family_from(
    links: Iterable[ParentChild],
    separated: Iterable[Separation],
    hearings: list[HearingLine],
    asked: DayQuestions,
) -> Family:
    """Links with their children, separations that last, hearings to come, and the days kept."""
    # An expected baby has no birthday: a due date is never a day to mind.
    kept = [link for link in links if link.relation != RelationToChild.EXPECTED]
    separations: dict[UUID, list[Separation]] = defaultdict(list)
    for row in separated:
        separations[row.child_id].append(row)
    return Family(kept, separations, hearings, list(asked.important), list(asked.letterbox))


def _comes(day: date) -> date | None:
    """When that day of the year comes in the next two weeks, from the year after it on."""
    for year in (today().year, today().year + 1):
        next_one = _in_year(day, year)
        if year > day.year and 0 <= (next_one - today()).days <= DAYS_AHEAD:
            return next_one
    return None


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February is 28 February where there is none."""
    short = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28) if short else day.replace(year=year)


def _birthdays(family: Family) -> Iterator[DayToMind]:
    for parent_id, child in family.pairs():
        born = child.date_of_birth
        if born and (on := _comes(born)):
            name = child.given_names or "a child"
            lost = child.born == Born.STILLBORN or child.died_on is not None
            what = f"the day {name} was born" if lost else f"{name}’s birthday"
            yield DayToMind(parent_id, on, what, lost or family.is_apart(child))


def _days_of_death(family: Family) -> Iterator[DayToMind]:
    for parent_id, child in family.pairs():
        if child.died_on and child.born != Born.STILLBORN and (on := _comes(child.died_on)):
            yield DayToMind(parent_id, on, f"the day {child.given_names or 'a child'} died", True)


def _separations(family: Family) -> Iterator[DayToMind]:
    for parent_id, child in family.pairs():
        for row in family.separations.get(child.pk, ()):
            if row.returned_on is None and (on := _comes(row.separated_on)):
                name = child.given_names or "a child"
                yield DayToMind(parent_id, on, f"the day {name} was separated", True)


def _important(family: Family) -> Iterator[DayToMind]:
    for row in family.important:
        ahead = (row.day - today()).days
        on = row.day if 0 <= ahead <= DAYS_AHEAD else None
        if on is None and row.every_year:
            on = _comes(row.day)
        if on:
            yield DayToMind(row.parent_id, on, row.wording.rstrip("."))


def _letterbox(family: Family) -> Iterator[DayToMind]:
    """The first of the month in which a letter is due."""
    ahead = (today() + timedelta(days=number) for number in range(DAYS_AHEAD + 1))
    firsts = [day for day in ahead if day.day == 1]
    children = family.children
    for row in family.letterbox:
        child = children.get(row.child_id)
        for day in firsts:
            if child and day.month in row.month_numbers:
                what = f"letterbox month for {child.given_names or 'a child'}"
                yield DayToMind(row.parent_id, day, what)


def _hearings(family: Family) -> Iterator[DayToMind]:
    """Days in court, as far as court is the reader's to see."""
    for line in family.hearings:
        if (line.hearing.held_on - today()).days <= DAYS_AHEAD:
            yield DayToMind(line.parent_id, line.hearing.held_on, "a hearing", True)


SOURCES: tuple[Source, ...] = (
    _birthdays,
    _days_of_death,
    _separations,
    _important,
    _letterbox,
    _hearings,
)
