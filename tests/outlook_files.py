"""Outlook messages for tests: a writer of compound files, made from the published format."""

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

SECTOR, SMALL_SECTOR, SMALL = 512, 64, 4096
FREE, END, IS_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# A folder's members by name: folders in it as dicts, streams as bytes.
Folder = dict[str, Any]
PROPERTIES = "__properties_version1.0"


def a_message(
    words: str = "See the plan.",
    files: dict[str, bytes | Folder] | None = None,
    subject: str = "The plan",
    *,
    is_inner: bool = False,
) -> Folder:
    """The folders and streams of a message sent on 4 March 2026."""
    texts = {"0037": subject, "0C1A": "Midwife", "5D01": "midwife@example.test", "1000": words}
    texts |= {"0E04": "Grace Example"}
    ticks = int((datetime(2026, 3, 4, 9, 30, tzinfo=UTC).timestamp() + 11_644_473_600) * 10**7)
    listed = bytes(24 if is_inner else 32) + struct.pack("<IIQ", 0x0039_0040, 6, ticks)
    message: Folder = {PROPERTIES: listed + b"".join(_listed(key, texts[key]) for key in texts)}
    message |= {f"__substg1.0_{key}001F": text.encode("utf-16-le") for key, text in texts.items()}
    for number, (name, content) in enumerate((files or {}).items()):
        kind = "000D" if isinstance(content, dict) else "0102"
        message[f"__attach_version1.0_#{number:08X}"] = {
            PROPERTIES: bytes(8) + _listed("3707", name) + _listed("3701", content, kind),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            f"__substg1.0_3701{kind}": content,
        }
    return message


def _listed(key: str, value: Any, kind: str = "001F") -> bytes:
    """A line of the list of values: which one, and how many bytes it takes."""
    size = 2 * len(value) + 2 if isinstance(value, str) else len(value)
    return struct.pack("<HHIII", int(kind, 16), int(key, 16), 6, size, 0)


def an_outlook_email(*args: Any, **options: Any) -> bytes:
    """The same as a file."""
    return a_compound(a_message(*args, **options))


def a_compound(root: Folder) -> bytes:
    """A compound file (version 3, sectors of 512 bytes)."""
    return _Writer().whole(root)


@dataclass
class _Entry:
    name: str
    kind: int  # 5 the root, 1 a folder, 2 a stream
    content: bytes = b""
    right: int = FREE
    child: int = FREE
    start: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        numbers = struct.pack("<HBBIII", len(name), self.kind, 1, FREE, self.right, self.child)
        end = struct.pack("<IQ", self.start, len(self.content))
        return name.ljust(64, b"\0") + numbers + bytes(36) + end


@dataclass
class _Writer:
    entries: list[_Entry] = field(default_factory=lambda: [_Entry("Root Entry", 5)])
    sectors: bytes = b""
    table: list[int] = field(default_factory=list)

    def whole(self, root: Folder) -> bytes:
        self._enter(root, 0)
        self._place_streams()
        directory = self._put(b"".join(one.packed() for one in self.entries))
        return self._with_head(directory)

    def _enter(self, folder: Folder, number: int) -> None:
        """Siblings form a tree that only leans right, in the order the format wants."""
        before: int | None = None
        for name in sorted(folder, key=lambda one: (len(one), one.upper())):
            at = len(self.entries)
            inner = folder[name]
            is_folder = isinstance(inner, dict)
            self.entries.append(_Entry(name, 1 if is_folder else 2, b"" if is_folder else inner))
            if before is None:
                self.entries[number].child = at
            else:
                self.entries[before].right = at
            before = at
            if is_folder:
                self._enter(inner, at)

    def _place_streams(self) -> None:
        small, small_table = b"", []
        for one in (entry for entry in self.entries if entry.kind == 2):
            if len(one.content) >= SMALL:
                one.start = self._put(one.content)
                continue
            count = -(-len(one.content) // SMALL_SECTOR)
            one.start = len(small_table) if count else END
            small_table += _chain(len(small_table), count)
            small += one.content.ljust(count * SMALL_SECTOR, b"\0")
        self.entries[0].content = small
        self.entries[0].start = self._put(small)
        self.small_count = -(-len(small_table) * 4 // SECTOR)
        self.small_at = self._put(_numbers(small_table, self.small_count))

    def _put(self, content: bytes) -> int:
        """The content in sectors of its own; gives the first."""
        first, count = len(self.table), -(-len(content) // SECTOR)
        self.table += _chain(first, count)
        self.sectors += content.ljust(count * SECTOR, b"\0")
        return first if count else END

    def _with_head(self, directory: int) -> bytes:
        first = len(self.table)
        count = next(n for n in range(1, 110) if n * 128 >= first + n)
        self.table += [IS_TABLE] * count
        tables = range(first, first + count)
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        places = (0, count, directory, 0, SMALL, self.small_at, self.small_count, END, 0)
        head += struct.pack("<9I", *places)
        head += struct.pack("<109I", *tables, *[FREE] * (109 - count))
        return head + self.sectors + _numbers(self.table, count)


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END][:count] if count else []


def _numbers(values: list[int], sectors: int) -> bytes:
    return struct.pack(f"<{len(values)}I", *values).ljust(sectors * SECTOR, b"\xff")
