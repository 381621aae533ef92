"""Where a package is written: a new folder or a new zip, readable by its owner only."""

import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from programme.exchange.problems import PackageRefused

OWNER_ONLY = 0o600


class Target(Protocol):
    """Takes the files of a package one after another."""

    def file(self, name: str) -> AbstractContextManager[TextIO]:
        """A new file of the package, as text."""
        ...


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def file(self, name: str) -> Iterator[TextIO]:
        with open(self.path / name, "x", encoding="utf-8", newline="", opener=_owner_only) as file:
            yield file


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    @contextmanager
    def file(self, name: str) -> Iterator[TextIO]:
        with (
            self.archive.open(name, "w") as packed,
            io.TextIOWrapper(packed, encoding="utf-8", newline="") as file,
        ):
            yield file


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)


@contextmanager
def new_folder(path: Path) -> Iterator[Target]:
    """A folder that is not there yet, or is empty; gone again when writing fails."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise PackageRefused(f"{path.name} is there already. Choose a new folder.")
    with _or_nothing(lambda: shutil.rmtree(path, ignore_errors=True)):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield _Folder(path)


@contextmanager
def new_zip(path: Path) -> Iterator[Target]:
    """A zip that is not there yet; gone again when writing fails."""
    if path.exists():
        raise PackageRefused(f"{path.name} is there already. Choose a new file.")
    with (
        _or_nothing(lambda: path.unlink(missing_ok=True)),
        open(path, "xb", opener=_owner_only) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        yield _Zip(archive)


@contextmanager
def _or_nothing(remove: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remove()
        raise PackageRefused(f"It cannot be written: {error.strerror or 'unknown'}.") from None
    except BaseException:
        remove()
        raise
