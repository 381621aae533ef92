"""What a page says about a parent before anybody gets in touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from programme.people.models import Identity, Parent, SafeContact


@dataclass(frozen=True)
class SafeRule:
    """One rule on how to reach a parent: a number, and what to mind, in plain sentences."""

    number: str
    lines: tuple[str, ...]


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
    known = Identity.objects.filter(parent_id__in=list(parent_ids))
    return {identity.parent_id: identity.name for identity in known}


def how_to_reach(parent: Parent) -> HowToReach:
    """The safe-contact rules of a parent, newest first (two queries)."""
    rules = SafeContact.objects.filter(parent=parent).order_by("-stored_at")
    return HowToReach(name_of(parent), tuple(SafeRule(one.number, _lines(one)) for one in rules))


def _lines(rule: SafeContact) -> tuple[str, ...]:
    said = (
        ("When", rule.times),
        ("Who may answer", rule.who_may_answer),
        ("Say", rule.agreed_phrase),
        ("Do not say", rule.words_to_avoid),
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
