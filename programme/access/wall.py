"""Raising the wall after each migration: the rule view, row security, and what each role may do.

While tables change, the view and with it every policy is gone, so the application's role sees
nothing: the wall fails closed. On SQLite, triggers keep the logs append-only.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection as default_connection
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from programme.access import actors, chain
from programme.access.parts import LOAD_DECIDERS, Role
from programme.access.records import CaseRecord
from programme.access.walls import ME, SeenWith, Wall

HOLDERS = Path(__file__).with_name("holders.sql")
RULES = Path(__file__).with_name("rules.sql")
TOLD = Path(__file__).with_name("told.sql")
JOINED = Path(__file__).with_name("joined.sql")
FUNCTIONS = Path(__file__).with_name("functions.sql")
FINDING = Path(__file__).with_name("finding.sql")
# A rule speaks of days in London; a database's own CURRENT_DATE begins an hour late in summer.
TODAY = {
    "postgresql": "(now() AT TIME ZONE 'Europe/London')::date",
    # Django sets the process's clock to TIME_ZONE.
    "sqlite": "date('now', 'localtime')",
}
VIEWS = (
    "access_visible",
    "access_holder",
    "access_held_link",
    "access_standing_link",
    "access_told",
    "access_joined",
    "access_protected",
)
# What the rule view reads (a test compares with the view itself).
RULE_TABLES = frozenset(
    f"programme_{name}"
    for name in (
        "user rolegrant programme episode referral identification allocation worker timedgrant"
        " protection consent parentchild pregnancy"
    ).split()
)
# Tables that only grow: what was seen, what was done, and every line of history.
LOGS = ("programme_sight", "programme_event")
# The one exception: words of a document whose row has ended (``forgetting``), on SQLite.
FORGETS = {
    ("programme_historicaldocument", "UPDATE"): "WHEN NEW.title <> '' OR NEW.from_whom <> ''"
    " OR EXISTS (SELECT 1 FROM programme_document d WHERE d.id = OLD.id)"
}
# The seals of the logs; only the database itself writes them.
CHAIN = (chain.LINKS, chain.HEAD)
# Packages offered for loading: their offerer's, and those who may decide on them.
LOADS = ("programme_loadrequest", "programme_historicalloadrequest", "programme_loadpart")


def case_models() -> list[type[CaseRecord]]:
    """Every model with a path to a person."""
    return [model for model in apps.get_models() if issubclass(model, CaseRecord)]


def history_tables() -> list[str]:
    """Every table of history."""
    return [
        model.history.model._meta.db_table
        for model in apps.get_models()
        if hasattr(model, "history") and hasattr(model.history, "model")
    ]


def raise_wall() -> None:
    """Makes the database hold exactly the wall that the code describes; safe to repeat."""
    with transaction.atomic():
        lower_wall()
        _run(_views())
        if default_connection.vendor == "postgresql":
            _run(_postgresql_wall())
            _run([f"COMMENT ON VIEW access_visible IS '{fingerprint()}'"])
        else:
            _run(_sqlite_triggers())


def fingerprint() -> str:
    """A mark of the whole wall as the code has it; the database keeps it on the view."""
    text = "\n".join([*_views(), *_postgresql_wall()])
    return hashlib.sha256(text.encode()).hexdigest()


def walled_tables() -> list[str]:
    """Every table that must have row security."""
    tables = [*LOGS, *CHAIN, *LOADS, "programme_release", "programme_releasetable"]
    for model in case_models():
        tables += [model._meta.db_table, model.history.model._meta.db_table]
    return tables


def lower_wall() -> None:
    """Takes the rule view away, and with it every policy: until it is raised, nothing is seen."""
    _run(f"DROP VIEW IF EXISTS {name}{_cascade()}" for name in VIEWS)
    if default_connection.vendor == "postgresql":
        _run(f"DROP FUNCTION IF EXISTS {name} CASCADE" for name in _functions())


def act_as_owner() -> None:
    """On PostgreSQL, back to the role that signed in: for changing tables."""
    if default_connection.vendor == "postgresql":
        _run(["RESET ROLE"])


def ensure_declared_actors() -> None:
    """Makes the users of ``actors.py``, whom nobody can sign in as; safe to repeat."""
    user_model: Any = apps.get_model("programme", "User")
    for key, name in actors.NAMES.items():
        values = {"name": name, "is_system": True, "is_active": False, "password": "!"}
        email = f"{name}@system.invalid"
        user_model.objects.get_or_create(pk=key, defaults={"email": email, **values})


def is_migrated() -> bool:
    """Whether every table behind the wall is there."""
    with default_connection.cursor() as cursor:
        names = default_connection.introspection.table_names(cursor)
    return all(model._meta.db_table in names for model in case_models())


def _cascade() -> str:
    return " CASCADE" if default_connection.vendor == "postgresql" else ""


def _run(statements: Iterable[str]) -> None:
    with default_connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _views() -> list[str]:
    """One statement at a time: SQLite takes no more."""
    several = [*_sql(TOLD).split(";\n"), *_sql(JOINED).split(";\n")]
    return [_sql(HOLDERS), _sql(RULES), *several]


def _sql(path: Path) -> str:
    return path.read_text().replace("CURRENT_DATE", TODAY[default_connection.vendor])


def _functions() -> list[str]:
    return [
        "access_parents(text, boolean)",
        "access_pairs(text, boolean)",
        "access_children(text, boolean)",
        "access_joined_parents(text)",
        "access_joined_pairs(text)",
        "access_parts(uuid)",
        "access_count_rows_anew()",
        "access_kept(text)",
        "access_keep(text, text)",
        "access_mark()",
        "access_rule_changed()",
        "access_among(uuid[], text)",
        "access_likely(text, integer[], text[], integer[], integer)",
        "access_named(text[])",
        "access_numbered(text, text, text, integer)",
        "access_sights(uuid)",
        "access_forget_words_of_document(uuid)",
        *(f"{wall.keys_function}(boolean)" for wall in _seen_with_others()),
    ]


def _seen_with_others() -> list[SeenWith]:
    """The walls that ask a function of another table, one for each table that is asked."""
    walls = [model.wall for model in case_models()]
    return list({wall.through: wall for wall in walls if isinstance(wall, SeenWith)}.values())


# --- PostgreSQL -----------------------------------------------------------------------------


def _postgresql_wall() -> list[str]:
    app, release = settings.DATABASE_APP_ROLE, settings.DATABASE_RELEASE_ROLE
    statements = [
        _sql(FUNCTIONS),
        _sql(FINDING),
        *(wall.function() for wall in _seen_with_others()),
        *_roles(app, release),
        *_rule_triggers(),
        f"GRANT USAGE ON SCHEMA public TO {app}, {release}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app}",
        f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(VIEWS)} FROM {app}",
        *(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC" for name in _functions()),
        *(f"GRANT EXECUTE ON FUNCTION {name} TO {app}" for name in _functions()),
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {release}",
        f"GRANT SELECT ON programme_release, programme_releasetable TO {release}",
    ]
    for table in [*LOGS, *history_tables()]:
        statements.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {app}")
    for model in case_models():
        table, history = model._meta.db_table, model.history.model._meta.db_table
        statements += _policies(table, model.wall, model.wall.policy(writing=False))
        statements += _policies(history, model.wall, _read_history(model.wall, table))
    statements += _log_policies() + _load_policies() + _release_policies(app, release)
    return statements + chain.postgresql_chain()


def _rule_triggers() -> list[str]:
    """A write to a table that the rule reads ends the answers kept in this transaction."""
    return [
        f"CREATE TRIGGER rule_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION access_rule_changed()"
        for table in sorted(RULE_TABLES)
    ]


def _roles(app: str, release: str) -> list[str]:
    """Roles are made here only when they are missing and the owner may make them."""
    made = [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{name}')"
        f" THEN CREATE ROLE {name} NOLOGIN NOINHERIT NOBYPASSRLS; END IF; END $$"
        for name in (app, release)
    ]
    member = (
        f"DO $$ BEGIN IF NOT pg_has_role('{app}', '{release}', 'MEMBER')"
        f" THEN GRANT {release} TO {app}; END IF; END $$"
    )
    return [*made, member]


def _read_history(wall: Wall, table: str) -> str:
    """As ``WalledHistoryManager``, in SQL."""
    own, joined = wall.policy(writing=False), wall.of_history().policy(writing=False)
    return f"({own} OR ({joined} AND id IN (SELECT t.id FROM {table} t)))"


def _policies(table: str, wall: Wall, read: str) -> list[str]:
    write = wall.policy(writing=True)
    return [
        *_fresh(table),
        f"CREATE POLICY wall_read ON {table} FOR SELECT USING ({read})",
        f"CREATE POLICY wall_add ON {table} FOR INSERT WITH CHECK ({write})",
        f"CREATE POLICY wall_change ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write})",
        f"CREATE POLICY wall_remove ON {table} FOR DELETE USING ({write})",
    ]


def _fresh(table: str) -> list[str]:
    names = ("wall_read", "wall_add", "wall_change", "wall_remove")
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        *(f"DROP POLICY IF EXISTS {name} ON {table}" for name in names),
    ]


def _log_policies() -> list[str]:
    """Anyone may add to the logs; only protection officers read them."""
    officers = _holds(Role.PROTECTION_OFFICER)
    statements = []
    for table in LOGS:
        statements += [
            *_fresh(table),
            f"CREATE POLICY wall_read ON {table} FOR SELECT USING ({officers})",
            f"CREATE POLICY wall_add ON {table} FOR INSERT WITH CHECK (TRUE)",
        ]
    for table in CHAIN:
        statements += [*_fresh(table), f"CREATE POLICY wall_read ON {table} USING (FALSE)"]
    return statements


def _load_policies() -> list[str]:
    """The offerer sees and changes her own; whoever may decide, everyone's; the loader, all."""
    everything = ", ".join(sorted(f"'{key}'" for key in actors.WRITE_EVERYTHING))
    known = f"(offered_by_id = {ME} OR {ME} IN ({everything}) OR {_holds(*LOAD_DECIDERS)})"
    offered = "request_id IN (SELECT id FROM programme_loadrequest)"
    request, history, part = LOADS
    statements = [statement for table in LOADS for statement in _fresh(table)]
    for table in (request, history):
        statements += [
            f"CREATE POLICY wall_read ON {table} FOR SELECT USING ({known})",
            f"CREATE POLICY wall_add ON {table} FOR INSERT WITH CHECK ({known})",
        ]
    return [
        *statements,
        f"CREATE POLICY wall_change ON {request} FOR UPDATE USING ({known})",
        f"CREATE POLICY wall_read ON {part} FOR SELECT USING ({offered})",
        f"CREATE POLICY wall_add ON {part} FOR INSERT WITH CHECK ({offered})",
        f"CREATE POLICY wall_remove ON {part} FOR DELETE USING ({offered})",
    ]


def _holds(*roles: Role) -> str:
    """Whether the acting user holds one of the roles today, anywhere, in SQL."""
    listed = ", ".join(f"'{role.value}'" for role in roles)
    return f"{ME} IN (SELECT h.user_id FROM access_holder h WHERE h.role IN ({listed}))"


def _release_policies(app: str, release: str) -> list[str]:
    reports = "programme_id IN (SELECT programme_id FROM access_pairs('figures', false))"
    own = "state = 'approved' AND programme_id = ANY (current_setting('app.contracts')::uuid[])"
    inside = "release_id IN (SELECT id FROM programme_release)"
    draft = "release_id IN (SELECT id FROM programme_release WHERE state = 'proposed')"
    return [
        *_fresh("programme_release"),
        *_fresh("programme_releasetable"),
        "DROP POLICY IF EXISTS wall_release ON programme_release",
        "DROP POLICY IF EXISTS wall_release ON programme_releasetable",
        f"CREATE POLICY wall_read ON programme_release FOR SELECT TO {app} USING ({reports})",
        f"CREATE POLICY wall_add ON programme_release FOR INSERT TO {app} WITH CHECK ({reports})",
        f"CREATE POLICY wall_change ON programme_release FOR UPDATE TO {app}"
        f" USING ({reports} AND state = 'proposed') WITH CHECK ({reports})",
        f"CREATE POLICY wall_read ON programme_releasetable FOR SELECT TO {app} USING ({inside})",
        f"CREATE POLICY wall_add ON programme_releasetable FOR INSERT TO {app}"
        f" WITH CHECK ({draft})",
        f"CREATE POLICY wall_release ON programme_release FOR SELECT TO {release} USING ({own})",
        f"CREATE POLICY wall_release ON programme_releasetable FOR SELECT TO {release}"
        f" USING ({inside})",
        f"REVOKE DELETE ON programme_release, programme_releasetable FROM {app}",
        f"REVOKE UPDATE ON programme_releasetable FROM {app}",
    ]


def act_as_application(
    sender: object = None, connection: BaseDatabaseWrapper = default_connection, **_: Any
) -> None:
    """A connection of the owner works as the application's role once the wall is up."""
    role = settings.DATABASE_APP_ROLE
    # In service the login is that role already, and each request takes a connection.
    if connection.vendor != "postgresql" or connection.settings_dict["USER"] == role:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s AND session_user <> %s"
            " AND to_regclass('access_visible') IS NOT NULL"
            " AND pg_has_role(session_user, rolname, 'MEMBER')",
            [role, role],
        )
        if cursor.fetchone():
            cursor.execute(f'SET ROLE "{role}"')


# --- SQLite ---------------------------------------------------------------------------------


def _sqlite_triggers() -> list[str]:
    statements = []
    for table in [*LOGS, chain.LINKS, *history_tables()]:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            statements += [
                f"DROP TRIGGER IF EXISTS {name}",
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {FORGETS.get((table, verb), '')}"
                f" BEGIN SELECT RAISE(ABORT, '{table} only grows'); END",
            ]
    return statements + chain.sqlite_chain()
