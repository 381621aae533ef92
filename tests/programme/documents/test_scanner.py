"""clamd, where there is one: a small server that speaks its protocol, byte by byte."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from programme.documents.gate import Refused, admit
from programme.documents.gate.scanner import NoAnswer
from tests.files import a_pdf, an_email

Start = Callable[..., None]


class Peer:
    """Answers one stream after another; ``found`` is a word that makes it find a virus."""

    def __init__(self, door: socket.socket, answer: bytes | None, found: bytes) -> None:
        self.door, self.answer, self.found = door, answer, found
        self.received: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self.door.accept()
            except OSError:
                return
            with caller:
                self._talk(caller)

    def _talk(self, caller: socket.socket) -> None:
        with caller.makefile("rb") as heard:
            assert heard.read(10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack("!I", heard.read(4))[0]:
                content += heard.read(length)
            self.received.append(content)
            is_bad = self.found in content
            said = b"stream: Eicar-Signature FOUND\0" if is_bad else self.answer
            if said is None:
                threading.Event().wait(3)
            else:
                caller.sendall(said)


@pytest.fixture
def start(settings: Any, tmp_path: Path) -> Iterator[Callable[..., Peer]]:
    """Switches scanning on with a peer at a socket's path, or at a port of this machine."""
    doors: list[socket.socket] = []

    def started(answer: bytes | None = b"stream: OK\0", *, at_port: bool = False) -> Peer:
        if at_port:
            door = socket.create_server(("127.0.0.1", 0))
            settings.CLAMD_SOCKET = f"127.0.0.1:{door.getsockname()[1]}"
        else:
            door = socket.socket(socket.AF_UNIX)
            door.bind(str(tmp_path / "clamd"))
            door.listen()
            settings.CLAMD_SOCKET = str(tmp_path / "clamd")
        doors.append(door)
        settings.CLAMD_SECONDS = 1
        return Peer(door, answer, b"EICAR-STANDARD")

    yield started
    for door in doors:
        door.close()


@pytest.mark.parametrize("at_port", [False, True], ids=["path", "port"])
def test_a_clean_file_is_scanned_whole_and_kept(start: Start, at_port: bool) -> None:
    large = a_pdf(more=(f"({'x' * 200_000})",))
    peer = start(at_port=at_port)

    assert admit(large, "letter.pdf").content == large
    assert peer.received == [large]  # type: ignore[attr-defined]


def test_a_virus_in_a_good_file_is_refused_kindly(start: Start) -> None:
    start()

    with pytest.raises(Refused) as refused:
        admit(a_pdf(more=("(EICAR-STANDARD)",)), "letter.pdf")

    assert refused.value.words.startswith("The virus scanner found something harmful")


def test_each_attachment_is_scanned_as_it_was_before_it_was_packed(start: Start) -> None:
    start()
    mail = an_email(files={"letter.pdf": a_pdf(more=("(EICAR-STANDARD)",))})
    assert b"EICAR-STANDARD" not in mail

    with pytest.raises(Refused, match=r"“letter.pdf”. The virus scanner found"):
        admit(mail, "mail.eml")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"stream: OK and more\0",
        b"stream: \0",
        b"OK\0",
        b"\xff\xfe\0",
    ],
)
def test_anything_but_a_clean_answer_keeps_the_file_out(start: Start, answer: bytes | None) -> None:
    start(answer)

    with pytest.raises(NoAnswer):
        admit(a_pdf(), "letter.pdf")


@pytest.mark.parametrize("where", ["/nowhere/clamd", "127.0.0.1:1", "not an address"])
def test_a_scanner_that_is_not_there_keeps_every_file_out(settings: Any, where: str) -> None:
    settings.CLAMD_SOCKET = where

    with pytest.raises(NoAnswer, match="Try again later; everything else works"):
        admit(a_pdf(), "letter.pdf")
