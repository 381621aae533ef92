"""In whose name rows are read: told to the managers and, on PostgreSQL, to the database."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from programme.audit.actor import Actor, NoScope, acting, current_actor

__all__ = [
    "NoScope",
    "acting_as",
    "ask_only_about",
    "asking_only_about",
    "current_actor",
    "nobody_acting",
    "reading_figures",
]

asked_about: ContextVar[str] = ContextVar("asked_about", default="")


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
def nobody_acting() -> Iterator[None]:
    """Work that begins without anybody's rights, wherever it was begun from (S15)."""
    outer = acting.get()
    token = acting.set(None)
    try:
        yield
    finally:
        acting.reset(token)
        if outer and connection.in_atomic_block and not connection.needs_rollback:
            _tell_database(outer)


@contextmanager
def reading_figures() -> Iterator[None]:
    """The acting user reads for counting: only ``programme.reporting`` may call this."""
    with _acting(Actor(user_id=current_actor().user_id, reads_figures=True)):
        yield


@contextmanager
def asking_only_about(parent_ids: Iterable[UUID]) -> Iterator[None]:
    """The rule is asked about these parents only; rows of all others are not seen inside.

    For queries that name their parents anyway: PostgreSQL then need not work out whom else the
    reader sees, which takes long where a programme knows very many.
    """
    outer = asked_about.get()
    asked = asked_about.set(outer)
    ask_only_about(parent_ids)
    try:
        yield
    finally:
        asked_about.reset(asked)
        if not connection.needs_rollback:
            _narrow_database(outer)


def ask_only_about(parent_ids: Iterable[UUID]) -> None:
    """The same from here until nobody acts in this name any more (one statement)."""
    asked_about.set("{" + ",".join(str(key) for key in parent_ids) + "}")
    _narrow_database(asked_about.get())


def _narrow_database(parent_ids: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.about', %s, true)", [parent_ids])


@contextmanager
def _acting(actor: Actor) -> Iterator[None]:
    outer = acting.get()
    token = acting.set(actor)
    about = asked_about.set(asked_about.get())
    try:
        with transaction.atomic():
            _tell_database(actor)
            yield
    finally:
        acting.reset(token)
        asked_about.reset(about)
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
            "SELECT set_config('app.user_id', %s, true), set_config('app.reading', %s, true),"
            " set_config('app.about', %s, true)",
            [user_id, reading, asked_about.get()],
        )
