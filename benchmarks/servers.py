"""The service and the bare pages, each in a gunicorn of its own, with what they cost the processor.

One throw-away PostgreSQL with a database for each; the service signs in as in ``docker/``: as a
role that owns nothing.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket
from urllib.parse import unquote

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import postgres

PASSWORDS = {"OWNER_PASSWORD": "owner1", "APP_PASSWORD": "app1"}
TICK = os.sysconf("SC_CLK_TCK")
SHAPE = ["--workers=3", "--threads=4", "--worker-tmp-dir=/dev/shm", "--timeout=60"]
COMMON = {
    "SECRET_KEY": "benchmarks-only " * 4,
    "FIELD_KEYS": "benchmarks-only-benchmarks-only",
    "ALLOWED_HOSTS": "localhost",
}
SETTINGS = {"service": "recurrent.settings.service", "bare": "benchmarks.bare.settings"}


@dataclass(frozen=True)
class Server:
    """A running gunicorn: its port, and the processes that work for it."""

    name: str
    port: int
    process: int
    address: str

    def cost(self) -> tuple[float, float]:
        """Seconds of the processor used so far: by the application, and by its backends."""
        workers = [self.process, *_children(self.process)]
        with psycopg.connect(self.address, autocommit=True) as connection:
            asked = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            backends = [pid for (pid,) in asked]
        return sum(map(_seconds, workers)), sum(map(_seconds, backends))


@contextmanager
def cluster(folder: Path) -> Iterator[dict[str, dict[str, str]]]:
    """The variables of each side as it signs in, and of the service's owners."""
    binaries = postgres.find_binaries(Path(sys.prefix))
    assert binaries is not None
    with postgres.cluster(binaries, database="postgres") as address:
        place = address.removeprefix("postgresql://postgres@").removesuffix("/postgres")
        path = f"{binaries}{os.pathsep}{os.environ['PATH']}"
        known = {"PATH": path, "PGHOST": unquote(place), "POSTGRES_USER": "postgres", **PASSWORDS}
        logins = ROOT / "docker" / "postgres" / "logins.sh"
        subprocess.run(["bash", str(logins)], env=known, check=True)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE DATABASE bare")
        variables = {
            "service": _variables("service", f"recurrent_app@{place}/recurrent", folder),
            "service migrates": _variables("service", f"recurrent_owner@{place}/recurrent", folder),
            "service owner": _variables("service", f"postgres@{place}/recurrent", folder),
            "bare": _variables("bare", f"postgres@{place}/bare", folder),
        }
        manage(variables["service migrates"], "createcachetable")
        manage(variables["service migrates"], "migrate", "--no-input", "--verbosity=0")
        manage(variables["service"], "collectstatic", "--no-input", "--verbosity=0")
        # Its own tables have no migrations; those they point to come first.
        manage(variables["bare"], "migrate", "--verbosity=0")
        manage(variables["bare"], "migrate", "--run-syncdb", "--verbosity=0")
        yield variables


def _variables(side: str, address: str, folder: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")},
        **COMMON,
        "RECURRENT_VAR": str(folder),
        "DATABASE_URL": f"postgresql://{address}",
        "DJANGO_SETTINGS_MODULE": SETTINGS[side],
        "PYTHONPATH": str(ROOT),
    }


def manage(variables: dict[str, str], *words: str) -> None:
    """A command of Django."""
    subprocess.run([sys.executable, "-m", "django", *words], cwd=ROOT, env=variables, check=True)


def answer_of(variables: dict[str, str], module: str, *words: object) -> str:
    """What a module prints."""
    command = [sys.executable, "-m", module, *map(str, words)]
    run = subprocess.run(
        command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True
    )
    return run.stdout


@contextmanager
def serving(name: str, variables: dict[str, str], owner: str) -> Iterator[Server]:
    """A gunicorn as the image runs it, until the end."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "benchmarks.served:application", *SHAPE]
    started = subprocess.Popen(
        [*command, f"--bind=127.0.0.1:{port}", "--log-level=error", "--no-control-socket"],
        cwd=ROOT,
        env=variables,
    )
    try:
        _wait_for(port)
        yield Server(name, port, started.pid, owner)
    finally:
        started.terminate()
        started.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not start.")


def _seconds(process: int) -> float:
    """Of the processor, by all threads; nothing for one that has ended."""
    try:
        # The name of the program, in brackets, may hold spaces.
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(told[11]) + int(told[12])) / TICK


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(one) for one in told.split()]
