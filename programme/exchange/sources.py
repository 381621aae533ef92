"""Opening a package: a folder or a zip of csv files, and nothing that reaches outside it."""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from programme.exchange.limits import LIMITS, Limits, in_words
from programme.exchange.problems import PackageRefused

# What a computer leaves in folders by itself.
LEFT_BEHIND = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
END_OF_CONTENTS = b"PK\x05\x06"
END_OF_CONTENTS_64 = b"PK\x06\x07"
LONGEST_END = 22 + 65_535
ENCRYPTED = 0x1


@dataclass(frozen=True)
class Source:
    """The files of a package by name, each with how to open it."""

    files: dict[str, Callable[[], IO[bytes]]]


@contextmanager
def opened(package: Path | IO[bytes], limits: Limits = LIMITS) -> Iterator[Source]:
    """The package at a path, or a zip already in memory; raises ``PackageRefused``."""
    with _plainly():
        if isinstance(package, Path) and package.is_dir():
            yield Source(_folder(package, limits))
            return
        with _zip(package, limits) as archive:
            yield Source(_members(archive, limits))


def _folder(folder: Path, limits: Limits) -> dict[str, Callable[[], IO[bytes]]]:
    files: dict[str, Callable[[], IO[bytes]]] = {}
    sizes = []
    for path in sorted(folder.iterdir()):
        if path.name in LEFT_BEHIND:
            continue
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise PackageRefused(f"{path.name} is a link or a device. Only plain files are read.")
        if path.is_dir():
            files[path.name + "/"] = _not_a_file
            continue
        sizes.append((path.name, path.stat().st_size))
        files[path.name] = _opener(path)
    _refuse_large(sizes, limits)
    return files


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _not_a_file() -> IO[bytes]:
    raise PackageRefused("A folder inside a package is not read.")


def _refuse_large(sizes: list[tuple[str, int]], limits: Limits) -> None:
    if len(sizes) > limits.files:
        raise PackageRefused(f"There are {len(sizes)} files; at most {limits.files} are read.")
    for name, size in sizes:
        if size > limits.file_bytes:
            allowed = in_words(limits.file_bytes)
            raise PackageRefused(f"{name} is {in_words(size)}; at most {allowed} are read.")
    total = sum(size for _, size in sizes)
    if total > limits.all_bytes:
        allowed = in_words(limits.all_bytes)
        raise PackageRefused(f"The package is {in_words(total)}; at most {allowed} are read.")


@contextmanager
def _plainly() -> Iterator[None]:
    """What a disk or a broken zip raises, at opening or while reading, becomes one sentence."""
    try:
        yield
    except FileNotFoundError:
        raise PackageRefused("There is no such file or folder.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise PackageRefused("This zip is damaged or of a kind that is not read.") from None
    except OSError as error:
        raise PackageRefused(f"It cannot be read: {error.strerror or 'unknown'}.") from None


# --- Zip ------------------------------------------------------------------------------------


def _zip(package: Path | IO[bytes], limits: Limits) -> zipfile.ZipFile:
    if isinstance(package, Path):
        if not package.is_file():
            raise PackageRefused("There is no such file or folder.")
        with package.open("rb") as file:
            _refuse_contents(file, limits)
        return zipfile.ZipFile(package)
    _refuse_contents(package, limits)
    return zipfile.ZipFile(package)


def _refuse_contents(file: IO[bytes], limits: Limits) -> None:
    """Looks at a zip's last bytes before anything is unpacked or held in memory."""
    size = file.seek(0, 2)
    if size == 0:
        raise PackageRefused("The file is empty. A package is a folder or a zip of csv files.")
    if size > limits.zip_bytes:
        allowed = in_words(limits.zip_bytes)
        raise PackageRefused(f"The zip is {in_words(size)}; at most {allowed} are read.")
    file.seek(max(0, size - LONGEST_END))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(END_OF_CONTENTS)
    if at < 0:
        raise PackageRefused("This is not a zip. A package is a folder or a zip of csv files.")
    contents = int.from_bytes(tail[at + 12 : at + 16], "little")
    if contents > limits.contents_bytes or END_OF_CONTENTS_64 in tail[max(0, at - 20) : at]:
        raise PackageRefused(f"The zip lists too many files; at most {limits.files} are read.")


def _members(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Callable[[], IO[bytes]]]:
    members = [entry for entry in archive.infolist() if not _is_left_behind(entry.filename)]
    for entry in members:
        _refuse_unsafe(entry)
    kept = [entry for entry in members if not entry.is_dir()]
    _refuse_large([(entry.filename, entry.file_size) for entry in kept], limits)
    for entry in kept:
        _refuse_bomb(entry, limits)
    return _by_name(archive, kept)


def _is_left_behind(name: str) -> bool:
    return any(part in LEFT_BEHIND for part in PurePosixPath(name).parts)


def _refuse_unsafe(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
    if outside or entry.orig_filename != name:
        raise PackageRefused("A name in this zip points outside it. Nothing was read.")
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageRefused("This zip holds a link or a device. Only plain files are read.")
    if entry.flag_bits & ENCRYPTED:
        raise PackageRefused("This zip asks for a password. Send it without one.")


def _refuse_bomb(entry: zipfile.ZipInfo, limits: Limits) -> None:
    packed = max(entry.compress_size, 1)
    if entry.file_size > limits.small_bytes and entry.file_size / packed > limits.growth:
        raise PackageRefused(
            f"{entry.filename} grows to {in_words(entry.file_size)} when unpacked, "
            f"more than {limits.growth} times its packed size. Nothing was read."
        )


def _by_name(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> dict[str, Callable[[], IO[bytes]]]:
    """Files at the top, or in the one folder that holds them all."""
    tops = {PurePosixPath(entry.filename).parts[0] for entry in entries}
    nested = len(tops) == 1 and all("/" in entry.filename for entry in entries)
    start = len(next(iter(tops))) + 1 if nested else 0
    files: dict[str, Callable[[], IO[bytes]]] = {}
    for entry in entries:
        name = entry.filename[start:]
        if name in files:
            raise PackageRefused(f"{name} is in this zip twice.")
        files[name] = _member_opener(archive, entry)
    return files


def _member_opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(entry)
