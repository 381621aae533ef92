"""Tests speak to this computer only: a socket to anywhere else is a failure."""

import socket
from typing import Any

HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class NetworkUsed(AssertionError):
    """A test tried to reach another computer."""


class LocalSocket(socket.socket):
    """A socket that reaches no further than this computer."""

    def connect(self, address: Any) -> None:
        self._refuse_elsewhere(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        self._refuse_elsewhere(address)
        return super().connect_ex(address)

    def _refuse_elsewhere(self, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in HERE:
            self.close()
            raise NetworkUsed(f"A test tried to reach {address[0]}.")


def block() -> None:
    """From here on, only this computer answers."""
    socket.socket = LocalSocket  # type: ignore[misc]
