"""What a page asks only because of what the record holds: a need, and goals and help."""

from dataclasses import dataclass

from django.db.models import CharField, Value

from programme.contacts.models import Contact, Served
from programme.core.choices import SupportCategory
from programme.people.models import Parent
from programme.support.models import Goal, Support

GOAL, SUPPORT = "goal", "support"


@dataclass(frozen=True)
class Asked:
    """The question about a need, and what the contact may have served; blank: not asked."""

    need: str = ""
    served: tuple[tuple[str, str], ...] = ()
    ticked: frozenset[str] = frozenset()


def asked_about(parent: Parent, need: str, contact: Contact | None = None) -> Asked:
    """What to ask about a contact with a parent (one query, two of a stored contact)."""
    ticked = _ticked(contact) if contact else frozenset()
    if contact and contact.needs_met is not None and not need:
        need = "Was what the parent needed there?"
    return Asked(need, tuple(_offered(parent)), ticked)


def _offered(parent: Parent) -> list[tuple[str, str]]:
    """Goals and help of open episodes, as far as the acting user may read them."""
    goals = Goal.objects.filter(episode__parent=parent, episode__closed_on=None, ended_on=None)
    support = Support.objects.filter(episode__parent=parent, episode__closed_on=None, ended_on=None)
    kind = Value(GOAL, output_field=CharField())
    rows = goals.values_list(kind, "pk", "wording").union(
        support.values_list("category", "pk", "kind")
    )
    return sorted((_key(kind, pk), _said(kind, words)) for kind, pk, words in rows)


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
