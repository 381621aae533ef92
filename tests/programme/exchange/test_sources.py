"""Hostile and broken packages: each ends with a plain sentence and little memory."""

import io
import os
import stat
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from programme.exchange.limits import Limits
from programme.exchange.problems import PackageRefused, Problem, Problems
from programme.exchange.reading import FileReader
from programme.exchange.schema import TABLES
from programme.exchange.sources import opened

SMALL = Limits(files=3, zip_bytes=50_000, file_bytes=2000, all_bytes=3000, row_bytes=500, rows=10)
HEADER = b"area,year_start,year_end,figure,value,source\n"


def zip_of(*members: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    """A zip in memory."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def refusal(package: Path | io.BytesIO, limits: Limits = SMALL) -> str:
    """Why a package is refused."""
    with pytest.raises(PackageRefused) as refused, opened(package, limits) as source:
        for open_file in source.files.values():
            open_file().read()
    return refused.value.message


def linked(name: str) -> zipfile.ZipInfo:
    """A member that is a symbolic link."""
    member = zipfile.ZipInfo(name)
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


# --- Zips -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../parents.csv", "a/../../parents.csv", "/etc/parents.csv", "C:/parents.csv"]
)
def test_a_name_that_points_outside_is_refused(name: str) -> None:
    assert refusal(zip_of((name, b"x"))) == (
        "A name in this zip points outside it. Nothing was read."
    )


def test_a_backslash_in_a_name_is_refused() -> None:
    assert refusal(zip_of(("..\\parents.csv", b"x"))) == (
        "A name in this zip points outside it. Nothing was read."
    )


def test_a_link_in_a_zip_is_refused() -> None:
    assert refusal(zip_of((linked("parents.csv"), b"/etc/passwd"))) == (
        "This zip holds a link or a device. Only plain files are read."
    )


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zip_of(("contacts.csv", b"0" * 90_000_000))

    said = refusal(bomb, Limits())

    assert said.startswith("contacts.csv grows to 90 MB when unpacked, more than 200 times")


def test_a_bomb_takes_little_memory() -> None:
    bomb = zip_of(("contacts.csv", b"0" * 90_000_000))
    tracemalloc.start()
    try:
        refusal(bomb, Limits())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 1_000_000


def test_many_small_files_are_refused() -> None:
    assert refusal(zip_of(*((f"{n}.csv", b"x") for n in range(4)))) == (
        "There are 4 files; at most 3 are read."
    )


def test_a_long_list_of_files_is_refused_before_it_is_held() -> None:
    crowd = zip_of(*((f"{n:0200}.csv", b"") for n in range(500)))

    assert refusal(crowd, Limits()) == "The zip lists too many files; at most 100 are read."


def test_a_large_zip_is_refused() -> None:
    assert refusal(zip_of(("a.csv", os.urandom(60_000)))) == (
        "The zip is 60,128 bytes; at most 50,000 bytes are read."
    )


def test_the_same_name_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zip_of(("parents.csv", b"x"), ("parents.csv", b"y"))

    assert refusal(twice) == "parents.csv is in this zip twice."


def test_a_zip_with_a_password_is_refused() -> None:
    packed = zip_of(("parents.csv", b"x"))
    content = bytearray(packed.getvalue())
    # The bit that says "encrypted", in the local header and in the list at the end.
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1

    assert refusal(io.BytesIO(content)) == "This zip asks for a password. Send it without one."


def test_a_damaged_zip_is_refused() -> None:
    content = bytearray(zip_of(("parents.csv", bytes(range(256)))).getvalue())
    content[60] ^= 0xFF

    assert refusal(io.BytesIO(content)) == "This zip is damaged or of a kind that is not read."


@pytest.mark.parametrize("content", [b"PK\x03\x04 and nothing more", b"parent_id\nm1\n"])
def test_what_is_not_a_zip_is_refused(content: bytes) -> None:
    assert refusal(io.BytesIO(content)) == (
        "This is not a zip. A package is a folder or a zip of csv files."
    )


def test_an_empty_zip_file_is_refused() -> None:
    assert refusal(io.BytesIO(b"")) == (
        "The file is empty. A package is a folder or a zip of csv files."
    )


# --- Folders ----------------------------------------------------------------------------------


def test_a_path_to_nowhere_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing") == "There is no such file or folder."


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parents.csv").symlink_to("/etc/passwd")

    assert refusal(tmp_path) == "parents.csv is a link or a device. Only plain files are read."


def test_a_pipe_in_a_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "parents.csv")

    assert refusal(tmp_path) == "parents.csv is a link or a device. Only plain files are read."


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "contacts.csv").open("wb") as file:
        file.truncate(200_000_000)

    assert refusal(tmp_path, Limits()) == ("contacts.csv is 200 MB; at most 100 MB are read.")


def test_many_files_together_are_refused(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"x" * 1900)

    assert refusal(tmp_path) == "The package is 3,800 bytes; at most 3,000 bytes are read."


# --- Rows -------------------------------------------------------------------------------------


def read(content: bytes, limits: Limits = SMALL) -> tuple[list[tuple[int, str]], list[Problem]]:
    """The line and the last cell of each row of a population file, and what was told."""
    problems = Problems()
    with opened(zip_of(("population.csv", content)), limits) as source:
        reader = FileReader(TABLES["population"], source, problems, limits)
        rows = [(row.line, row.cells["source"]) for row in reader.rows()]
    return rows, problems.kept


def row(source: str) -> bytes:
    return f"Area,2018-04-01,2019-03-31,live_births,10,{source}\n".encode()


def test_a_mark_at_the_start_and_windows_line_ends_are_accepted() -> None:
    content = b"\xef\xbb\xbf" + (HEADER + row("one") + row("two")).replace(b"\n", b"\r\n")

    assert read(content) == ([(2, "one"), (3, "two")], [])


def test_lines_are_counted_through_line_breaks_in_quotes() -> None:
    content = HEADER + row('"one\ntwo\nthree"') + b"\n" + row("four")

    assert read(content) == ([(2, "one\ntwo\nthree"), (6, "four")], [])


def test_a_last_line_without_an_end_is_read() -> None:
    assert read(HEADER + row("one").rstrip()) == ([(2, "one")], [])


TOLD = {
    "open quote": (
        HEADER + row("one") + row('"two') + row("three"),
        3,
        "A cell with quotes is right when it begins and ends with one and doubles those inside. "
        "The rest of this file was not read.",
    ),
    "words after a quote": (
        HEADER + row("one") + row('"two" more'),
        3,
        "A cell with quotes is right when it begins and ends with one and doubles those inside. "
        "The rest of this file was not read.",
    ),
    "old line ends": (
        HEADER + row("one") + row("two").replace(b"\n", b"\r") * 2,
        3,
        "Lines that end as on Windows or Unix are right. The rest of this file was not read.",
    ),
    "a row past the limit": (
        HEADER + row("one") + row("x" * 600),
        3,
        "A row of at most 500 bytes is right. Is a closing quote missing? "
        "The rest of this file was not read.",
    ),
    "a row of many lines past the limit": (
        HEADER + row("one") + row('"' + "x\n" * 300),
        3,
        "A row of at most 500 bytes is right. Is a closing quote missing? "
        "The rest of this file was not read.",
    ),
    "UTF-16": (
        (HEADER + row("one")).decode().encode("utf-16"),
        1,
        "Text in UTF-8 is right; this file is in UTF-16. The rest of this file was not read.",
    ),
    "more rows than the limit": (
        HEADER + row("o") * 11,
        12,
        "At most 10 rows in a file are right. The rest of this file was not read.",
    ),
}


@pytest.mark.parametrize("content, line, right", TOLD.values(), ids=TOLD.keys())
def test_a_file_that_cannot_be_read_on_says_where(content: bytes, line: int, right: str) -> None:
    _, problems = read(content)

    assert problems == [Problem("population.csv", line, "", "", right)]


def test_the_same_column_twice_is_told() -> None:
    content = HEADER.replace(b"area,", b"source,") + row("one")

    assert read(content)[1] == [
        Problem(
            "population.csv", 1, "source", "", "Each column once is right; this one is there twice."
        )
    ]


def test_a_file_is_read_a_row_at_a_time() -> None:
    content = HEADER + row("x" * 1000) * 20_000
    with opened(zip_of(("population.csv", content)), Limits(growth=10_000)) as source:
        reader = FileReader(TABLES["population"], source, Problems(), Limits())
        tracemalloc.start()
        try:
            count = sum(1 for _ in reader.rows())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert (count, peak < 1_000_000) == (20_000, True)
