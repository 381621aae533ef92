"""Making, renewing and ending one's calendar; choosing a digest."""

from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.audit import events
from programme.core.errors import RuleBroken
from programme.reminders.models import Reminders

events.declare(
    reminders__calendar_made="made a private calendar",
    reminders__calendar_ended="ended a private calendar",
    reminders__digest_chosen="chose how often to be told what waits",
)


def hashed(token: str) -> str:
    """What is kept of a calendar's secret. It is random and long, so nothing slows it down."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def make_calendar(*, by: User) -> str:
    """Gives a new secret, shown once; one that was given before opens nothing from now on."""
    reminders = _own(by)
    token = token_urlsafe(32)
    reminders.token_hash, reminders.calendar_made_at = hashed(token), timezone.now()
    reminders.save()
    events.record("reminders.calendar_made", subject=reminders, by=by)
    return token


@transaction.atomic
def end_calendar(*, by: User) -> None:
    """The calendar's address opens nothing from now on; ended twice, it is ended."""
    reminders = _own(by)
    if reminders.has_calendar:
        reminders.token_hash = reminders.calendar_made_at = None
        reminders.save()
        events.record("reminders.calendar_ended", subject=reminders, by=by)


@transaction.atomic
def choose_digest(*, digest: str, by: User) -> None:
    """How often an e-mail says how many things wait; the same chosen again changes nothing."""
    if digest not in Reminders.Digest.values:
        raise RuleBroken("Choose how often.", field="digest")
    reminders = _own(by)
    if reminders.digest != digest:
        reminders.digest = digest
        reminders.save()
        events.record("reminders.digest_chosen", subject=reminders, by=by)


def _own(user: User) -> Reminders:
    """Locked, so that two presses are one after the other."""
    key = Reminders.objects.get_or_create(user=user)[0].pk
    return Reminders.objects.select_for_update().get(pk=key)
