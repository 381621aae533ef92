"""The service as the image runs it: its own database, roles, settings and processes."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from dj_database_url import parse

from tests import postgres

pytestmark = [pytest.mark.postgres, pytest.mark.first, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[1]
PASSWORDS = {"OWNER_PASSWORD": "owner1", "APP_PASSWORD": "app1"}
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "recurrent.settings.service",
    "SECRET_KEY": "tests-only " * 6,
    "FIELD_KEYS": "tests-only-tests-only-tests-only",
    "ALLOWED_HOSTS": "service.example",
}
START = "from recurrent.wsgi import application"


@pytest.fixture(scope="module", autouse=True)
def _gathered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Style sheets and scripts gathered in a folder of the service's own, as in the image."""
    folder = tmp_path_factory.mktemp("service")
    SETTINGS["RECURRENT_VAR"] = str(folder)
    gathered = manage("postgresql://build/build", "collectstatic", "--no-input", "--verbosity=0")
    assert gathered.returncode == 0, gathered.stderr
    yield
    del SETTINGS["RECURRENT_VAR"]


@pytest.fixture(scope="module")
def cluster() -> Iterator[dict[str, str]]:
    """A new PostgreSQL taken through the steps of compose.yaml: logins, then the migration."""
    binaries = postgres.find_binaries(Path(sys.prefix))
    assert binaries is not None
    with postgres.cluster(binaries, database="postgres") as address:
        make_logins(binaries, parse(address)["HOST"])
        place = address.removeprefix("postgresql://postgres@").removesuffix("/postgres")
        roles = ("recurrent_owner", "recurrent_app", "postgres")
        addresses = {role: f"postgresql://{role}@{place}/recurrent" for role in roles}
        migrate(addresses["recurrent_owner"])
        yield addresses


def make_logins(binaries: Path, folder: str) -> None:
    path = f"{binaries}{os.pathsep}{os.environ['PATH']}"
    variables = {"PATH": path, "PGHOST": folder, "POSTGRES_USER": "postgres", **PASSWORDS}
    script = ROOT / "docker" / "postgres" / "logins.sh"
    subprocess.run(["bash", str(script)], env=variables, check=True, timeout=60)


def migrate(address: str) -> None:
    done = run(address, "sh", str(ROOT / "docker" / "migrate.sh"))
    assert done.returncode == 0, done.stderr


def run(address: str, *command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """A program of the service, on the database at an address, with the image's environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    variables = {**surroundings(), "PATH": path, "DATABASE_URL": address, **SETTINGS}
    return subprocess.run(
        command, cwd=ROOT, env=variables, input=typed, capture_output=True, text=True, timeout=180
    )


def surroundings() -> dict[str, str]:
    """The machine's variables, without what the tests' own browser and settings asked of Django."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}


def manage(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return run(address, sys.executable, "manage.py", *words)


def start(address: str) -> subprocess.CompletedProcess[str]:
    return run(address, sys.executable, "-c", START)


def ask(address: str, question: str) -> list[Any]:
    place = parse(address)
    with psycopg.connect(host=place["HOST"], user=place["USER"], dbname=place["NAME"]) as database:
        found = database.execute(question)
        return [row[0] for row in found.fetchall()] if found.description else []


# --- Its database -----------------------------------------------------------------------------


def test_the_application_s_role_owns_nothing(cluster: dict[str, str]) -> None:
    owners = ask(
        cluster["postgres"],
        "SELECT DISTINCT relowner::regrole::text FROM pg_class"
        " JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'",
    )
    mighty = ask(
        cluster["postgres"],
        "SELECT rolname::text FROM pg_roles WHERE rolsuper OR rolbypassrls",
    )
    codes = ask(cluster["recurrent_app"], "SELECT count(*) > 0 FROM programme_codevalue")

    assert (owners, mighty, codes) == (["recurrent_owner"], ["postgres"], [True])


def test_roles_can_be_made_twice(cluster: dict[str, str]) -> None:
    ask(cluster["postgres"], postgres.ROLES.read_text())

    may_step_down = ask(
        cluster["postgres"], "SELECT pg_has_role('recurrent_app', 'recurrent_release', 'MEMBER')"
    )
    assert may_step_down == [True]


def test_statements_of_the_application_are_not_compiled(cluster: dict[str, str]) -> None:
    settings = ask(
        cluster["postgres"], "SELECT rolconfig FROM pg_roles WHERE rolname = 'recurrent_app'"
    )

    assert settings == [["jit=off"]]


# --- It starts only behind the wall (S7) ------------------------------------------------------


def test_it_starts(cluster: dict[str, str]) -> None:
    started = start(cluster["recurrent_app"])

    assert (started.returncode, started.stderr) == (0, "")


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("postgres", "The application's database role may pass row security by."),
        ("recurrent_owner", "The application's database role owns tables."),
    ],
)
def test_it_does_not_start_in_a_mightier_role(cluster: dict[str, str], role: str, why: str) -> None:
    started = start(cluster[role])

    assert started.returncode != 0
    assert why in started.stderr


@pytest.mark.parametrize(
    ("harm", "mended", "why"),
    [
        (
            "ALTER TABLE programme_contact DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE programme_contact ENABLE ROW LEVEL SECURITY",
            "Tables without row security: programme_contact.",
        ),
        (
            "COMMENT ON VIEW access_visible IS 'another'",
            "",
            "The wall in the database is not the one in the code: run migrate.",
        ),
        (
            "CREATE VIEW names AS SELECT family_name FROM programme_identity",
            "DROP VIEW names",
            "Views that run with their owner's rights: names.",
        ),
        (
            "INSERT INTO programme_user (id, password, is_superuser, email, name, is_active,"
            " is_system) VALUES (gen_random_uuid(), '!', false,"
            " 'ann@demo.invalid', 'Ann', true, false)",
            "DELETE FROM programme_user WHERE email = 'ann@demo.invalid'",
            "The database holds demonstration people.",
        ),
    ],
    ids=["table", "rules", "view", "demonstration"],
)
def test_it_does_not_start_where_the_wall_has_a_gap(
    cluster: dict[str, str], harm: str, mended: str, why: str
) -> None:
    (mark,) = ask(cluster["postgres"], "SELECT obj_description('access_visible'::regclass)")
    ask(cluster["postgres"], harm)

    started = start(cluster["recurrent_app"])

    ask(cluster["postgres"], mended or f"COMMENT ON VIEW access_visible IS '{mark}'")
    assert started.returncode != 0
    assert why in started.stderr


def test_it_does_not_start_on_sqlite() -> None:
    started = start("sqlite://")

    assert started.returncode != 0
    assert "Real records need PostgreSQL" in started.stderr


def test_django_has_no_warning_about_it(cluster: dict[str, str]) -> None:
    checked = manage(cluster["recurrent_app"], "check", "--deploy", "--fail-level", "WARNING")

    assert (checked.returncode, checked.stderr) == (0, "")


# --- Nobody signs in as in the demonstration --------------------------------------------------

VISIT = """
import json
import django
django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from programme.access.backends import DemoBackend
from programme.access.models import User

person = User.objects.create(email="kim@service.example", name="Kim Example")
client = Client(headers={"host": "service.example"})
def status(path, **body):
    ask = client.post if body else client.get
    return ask(path, body or None, secure=True).status_code
told = {
    "pages": [status("/demo/"), status("/demo/sign-in/", person=str(person.pk))],
    "backend": str(DemoBackend().authenticate(None, demo_person=person.pk)),
    "listed": [name for name in settings.AUTHENTICATION_BACKENDS if "Demo" in name],
}
session = SessionStore()
session[SESSION_KEY] = str(person.pk)
session[BACKEND_SESSION_KEY] = "programme.access.backends.DemoBackend"
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.save()
client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
home = client.get("/home/", secure=True)
told["with a session of the demonstration"] = home.headers.get("Location")
client.cookies.clear()
page = client.get("/accounts/login/", secure=True)
told["headers"] = {name: page.headers[name] for name in ("Strict-Transport-Security",)}
told["cookies"] = {
    name: [bool(one["secure"]), bool(one["httponly"]), one["samesite"], one["path"], one["domain"]]
    for name, one in page.cookies.items()
}
told["without TLS"] = client.get("/accounts/login/").headers["Location"]
print(json.dumps(told))
"""


def test_the_demonstration_s_way_in_is_not_there(cluster: dict[str, str]) -> None:
    visited = run(cluster["recurrent_app"], sys.executable, "-c", VISIT)

    assert visited.returncode == 0, visited.stderr
    assert json.loads(visited.stdout.splitlines()[-1]) == {
        "pages": [404, 404],
        "backend": "None",
        "listed": [],
        "with a session of the demonstration": "/accounts/login/?next=/home/",
        "headers": {"Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload"},
        "cookies": {"__Host-csrf": [True, True, "Lax", "/", ""]},
        "without TLS": "https://service.example/accounts/login/",
    }


def test_the_demonstration_s_people_are_refused(cluster: dict[str, str]) -> None:
    seeded = manage(cluster["recurrent_app"], "seed_demo")

    assert (seeded.returncode, seeded.stdout) == (1, "")
    assert "The demonstration is not for service." in seeded.stderr


# --- Work in the background -------------------------------------------------------------------

APPROVE = """
import io, sys
import django
django.setup()
from programme.access.actors import SEEDER
from programme.access.models import RoleGrant, User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.exchange import actions
from programme.pathways.models import Programme

def officer(name):
    user = User.objects.create(email=f"{name}@service.example", name=name)
    with acting_as(SEEDER):
        RoleGrant.objects.create(
            user=user, role=Role.DATA_OFFICER, starts_on=today(), approved_by_id=SEEDER
        )
    return user

offerer, approver = officer("ann"), officer("bea")
package = io.BytesIO(sys.stdin.buffer.read())
with acting_as(offerer):
    request = actions.offer_package(package=package, by=offerer)
    actions.ask_for_approval(request=request, by=offerer)
with acting_as(approver):
    actions.approve_package(request=request, by=approver)
"""


def test_an_approved_package_is_stored_by_the_worker(
    cluster: dict[str, str], tmp_path: Path
) -> None:
    package = zip_of(ROOT / "tests" / "cases" / "durham-2019", tmp_path)
    offered = subprocess.run(
        [sys.executable, "-c", APPROVE],
        cwd=ROOT,
        env={**surroundings(), "DATABASE_URL": cluster["recurrent_app"], **SETTINGS},
        input=package,
        capture_output=True,
        timeout=180,
    )
    assert offered.returncode == 0, offered.stderr.decode()

    worked = manage(cluster["recurrent_app"], "worker", "--batch")

    assert worked.returncode == 0, worked.stderr
    states = ask(cluster["postgres"], "SELECT state FROM programme_loadrequest")
    parts = ask(cluster["postgres"], "SELECT count(*) FROM programme_loadpart")
    parents = ask(cluster["postgres"], "SELECT count(*) FROM programme_parent")
    assert (states, parts, parents) == (["loaded"], [0], [80])


def zip_of(folder: Path, to: Path) -> bytes:
    with zipfile.ZipFile(to / "package.zip", "w") as archive:
        for path in sorted(folder.glob("*.csv")):
            archive.write(path, path.name)
    return (to / "package.zip").read_bytes()
