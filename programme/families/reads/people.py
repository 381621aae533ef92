"""The people around a parent, in the words a page and a drawing share."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from programme.core.choices import (
    Born,
    ChildSex,
    ParentRole,
    RelationToChild,
)
from programme.core.dates import today
from programme.families.models import FamilyTime
from programme.people.models import Child, Identity, Parent, ParentChild
from programme.proceedings.models import ChildCircumstance, ProceedingsChild, Separation
from programme.proceedings.reads.circumstances import lives_with
from recurrent.design.words import day_and_year

MAN, WOMAN, NOT_RECORDED = "man", "woman", "not_recorded"
MARKS: dict[str, str] = {ParentRole.MOTHER: WOMAN, ParentRole.FATHER: MAN}
CHILD_MARKS: dict[str, str] = {ChildSex.FEMALE: WOMAN, ChildSex.MALE: MAN}


@dataclass(frozen=True)
class Person:
    """Somebody grown up: a parent with a record the reader sees, or a name on this record."""

    key: UUID
    name: str
    mark: str
    parent_id: UUID | None = None
    # By which row it is known that a child of one record is a parent with another.
    same_id: UUID | None = None


@dataclass(frozen=True)
class Spell:
    """From when to when two were a couple."""

    partnership_id: UUID
    started_on: date | None
    ended_on: date | None

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ended_on is not None

    @property
    def in_words(self) -> str:
        """``together from May 2015 to June 2018``."""
        start = f" from {_month(self.started_on)}" if self.started_on else ""
        end = f" to {_month(self.ended_on)}" if self.ended_on else ""
        return f"together{start}{end}" if start or end else "together, dates not recorded"

    @property
    def in_years(self) -> str:
        """``2015 to 2018``, short enough for a drawing."""
        start = str(self.started_on.year) if self.started_on else ""
        if self.ended_on:
            return f"{start} to {self.ended_on.year}".strip()
        return f"from {start}" if start else "dates not recorded"


@dataclass
class ChildOfFamily:
    """A child as this parent's record may show it: the least that the work needs."""

    link: ParentChild
    child: Child
    name: str
    lives: str = ""
    court: tuple[str, ...] = ()
    is_apart: bool = False
    family_time: list[FamilyTime] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)
    is_twin: bool = False
    # The child's own record as a parent, for who sees both.
    became: Person | None = None

    @property
    def mark(self) -> str:
        """Which shape stands for the child."""
        return CHILD_MARKS.get(self.child.sex, NOT_RECORDED)

    @property
    def is_stillborn(self) -> bool:
        """Whether the child was born without life."""
        return self.child.born == Born.STILLBORN

    @property
    def is_lost(self) -> bool:
        """Whether the child has died."""
        return self.is_stillborn or self.child.died_on is not None

    @property
    def by_adoption(self) -> bool:
        """Whether this parent adopted the child."""
        return self.link.relation == RelationToChild.ADOPTIVE

    @property
    def in_years(self) -> str:
        """``aged 6``, ``2019 to 2021``, ``born still 2020``; short enough for a drawing."""
        born, died = self.child.date_of_birth, self.child.died_on
        if self.is_stillborn:
            return f"born still {born.year}" if born else "born still"
        if died:
            return f"{born.year} to {died.year}" if born else f"died {died.year}"
        if self.link.relation == RelationToChild.EXPECTED:
            return "expected"
        return age_in_words(born, today()) if born else "birth not recorded"

    @property
    def facts(self) -> list[str]:
        """Everything about the child in short sentences, as far as the reader's parts go."""
        born = self.child.date_of_birth
        said = [self.link.get_relation_display(), _sex(self.child)]
        if born and not self.is_stillborn:
            said.append(f"born {day_and_year(born)}, {self.in_years}")
        elif born:
            said.append(f"born still {day_and_year(born)}")
        elif not self.is_stillborn:
            said.append("date of birth not recorded")
        if self.is_stillborn and not born:
            said.append("born still")
        if self.child.died_on and not self.is_stillborn:
            said.append(f"died {day_and_year(self.child.died_on)}")
        if self.is_twin:
            said.append("twin or one of several born together")
        return [one for one in said if one]


def _sex(child: Child) -> str:
    return child.get_sex_display().lower() if child.sex in CHILD_MARKS else ""


def _month(day: date | None) -> str:
    return f"{day:%B} {day.year}" if day else ""


def age_in_words(born_on: date, on: date) -> str:
    """``aged 6``; under two, in months: ``5 months old``; before birth, ``not born yet``."""
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    if months < 0:
        return "not born yet"
    if months < 24:
        return "1 month old" if months == 1 else f"{months} months old"
    return f"aged {months // 12}"


def name_of_child(child: Child) -> str:
    """The child's name, or that none is recorded."""
    return f"{child.given_names} {child.family_name}".strip() or "Name not recorded"


def person_of(parent: Parent, names: dict[UUID, str]) -> Person:
    """A parent with a record, by name where the reader may know it."""
    mark = MARKS.get(parent.parent_role, NOT_RECORDED)
    return Person(parent.pk, names.get(parent.pk, parent.reference), mark, parent.pk)


def born_in_words(identity: Identity | None) -> str:
    """The age of the parent whose record it is, as the drawing says it."""
    born = identity.date_of_birth if identity else None
    return age_in_words(born, today()) if born else ""


def lives_in_words(row: ChildCircumstance, parent: Parent) -> str:
    """Where a child lives and since when, as this parent's record may say it."""
    if row.to_date and row.to_date < today():
        return f"Not known since {day_and_year(row.to_date)}"
    plan = f". {row.get_plan_display()}" if row.plan else ""
    return f"{lives_with(row, parent)} since {day_and_year(row.from_date)}{plan}"


def separation_in_words(row: Separation) -> str:
    """``Separated on 4 March 2021, police protection; came back on 2 May 2021``."""
    route = f", {row.get_legal_route_display().lower()}" if row.legal_route else ""
    back = f"; came back on {day_and_year(row.returned_on)}" if row.returned_on else ""
    return f"Separated on {day_and_year(row.separated_on)}{route}{back}"


def order_in_words(row: ProceedingsChild) -> str:
    """``Adoption order, 5 June 2021``, or that proceedings began."""
    if row.final_order:
        ended = row.proceedings.concluded_on
        return row.get_final_order_display() + (f", {day_and_year(ended)}" if ended else "")
    began = row.proceedings.issued_on
    return f"Care proceedings began on {day_and_year(began)}" if began else "Before proceedings"
