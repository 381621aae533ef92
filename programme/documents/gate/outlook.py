"""E-mails saved by Outlook (.msg): a compound file whose streams are named by number."""

import io
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser
from email.utils import format_datetime

import olefile

from programme.documents.gate.letters import Attached, Letter, both_ways, words_of_html
from programme.documents.gate.mail import DAMAGED, LONG, LONGEST_WORDS, one_line
from programme.documents.gate.types import Refused

PROPERTIES = "__properties_version1.0"
ATTACHMENT = "__attach_version1.0_#"
# The numbers of [MS-OXPROPS] that are read.
SUBJECT, TO, CC, SENDER, WORDS, PAGE = "0037", "0E04", "0E03", "0C1A", "1000", "1013"
RICH_TEXT = "1009"
SENDER_ADDRESS, SENDER_SMTP, TRANSPORT, MESSAGE_ID = "0C1F", "5D01", "007D", "1035"
CONTENT, LONG_NAME, SHORT_NAME = "3701", "3707", "3704"
SENT_AT = 0x0039_0040
UNICODE, NARROW, BINARY, INSIDE = "001F", "001E", "0102", "000D"
ONLY_RICH_TEXT = (
    "The words of this email are written so that only Outlook can read them. "
    "Open it, print it to a PDF, and add that."
)
FIRST_DAY = datetime(1601, 1, 1, tzinfo=UTC)
DEEPEST = 4

Path = tuple[str, ...]


def is_compound(content: bytes) -> bool:
    """Whether it begins as a compound file: Outlook's, or an old Office file."""
    return content.startswith(olefile.MAGIC)


def looks_like(content: bytes) -> bool:
    """Whether the compound file is an e-mail."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            return bool(file.exists(PROPERTIES))
    except (*_DAMAGE, RecursionError):
        return False


def read(content: bytes) -> Letter:
    """What was written and attached; raises ``Refused`` where it cannot be told."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            return _Reading(file, ()).letter()
    except (*_DAMAGE, RecursionError):
        raise Refused(DAMAGED) from None


_DAMAGE = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error)


class _Reading:
    """One message: the file's own, or one that lies inside an attachment."""

    def __init__(self, file: olefile.OleFileIO, path: Path) -> None:
        self.file = file
        self.path = path

    def letter(self) -> Letter:
        """The message with its attachments."""
        if len(self.path) > 2 * DEEPEST:
            raise Refused(DAMAGED)
        headers = {name: one_line(value) for name, value in self._headers().items() if value}
        return Letter(headers, self._words(), list(self._attached()))

    def _headers(self) -> dict[str, str]:
        travelled = HeaderParser().parsestr(self._text(TRANSPORT))
        address = self._text(SENDER_SMTP) or self._text(SENDER_ADDRESS)
        name = self._text(SENDER)
        sender = f"{name} <{address}>" if "@" in address else name
        return {
            "From": sender or str(travelled.get("From", "")),
            "To": self._text(TO) or str(travelled.get("To", "")),
            "Cc": self._text(CC),
            "Date": str(travelled.get("Date", "")) or self._sent_at(),
            "Subject": self._text(SUBJECT),
            "Message-ID": self._text(MESSAGE_ID) or str(travelled.get("Message-ID", "")),
        }

    def _words(self) -> str:
        words, page = self._text(WORDS).strip(), self._page()
        if max(len(words), len(page)) > LONGEST_WORDS:
            raise Refused(LONG)
        found = both_ways(words, words_of_html(page))
        if not found and self._stream(self.path, RICH_TEXT, BINARY):
            raise Refused(ONLY_RICH_TEXT)
        return found

    def _page(self) -> str:
        """The words as a page of HTML, which programs keep as bytes or as text."""
        content = self._stream(self.path, PAGE, BINARY)
        if not content:
            return self._text(PAGE)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("cp1252", "replace")

    def _attached(self) -> Iterator[Attached]:
        depth = len(self.path) + 1
        below = self.file.listdir(streams=True, storages=True)
        folders = {
            tuple(one[:depth])
            for one in below
            if len(one) >= depth
            and tuple(one[: depth - 1]) == self.path
            and one[depth - 1].startswith(ATTACHMENT)
        }
        for folder in sorted(folders):
            yield self._attachment(folder)

    def _attachment(self, folder: Path) -> Attached:
        name = self._text(LONG_NAME, folder) or self._text(SHORT_NAME, folder) or "attachment"
        inside = (*folder, f"__substg1.0_{CONTENT}{INSIDE}")
        if not self.file.exists(list(inside)):
            return Attached(name, self._stream(folder, CONTENT, BINARY))
        letter = _Reading(self.file, inside).letter()
        return Attached(f"{letter.headers.get('Subject', '') or 'email'}.msg", letter)

    def _text(self, number: str, path: Path | None = None) -> str:
        where = self.path if path is None else path
        wide = self._stream(where, number, UNICODE)
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return self._stream(where, number, NARROW).decode("cp1252", "replace").rstrip("\0")

    def _stream(self, path: Path, number: str, kind: str) -> bytes:
        where = [*path, f"__substg1.0_{number}{kind}"]
        if not self.file.exists(where) or self.file.get_type(where) != olefile.STGTY_STREAM:
            return b""
        return bytes(self.file.openstream(where).read())

    def _sent_at(self) -> str:
        """The moment it was sent, from the list of fixed-length values."""
        listed = self.file.openstream([*self.path, PROPERTIES]).read()
        first = 24 if self.path else 32
        for at in range(first, len(listed) - 15, 16):
            tag, _, value = struct.unpack_from("<IIQ", listed, at)
            if tag == SENT_AT:
                return format_datetime(FIRST_DAY + timedelta(microseconds=value // 10))
        return ""
