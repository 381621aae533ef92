"""Where files lie: a folder of their own that nothing serves, scrambled, under random names.

A file is written before its row, so a row never lacks its file. What then happens to the row is
the database's to say: ``watched`` remembers what was written, and a file whose row was not stored
is removed when the request has ended (``middleware``) or by the command ``sweep_documents``.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from programme.core.encryption import scramble_bytes, unscramble_bytes

NAME = re.compile(r"[0-9a-f]{32}")
_written: ContextVar[list[str] | None] = ContextVar("written_files", default=None)


def write(content: bytes) -> str:
    """Keeps a file; gives the random name it lies under."""
    name = uuid4().hex
    if (written := _written.get()) is not None:
        written.append(name)
    path = _path(name)
    _make_folder(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(scramble_bytes(content))
        file.flush()
        os.fsync(file.fileno())
    _fix_names(path.parent)
    return name


def read(name: str) -> bytes:
    """A file as it was written; ``FileNotFoundError`` when it is not there."""
    return unscramble_bytes(_path(name).read_bytes())


def remove(name: str) -> None:
    """Takes a file away; one that is gone already is no fault."""
    _path(name).unlink(missing_ok=True)


def names(*, older_than_seconds: float = 0) -> Iterator[str]:
    """Every file that lies there, by name."""
    latest = time.time() - older_than_seconds
    for path in sorted(_folder().glob("??/*")):
        if NAME.fullmatch(path.name) and path.stat().st_mtime <= latest:
            yield path.name


@contextmanager
def watched() -> Iterator[list[str]]:
    """The names of the files that are written meanwhile."""
    written: list[str] = []
    token = _written.set(written)
    try:
        yield written
    finally:
        _written.reset(token)


def _folder() -> Path:
    return Path(settings.DOCUMENTS_ROOT)


def _make_folder(folder: Path) -> None:
    """The folder and those above it; a power cut must not take a new one, and its files, away."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _fix_names(folder.parent)


def _fix_names(folder: Path) -> None:
    """Which files a folder holds is written to the disk by itself, after what they hold."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise ValueError("This is not the name of a kept file.")
    return _folder() / name[:2] / name
