"""What a page asks only because of what the record holds: a need, and goals and help."""

from dataclasses import dataclass

from django.db.models import QuerySet

from programme.contacts.models import Contact, Served
from programme.core.choices import SupportCategory
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
    def of(cls, parent: Parent) -> "ServedQuestions":
        """What to ask of one parent's record."""
        goes_on = {"episode__parent": parent, "episode__closed_on": None, "ended_on": None}
        return cls(Goal.objects.filter(**goes_on), Support.objects.filter(**goes_on))


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
        served = ServedQuestions.of(parent)
        ask_together(served)
    return Asked(need, tuple(_offered(served)), ticked)


def _offered(served: ServedQuestions) -> list[tuple[str, str]]:
    goals = [(_key(GOAL, one.pk), _said(GOAL, one.wording)) for one in served.goals]
    support = [
        (_key(one.category, one.pk), _said(one.category, one.kind)) for one in served.support
    ]
    return sorted([*goals, *support])


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
