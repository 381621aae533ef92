"""In whose name rows are read: told to the managers and, on PostgreSQL, to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from programme.audit.actor import Actor, NoScope, acting, current_actor

__all__ = ["NoScope", "acting_as", "current_actor", "reading_figures"]


class HasKey(Protocol):
    """A user, or the id of a declared actor wrapped as one."""

    pk: UUID


@contextmanager
def acting_as(user: HasKey | UUID) -> Iterator[None]:
    """One transaction in the name of ``user``; the earlier actor is back afterwards."""
    key = user if isinstance(user, UUID) else user.pk
    with _acting(Actor(user_id=key)):
        yield


@contextmanager
def reading_figures() -> Iterator[None]:
    """The acting user reads for counting: only ``programme.reporting`` may call this."""
    with _acting(Actor(user_id=current_actor().user_id, reads_figures=True)):
        yield


@contextmanager
def _acting(actor: Actor) -> Iterator[None]:
    outer = acting.get()
    token = acting.set(actor)
    try:
        with transaction.atomic():
            _tell_database(actor)
            yield
    finally:
        acting.reset(token)
        if connection.in_atomic_block and not connection.needs_rollback:
            _tell_database(outer)


def _tell_database(actor: Actor | None) -> None:
    """Sets the local settings that row policies read; they end with the transaction."""
    if connection.vendor != "postgresql":
        return
    user_id = str(actor.user_id) if actor else ""
    reading = "figures" if actor and actor.reads_figures else "own"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.user_id', %s, true), set_config('app.reading', %s, true)",
            [user_id, reading],
        )
