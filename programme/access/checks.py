"""What must be true before the service starts: the wall is up, and no demonstration data."""

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from programme.access import wall
from programme.access.models import User

# Invented people sign in with addresses that can belong to nobody.
DEMO_ADDRESS = "@demo.invalid"

_ROLE = """
    SELECT r.rolsuper, r.rolbypassrls,
           EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid),
           EXISTS (SELECT 1 FROM pg_auth_members m
                   JOIN pg_roles o ON o.oid = m.roleid
                   WHERE m.member = r.oid AND o.rolname <> %s)
    FROM pg_roles r WHERE r.rolname = session_user
"""
_TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relname = ANY (%s)
      AND NOT (c.relrowsecurity
               AND EXISTS (SELECT 1 FROM pg_policies p WHERE p.tablename = c.relname))
"""
_VIEWS = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'v' AND n.nspname = 'public' AND c.relname <> ALL (%s)
      AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
"""


def refuse_unsafe_service() -> None:
    """Raises ``ImproperlyConfigured`` when settings say service and anything here is not so."""
    if settings.RUN_MODE != "service":
        return
    problems = list(problems_in_service())
    if problems:
        raise ImproperlyConfigured("The service does not start: " + " ".join(problems))


def problems_in_service() -> Iterator[str]:
    """Every reason why this database is not fit for a real person's record."""
    if connection.vendor != "postgresql":
        yield "Real records need PostgreSQL; SQLite is for trying out."
        return
    yield from role_problems()
    yield from wall_problems()
    if User.objects.filter(email__endswith=DEMO_ADDRESS).exists():
        yield "The database holds demonstration people."


def role_problems() -> Iterator[str]:
    """What is wrong with the role this process signed in to the database as."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, [settings.DATABASE_RELEASE_ROLE])
        is_super, bypasses, owns, is_member = cursor.fetchone()
    if is_super or bypasses:
        yield "The application's database role may pass row security by."
    if owns:
        yield "The application's database role owns tables."
    if is_member:
        yield "The application's database role may become another role."


def wall_problems() -> Iterator[str]:
    """What is missing from the wall in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('access_visible'))")
        found = cursor.fetchone()
        if not found or found[0] != wall.fingerprint():
            yield "The wall in the database is not the one in the code: run migrate."
        cursor.execute(_TABLES, [wall.walled_tables()])
        bare = sorted(name for (name,) in cursor.fetchall())
        if bare:
            yield f"Tables without row security: {', '.join(bare)}."
        cursor.execute(_VIEWS, [list(wall.VIEWS)])
        views = sorted(name for (name,) in cursor.fetchall())
        if views:
            yield f"Views that run with their owner's rights: {', '.join(views)}."
