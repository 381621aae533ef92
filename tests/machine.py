"""What this machine has for the tests, and how the suite is run on it. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome"]
NOTHING_COLLECTED = 5


def find_chromium() -> str | None:
    """The browser named by CHROMIUM, else one on this machine."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def left_out(environment: Path) -> list[str]:
    """A line for each kind of test this machine cannot run, and why."""
    lines = []
    if not postgres.find_binaries(environment):
        lines.append("tests on PostgreSQL (no server programs found; apt install postgresql)")
    if not find_chromium():
        lines.append("browser journeys (no Chromium found; apt install chromium)")
    return lines


def run_suite(python: Path, environment: Path, arguments: list[str]) -> int:
    """The suite on SQLite, then on PostgreSQL; 0 only when both passed."""
    missing = left_out(environment)
    must_have_all = os.environ.get("REQUIRE_ALL") == "1"
    outcomes = [1]
    if not (missing and must_have_all):
        outcomes = _run_on_each(python, postgres.find_binaries(environment), arguments)
    for line in missing:
        print(f"Left out: {line}", flush=True)
    return _together(outcomes)


def _run_on_each(python: Path, binaries: Path | None, arguments: list[str]) -> list[int]:
    """The outcome on SQLite and, where there are ``binaries``, on PostgreSQL."""
    if not binaries:
        return [_pytest(python, "SQLite", {"DATABASE_URL": "sqlite://"}, arguments)]
    # The wall's full matrix and the journeys run once, where they say most.
    left_to_postgres = {"DATABASE_URL": "sqlite://", "LEFT_TO_POSTGRES": "browser matrix"}
    first = _pytest(python, "SQLite", left_to_postgres, arguments)
    # What is the same on every database, or asks none, has said all it can.
    with postgres.cluster(binaries) as address:
        second = {"DATABASE_URL": address, "LEFT_TO_SQLITE": "once"}
        return [first, _pytest(python, "PostgreSQL", second, arguments)]


def _together(outcomes: list[int]) -> int:
    """A file whose tests all belong to one database collects nothing on the other."""
    ran = [outcome for outcome in outcomes if outcome != NOTHING_COLLECTED]
    return max(ran) if ran else NOTHING_COLLECTED


def _pytest(python: Path, name: str, variables: dict[str, str], arguments: list[str]) -> int:
    print(f"\n=== {name} ===", flush=True)
    settings = {"DJANGO_SETTINGS_MODULE": "recurrent.settings.test", **variables}
    command = [str(python), "-m", "pytest", *_workers(arguments), *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}).returncode


def _workers(arguments: list[str]) -> list[str]:
    """Two workers pay for the whole suite; a few named tests start sooner without."""
    names_something = any(not word.startswith("-") for word in arguments)
    return [] if names_something else ["-n", "2", "--dist", "worksteal"]
