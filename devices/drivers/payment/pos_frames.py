"""Frames of a card terminal's cash-register line (ECR).

Framing, as the ECR interfaces of Chinese acquirers' terminals have it: `STX | LEN | DATA | ETX | LRC`, LEN two bytes of
packed decimals counting DATA, LRC the XOR from LEN to ETX; the receiver says ACK (06) or NAK (15). What stands in DATA
differs from bank to bank; here it is our reference layout, fields parted by FS (1C):
question `CMD FS amount FS order FS code`, answer `CMD FS state FS amount FS order FS reference FS trace FS card FS
words`. Amounts are fen, 12 digits; states are the two characters of ISO 8583 field 39, as UnionPay uses them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

STX, ETX, ACK, NAK, FS = 0x02, 0x03, 0x06, 0x15, b"\x1c"
MOST = 999
"""Bytes of DATA that an answer may have."""


class PosCmd(StrEnum):
    ECHO = "00"
    PAY = "01"
    QUERY = "02"
    REFUND = "03"
    ABANDON = "04"
    """Wait for the card no longer. Answer: C1, nothing was taken and nothing will be; 00, it had been paid."""


class PosState(StrEnum):
    """Field 39 where it means more than "declined"; the last two are the terminal's own."""

    APPROVED = "00"
    IN_PROGRESS = "09"
    NO_RECORD = "25"
    CANCELLED = "C1"
    BUSY = "B1"


@dataclass(frozen=True, slots=True)
class PosAnswer:
    command: str
    state: str
    amount: int
    order: str
    reference: str = ""
    trace: str = ""
    card: str = ""
    words: str = ""

    def encode(self) -> bytes:
        return FS.join(
            field.encode("gb18030")
            for field in (
                self.command,
                self.state,
                f"{self.amount:012d}",
                self.order,
                self.reference,
                self.trace,
                self.card,
                self.words,
            )
        )

    @classmethod
    def decode(cls, data: bytes) -> PosAnswer | None:
        """None when it is not an answer of this layout."""
        fields = [part.decode("gb18030", errors="replace") for part in data.split(FS)]
        if len(fields) != 8 or len(fields[1]) != 2 or not (fields[2].isascii() and fields[2].isdigit()):
            return None
        return cls(fields[0], fields[1], int(fields[2]), *fields[3:])


def question(command: PosCmd, amount: int = 0, order: str = "", code: str = "") -> bytes:
    return FS.join(part.encode("ascii") for part in (command.value, f"{amount:012d}", order, code))


def wrap(data: bytes) -> bytes:
    """A frame around DATA. ValueError when it is too long."""
    if len(data) > MOST:
        raise ValueError(f"{len(data)} bytes")
    body = bytes.fromhex(f"{len(data):04d}") + data + bytes((ETX,))
    return bytes((STX,)) + body + bytes((lrc(body),))


def lrc(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
    return value


class Damaged:
    """Stands for a frame that came and was damaged."""


DAMAGED = Damaged()


class PosDecoder:
    """Finds ACK, NAK and frames. What stands between is noise."""

    def __init__(self) -> None:
        self._buffer = b""

    @property
    def pending(self) -> bool:
        """Has a frame begun that is not whole?"""
        return bool(self._buffer)

    def reset(self) -> None:
        self._buffer = b""

    def skip(self) -> list[bytes | int | Damaged]:
        """What began as a frame was noise: look for another behind its first byte."""
        self._buffer = self._buffer[1:]
        return self.feed(b"")

    def feed(self, data: bytes) -> list[bytes | int | Damaged]:
        """DATA of each whole frame; ACK or NAK; DAMAGED for a frame whose LRC is wrong."""
        self._buffer += data
        found: list[bytes | int | Damaged] = []
        while self._buffer:
            first = self._buffer[0]
            if first in (ACK, NAK):
                found.append(first)
            elif first == STX:
                if len(self._buffer) < 3:
                    break
                digits = self._buffer[1:3].hex()
                if digits.isdigit() and 0 < int(digits) <= MOST:
                    whole = 3 + int(digits) + 2
                    if len(self._buffer) < whole:
                        break
                    body = self._buffer[1 : whole - 1]
                    if body[-1] == ETX and lrc(body) == self._buffer[whole - 1]:
                        found.append(body[2:-1])
                        self._buffer = self._buffer[whole:]
                        continue
                    found.append(DAMAGED)
            self._buffer = self._buffer[1:]
        return found
