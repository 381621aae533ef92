"""Lines of the log for tests, and the hands of somebody who owns its tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from programme.access.chain import reading_the_log
from programme.audit.chain import Mark, Verdict, verify
from programme.audit.models import Event, Sight
from tests.pristine import as_owner

# What guards the log on SQLite; an owner may take it away.
GUARDS = ("programme_sight", "programme_event", "programme_chainlink")


def sight(**values: Any) -> Sight:
    """One sight of one parent."""
    given = {"page": "desk:show_parent", "method": "GET", "outcome": "opened"}
    keys = {"user_id": uuid4(), "parent_id": uuid4()}
    return Sight.objects.create(**{**given, **keys, **values})


def event(**values: Any) -> Event:
    """One thing done."""
    keys = {"user_id": uuid4(), "subject_id": uuid4()}
    return Event.objects.create(**{"name": "contacts.contact_recorded", **keys, **values})


def commit() -> None:
    """What PostgreSQL does at the end of a transaction; SQLite did it at once."""
    connection.check_constraints()


def verdict(known: Mark | None = None) -> Verdict:
    """What the check says now."""
    commit()
    with reading_the_log():
        return verify(known)


@contextmanager
def tampering() -> Iterator[Any]:
    """The owner at work with every guard down; afterwards all is as it was."""
    commit()
    with as_owner() as cursor, transaction.atomic():
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            _lower_guards(cursor)
        yield cursor
        transaction.set_rollback(True)


def _lower_guards(cursor: Any) -> None:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in cursor.fetchall():
        if name.startswith(GUARDS):
            cursor.execute(f'DROP TRIGGER "{name}"')
