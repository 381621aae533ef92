"""What a page says about a parent before anybody gets in touch."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from programme.access.held import opens_the_child
from programme.core.choices import RelationToChild, YesNoNotRecorded
from programme.people.models import (
    Home,
    Identity,
    Parent,
    ParentChild,
    Partnership,
    SafeContact,
    SamePerson,
)

# What may stand between the digits of a number that can be rung.
DIALLED = re.compile(r"\+?[0-9][0-9 ().-]{3,}")


@dataclass(frozen=True)
class SafeRule:
    """One rule on how to reach a parent: a number, and what to mind, in plain sentences."""

    number: str
    lines: tuple[str, ...]
    may_text: bool = False
    rule_id: UUID | None = None

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it; blank where the words hold none."""
        found = DIALLED.search(self.number)
        if not found:
            return ""
        # "+44 (0)7700 900123": the nought is dialled within the country only.
        written = found[0].replace("(0)", "") if found[0].startswith("+") else found[0]
        return re.sub(r"[^0-9+]", "", written)


@dataclass(frozen=True)
class EndedRule:
    """A rule that held once, and why it no longer does."""

    rule: SafeRule
    ended_on: date
    because: str


@dataclass(frozen=True)
class HowToReach:
    """How to reach a parent safely; without rules, the page says that none is recorded."""

    name: str
    rules: tuple[SafeRule, ...] = ()

    @property
    def title(self) -> str:
        """The heading of the band."""
        return f"How to reach {self.name} safely"


def name_of(parent: Parent) -> str:
    """The name a parent goes by, or the reference where the reader may not know it."""
    identity = Identity.objects.filter(parent=parent).first()
    return identity.name if identity else parent.reference


def names_of(parent_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those parents whose core part the reader sees (one query)."""
    return names_from(identities_of(parent_ids))


def identities_of(parent_ids: Iterable[UUID]) -> QuerySet[Identity]:
    """Who these parents are, for a page that asks several questions together."""
    return Identity.objects.filter(parent_id__in=list(parent_ids))


def names_from(identities: Iterable[Identity]) -> dict[UUID, str]:
    """The name of each parent of these rows."""
    return {identity.parent_id: identity.name for identity in identities}


def open_children(parent: Parent | UUID) -> QuerySet[ParentChild, Any]:
    """The keys of the children whose row this parent's record opens, for ``in``.

    Asked by every page about the children of one parent: who works with both parents reads the
    row through the other one's record too, and this record must still not name such a child.
    """
    return ParentChild.objects.filter(opens_the_child(), parent=parent).values("child_id")


def links_beside(parent: Parent) -> QuerySet[ParentChild]:
    """The links of the other parents of this parent's children, where both are so in one way.

    Who adopted is not told beside who gave birth, also not to who works with both (decision 13).
    """
    adopted = open_children(parent).filter(relation=RelationToChild.ADOPTIVE)
    not_adopted = open_children(parent).exclude(relation=RelationToChild.ADOPTIVE)
    adopts = Q(relation=RelationToChild.ADOPTIVE)
    same_side = (adopts & Q(child__in=adopted)) | (~adopts & Q(child__in=not_adopted))
    return ParentChild.objects.filter(same_side).exclude(parent=parent)


def others_around(parent: Parent) -> set[UUID]:
    """Other parents of the children, and partners as this record tells of them (two queries).

    A couple that the other's record tells of is not read here (decision 13).
    """
    partners = Partnership.objects.filter(parent=parent, other_parent__isnull=False)
    beside = links_beside(parent).values_list("parent_id", flat=True)
    return {*beside, *partners.values_list("other_parent_id", flat=True)}


def siblings_of(parent: Parent) -> set[UUID]:
    """Brothers and sisters who are parents with a record of their own (one query).

    Told by the record of a parent of both, for who sees all three. Who was adopted is not told
    beside who was not (decision 13).
    """
    once = SamePerson.objects.filter(parent=parent).values("child_id")
    links = ParentChild.objects.filter(opens_the_child())
    own = links.filter(child__in=once)
    adopts = Q(relation=RelationToChild.ADOPTIVE)
    beside = links.filter(
        (adopts & Q(parent__in=own.filter(adopts).values("parent_id")))
        | (~adopts & Q(parent__in=own.exclude(adopts).values("parent_id")))
    )
    same = SamePerson.objects.filter(child__in=beside.values("child_id")).exclude(parent=parent)
    return set(same.values_list("parent_id", flat=True))


def how_to_reach(
    parent: Parent,
    identity: Identity | None = None,
    rules: "QuerySet[SafeContact] | None" = None,
) -> HowToReach:
    """The safe-contact rules of a parent that hold, newest first.

    Two queries, less each that a page asked already: who she is, and ``rules_of`` her.
    """
    name = identity.name if identity else name_of(parent)
    held = rules_of(parent) if rules is None else rules
    return HowToReach(name, tuple(said_of(one) for one in held))


def need_of(identity: Identity | None) -> str:
    """The question whether a recorded need was met; blank where none is recorded."""
    interpreter = bool(identity and identity.interpreter_needed)
    access = bool(identity and identity.disability == YesNoNotRecorded.YES)
    if interpreter and access:
        return "Was there an interpreter, and were access needs met?"
    if interpreter:
        return "Was there an interpreter?"
    return "Were access needs met?" if access else ""


def rules_of(parent: Parent) -> QuerySet[SafeContact]:
    """The rules that hold, newest first."""
    return SafeContact.objects.filter(parent=parent, ended_on=None).order_by("-stored_at")


def rules_of_many(parent_ids: Iterable[UUID]) -> dict[UUID, list[SafeRule]]:
    """The same of many parents, as pages say them (one query)."""
    found: dict[UUID, list[SafeRule]] = {}
    rows = SafeContact.objects.filter(parent__in=list(parent_ids), ended_on=None)
    for row in rows.order_by("-stored_at"):
        found.setdefault(row.parent_id, []).append(said_of(row))
    return found


def ended_rules(parent: Parent) -> list[EndedRule]:
    """The rules that held once, the last to end first (one query)."""
    rules = SafeContact.objects.filter(parent=parent, ended_on__isnull=False)
    return [
        EndedRule(said_of(one), one.ended_on, one.ended_because)
        for one in rules.order_by("-ended_on", "-stored_at")
        if one.ended_on
    ]


@dataclass(frozen=True)
class EarlierHome:
    """Where a parent lived until a day, and why that changed."""

    as_written: str
    no_fixed_address: bool
    until: datetime
    why: str


def earlier_homes(parent: Parent) -> list[EarlierHome]:
    """Where a parent lived before, the last first; for the page of the address only (one query)."""
    versions = list(Home.history.filter(parent_id=parent.pk).order_by("-version"))
    return [
        EarlierHome(
            as_written=old.instance.as_written,
            no_fixed_address=bool(old.no_fixed_address),
            until=new.history_date,
            why=new.why_changed,
        )
        for new, old in pairwise(versions)
        if old.address or old.postcode or old.no_fixed_address
    ]


def said_of(rule: SafeContact) -> SafeRule:
    """A rule as a page says it."""
    return SafeRule(
        number=rule.number,
        lines=_lines(rule),
        may_text=bool(rule.may_text),
        rule_id=rule.pk,
    )


def _lines(rule: SafeContact) -> tuple[str, ...]:
    said = (
        ("When", rule.times),
        ("Who may answer", rule.who_may_answer),
        ("Say", rule.agreed_phrase),
        ("Do not say", rule.words_to_avoid),
        ("Risk in the home", rule.known_risk),
        ("Do not meet at", rule.do_not_meet_at),
    )
    words = [f"{what}: {answer}" for what, answer in said if answer]
    return (*words, _message(rule.may_leave_message), _text(rule.may_text))


def _message(may: bool | None) -> str:
    if may is None:
        return "Do not leave a message: nobody has asked yet if that is safe"
    return "You may leave a message" if may else "Do not leave a message"


def _text(may: bool | None) -> str:
    if may is None:
        return "Do not text: nobody has asked yet if that is safe"
    return "You may text" if may else "Do not text"
