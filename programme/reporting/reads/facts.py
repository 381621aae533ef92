"""What was known of parents, pregnancies and children on the report date, ready to be looked up."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Protocol, Self, TypeVar
from uuid import UUID

from programme.core.choices import Born, LegalRoute, ParentRole, RelationToChild
from programme.core.gestation import conception_date, due_date_in_force
from programme.reporting.reads.people import (
    ChildRow,
    CircumstanceRow,
    ConsentRow,
    DueDateRow,
    IdentityRow,
    ParentChildRow,
    PregnancyRow,
    SeparationRow,
    ToldIssueRow,
)
from programme.reporting.reads.tables import Tables


class Dated(Protocol):
    """A row that knows what of it was known on a day."""

    def as_known(self, on: date) -> Self | None: ...


Fact = TypeVar("Fact", bound=Dated)
Item = TypeVar("Item")
Key = TypeVar("Key")

# Whose child it is, before the birth and after; not step-parents or adopters.
OWN_CHILD = frozenset({RelationToChild.BIRTH, RelationToChild.EXPECTED})
CARE_ORDER_ROUTES = frozenset({LegalRoute.INTERIM_CARE_ORDER, LegalRoute.CARE_ORDER})


def known(rows: Iterable[Fact], on: date) -> list[Fact]:
    """The rows as they were known on a day."""
    return [row for row in (row.as_known(on) for row in rows) if row is not None]


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """The items by key, in their order."""
    groups: dict[Key, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(groups)


class Facts:
    """The person tables as known on the report date; shared by every split of a caseload."""

    def __init__(self, tables: Tables) -> None:
        """Nothing is read before it is needed."""
        self.tables = tables
        self.report_date = tables.period.report_date

    def known(self, rows: Iterable[Fact]) -> list[Fact]:
        """The rows as they were known on the report date."""
        return known(rows, self.report_date)

    @cached_property
    def identities(self) -> dict[UUID, IdentityRow]:
        """Who each parent is, as far as it is counted."""
        return {row.parent_id: row for row in self.known(self.tables.identities)}

    def left_on(self, parent_id: UUID) -> tuple[date | None, date | None]:
        """When the parent moved out of the area, and when the parent died."""
        identity = self.identities.get(parent_id)
        return (identity.moved_out_on, identity.died_on) if identity else (None, None)

    # --- Pregnancies ------------------------------------------------------------------------

    @cached_property
    def pregnancies(self) -> dict[UUID, PregnancyRow]:
        """Pregnancies by id."""
        return {row.id: row for row in self.known(self.tables.pregnancies)}

    @cached_property
    def _due_dates(self) -> dict[UUID, list[DueDateRow]]:
        return grouped(self.known(self.tables.due_dates), lambda row: row.pregnancy_id)

    def due_date(self, pregnancy_id: UUID, on: date) -> date | None:
        """The due date in force on a day, of the estimates recorded by the report date."""
        estimate = due_date_in_force(self._due_dates.get(pregnancy_id, ()), on)
        return estimate.estimated_due_date if estimate else None

    def conceived_on(self, pregnancy_id: UUID) -> date | None:
        """266 days before the due date in force on the report date."""
        due_date = self.due_date(pregnancy_id, self.report_date)
        return conception_date(due_date) if due_date else None

    def expecting(self, pregnancy: PregnancyRow) -> set[UUID]:
        """The mother, and the father where he is recorded."""
        parents = {pregnancy.mother_id}
        parents |= {pregnancy.father_id} if pregnancy.father_id else set()
        for child in self.children_of_pregnancy.get(pregnancy.id, ()):
            parents |= self._linked_parents.get(child.id, set())
        return parents

    @cached_property
    def pregnancies_of(self) -> dict[UUID, list[PregnancyRow]]:
        """Pregnancies by parent: a mother's, and a father's where he is recorded."""
        pairs = [
            (parent_id, pregnancy)
            for pregnancy in self.pregnancies.values()
            for parent_id in self.expecting(pregnancy)
        ]
        by_parent = grouped(pairs, lambda pair: pair[0])
        return {parent: [pair[1] for pair in held] for parent, held in by_parent.items()}

    def has_recorded_father(self, pregnancy: PregnancyRow) -> bool:
        """Whether the pregnancy names a father, or one of its children has one by birth."""
        return pregnancy.father_id is not None or any(
            self.tables.parent_roles.get(link.parent_id) == ParentRole.FATHER
            and link.relation == RelationToChild.BIRTH
            for child in self.children_of_pregnancy.get(pregnancy.id, ())
            for link in self._links_of_child.get(child.id, ())
        )

    # --- Children ---------------------------------------------------------------------------

    @cached_property
    def children(self) -> dict[UUID, ChildRow]:
        """Children by id."""
        return {row.id: row for row in self.known(self.tables.children)}

    @cached_property
    def children_of_pregnancy(self) -> dict[UUID, list[ChildRow]]:
        """Children by the pregnancy they come from."""
        linked = (child for child in self.children.values() if child.pregnancy_id)
        return {key: held for key, held in grouped(linked, _pregnancy_of).items() if key}

    @cached_property
    def _links_of_child(self) -> dict[UUID, list[ParentChildRow]]:
        return grouped(self.tables.parent_links, lambda link: link.child_id)

    @cached_property
    def _linked_parents(self) -> dict[UUID, set[UUID]]:
        return {
            child: {link.parent_id for link in links if link.relation in OWN_CHILD}
            for child, links in self._links_of_child.items()
        }

    def parents_of(self, child: ChildRow) -> set[UUID]:
        """The child's own parents: by birth or expecting, and those of the pregnancy."""
        parents = set(self._linked_parents.get(child.id, set()))
        pregnancy = self.pregnancies.get(child.pregnancy_id) if child.pregnancy_id else None
        return parents | (self.expecting(pregnancy) if pregnancy else set())

    @cached_property
    def children_of(self) -> dict[UUID, set[UUID]]:
        """Ids of each parent's own children."""
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for child in self.children.values():
            for parent_id in self.parents_of(child):
                found[parent_id].add(child.id)
        return dict(found)

    def is_expected(self, child: ChildRow) -> bool:
        """Whether somebody expects this child."""
        links = self._links_of_child.get(child.id, ())
        return any(link.relation == RelationToChild.EXPECTED for link in links)

    @cached_property
    def _circumstances(self) -> dict[UUID, list[CircumstanceRow]]:
        return grouped(self.known(self.tables.circumstances), lambda row: row.child_id)

    def circumstance(self, child_id: UUID, on: date) -> CircumstanceRow | None:
        """The newest row on or before a day; of two from one day, the later stored."""
        begun = [row for row in self._circumstances.get(child_id, ()) if row.from_date <= on]
        return begun[-1] if begun else None

    @cached_property
    def separated_on(self) -> dict[UUID, date]:
        """The first separation of each child."""
        first: dict[UUID, date] = {}
        for row in self.known(self.tables.separations):
            first[row.child_id] = min(row.separated_on, first.get(row.child_id, date.max))
        return first

    # --- Court, and permissions -------------------------------------------------------------

    @cached_property
    def proceedings_of(self) -> dict[UUID, list[date]]:
        """When care proceedings began, by parent: as a party, or about a child of the parent.

        Of a set that papers do not know yet, the parent's own word counts for that parent. A
        separation by interim or full care order that names no set, of a child in no set, shows
        proceedings of its own day.
        """
        sets = self.known(self.tables.proceedings)
        issued = {row.id: row.issued_on for row in sets if row.issued_on}
        found: dict[UUID, list[date]] = defaultdict(list)
        for set_id, parent_id in self._parties():
            if set_id in issued:
                found[parent_id].append(issued[set_id])
        for set_id, parent_id, told_on in self._told_issues():
            if set_id not in issued:
                found[parent_id].append(told_on)
        for separation in self._orders_without_a_set():
            for parent_id in self._parents_of_id(separation.child_id):
                found[parent_id].append(separation.separated_on)
        return dict(found)

    def _told_issues(self) -> list[tuple[UUID, UUID, date]]:
        """Set, parent and the day the parent last told, unless taken back or still to come."""
        newest: dict[tuple[UUID, UUID], ToldIssueRow] = {}
        for row in sorted(self.known(self.tables.told_issues), key=lambda one: one.position):
            newest[row.proceedings_id, row.parent_id] = row
        return [
            (set_id, parent_id, row.happened_on)
            for (set_id, parent_id), row in newest.items()
            if row.happened_on and not row.taken_back and row.happened_on <= self.report_date
        ]

    def _parties(self) -> set[tuple[UUID, UUID]]:
        by_child = {
            (set_id, parent_id)
            for set_id, child_id in self.tables.children_in_proceedings
            for parent_id in self._parents_of_id(child_id)
        }
        return by_child | set(self.tables.parents_in_proceedings)

    def _orders_without_a_set(self) -> list[SeparationRow]:
        not_issued = {row.id for row in self.tables.proceedings if row.issued_on is None}
        in_a_set = {
            child_id
            for set_id, child_id in self.tables.children_in_proceedings
            if set_id not in not_issued
        }
        return [
            row
            for row in self.known(self.tables.separations)
            if row.legal_route in CARE_ORDER_ROUTES
            and row.proceedings_id is None
            and row.child_id not in in_a_set
        ]

    def _parents_of_id(self, child_id: UUID) -> set[UUID]:
        child = self.children.get(child_id)
        return self.parents_of(child) if child else set()

    @cached_property
    def contraception_consent(self) -> dict[UUID, ConsentRow]:
        """The newest decision about recording contraception, by parent."""
        decisions = self.known(self.tables.contraception_consents)
        return {row.parent_id: row for row in decisions}


def is_live_born(child: ChildRow) -> bool:
    """Born by the report date, and alive then (blank = live)."""
    return child.date_of_birth is not None and child.born != Born.STILLBORN


def _pregnancy_of(child: ChildRow) -> UUID | None:
    return child.pregnancy_id
