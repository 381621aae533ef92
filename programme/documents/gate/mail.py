"""E-mails saved as .eml: read with the standard library, kept as plain words."""

import re
from email.errors import MessageError
from email.header import Header, decode_header, make_header
from email.message import Message
from email.mime.text import MIMEText
from email.parser import BytesHeaderParser, BytesParser
from typing import Any

from programme.documents.gate.calendars import words_of_calendar
from programme.documents.gate.letters import Attached, Letter, both_ways, words_of_html
from programme.documents.gate.types import MEGABYTE, Refused

HEADERS = ("From", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To")
FIRST_LINE = re.compile(rb"[!-9;-~]{1,76}:[ \t\S]")
# Told by these that a message was really sent.
SENT = ("Date", "Received", "Message-ID")
LONGEST_HEAD = 200_000
LONGEST_WORDS = 2 * MEGABYTE
# Seals of the message itself: without it they prove nothing.
SEALS = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
DAMAGED = "This email cannot be read. Print it to a PDF and add that."
LONG = "This email is too long to be kept as one. Print it to a PDF and add that."
SCRAMBLED = "This email is encrypted. Open it, print it to a PDF, and add that."
READABLE = ("text/plain", "text/html", "text/calendar")
ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})


def looks_like(content: bytes) -> bool:
    """Whether it begins with the lines that every e-mail sent begins with."""
    if not FIRST_LINE.match(content):
        return False
    head = BytesHeaderParser().parsebytes(content[:LONGEST_HEAD])
    return head.get("From") is not None and any(head.get(name) is not None for name in SENT)


def read(content: bytes) -> Letter:
    """What was written and attached; raises ``Refused`` where it cannot be told."""
    try:
        return _letter(BytesParser().parsebytes(content))
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError, TypeError):
        # What the parser raises for messages that no mail program wrote.
        raise Refused(DAMAGED) from None


def rebuilt(letter: Letter, attached: list[str]) -> bytes:
    """An e-mail of its main lines and plain words; its attachments are documents beside it."""
    words = letter.words
    if attached:
        words += "\n\n[Attached, and kept beside this email: " + ", ".join(attached) + "]\n"
    message = MIMEText(words.replace("\r\n", "\n"), "plain", "utf-8")
    for name, value in letter.headers.items():
        message[name] = value if value.isascii() else Header(value, "utf-8").encode()
    return message.as_bytes()


def one_line(value: Any) -> str:
    """A header in readable letters, on one line."""
    try:
        words = str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError, TypeError):
        words = str(value)
    plain = words.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", plain).strip()[:2000]


def _letter(message: Any) -> Letter:
    headers = {name: one_line(message[name]) for name in HEADERS if message[name] is not None}
    reading = _Reading()
    reading.take(message)
    words = "\n\n".join(one for one in reading.words if one.strip())
    if len(words) > LONGEST_WORDS:
        raise Refused(LONG)
    return Letter(headers, words, reading.files)


class _Reading:
    """Goes through the parts of a message once."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.files: list[Attached] = []

    def take(self, part: Any) -> None:
        """Words and files of a part and all parts below it."""
        kind = part.get_content_type()
        if kind in ENCRYPTED:
            raise Refused(SCRAMBLED)
        if kind == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            self.files.append(Attached(f"{_subject(inner)}.eml", _letter(inner)))
        elif kind == "multipart/alternative" and part.is_multipart():
            self._take_all_ways(part.get_payload())
        elif part.is_multipart():
            for one in part.get_payload():
                self.take(one)
        else:
            self._take_leaf(part, kind)

    def _take_all_ways(self, ways: list[Any]) -> None:
        """The same said several ways: whatever one of them leaves out is taken from the others."""
        known = [one for one in ways if _is_readable(one) or one.get_filename()]
        words = ""
        for one in known or ways[-1:]:
            reading = _Reading()
            reading.take(one)
            words = both_ways(words, "\n\n".join(reading.words))
            self.files += reading.files
        self.words.append(words)

    def _take_leaf(self, part: Any, kind: str) -> None:
        name = part.get_filename()
        is_attached = part.get_content_disposition() == "attachment" or bool(name)
        if kind in SEALS:
            return
        if kind == "text/calendar":
            # Programs send an appointment twice: as another way of saying it, and as a file.
            if (said := words_of_calendar(_text(part))) not in "\n\n".join(self.words):
                self.words.append(said)
        elif kind in ("text/plain", "text/html") and not is_attached:
            self.words.append(_text(part))
        elif content := part.get_payload(decode=True):
            self.files.append(Attached(one_line(name) if name else "attachment", content))


def _is_readable(part: Any) -> bool:
    """Not one of the ways that only some program reads, beside those that all do."""
    return part.get_content_maintype() != "text" or part.get_content_type() in READABLE


def _text(part: Any) -> str:
    content = part.get_payload(decode=True) or b""
    if len(content) > 2 * LONGEST_WORDS:
        raise Refused(LONG)
    try:
        words = content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        words = content.decode("utf-8", "replace")
    return words_of_html(words) if part.get_content_type() == "text/html" else words.strip()


def _subject(message: "Message[str, str]") -> str:
    return one_line(message["Subject"] or "")[:80] or "email"
