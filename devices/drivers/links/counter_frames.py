"""Frames of the counter line, our own reference protocol for rating devices and callers (docs/devices.md).

`5A A5 | LEN | SEQ | CMD | DATA | CRC lo, hi`: LEN counts SEQ, CMD and DATA; CRC-16/MODBUS from LEN to the last DATA.
Texts are GB18030, fields parted by 1F. An answer carries its question's SEQ, and CMD with the highest bit set.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

START = b"\x5a\xa5"
MOST_DATA = 200
_HEAD, _TAIL = 3, 2


class Cmd(IntEnum):
    """What is said. KEY comes from the device by itself, with the SEQ of the ASK that it answers, until THANKS."""

    HELLO = 0x01
    """Answer: the model's name."""
    GREET = 0x02
    """Clerk, number: show who serves."""
    ASK = 0x03
    """Seconds (one byte), clerk, item: light the keys, beep, wait for one."""
    STOP = 0x04
    """Lights off: nobody is asked any more."""
    THANKS = 0x05
    """The key has arrived; the device repeats it until then."""
    KEY = 0x10
    """One byte: the grade, 5 to 1; 0 declined; FF nobody pressed in time."""
    SHOW = 0x20
    """Flags (1: once more), number, counter: show and blink, beep."""
    REFUSED = 0x6E
    """One byte: 1 busy, 2 not known."""


ANSWER = 0x80
BUSY = 1


@dataclass(frozen=True, slots=True)
class Frame:
    seq: int
    command: int
    data: bytes = b""

    def encode(self) -> bytes:
        """ValueError when there is too much data."""
        if len(self.data) > MOST_DATA:
            raise ValueError(f"{len(self.data)} bytes of data")
        body = bytes((2 + len(self.data), self.seq, self.command)) + self.data
        return START + body + crc16(body).to_bytes(2, "little")


class FrameDecoder:
    """Finds whole frames in a stream. What is damaged is dropped: whoever waits for it asks again."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[Frame]:
        self._buffer += data
        found: list[Frame] = []
        while True:
            at = self._buffer.find(START)
            if at < 0:
                self._buffer = self._buffer[-1:] if self._buffer.endswith(START[:1]) else b""
                return found
            self._buffer = self._buffer[at:]
            if len(self._buffer) < _HEAD:
                return found
            length = self._buffer[2]
            whole = _HEAD + length + _TAIL
            if not 2 <= length <= 2 + MOST_DATA:
                self._buffer = self._buffer[1:]
                continue
            if len(self._buffer) < whole:
                return found
            body, check = self._buffer[2 : whole - _TAIL], self._buffer[whole - _TAIL : whole]
            if crc16(body).to_bytes(2, "little") != check:
                self._buffer = self._buffer[1:]  # a torn frame may hold the beginning of the next
                continue
            found.append(Frame(body[1], body[2], body[3:]))
            self._buffer = self._buffer[whole:]

    def reset(self) -> None:
        self._buffer = b""


def crc16(data: bytes) -> int:
    """CRC-16/MODBUS: polynomial A001 reflected, begins with FFFF."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return value


def encode_text(text: str, most: int = 60) -> bytes:
    """A text as GB18030, cut between characters to so many bytes; control characters become blanks."""
    out = b""
    for char in text:
        code = (char if char.isprintable() else " ").encode("gb18030", errors="replace")
        if len(out) + len(code) > most:
            break
        out += code
    return out


def encode_fields(*fields: str) -> bytes:
    return b"\x1f".join(encode_text(field) for field in fields)


def decode_fields(data: bytes) -> list[str]:
    return [part.decode("gb18030", errors="replace") for part in data.split(b"\x1f")]
