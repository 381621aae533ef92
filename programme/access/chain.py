"""The database's side of the chained log: who seals a line, and when (decision 0007).

On PostgreSQL the seals are made at the end of the commit, by functions with the owner's rights,
for the application's role may neither read the log nor touch the chain. One transaction at a
time, for as short as can be. On SQLite, where one writes at a time anyway, at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from programme.audit.chain import FORMS, LOGS

LINKS, HEAD = "programme_chainlink", "programme_chainhead"

_LINK = f"""
    CREATE OR REPLACE FUNCTION audit_link () RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    -- A plan made while the chain was short would read all of it for every line.
    SET enable_seqscan = off SET enable_sort = off AS $$
    DECLARE
        form text := TG_ARGV[0];
        number_before bigint;
        seal_before text;
        told text;
    BEGIN
        PERFORM 1 FROM {HEAD} FOR UPDATE;
        IF NOT FOUND THEN RAISE EXCEPTION 'The log has lost its head.'; END IF;
        -- The head moves once a transaction, after its lines: until then the last link is later.
        SELECT e.number, e.seal INTO number_before, seal_before
        FROM (
            (SELECT l.number, l.seal FROM {LINKS} l ORDER BY l.number DESC LIMIT 1)
            UNION ALL
            SELECT h.number, h.seal FROM {HEAD} h
        ) e ORDER BY e.number DESC LIMIT 1;
        told := audit_said(seal_before) || audit_said((number_before + 1)::text)
            || audit_said(form);
        {{branches}}
        INSERT INTO {LINKS} (number, form, line_id, seal)
        VALUES (number_before + 1, form, NEW.id,
                encode(sha256(convert_to(told, 'UTF8')), 'hex'));
        RETURN NULL;
    END $$
"""
_MOVE_HEAD = f"""
    CREATE OR REPLACE FUNCTION audit_move_head () RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    -- A plan made while the chain was short would read all of it for every line.
    SET enable_seqscan = off SET enable_sort = off AS $$
    BEGIN
        UPDATE {HEAD} SET number = NEW.number, seal = NEW.seal
        WHERE number < NEW.number
          AND NOT EXISTS (SELECT 1 FROM {LINKS} l WHERE l.number > NEW.number);
        RETURN NULL;
    END $$
"""


def postgresql_chain() -> list[str]:
    """Functions and triggers. Never taken away: a line written while tables change is sealed."""
    app = settings.DATABASE_APP_ROLE
    branches = "\n".join(
        f"IF form = '{form}' THEN told := told || {_said_on_postgresql(form)}; END IF;"
        for form in FORMS
    )
    functions = ["audit_link()", "audit_move_head()"]
    return [
        _said_function("text", "value"),
        _said_function("uuid", "replace(value::text, '-', '')"),
        _said_function(
            "timestamptz",
            "to_char(value AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
        ),
        _LINK.format(branches=branches),
        _MOVE_HEAD,
        *(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC" for name in functions),
        *(
            statement
            for form, model in LOGS.items()
            for statement in _trigger(model._meta.db_table, "audit_link", f"'{form}'")
        ),
        *_trigger(LINKS, "audit_move_head", ""),
        f"REVOKE ALL ON {LINKS}, {HEAD} FROM {app}",
        # Whom lists showed, for ``access_sights``.
        "CREATE INDEX IF NOT EXISTS programme_sight_listed ON programme_sight"
        " USING gin (string_to_array(listed, ' ')) WHERE listed <> ''",
    ]


def _said_function(kind: str, text: str) -> str:
    """As ``programme.audit.chain`` says a value: its length in bytes, then its text."""
    return f"""
        CREATE OR REPLACE FUNCTION audit_said (value {kind}) RETURNS text
        LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
            SELECT coalesce(octet_length({text}) || ':' || {text}, '-')
        $$
    """


def _said_on_postgresql(form: str) -> str:
    fields = LOGS[form]._meta
    texts = (models.CharField, models.TextField)
    casts = {
        name: "::text" if isinstance(fields.get_field(name), texts) else "" for name in FORMS[form]
    }
    return " || ".join(f"audit_said(NEW.{name}{cast})" for name, cast in casts.items())


def _trigger(table: str, function: str, argument: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {function} ON {table}",
        f"CREATE CONSTRAINT TRIGGER {function} AFTER INSERT ON {table}"
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {function}({argument})",
    ]


# --- SQLite ---------------------------------------------------------------------------------


def sqlite_chain() -> list[str]:
    """The same seals by triggers; SHA256 is a function that Django lends to SQLite."""
    statements = []
    for form, model in LOGS.items():
        table = model._meta.db_table
        said = " || ".join(_said_on_sqlite(model, name) for name in FORMS[form])
        statements += [
            f"DROP TRIGGER IF EXISTS {table}_link",
            f"""
            CREATE TRIGGER {table}_link AFTER INSERT ON {table} BEGIN
                SELECT RAISE(ABORT, 'The log has lost its head.')
                WHERE NOT EXISTS (SELECT 1 FROM {HEAD});
                INSERT INTO {LINKS} (number, form, line_id, seal)
                SELECT h.number + 1, '{form}', NEW.id, SHA256(
                    {_text("h.seal")} || {_text("(h.number + 1)")} || {_text(f"'{form}'")} || {said}
                ) FROM {HEAD} h;
                UPDATE {HEAD} SET number = number + 1,
                    seal = (SELECT seal FROM {LINKS} l ORDER BY l.number DESC LIMIT 1);
            END
            """,
        ]
    return statements


def _said_on_sqlite(model: type[models.Model], name: str) -> str:
    column = f"NEW.{name}"
    if isinstance(model._meta.get_field(name), models.DateTimeField):
        # Whole seconds are kept without a fraction.
        column = f"(replace(substr({column} || '.000000', 1, 26), ' ', 'T') || 'Z')"
    return _text(column)


def _text(value: str) -> str:
    return f"coalesce(length(CAST({value} AS BLOB)) || ':' || {value}, '-')"


# --- Reading it all -------------------------------------------------------------------------


class NotTheOwner(RuntimeError):
    """The database's role may not read the log."""


@contextmanager
def reading_the_log() -> Iterator[None]:
    """One snapshot of both logs and the chain, with the rights of the role that signed in.

    Raises ``NotTheOwner`` when that role does not own the tables.
    """
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            if not is_nested:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT current_user")
            (role,) = cursor.fetchone()
            cursor.execute("RESET ROLE")
            try:
                _refuse_unless_owner(cursor)
                yield
            finally:
                if not connection.needs_rollback:
                    cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}")


def _refuse_unless_owner(cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT pg_has_role(current_user, c.relowner, 'USAGE')"
        " FROM pg_class c WHERE c.oid = to_regclass(%s)",
        [LINKS],
    )
    (owns,) = cursor.fetchone()
    if not owns:
        raise NotTheOwner("Sign in to the database as the owner of its tables.")
