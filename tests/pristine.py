"""The rows a migrated database starts with, kept aside and put back.

A test that really commits (a live server, threads) cannot be rolled back. Django would truncate
every table, which loses the reference rows and the pages that migrations made. Here the starting
rows come back instead, whatever triggers and policies guard them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

_sqlite_copy: list[sqlite3.Connection] = []


def keep() -> None:
    """Remembers the rows of the database as they are now."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        _sqlite_copy.append(sqlite3.connect(":memory:", check_same_thread=False))
        connection.connection.backup(_sqlite_copy[-1])
    else:
        with as_owner() as cursor:
            _keep_on_postgresql(cursor)


def restore() -> None:
    """Puts the remembered rows back, and only those."""
    if connection.vendor == "sqlite":
        connection.close()
        connection.ensure_connection()
        _sqlite_copy[-1].backup(connection.connection)
    else:
        with as_owner() as cursor:
            _restore_on_postgresql(cursor)


def end_other_sessions() -> None:
    """Lets the test database be dropped though a live server's thread still holds it."""
    if connection.vendor == "postgresql":
        with as_owner() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def forget() -> None:
    """Lets the copy go at the end of the run."""
    while _sqlite_copy:
        _sqlite_copy.pop().close()


@contextmanager
def as_owner() -> Iterator[CursorWrapper]:
    """The rights of the role that made the database; SQLite knows no roles."""
    with closing(connection.cursor()) as cursor:
        if connection.vendor == "sqlite":
            yield cursor
            return
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
        cursor.execute("RESET ROLE")
        try:
            yield cursor
        finally:
            cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}")


def _tables(cursor: CursorWrapper, schema: str) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    return [name for (name,) in cursor.fetchall()]


def _filled(cursor: CursorWrapper) -> list[str]:
    """Tables with at least one row, asked in one statement."""
    asked = " UNION ALL ".join(
        f"(SELECT '{name}' FROM public.\"{name}\" LIMIT 1)" for name in _tables(cursor, "public")
    )
    cursor.execute(asked)
    return [name for (name,) in cursor.fetchall()]


def _keep_on_postgresql(cursor: CursorWrapper) -> None:
    cursor.execute("DROP SCHEMA IF EXISTS pristine CASCADE")
    cursor.execute("CREATE SCHEMA pristine")
    for name in _filled(cursor):
        cursor.execute(f'CREATE TABLE pristine."{name}" AS TABLE public."{name}"')


def _restore_on_postgresql(cursor: CursorWrapper) -> None:
    # The superuser of a throw-away cluster may switch off triggers, foreign keys and policies.
    cursor.execute("SET session_replication_role = replica")
    for name in _filled(cursor):
        cursor.execute(f'DELETE FROM public."{name}"')
    for name in _tables(cursor, "pristine"):
        cursor.execute(f'INSERT INTO public."{name}" SELECT * FROM pristine."{name}"')
    cursor.execute("SET session_replication_role = origin")
