"""Telling people that something waits for them; a message says no more than that."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from programme.access.models import User
from programme.jobs.work import job

SUBJECT = "Something is waiting for you"
WORDS = "Something in Recurrent is waiting for you. Please sign in to see what it is.\n"


def tell(users: Iterable[User]) -> None:
    """Has a message sent to each once what happened is stored; in service the worker sends it."""
    for user in users:
        transaction.on_commit(partial(send_message.enqueue, str(user.pk)))


@job("Send a message that something waits")
def send_message(user_id: str) -> None:
    """One message, so that a failure costs nobody else one: the pages show what waits."""
    user = User.objects.get(pk=UUID(user_id))
    send_mail(SUBJECT, WORDS, settings.DEFAULT_FROM_EMAIL, [user.email])
