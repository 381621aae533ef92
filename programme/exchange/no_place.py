"""What version 1 of the package has no place for: not written, and told of in its README."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q

from programme.contacts.models import Contact, NextStep, PlannedContact, Served
from programme.episodes.models import Pause, Supervision
from programme.groups.models import GroupMember
from programme.people.models import Home, SafeContact
from programme.proceedings.models import CourtDate, Hearing, Proceedings, Representation
from programme.supervision.models import Handover, SignOff, SupervisionAction

# A rule or step that ended would be read as one that holds; a set must have its day of issue.
PLACED: dict[type[Model], Q] = {
    SafeContact: Q(ended_on=None),
    NextStep: Q(ended_on=None),
    Proceedings: Q(issued_on__isnull=False),
}


def placed(model: type[Model]) -> Q:
    """The rows of a model that the package has a place for."""
    return PLACED.get(model, Q())


def told_of() -> list[str]:
    """In words, what of the rows the acting user sees is not in the package."""
    return [words for words, is_there in NO_PLACE if is_there()]


def _any_besides(model: type[Model]) -> Callable[[], bool]:
    manager: Any = model._default_manager
    return lambda: manager.exclude(PLACED[model]).exists()


def _any(model: type[Model], **asked: Any) -> Callable[[], bool]:
    manager: Any = model._default_manager
    return lambda: manager.filter(**asked).exists()


def _addresses() -> bool:
    """Scrambled, so every row is read until one has more than a postcode."""
    return any(home.address for home in Home.objects.iterator())


MISSED = {"missed_because__gt": ""}
NO_PLACE: tuple[tuple[str, Callable[[], bool]], ...] = (
    ("parents.csv: of where a parent lives, all but the postcode", _addresses),
    ("safe_contact.csv: rules that have ended", _any_besides(SafeContact)),
    ("safe_contact.csv: known risks in the home", _any(SafeContact, known_risk__gt="")),
    ("proceedings.csv: sets that are not issued yet", _any_besides(Proceedings)),
    ("proceedings.csv: the source of each court date", _any(CourtDate)),
    ("proceedings.csv: hearings", _any(Hearing)),
    ("supervision.csv: what was talked about", _any(Supervision, talked_about__gt="")),
    ("next_steps.csv: steps that ended undone", _any_besides(NextStep)),
    ("next_steps.csv: which were decided in supervision, for whom", _any(SupervisionAction)),
    ("allocations.csv: handover notes", _any(Handover)),
    ("pauses.csv: the days of review", _any(Pause, review_on__isnull=False)),
    ("contacts.csv: contacts that are planned", _any(PlannedContact, contact=None)),
    ("contacts.csv: whose reason it was that a parent did not come", _any(Contact, **MISSED)),
    ("contacts.csv: whether a need was met", _any(Contact, needs_met__isnull=False)),
    ("contacts.csv: the goals and help that they served", _any(Served)),
    ("contacts.csv: what came of reading them over", _any(SignOff)),
    ("groups, and who came to them", _any(GroupMember)),
    ("proceedings_parents.csv: who stands for a parent now", _any(Representation)),
)
