"""Hearings of one parent or of a worker's parents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from programme.core.dates import days_from, today
from programme.core.together import Questions, ask_together
from programme.proceedings.models import Hearing, HearingCompany, ProceedingsParent
from programme.proceedings.reads.in_force import said_by
from recurrent.design.words import day

# What each parent said about company.
Wishes = Mapping[UUID, str]


@dataclass(frozen=True)
class HearingLine:
    """A hearing as one parent's page or her worker's list says it."""

    hearing: Hearing
    parent_id: UUID
    company: str
    was_moved: bool = False

    @property
    def is_to_come(self) -> bool:
        """Whether it is still to be held, as far as is known."""
        return self.hearing.held_on >= today() and not self.hearing.outcome and not self.was_moved

    @property
    def when(self) -> str:
        """``Tue 4 March, 10:30``."""
        begins = self.hearing.begins_at
        return f"{day(self.hearing.held_on)}{f', {begins:%H:%M}' if begins else ''}"

    @property
    def how_soon(self) -> str:
        """``in 3 days``."""
        return days_from(self.hearing.held_on, today())

    @property
    def what(self) -> str:
        """``Directions, Northtown court``."""
        return ", ".join(filter(None, [self.hearing.get_kind_display(), self.hearing.court]))

    @property
    def outcome(self) -> str:
        """What became of it, in words."""
        if self.was_moved:
            return "Moved to another day"
        label = self.hearing.get_outcome_display()
        return ". ".join(filter(None, [label, self.hearing.what_came_of_it]))

    @property
    def source(self) -> str:
        """Who says so, and since when it is known."""
        return said_by(self.hearing)


@dataclass(frozen=True)
class HearingQuestions(Questions):
    """What hearings to come are read from."""

    parties: QuerySet[ProceedingsParent]
    hearings: QuerySet[Hearing]
    earlier: "QuerySet[Hearing, tuple[UUID, UUID | None]]"
    company: QuerySet[HearingCompany]


def hearing_questions(parent_ids: Iterable[UUID]) -> HearingQuestions:
    """What to ask for the hearings from today on of these parents."""
    keys = set(parent_ids)
    parties = ProceedingsParent.objects.filter(parent_id__in=keys)
    sets = parties.values("proceedings")
    theirs = Q(parent_id__in=keys) | Q(parent=None, proceedings__in=sets)
    # A parent's own hearing may be of a set whose parties the reader does not see.
    either = Q(proceedings__in=sets) | Q(parent_id__in=keys)
    return HearingQuestions(
        parties=parties,
        hearings=_to_come(Hearing.objects.filter(theirs)).order_by(
            "held_on", "begins_at", "stored_at"
        ),
        earlier=Hearing.objects.filter(either).values_list("pk", "follows_id"),
        company=HearingCompany.objects.filter(
            Q(hearing__proceedings__in=sets) | Q(hearing__parent_id__in=keys)
        ).order_by("position"),
    )


def hearings_to_come(parent_ids: Iterable[UUID]) -> list[HearingLine]:
    """Hearings from today on of these parents, the next first (one query, however many)."""
    asked = hearing_questions(parent_ids)
    ask_together(asked)
    return hearings_from(asked)


def hearings_from(asked: HearingQuestions) -> list[HearingLine]:
    """The same from questions that a page asked together with others."""
    sets: dict[UUID, set[UUID]] = {}
    for one in asked.parties:
        sets.setdefault(one.proceedings_id, set()).add(one.parent_id)
    wishes = _wishes(list(asked.hearings), dict(asked.earlier), asked.company)
    return _lines(asked.hearings, sets, wishes)


def hearings_of(parent_id: UUID, set_ids: Iterable[UUID]) -> list[HearingLine]:
    """Every hearing of one parent's sets, the earliest first (three queries)."""
    hers = Q(parent=None) | Q(parent_id=parent_id)
    hearings = Hearing.objects.filter(hers, proceedings_id__in=set_ids)
    rows = hearings.annotate(was_moved=_was_moved()).order_by("held_on", "begins_at", "stored_at")
    return lines(rows, {key: {parent_id} for key in set_ids})


def lines(hearings: Iterable[Hearing], sets: Mapping[UUID, set[UUID]]) -> list[HearingLine]:
    """A line for each hearing and each parent it is about (three queries)."""
    rows = list(hearings)
    of_the_sets = Hearing.objects.filter(proceedings_id__in={one.proceedings_id for one in rows})
    earlier = dict(of_the_sets.values_list("pk", "follows_id"))
    company = HearingCompany.objects.filter(hearing_id__in=earlier).order_by("position")
    return _lines(rows, sets, _wishes(rows, earlier, company))


def _lines(
    hearings: Iterable[Hearing], sets: Mapping[UUID, set[UUID]], wishes: Mapping[UUID, Wishes]
) -> list[HearingLine]:
    return [
        HearingLine(
            one,
            parent_id,
            wishes[one.pk].get(parent_id, ""),
            was_moved=getattr(one, "was_moved", False),
        )
        for one in hearings
        for parent_id in sorted([one.parent_id] if one.parent_id else sets[one.proceedings_id])
    ]


def _to_come(hearings: QuerySet[Hearing]) -> QuerySet[Hearing]:
    return hearings.filter(~_was_moved(), held_on__gte=today(), outcome="")


def _was_moved() -> Exists:
    """Whether another day followed; what a parent told us moves only what she told us."""
    followers = Hearing.objects.filter(Q(parent=None) | Q(parent=OuterRef("parent")))
    return Exists(followers.filter(follows=OuterRef("pk")))


def _wishes(
    hearings: Iterable[Hearing],
    earlier: Mapping[UUID, UUID | None],
    company: Iterable[HearingCompany],
) -> dict[UUID, Wishes]:
    """What each parent last said about company, by hearing.

    A hearing that moved keeps what was said of its earlier day, until the parent says otherwise.
    """
    said: dict[UUID, dict[UUID, str]] = {}
    for row in company:
        said.setdefault(row.hearing_id, {})[row.parent_id] = _wish(row)
    return {one.pk: _of_each_day(one.pk, earlier, said) for one in hearings}


def _of_each_day(
    key: UUID, earlier: Mapping[UUID, UUID | None], said: Mapping[UUID, Wishes]
) -> Wishes:
    before = earlier.get(key)
    return {**(_of_each_day(before, earlier, said) if before else {}), **said.get(key, {})}


def _wish(row: HearingCompany) -> str:
    if not row.is_wanted:
        return "Wants nobody along"
    return f"Wants somebody along: {row.who}" if row.who else "Wants somebody along"
