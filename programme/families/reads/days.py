"""Days that may be hard for a parent, said gently to her worker before they come.

Each kind of day is a function in ``SOURCES``: parents in, days out, a fixed number of queries.
"""

from calendar import isleap
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from programme.access.held import opens_the_child
from programme.core.choices import Born, FamilyTimeKind, RelationToChild
from programme.core.dates import in_words, today
from programme.families.models import DatePrompts, FamilyTime, ImportantDate
from programme.people.models import Child, ParentChild
from programme.proceedings.models import Separation
from programme.proceedings.reads import HearingLine, hearings_to_come

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
    """The children and hearings of some parents, asked once for all kinds of day."""

    links: list[ParentChild]
    separations: Mapping[UUID, list[Separation]]
    hearings: list[HearingLine]

    @property
    def children(self) -> dict[UUID, Child]:
        """Those whom one of the links opens."""
        return {link.child_id: link.child for link in self.links}

    def about(self, parent_ids: Collection[UUID]) -> "Family":
        """Of these parents only: no child is named by another parent's link."""
        links = [one for one in self.links if one.parent_id in parent_ids]
        hearings = [one for one in self.hearings if one.parent_id in parent_ids]
        return Family(links, self.separations, hearings)

    def pairs(self) -> Iterator[tuple[UUID, Child]]:
        """Each parent with each child, once however they are linked."""
        every = {(link.parent_id, link.child_id): link.child for link in self.links}
        return ((parent_id, child) for (parent_id, _), child in every.items())

    def is_apart(self, child: Child) -> bool:
        """Whether the child was separated and has not come back."""
        return any(one.returned_on is None for one in self.separations.get(child.pk, ()))


Source = Callable[[set[UUID], Family], Iterable[DayToMind]]


def days_to_mind(parent_ids: Iterable[UUID], known: Family | None = None) -> list[DayToMind]:
    """The days of the next two weeks of these parents, the nearest first.

    Nine queries; three where the page has read their family already. Nothing of a parent whose
    team has switched this off.
    """
    off = DatePrompts.objects.filter(parent__in=list(parent_ids), are_on=False)
    wanted = set(parent_ids) - set(off.values_list("parent_id", flat=True))
    family = known.about(wanted) if known else _family(wanted)
    found = {day for source in SOURCES for day in source(wanted, family)}
    return sorted(found, key=lambda one: (one.on, one.what, str(one.parent_id)))


def are_on(parent_id: UUID) -> bool:
    """Whether the team is reminded of this parent's days (one query)."""
    return not DatePrompts.objects.filter(parent=parent_id, are_on=False).exists()


def _family(parent_ids: set[UUID]) -> Family:
    rows = ParentChild.objects.filter(opens_the_child(), parent__in=parent_ids)
    links = list(rows.select_related("child"))
    children = {link.child_id for link in links}
    separated = Separation.objects.filter(child__in=children, returned_on=None)
    return family_from(links, separated, hearings_to_come(parent_ids))


def family_from(
    links: Iterable[ParentChild], separated: Iterable[Separation], hearings: list[HearingLine]
) -> Family:
    """The same from rows at hand: links with their children, separations that last."""
    # An expected baby has no birthday: a due date is never a day to mind.
    kept = [link for link in links if link.relation != RelationToChild.EXPECTED]
    separations: dict[UUID, list[Separation]] = defaultdict(list)
    for row in separated:
        separations[row.child_id].append(row)
    return Family(kept, separations, hearings)


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


def _birthdays(_: set[UUID], family: Family) -> Iterator[DayToMind]:
    for parent_id, child in family.pairs():
        born = child.date_of_birth
        if born and (on := _comes(born)):
            name = child.given_names or "a child"
            lost = child.born == Born.STILLBORN or child.died_on is not None
            what = f"the day {name} was born" if lost else f"{name}’s birthday"
            yield DayToMind(parent_id, on, what, lost or family.is_apart(child))


def _days_of_death(_: set[UUID], family: Family) -> Iterator[DayToMind]:
    for parent_id, child in family.pairs():
        if child.died_on and child.born != Born.STILLBORN and (on := _comes(child.died_on)):
            yield DayToMind(parent_id, on, f"the day {child.given_names or 'a child'} died", True)


def _separations(_: set[UUID], family: Family) -> Iterator[DayToMind]:
    for parent_id, child in family.pairs():
        for row in family.separations.get(child.pk, ()):
            if row.returned_on is None and (on := _comes(row.separated_on)):
                name = child.given_names or "a child"
                yield DayToMind(parent_id, on, f"the day {name} was separated", True)


def _important(parent_ids: set[UUID], _: Family) -> Iterator[DayToMind]:
    for row in ImportantDate.objects.filter(parent__in=parent_ids):
        ahead = (row.day - today()).days
        on = row.day if 0 <= ahead <= DAYS_AHEAD else None
        if on is None and row.every_year:
            on = _comes(row.day)
        if on:
            yield DayToMind(row.parent_id, on, row.wording.rstrip("."))


def _letterbox(parent_ids: set[UUID], family: Family) -> Iterator[DayToMind]:
    """The first of the month in which a letter is due."""
    rows = FamilyTime.objects.filter(
        parent__in=parent_ids, kind=FamilyTimeKind.LETTERBOX, ended_on=None
    )
    ahead = (today() + timedelta(days=number) for number in range(DAYS_AHEAD + 1))
    firsts = [day for day in ahead if day.day == 1]
    children = family.children
    for row in rows.exclude(months=""):
        child = children.get(row.child_id)
        for day in firsts:
            if child and day.month in row.month_numbers:
                what = f"letterbox month for {child.given_names or 'a child'}"
                yield DayToMind(row.parent_id, day, what)


def _hearings(_: set[UUID], family: Family) -> Iterator[DayToMind]:
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
