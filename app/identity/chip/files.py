"""Files of the chip (Doc 9303-10 §3.5, §4): selected by identifier, read in pieces, however long."""

from __future__ import annotations

from collections.abc import Callable

from app.identity.chip import tlv
from app.identity.chip.transport import Apdu, BadAnswer, Channel

APPLICATION = bytes.fromhex("A0000002471001")
CARD_ACCESS, COM, SOD = 0x011C, 0x011E, 0x011D
CARD_SECURITY = 0x011D
"""Beside the application, where EF.SOD has this number within it."""
PIECE = 0xDF
"""Bytes a command: with what secure messaging adds, every chip's short answer of 256 bytes holds them."""
_HEAD = 8
_NEAR_END = 0x8000
"""READ BINARY says offsets below; beyond, its odd form says them in a data object."""
MOST = 4 * 1024 * 1024
"""A portrait of JPEG 2000 is 15 to 30 KB; a chip that claims more than this is no passport."""
_ENDED = 0x6282

Told = Callable[[int, int], None]
"""Bytes read, bytes in all."""


def group_file(number: int) -> int:
    """The identifier of a data group, 1 to 16."""
    return 0x0100 | number


class Missing(Exception):
    """The chip gives no such file. status: its word."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


def select_application(channel: Channel) -> None:
    """The passport among what the chip may hold. Missing."""
    answer = channel.send(Apdu(0xA4, 0x04, 0x0C, APPLICATION))
    if not answer.done:
        raise Missing(answer.status)


def read_file(channel: Channel, file: int, told: Told | None = None) -> bytes:
    """A whole file: one data object, which says itself how long it is. Missing, BadAnswer."""
    answer = channel.send(Apdu(0xA4, 0x02, 0x0C, file.to_bytes(2, "big")))
    if not answer.done:
        raise Missing(answer.status)
    beginning = _piece(channel, 0, _HEAD)
    _, start, size = tlv.head(beginning)
    whole = start + size
    if whole > MOST:
        raise BadAnswer("a file of monstrous size")
    data = bytearray(beginning[:whole])
    while len(data) < whole:
        data += _piece(channel, len(data), min(PIECE, whole - len(data)))
        if told is not None:
            told(len(data), whole)
    return bytes(data)


def _piece(channel: Channel, offset: int, size: int) -> bytes:
    if offset < _NEAR_END:
        answer = channel.send(Apdu(0xB0, offset >> 8, offset & 0xFF, le=size))
        data = answer.data
    else:
        answer = channel.send(Apdu(0xB1, 0, 0, tlv.tlv(0x54, offset.to_bytes(4, "big").lstrip(b"\0")), le=size + 5))
        data = tlv.first(answer.data, 0x53) or b"" if answer.done or answer.status == _ENDED else b""
    if answer.status not in (0x9000, _ENDED):
        raise Missing(answer.status)
    if not data:
        raise BadAnswer("a file breaks off")
    return data[:size]
