"""The ESC/POS commands of a byte stream, taken apart as a printer does. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_RASTER = b"\x1dv0"

# Commands with a fixed number of bytes after their two-byte name.
_FIXED = {
    b"\x1b@": 0,
    b"\x1bd": 1,
    b"\x1bJ": 1,
    b"\x1ba": 1,
    b"\x1bt": 1,
    b"\x1b!": 1,
    b"\x1b3": 1,
    b"\x1b2": 0,
    b"\x1dB": 1,
    b"\x1d!": 1,
    b"\x1dL": 2,
    b"\x1dW": 2,
}


@dataclass(frozen=True, slots=True)
class StatusQuestion:
    """DLE EOT n."""

    what: int


@dataclass(frozen=True, slots=True)
class Raster:
    """GS v 0: a band of rows; True is black."""

    rows: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cut:
    """GS V."""


@dataclass(frozen=True, slots=True)
class Other:
    """Any other command or text, by its bytes."""

    data: bytes


Event = StatusQuestion | Raster | Cut | Other


class EscposStream:
    """Takes bytes as they come, gives whole commands."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Event]:
        """The commands completed by these bytes."""
        self._buffer += data
        while self._buffer and (size := self._size()):
            command = bytes(self._buffer[:size])
            del self._buffer[:size]
            yield _event(command)

    def _size(self) -> int:
        """Bytes of the command that the buffer starts with; 0 when it is not whole yet."""
        buffer, name = self._buffer, bytes(self._buffer[:2])
        if buffer[0] not in (0x10, 0x1B, 0x1D):
            return 1
        if len(buffer) < 3:
            # The shortest command is two bytes long (ESC @), all others can wait for their third.
            return 2 if _FIXED.get(name) == 0 else 0
        if name == b"\x10\x04":
            size = 3
        elif name == b"\x1dV":
            size = 4 if buffer[2] in (65, 66, 97, 98, 103, 104) else 3
        elif bytes(buffer[:3]) == _RASTER:
            size = 8 + (_word(buffer, 4) * _word(buffer, 6) if len(buffer) >= 8 else 0)
        else:
            size = 2 + _FIXED.get(name, 0)
        return size if len(buffer) >= size else 0


def _event(command: bytes) -> Event:
    if command.startswith(b"\x10\x04"):
        return StatusQuestion(command[2])
    if command.startswith(_RASTER):
        width, height = _word(command, 4), _word(command, 6)
        cells = np.frombuffer(command, np.uint8, offset=8).reshape(height, width)
        return Raster(np.unpackbits(cells, axis=1).astype(np.bool_))
    if command.startswith(b"\x1dV"):
        return Cut()
    return Other(command)


def _word(data: bytes | bytearray, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")
