"""Frames of the SAM module (GA/T 467-2019), pure: bytes in, frames out.

Both directions share one shape: `AA AA AA 96 69 | length (2, big-endian) | body | check`. The length counts body and
check; the check is the XOR of everything from the length on. A request's body is CMD PARA [data], a response's
SW1 SW2 SW3 [data].
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
_HEAD = len(PREAMBLE) + 2

MAX_LENGTH = 2314
"""The longest length field there is: read with 1,024 bytes of fingerprint, 2,321 bytes on the line."""

REQUEST_MIN = 3
"""CMD PARA CHK."""

RESPONSE_MIN = 4
"""SW1 SW2 SW3 CHK."""


class Damage(Enum):
    """Why bytes that began like a frame were thrown away."""

    CHECKSUM = "checksum"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Request:
    """What the program asks of the SAM."""

    command: int
    parameter: int
    data: bytes = b""

    def encode(self) -> bytes:
        """The bytes for the line. ValueError when data is too long for a frame."""
        return frame(bytes((self.command, self.parameter)) + self.data)

    @classmethod
    def from_body(cls, body: bytes) -> Request:
        return cls(body[0], body[1], body[2:])


@dataclass(frozen=True, slots=True)
class Response:
    """What the SAM answers; sw3 is the state that counts, sw1 and sw2 are 0 in all known replies."""

    sw3: int
    data: bytes = b""
    sw1: int = 0
    sw2: int = 0

    def encode(self) -> bytes:
        """The bytes for the line. ValueError when data is too long for a frame."""
        return frame(bytes((self.sw1, self.sw2, self.sw3)) + self.data)

    @classmethod
    def from_body(cls, body: bytes) -> Response:
        return cls(body[2], body[3:], body[0], body[1])


def checksum(data: bytes) -> int:
    """XOR of all bytes."""
    return reduce(xor, data, 0)


def frame(body: bytes) -> bytes:
    """Wrap a body. ValueError when it is too long."""
    length = len(body) + 1
    if length > MAX_LENGTH:
        raise ValueError(f"body of {len(body)} bytes is longer than a frame holds")
    counted = length.to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes((checksum(counted),))


class FrameDecoder:
    """Takes bytes as they come and gives whole bodies (without check) and damages, in the order of the line.

    Everything before a preamble is noise and dropped. After a damaged frame the search goes on right behind its
    preamble, so that a good frame swallowed by a wrong length is still found.
    """

    def __init__(self, minimum: int = RESPONSE_MIN, maximum: int = MAX_LENGTH) -> None:
        self._minimum = minimum
        self._maximum = maximum
        self._buffer = bytearray()

    @property
    def pending(self) -> bool:
        """Has a frame begun that is not whole yet?"""
        return len(self._buffer) >= len(PREAMBLE)

    def reset(self) -> None:
        """Forget what has come so far, before a new request."""
        self._buffer.clear()

    def feed(self, data: bytes) -> list[bytes | Damage]:
        """Take bytes from the line."""
        self._buffer += data
        out: list[bytes | Damage] = []
        while (found := self._next()) is not None:
            out.append(found)
        return out

    def _next(self) -> bytes | Damage | None:
        self._drop_noise()
        buffer = self._buffer
        if len(buffer) < _HEAD:
            return None
        length = int.from_bytes(buffer[len(PREAMBLE) : _HEAD], "big")
        if not self._minimum <= length <= self._maximum:
            del buffer[: len(PREAMBLE)]
            return Damage.LENGTH
        if len(buffer) < _HEAD + length:
            return None
        counted = bytes(buffer[len(PREAMBLE) : _HEAD + length])
        if checksum(counted):  # the check itself is included, so that a good frame gives 0
            del buffer[: len(PREAMBLE)]
            return Damage.CHECKSUM
        del buffer[: _HEAD + length]
        return counted[2:-1]

    def _drop_noise(self) -> None:
        start = self._buffer.find(PREAMBLE)
        if start >= 0:
            del self._buffer[:start]
            return
        # The line's last bytes may be the beginning of a preamble.
        keep = next(n for n in range(len(PREAMBLE) - 1, -1, -1) if self._buffer.endswith(PREAMBLE[:n]))
        del self._buffer[: len(self._buffer) - keep]
