"""How to reach a parent safely, and where she lives: what changes is kept as it was."""

from copy import copy
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from programme.access.models import User
from programme.access.writing import ChangedMeanwhile, save_changes, store_once
from programme.audit import events
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.people.models import Home, Parent, SafeContact

events.declare(
    people__rule_agreed="agreed how to reach the parent safely",
    people__rule_changed="changed how to reach the parent safely",
    people__rule_ended="ended a rule on how to reach the parent",
    people__home_changed="changed where the parent lives",
)
CHANGED = "Another rule took its place"
# What is kept of where a parent lives: address, postcode, that there is none, why it changes.
Said = tuple[str, str, bool, str]


@transaction.atomic
def add_rule(*, key: UUID, parent: Parent, by: User, **said: Any) -> SafeContact:
    """Keeps a rule beside those that hold, once however often its form is sent."""
    rule, is_new = store_once(SafeContact(id=key, parent=parent, **_something(said)))
    if is_new:
        events.record("people.rule_agreed", subject=rule, parent=parent, by=by)
    return rule


@transaction.atomic
def change_rule(
    *, key: UUID, rule: SafeContact, seen_version: int, by: User, **said: Any
) -> SafeContact:
    """Ends a rule and keeps another in its place; the old one stays to be read.

    Raises ``ChangedMeanwhile`` when the rule moved on since the page was opened. One that has
    ended is not ended again.
    """
    changed, is_new = store_once(
        SafeContact(id=key, parent=rule.parent, replaces=rule, **_something(said))
    )
    if is_new:
        _end(rule, CHANGED, seen_version)
        events.record("people.rule_changed", subject=changed, parent=rule.parent, by=by)
    return changed


@transaction.atomic
def end_rule(*, rule: SafeContact, because: str, seen_version: int, by: User) -> SafeContact:
    """Ends a rule for a reason; ended before, it stays as it was."""
    if not because:
        raise RuleBroken("Say why the rule ends.", field="because")
    if rule.ended_on is None:
        _end(rule, because, seen_version)
        events.record("people.rule_ended", subject=rule, parent=rule.parent, by=by)
    return rule


@transaction.atomic
def change_home(
    *,
    parent: Parent,
    address: str,
    postcode: str,
    no_fixed_address: bool,
    why: str,
    seen_version: int,
    by: User,
) -> Home:
    """Keeps where a parent lives now and why it changes; the old address stays in its history.

    ``seen_version`` is 0 where none was recorded. The same address again is no change.
    """
    if not why:
        raise RuleBroken("Say why it changes.", field="why")
    if no_fixed_address and (address or postcode):
        raise RuleBroken("Enter an address, or say that there is none.", field="no_fixed_address")
    home = Home.objects.filter(parent=parent).first()
    said = (address, postcode, no_fixed_address, why)
    if home and _says(home) == said:
        return home
    if home is None and seen_version:
        raise RuleBroken("The address was taken away since you opened it. Look again.")
    if home is None:
        # A parent has one home: two first addresses at once name the same key and meet there.
        home, is_new = store_once(_with(Home(id=uuid5(parent.pk, "home"), parent=parent), said))
        if not is_new:
            return _unless_another(home, said)
    else:
        save_changes(_with(home, said), seen_version=seen_version)
    events.record("people.home_changed", subject=home, parent=parent, by=by)
    return home


def _says(home: Home) -> Said:
    return home.address, home.postcode, bool(home.no_fixed_address), home.why_changed


def _with(home: Home, said: Said) -> Home:
    home.address, home.postcode, home.no_fixed_address, home.why_changed = said
    return home


def _unless_another(home: Home, said: Said) -> Home:
    if _says(home) != said:
        raise ChangedMeanwhile(home)
    return home


def _something(said: dict[str, Any]) -> dict[str, Any]:
    if set(said.values()) <= {"", None}:
        raise RuleBroken("Enter a number, or another part of the rule.", field="number")
    return said


def _end(rule: SafeContact, because: str, seen_version: int) -> None:
    if rule.ended_on is not None:
        if rule.version != seen_version:
            raise ChangedMeanwhile(rule)
        return
    ended = copy(rule)
    ended.ended_on, ended.ended_because = today(), because
    save_changes(ended, seen_version=seen_version)
