"""A. What reads cards and documents that say who somebody is."""

from __future__ import annotations

import abc
from dataclasses import dataclass

from app.domain.person import IdCard
from devices.base import Device, DeviceKind
from devices.outcome import Reply


@dataclass(frozen=True, slots=True)
class CardReading:
    """A card as read: the text, and the photo as the chip holds it (1,024 bytes WLT; decoding is a vendor plug-in)."""

    card: IdCard
    photo_wlt: bytes
    sam_id: str


@dataclass(frozen=True, slots=True)
class MrzReading:
    """A machine-readable zone as the device gives it: 2 lines of 44 or 36, or 3 of 30 characters (ICAO 9303-3).

    Check digits are not judged here; app.identity does."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a chip answers to a command (ISO 7816-4): data, and the status word after it (0x9000: done)."""

    data: bytes
    status: int


class IdReader(Device):
    """Kind 1. Reads resident ID cards and residence permits through a SAM module (GA/T 467-2019)."""

    kind = DeviceKind.ID_READER

    @abc.abstractmethod
    def read_card(self, timeout: float = 5.0) -> Reply[CardReading]:
        """Wait for a card up to timeout seconds and read it.

        NOT_PRESENT: no card came. UNREADABLE: a card is there and refuses. TIMEOUT: the reader stopped answering.
        FAULT: the reader reports a fault or breaks the protocol. DISCONNECTED: the line is dead.
        """


class ChipReader(Device):
    """What talks to a chip in or on a reader by commands (PC/SC; ISO 7816-4, ISO 14443-4)."""

    @abc.abstractmethod
    def connect_card(self, timeout: float = 5.0) -> Reply[bytes]:
        """Wait for a card up to timeout seconds and reset it. The value is its ATR. NOT_PRESENT: none came.
        UNREADABLE: one is there and does not answer. BUSY: another program holds it alone."""

    @abc.abstractmethod
    def transmit(self, command: bytes, timeout: float = 5.0) -> Reply[Answer]:
        """One command APDU (ISO 7816-4, short or extended) and its answer; 61xx and 6Cxx are followed here.
        NOT_PRESENT: the card was taken away. A status word other than 9000 is an answer, not a failure."""

    @abc.abstractmethod
    def release_card(self) -> None:
        """Let go of the card. Never raises."""


class SmartCardReader(ChipReader):
    """Kind 3. A contact or contactless PC/SC reader: social-security cards 社会保障卡, PSAM slots."""

    kind = DeviceKind.SMART_CARD


class PassportReader(ChipReader):
    """Kind 2. Gives the machine-readable zone of a passport or permit, and the way to its chip (ICAO 9303-10)."""

    kind = DeviceKind.PASSPORT_READER
    has_chip: bool = True
    """False: this device sees the zone only; chip calls say NOT_PRESENT."""
    has_zone: bool = True
    """False: this device reads the chip only; read_zone says NOT_PRESENT and the key comes from elsewhere."""

    @abc.abstractmethod
    def read_zone(self, timeout: float = 10.0) -> Reply[MrzReading]:
        """Wait for a document up to timeout seconds. UNREADABLE: something was laid on and is no zone."""
