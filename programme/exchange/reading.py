"""Rows of one file, one at a time: whatever its size, only a row is held."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from programme.exchange.limits import LIMITS, Limits, in_words
from programme.exchange.problems import PackageRefused, Problem, Problems
from programme.exchange.schema import Column, Table
from programme.exchange.sources import Source

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
QUOTES = "A cell with quotes is right when it begins and ends with one and doubles those inside."
LINE_ENDS = "Lines that end as on Windows or Unix are right."

# One cell may fill the row; Python's own limit is lower.
csv.field_size_limit(LIMITS.row_bytes)


class FileBroken(Exception):
    """The rest of the file cannot be read; ``right`` says what would be right."""

    def __init__(self, right: str) -> None:
        super().__init__(right)
        self.right = right


@dataclass(frozen=True)
class Row:
    """The cells of a row by column name, and the line it begins on."""

    line: int
    cells: dict[str, str]


class Lines:
    """The lines of a file as text. Bytes that are not UTF-8 stay recognisable in their cell."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.row_bytes = 0
        self.is_first = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.file.readline(self.limits.row_bytes + 1)
        if not line:
            raise StopIteration
        self.row_bytes += len(line)
        if self.row_bytes > self.limits.row_bytes:
            allowed = in_words(self.limits.row_bytes)
            raise FileBroken(f"A row of at most {allowed} is right. Is a closing quote missing?")
        return self._decoded(line)

    def _decoded(self, line: bytes) -> str:
        if self.is_first:
            self.is_first = False
            if line.startswith(UTF_16_MARKS):
                raise FileBroken("Text in UTF-8 is right; this file is in UTF-16.")
            line = line.removeprefix(BYTE_ORDER_MARK)
        return line.decode("utf-8", "surrogateescape")


@dataclass
class FileReader:
    """One file of the package, told to ``problems`` as it is read."""

    table: Table
    source: Source
    problems: Problems
    limits: Limits = LIMITS
    # Some of its rows could not be read.
    is_partial: bool = False
    line: int = 1

    def rows(self) -> Iterator[Row]:
        """Every row that can be read; a file that is absent has none."""
        if self.table.file not in self.source.files:
            return
        with self.source.files[self.table.file]() as file:
            try:
                yield from self._rows(file)
            except FileBroken as broken:
                self._break(broken.right)

    def _rows(self, file: IO[bytes]) -> Iterator[Row]:
        lines = Lines(file, self.limits)
        self.reader = csv.reader(lines, strict=True)
        header = self._next(lines)
        if not header:
            raise FileBroken(f"A first line that names columns is right: {self._named()}.")
        if not self._has_columns(header[1]):
            self.is_partial = True
            return
        count = 0
        while (found := self._next(lines)) is not None:
            count += 1
            if count > self.limits.rows:
                raise FileBroken(f"At most {self.limits.rows:,} rows in a file are right.")
            row = self._row(header[1], *found)
            if row:
                yield row

    def _next(self, lines: Lines) -> tuple[int, list[str]] | None:
        """The next row that is not an empty line, with its first line; None at the end."""
        while True:
            self.line = self.reader.line_num + 1
            lines.row_bytes = 0
            try:
                cells = next(self.reader)
            except StopIteration:
                return None
            except csv.Error as error:
                raise FileBroken(LINE_ENDS if "new-line" in str(error) else QUOTES) from None
            if cells:
                return self.line, cells

    def _row(self, header: list[str], line: int, cells: list[str]) -> Row | None:
        if len(cells) != len(header):
            right = f"{len(header)} cells are right, as in the first line; here are {len(cells)}."
            self._tell(line, "", "", right)
            self.is_partial = True
            return None
        return Row(line, dict(zip(header, cells, strict=True)))

    def _has_columns(self, header: list[str]) -> bool:
        """Tells what is wrong with the first line; False when no row can be understood."""
        for name in sorted({name for name in header if header.count(name) > 1}):
            self._tell(1, name, "", "Each column once is right; this one is there twice.")
            return False
        for name in header:
            if name not in self.table.columns:
                right = f"Not a column of this file, so not read. Its columns: {self._named()}."
                self._tell(1, name, "", right, stops=False)
        missing = [column.name for column in self._required() if column.name not in header]
        for name in missing:
            self._tell(1, name, "", "This column is missing; it is right in every row.")
        return not missing

    def _required(self) -> list[Column]:
        return [column for column in self.table.columns.values() if column.is_required]

    def _named(self) -> str:
        return ", ".join(self.table.columns)

    def _break(self, right: str) -> None:
        self.is_partial = True
        self._tell(self.line, "", "", f"{right} The rest of this file was not read.")

    def _tell(self, line: int, column: str, value: str, right: str, *, stops: bool = True) -> None:
        self.problems.add(Problem(self.table.file, line, column, value, right, stops))


def refuse_when_nothing_is_known(source: Source, files: dict[str, Table]) -> None:
    """A package without a single file of the schema is not one."""
    if not any(name in files for name in source.files):
        raise PackageRefused(
            "No file of a caseload package is here, such as parents.csv or referrals.csv."
        )
