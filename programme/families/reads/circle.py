"""Everybody around a parent whom the reader may know of: one read for list and drawing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from programme.access.held import is_held, opens_the_child
from programme.access.parts import Part
from programme.core.choices import PregnancyOutcome
from programme.core.dates import today
from programme.families.models import FamilyTime, OtherParentOfChild
from programme.families.reads import people
from programme.families.reads.people import ChildOfFamily, Person, Spell
from programme.people.models import (
    Child,
    FamilyMember,
    Identity,
    Parent,
    ParentChild,
    Partnership,
    SamePerson,
)
from programme.people.reads import links_beside, names_of
from programme.pregnancies.models import Pregnancy
from programme.pregnancies.reads import ENDING_NOT_RECORDED, ToldPregnancy, told_to
from programme.proceedings.models import ChildCircumstance, ProceedingsChild, Separation

# Over pregnancies and losses, in the drawing and in the list.
PREGNANCIES = "Pregnancies"
# A loss before birth, in words that are kind; a termination is never listed nor drawn.
LOSSES = {
    PregnancyOutcome.MISCARRIAGE: "A miscarriage",
    PregnancyOutcome.STILLBIRTH: "A stillbirth",
}


@dataclass(frozen=True)
class Waiting:
    """A pregnancy that goes on, or a loss that has no child's row."""

    words: str
    in_years: str
    day: date | None
    is_loss: bool
    # The pregnancy of which it is still to be recorded how it ended.
    ends: UUID | None = None


@dataclass
class Branch:
    """The parent with one other parent or partner, or with nobody named: spells and children."""

    other: Person | None
    spells: list[Spell] = field(default_factory=list)
    children: list[ChildOfFamily] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether the last spell as a couple has ended."""
        return bool(self.spells) and self.spells[-1].is_over

    @property
    def began(self) -> date:
        """By which branches are put in order: first child, or first spell."""
        days = [one.child.date_of_birth for one in self.children if one.child.date_of_birth]
        days += [one.started_on for one in self.spells if one.started_on]
        return min(days, default=date.max)


@dataclass(frozen=True)
class Circle:
    """The family of one parent, as far as the reader's parts go."""

    parent: Parent
    me: Person
    years: str
    branches: tuple[Branch, ...]
    waiting: tuple[Waiting, ...]
    told: tuple[ToldPregnancy, ...]
    own_parents: tuple[Person, ...]
    # Links to adopted children whose row they do not open.
    kept_apart: tuple[UUID, ...]

    @property
    def children(self) -> list[ChildOfFamily]:
        """Every child, the eldest first."""
        every = [child for branch in self.branches for child in branch.children]
        return sorted(every, key=_eldest)


def circle_of(parent: Parent, parts: Mapping[Part, bool]) -> Circle:
    """Everybody around a parent (a fixed number of queries)."""
    identity = Identity.objects.filter(parent=parent).first()
    links = list(
        ParentChild.objects.filter(parent=parent).annotate(is_held=is_held()).order_by("stored_at")
    )
    open_links = {link.child_id: link for link in links if not link.is_held}
    rows = Child.objects.filter(pk__in=open_links)
    children = [ChildOfFamily(open_links[row.pk], row, people.name_of_child(row)) for row in rows]
    children.sort(key=_eldest)
    _add_facts(parent, children, parts)
    _add_others(parent, children)
    _mark_twins(children)
    me = Person(
        parent.pk,
        identity.name if identity else parent.reference,
        people.person_of(parent, {}).mark,
        parent.pk,
    )
    return Circle(
        parent=parent,
        me=me,
        years=people.born_in_words(identity),
        branches=tuple(_branches(parent, children)),
        waiting=tuple(_waiting(parent, children)),
        told=tuple(told_to(parent)),
        own_parents=_own_parents(parent),
        kept_apart=tuple(link.pk for link in links if link.is_held),
    )


def _eldest(one: ChildOfFamily) -> tuple[date, str]:
    return (one.child.date_of_birth or date.max, one.name)


# --- Facts about each child -------------------------------------------------------------------


def _add_facts(parent: Parent, children: list[ChildOfFamily], parts: Mapping[Part, bool]) -> None:
    keys = [one.child.pk for one in children]
    lives = _where_they_live(keys) if Part.OUTCOMES in parts else {}
    court, apart = _court(keys) if Part.COURT in parts else ({}, set())
    time: dict[UUID, list[FamilyTime]] = defaultdict(list)
    for row in FamilyTime.objects.filter(parent=parent).order_by("agreed_on", "stored_at"):
        time[row.child_id].append(row)
    for one in children:
        row_of = lives.get(one.child.pk)
        one.lives = people.lives_in_words(row_of, parent) if row_of else ""
        one.court = tuple(court.get(one.child.pk, ()))
        one.is_apart = one.child.pk in apart
        one.family_time = time[one.child.pk]


def _where_they_live(keys: Iterable[UUID]) -> dict[UUID, ChildCircumstance]:
    """The newest row of each child that has begun."""
    rows = ChildCircumstance.objects.filter(child__in=keys, from_date__lte=today())
    return {row.child_id: row for row in rows.order_by("from_date", "stored_at")}


def _court(keys: list[UUID]) -> tuple[dict[UUID, list[str]], set[UUID]]:
    """Separations and orders of each child in words, and which children are apart."""
    said: dict[UUID, list[str]] = defaultdict(list)
    apart = set()
    for row in Separation.objects.filter(child__in=keys).order_by("separated_on"):
        said[row.child_id].append(people.separation_in_words(row))
        if row.returned_on is None:
            apart.add(row.child_id)
    orders = ProceedingsChild.objects.filter(child__in=keys).select_related("proceedings")
    for order in orders.order_by("proceedings__issued_on"):
        said[order.child_id].append(people.order_in_words(order))
    return said, apart


# --- Other parents ----------------------------------------------------------------------------


def _add_others(parent: Parent, children: list[ChildOfFamily]) -> None:
    """The other parents of each child: by their own record, or as a name on this one."""
    by_child = {one.child.pk: one for one in children}
    beside = [
        link for link in links_beside(parent).order_by("stored_at") if link.child_id in by_child
    ]
    became = list(SamePerson.objects.filter(child__in=by_child))
    grown = _people({link.parent_id for link in beside} | {same.parent_id for same in became})
    for same in became:
        if same.parent_id in grown:
            by_child[same.child_id].became = replace(grown[same.parent_id], same_id=same.pk)
    for link in beside:
        if link.parent_id in grown and grown[link.parent_id] not in by_child[link.child_id].others:
            by_child[link.child_id].others.append(grown[link.parent_id])
    named = OtherParentOfChild.objects.filter(parent=parent).select_related("member")
    for row in named.order_by("stored_at"):
        if row.child_id in by_child:
            by_child[row.child_id].others.append(person_of_member(row.member))


def _people(keys: set[UUID]) -> dict[UUID, Person]:
    names = names_of(keys)
    parents = Parent.objects.filter(pk__in=keys)
    return {one.pk: people.person_of(one, names) for one in parents}


def person_of_member(member: FamilyMember) -> Person:
    """Somebody who is a name on this record."""
    mark = people.MARKS.get(member.parent_role, people.NOT_RECORDED)
    return Person(member.pk, member.name, mark)


def _mark_twins(children: list[ChildOfFamily]) -> None:
    """Children of one pregnancy, or of one mother's day."""
    together = Counter(_birth(one) for one in children if _birth(one))
    for one in children:
        one.is_twin = together[_birth(one)] > 1


def _birth(one: ChildOfFamily) -> object:
    others = tuple(person.key for person in one.others)
    return one.child.pregnancy_id or (one.child.date_of_birth and (one.child.date_of_birth, others))


def _branches(parent: Parent, children: list[ChildOfFamily]) -> list[Branch]:
    found: dict[UUID | None, Branch] = {}
    for spell, other in _spells(parent):
        found.setdefault(other.key, Branch(other)).spells.append(spell)
    for child in children:
        first = child.others[0] if child.others else None
        found.setdefault(first.key if first else None, Branch(first)).children.append(child)
    return sorted(found.values(), key=lambda one: (one.other is None, one.began))


def _spells(parent: Parent) -> list[tuple[Spell, Person]]:
    """Spells as this parent's record tells them; those of the other's record are not read."""
    rows = list(Partnership.objects.filter(parent=parent).select_related("other_member"))
    rows.sort(key=lambda row: (row.started_on or row.ended_on or date.max, row.stored_at))
    grown = _people({row.other_parent_id for row in rows if row.other_parent_id})
    found = []
    for row in rows:
        spell = Spell(row.pk, row.started_on, row.ended_on)
        if row.other_member:
            found.append((spell, person_of_member(row.other_member)))
        elif row.other_parent_id in grown:
            found.append((spell, grown[row.other_parent_id]))
    return found


# --- Pregnancies and own parents --------------------------------------------------------------


def _waiting(parent: Parent, children: list[ChildOfFamily]) -> list[Waiting]:
    """Ongoing pregnancies without a child's row, and losses; a termination is left out."""
    drawn = {one.child.pregnancy_id for one in children}
    rows = Pregnancy.objects.filter(mother=parent).order_by("known_on", "stored_at")
    found = []
    for one in rows:
        ended = str(one.ended_on.year) if one.ended_on else ""
        if one.is_ongoing and one.pk not in drawn:
            found.append(_ongoing(one))
        elif one.outcome in LOSSES and one.pk not in drawn:
            words = LOSSES[PregnancyOutcome(one.outcome)]
            found.append(Waiting(words, ended, one.ended_on, is_loss=True, ends=one.pk))
    return found


def _ongoing(pregnancy: Pregnancy) -> Waiting:
    """A baby who is expected; past every due date, that nobody wrote down how it ended."""
    if pregnancy.is_past_its_time:
        return Waiting(ENDING_NOT_RECORDED, "", None, is_loss=False, ends=pregnancy.pk)
    return Waiting("A baby is expected", "", None, is_loss=False)


def _own_parents(parent: Parent) -> tuple[Person, ...]:
    """This parent's own parents, where the reader sees the record on which this was a child."""
    same = dict(SamePerson.objects.filter(parent=parent).values_list("child_id", "pk"))
    links = ParentChild.objects.filter(opens_the_child(), child__in=same)
    above = dict(links.exclude(parent=parent).values_list("parent_id", "child_id"))
    grown = _people(set(above))
    found = [replace(one, same_id=same[above[key]]) for key, one in grown.items()]
    return tuple(sorted(found, key=lambda one: one.name))
