"""The digest: an e-mail that says how many things wait, to those who asked for it."""

from datetime import date, time
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from programme.access.actors import REMINDER
from programme.access.models import User
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.jobs.work import job
from programme.reminders.models import Reminders
from programme.reminders.reads import waiting_count

Digest = Reminders.Digest
MONDAY = 0
WORDS = "Please sign in to see what. You choose under My reminders whether you get this message.\n"


@job("Send out how many things wait", daily_at=time(7, 0))
def send_digests() -> None:
    """Begins one job for each person who asked for a message today."""
    day = today()
    wanted = [Digest.DAILY, Digest.WEEKLY] if day.weekday() == MONDAY else [Digest.DAILY]
    found = Reminders.objects.filter(digest__in=wanted, user__is_active=True)
    for key in found.order_by("pk").values_list("pk", flat=True):
        send_digest.enqueue(str(key), day.isoformat())


@job("Send one person how many things wait")
def send_digest(reminders_id: str, day: str) -> None:
    """One message, once for a day however often this is tried; nothing where nothing waits."""
    with transaction.atomic():
        found = Reminders.objects.select_for_update(of=("self",)).select_related("user")
        reminders = found.get(pk=UUID(reminders_id))
        asked_for = reminders.digest != Digest.OFF and reminders.user.is_active
        if not asked_for or reminders.digest_sent_on == date.fromisoformat(day):
            return
        # As she would see it: what is not hers to know is not counted.
        with acting_as(reminders.user):
            count = waiting_count(reminders.user)
        with acting_as(REMINDER):
            reminders.digest_sent_on = date.fromisoformat(day)
            reminders.save()
        if count:
            _send(reminders.user, count)


def _send(user: User, count: int) -> None:
    things = "1 thing is" if count == 1 else f"{count} things are"
    subject = f"{things} waiting for you"
    send_mail(subject, f"{subject}. {WORDS}", settings.DEFAULT_FROM_EMAIL, [user.email])
