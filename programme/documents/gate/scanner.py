"""Asking clamd for viruses, where the service has one. Switched on, it fails closed."""

import logging
import socket
import struct
import time
from collections.abc import Iterator

from django.conf import settings

from programme.documents.gate.types import Refused

logger = logging.getLogger(__name__)
CHUNK = 65_536
LONGEST_ANSWER = 4_096
NOT_NOW = (
    "The virus scanner does not answer, so no file can be added right now. "
    "Try again later; everything else works."
)


class NoAnswer(Refused):
    """The scanner cannot be asked: no file is let in without it."""


def scan(content: bytes) -> None:
    """Nothing when the scanner says the file is clean, or when none is set (``CLAMD_SOCKET``)."""
    if not settings.CLAMD_SOCKET:
        return
    try:
        answer = _ask(content)
    except (OSError, ValueError) as problem:
        logger.error("The virus scanner does not answer: %s", type(problem).__name__)
        raise NoAnswer(NOT_NOW) from None
    if answer == "stream: OK":
        return
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        logger.warning("The virus scanner refused a file.")
        raise Refused(
            "The virus scanner found something harmful in this file. It was not kept. "
            "Do not open it, and tell whoever looks after your computers."
        )
    logger.error("The virus scanner could not scan a file.")
    raise NoAnswer(
        "The virus scanner could not check this file, so it was not kept. "
        "Try again later, or send it as a PDF."
    )


def _ask(content: bytes) -> str:
    """clamd's INSTREAM: parts, each with its length before it, then an empty one."""
    deadline = time.monotonic() + settings.CLAMD_SECONDS
    with _connection() as peer:
        for message in _messages(content):
            peer.settimeout(_left(deadline))
            peer.sendall(message)
        return _answer(peer, deadline)


def _messages(content: bytes) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    for start in range(0, len(content), CHUNK):
        part = content[start : start + CHUNK]
        yield struct.pack("!I", len(part)) + part
    yield struct.pack("!I", 0)


def _answer(peer: socket.socket, deadline: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        peer.settimeout(_left(deadline))
        received = peer.recv(LONGEST_ANSWER)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connection() -> socket.socket:
    """To a socket's path, or to ``host:port``."""
    where = settings.CLAMD_SOCKET
    if where.startswith("/"):
        peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        peer.settimeout(settings.CLAMD_SECONDS)
        try:
            peer.connect(where)
        except OSError:
            peer.close()
            raise
        return peer
    host, _, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), settings.CLAMD_SECONDS)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
