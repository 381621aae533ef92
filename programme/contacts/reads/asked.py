"""What a page asks only because of what the record holds: a need, and goals and help."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from programme.contacts.models import Contact, Served
from programme.core.choices import SupportCategory, SupportResponse
from programme.core.together import Questions, ask_together
from programme.people.models import Parent
from programme.support.models import Goal, Support

GOAL, SUPPORT = "goal", "support"


@dataclass(frozen=True)
class Asked:
    """The question about a need, and what the contact may have served; blank: not asked."""

    need: str = ""
    served: tuple[tuple[str, str], ...] = ()
    ticked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ServedQuestions(Questions):
    """Goals and help of open work, as far as the acting user may read them."""

    goals: QuerySet[Goal]
    support: QuerySet[Support]

    @classmethod
    def of(cls, parent_ids: Iterable[UUID]) -> "ServedQuestions":
        """What to ask of these parents' records."""
        keys = list(parent_ids)
        goes_on = {"episode__parent__in": keys, "episode__closed_on": None, "ended_on": None}
        return cls(
            Goal.objects.filter(**goes_on).select_related("episode"),
            Support.objects.filter(**goes_on)
            .exclude(response=SupportResponse.DECLINED)
            .select_related("episode"),
        )


def asked_about(
    parent: Parent,
    need: str,
    contact: Contact | None = None,
    served: ServedQuestions | None = None,
) -> Asked:
    """What to ask about a contact with a parent.

    One query, two of a stored contact; less one where a page has asked for what may be ``served``.
    """
    ticked = _ticked(contact) if contact else frozenset()
    if contact and contact.needs_met is not None and not need:
        need = "Was what the parent needed there?"
    if served is None:
        served = ServedQuestions.of([parent.pk])
        ask_together(served)
    return Asked(need, tuple(_offered(served).get(parent.pk, ())), ticked)


def asked_about_many(needs: Mapping[UUID, str]) -> dict[UUID, Asked]:
    """What to ask about a contact with each of these parents, by the need of each (one query)."""
    served = ServedQuestions.of(needs)
    ask_together(served)
    offered = _offered(served)
    return {key: Asked(need, tuple(offered.get(key, ()))) for key, need in needs.items()}


def served_keys(ticked: Iterable[str]) -> dict[str, list[UUID]]:
    """The goals and the help that were ticked, as an action takes them."""
    keys: dict[str, list[UUID]] = {"goals": [], "support": []}
    for kind, _, key in (one.partition("-") for one in ticked):
        keys["goals" if kind == GOAL else "support"].append(UUID(key))
    return keys


def _offered(served: ServedQuestions) -> dict[UUID, list[tuple[str, str]]]:
    """What there is to tick, of each parent."""
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for goal in served.goals:
        words = (_key(GOAL, goal.pk), _said(GOAL, goal.wording))
        found[goal.episode.parent_id].append(words)
    for help_given in served.support:
        kind = help_given.category
        words = (_key(kind, help_given.pk), _said(kind, help_given.kind))
        found[help_given.episode.parent_id].append(words)
    return {parent_id: sorted(offered) for parent_id, offered in found.items()}


def _key(kind: str, pk: object) -> str:
    return f"{GOAL if kind == GOAL else SUPPORT}-{pk}"


def _said(kind: str, words: str) -> str:
    if kind == GOAL:
        return f"Goal: {words}"
    category = SupportCategory(kind).label
    return f"Help: {words or category}"


def _ticked(contact: Contact) -> frozenset[str]:
    rows = Served.objects.filter(contact=contact).values_list("goal_id", "support_id")
    return frozenset(f"{GOAL}-{goal}" if goal else f"{SUPPORT}-{support}" for goal, support in rows)
