"""How commands reach the chip. The way there (PC/SC, a network, a test) is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

DONE = 0x9000
WHOLE = 256
"""Le of a short command that takes whatever comes."""


class LineTorn(Exception):
    """The chip left or fell silent in the middle. args: what the device says of it, for the clerk."""


class ReadingCancelled(Exception):
    """Somebody no longer wants the reading."""


class BadAnswer(ValueError):
    """The chip says something that the standard does not know. args: what, in words for support."""


class SecurityLost(Exception):
    """An answer under agreed keys is not protected, or its protection does not hold.

    status: the chip's own word when it said so in the open; 0 when the message was altered."""

    def __init__(self, status: int = 0) -> None:
        super().__init__(f"{status:04X}" if status else "checksum")
        self.status = status


@dataclass(frozen=True, slots=True)
class Apdu:
    """A command (ISO 7816-4) before it is protected. le: bytes wanted, at most 65536; 0: none."""

    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int = 0
    cla: int = 0

    @property
    def head(self) -> bytes:
        return bytes((self.cla, self.ins, self.p1, self.p2))

    def wire(self) -> bytes:
        """Its bytes; of extended length only where a short one cannot say it."""
        if len(self.data) < 256 and self.le <= WHOLE:
            body = bytes((len(self.data),)) + self.data if self.data else b""
            return self.head + body + (bytes((self.le & 0xFF,)) if self.le else b"")
        body = b"\0" + len(self.data).to_bytes(2, "big") + self.data if self.data else b"\0"
        return self.head + body + ((self.le & 0xFFFF).to_bytes(2, "big") if self.le else b"")


@dataclass(frozen=True, slots=True)
class Response:
    """What the chip answers: data, and its status word (9000: done)."""

    data: bytes
    status: int

    @property
    def done(self) -> bool:
        return self.status == DONE


class Transport(Protocol):
    """The wire to a chip that was reset."""

    def transmit(self, command: bytes) -> Response:
        """One command and its whole answer. Raises LineTorn, ReadingCancelled."""


class Channel(Protocol):
    """The wire, or secure messaging over it."""

    def send(self, command: Apdu) -> Response:
        """One command and its answer. Raises LineTorn, ReadingCancelled, SecurityLost."""


class OpenChannel:
    """Commands in the open."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def send(self, command: Apdu) -> Response:
        return self._transport.transmit(command.wire())
