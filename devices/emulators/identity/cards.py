"""Chips that answer commands (ISO 7816-4), for the emulated card slot: social-security card, passport, PSAM."""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Mapping
from typing import Protocol

from app.domain.person import IdCard
from devices.drivers.identity.apdu import shape
from devices.drivers.identity.sdt_text import NATIONS, SEXES

OK = b"\x90\x00"
NOT_FOUND = b"\x6a\x82"
NO_RECORD = b"\x6a\x83"
NOT_ALLOWED = b"\x69\x82"
BLOCKED = b"\x69\x83"
NO_FILE = b"\x69\x86"
UNKNOWN_INS = b"\x6d\x00"
WRONG_LENGTH = b"\x67\x00"
WRONG_PLACE = b"\x6b\x00"

SSSE = b"sx1.sh." + "社会保障".encode("gb18030")
EMRTD = bytes.fromhex("A0000002471001")


class Lifted(Exception):
    """The card leaves the reader now, in the middle of a command."""


class Chip(Protocol):
    """A card. atr: what it says when it is reset."""

    atr: bytes

    def reset(self) -> None:
        """Forget what was selected and shown."""

    def answer(self, command: bytes) -> bytes:
        """Data and status word. Lifted: none, the card is gone."""


class SocialCard:
    """A social-security card 社会保障卡: the public files EF05 and EF06 of the environment SSSE, a PIN, T=0.

    Records are tag, length, value. Short answers are announced (61xx) and a wrong wish for bytes refused (6Cxx), as
    cards on T=0 do. version: "2.00" and later hold the extension of the name as a record of its own.
    """

    atr = bytes.fromhex("3B6D0000008154444353866033000000000000"[:34])

    def __init__(self, card: IdCard, version: str = "2.00", pin: str = "123456", closed: bool = False) -> None:
        """closed: the holder's file is read only with a PSAM (third generation)."""
        self.files = social_files(card, version)
        self.closed = closed
        self.pin = _bcd(pin)
        self.tries = 3
        self.reset()

    def reset(self) -> None:
        self._application = False
        self._file = 0
        self._pending = b""

    def answer(self, command: bytes) -> bytes:
        ins, p1, p2 = command[1], command[2], command[3]
        if ins == 0xC0:
            return self._get_response(command)
        self._pending = b""
        known = shape(command)
        if ins == 0xA4:
            return self._select(p1, known.data)
        if ins == 0x20:
            return self._verify(known.data)
        if ins == 0x84:
            return secrets.token_bytes(known.le or 8) + OK
        if ins != 0xB2:
            return UNKNOWN_INS
        if not self._application:
            return NO_FILE
        return self._read_record(p1, p2, known.le)

    def _get_response(self, command: bytes) -> bytes:
        wanted = shape(command).le or 256
        if not self._pending:
            return b"\x6f\x00"
        if wanted > len(self._pending):
            return bytes((0x6C, len(self._pending)))
        data, self._pending = self._pending[:wanted], self._pending[wanted:]
        return data + (bytes((0x61, len(self._pending) & 0xFF)) if self._pending else OK)

    def _select(self, p1: int, name: bytes) -> bytes:
        if p1 == 0x04:
            if name != SSSE:
                return NOT_FOUND
            self._application, self._file = True, 0
            self._pending = b"\x6f" + bytes((len(SSSE) + 2,)) + b"\x84" + bytes((len(SSSE),)) + SSSE
            return bytes((0x61, len(self._pending)))
        file = int.from_bytes(name, "big")
        if p1 not in (0x00, 0x02) or not self._application or file not in self.files:
            return NOT_FOUND
        self._file = file
        return OK

    def _read_record(self, p1: int, p2: int, le: int | None) -> bytes:
        # By the short identifier (the upper five bits of P2) or in the file that was selected.
        file = 0xEF00 | p2 >> 3 if p2 >> 3 else self._file
        records = self.files.get(file)
        if records is None:
            return NO_FILE
        if file == 0xEF06 and self.closed:
            return NOT_ALLOWED
        if p2 & 0x07 == 0x04:
            record = records[p1 - 1] if 0 < p1 <= len(records) else None
        else:
            record = next((record for record in records if record[0] == p1), None)
        if record is None:
            return NO_RECORD
        if le is not None and le not in (len(record), 256):
            return bytes((0x6C, len(record)))
        if le == 256:
            return bytes((0x6C, len(record)))
        return record + OK

    def _verify(self, pin: bytes) -> bytes:
        if not self.tries:
            return BLOCKED
        if pin == self.pin:
            self.tries = 3
            return OK
        self.tries -= 1
        return bytes((0x63, 0xC0 | self.tries))


def social_files(card: IdCard, version: str = "2.00") -> Mapping[int, list[bytes]]:
    """EF05 (who issued the card) and EF06 (whose it is) as lists of records."""
    number = card.number or ""
    made_up = zlib.crc32(number.encode())
    region = number[:6] if number[:6].isdecimal() else "330500"
    sex = next((code for code, name in SEXES.items() if name == card.sex), "9")
    nation = next((code for code, name in NATIONS.items() if name == card.nation), "97")
    name = (card.name or card.name_en or "").encode("gb18030")
    birth = (card.birth or "").replace("-", "")
    issuer = [
        (0x01, bytes.fromhex(f"{region}D15600000599{made_up & 0xFFFFFF:06X}FFFFFFFF"[:32])),
        (0x02, b"1"),
        (0x03, version.encode()),
        (0x04, bytes.fromhex(f"915600000233{region}330500FFFFFF")),
        (0x05, bytes.fromhex("20210908")),
        (0x06, bytes.fromhex("20310908")),
        (0x07, f"Y{made_up % 10**8:08d}".encode()),
    ]
    holder = [
        (0x08, number.encode().ljust(18, b"\0")),
        (0x09, name[:30].ljust(30, b"\0")),
        (0x4E, name[30:50].ljust(20, b"\0")),
        (0x0A, sex.encode()),
        (0x0B, bytes.fromhex(nation)),
        (0x0C, bytes.fromhex(region)),
        (0x0D, bytes.fromhex(birth) if len(birth) == 8 else bytes(4)),
    ]
    if version.startswith("1"):
        holder = [record for record in holder if record[0] != 0x4E]
    return {
        file: [bytes((tag, len(value))) + value for tag, value in records]
        for file, records in ((0xEF05, issuer), (0xEF06, holder))
    }


class Emrtd:
    """The chip of a passport or permit (ICAO 9303-10): the application is there, its files are closed (6982) until
    `open_files` is set, which is for a subclass that does BAC or PACE (`authenticate`). Contactless, T=1.

    files: by identifier, EF.COM 011E, DG1 0101 among them. access: EF.CardAccess, readable by anybody; b"": none.
    """

    atr = bytes.fromhex("3B8880010073C8401300900071")

    def __init__(self, files: Mapping[int, bytes], access: bytes = b"") -> None:
        self.files = dict(files)
        self.access = access
        self.reset()

    def reset(self) -> None:
        self.open_files = False
        self._application = False
        self._selected: bytes | None = None

    def answer(self, command: bytes) -> bytes:
        if command[0] & 0x0C:  # secure messaging before any key was agreed
            return self.authenticate(command)
        ins, p1, p2 = command[1], command[2], command[3]
        known = shape(command)
        if ins == 0xA4:
            return self._select(p1, known.data)
        if ins == 0xB0:
            return self._read(p1, p2, known.le or 0)
        if ins == 0x84:
            return secrets.token_bytes(8) + OK if self._application else NO_FILE
        return self.authenticate(command)

    def authenticate(self, command: bytes) -> bytes:
        """EXTERNAL AUTHENTICATE, GENERAL AUTHENTICATE, MSE and secured commands: here nobody has the key."""
        return {0x82: b"\x63\x00", 0x86: b"\x63\x00", 0x22: b"\x6a\x80"}.get(
            command[1], b"\x69\x88" if command[0] & 0x0C else UNKNOWN_INS
        )

    def _select(self, p1: int, name: bytes) -> bytes:
        if p1 == 0x04:
            if name != EMRTD:
                return NOT_FOUND
            self._application, self._selected = True, None
            return OK
        if p1 == 0x00 and name in (b"", b"\x3f\x00"):
            self._application, self._selected = False, None
            return OK
        file = int.from_bytes(name, "big")
        if not self._application and file == 0x011C and self.access:
            self._selected = self.access
            return OK
        if not self._application:
            return NOT_FOUND
        if not self.open_files:
            return NOT_ALLOWED
        if file not in self.files:
            return NOT_FOUND
        self._selected = self.files[file]
        return OK

    def _read(self, p1: int, p2: int, le: int) -> bytes:
        if self._application and not self.open_files:
            return NOT_ALLOWED
        content, start = self._selected, p1 << 8 | p2
        if p1 & 0x80:
            content, start = (self.files.get(0x0100 | p1 & 0x1F) if self._application else None), p2
        if content is None:
            return NO_FILE
        if start > len(content):
            return WRONG_PLACE
        return content[start : start + le] + OK


class Psam:
    """A security module PSAM: random numbers and its terminal's number in EF 16 (JR/T 0025); keys stay with issue 9."""

    atr = bytes.fromhex("3B6D0000008031806500010203040506070809"[:34])

    def __init__(self, terminal: str = "330500000017") -> None:
        self.terminal = bytes.fromhex(terminal)

    def reset(self) -> None:
        return

    def answer(self, command: bytes) -> bytes:
        ins, known = command[1], shape(command)
        if ins == 0x84:
            return secrets.token_bytes(known.le or 8) + OK
        if ins == 0xB0 and command[2] == 0x96:
            return self.terminal[command[3] :][: known.le or 256] + OK
        return OK if ins == 0xA4 and known.data == b"\x3f\x00" else UNKNOWN_INS


def emrtd_of(zone: tuple[str, ...]) -> Emrtd:
    """The chip behind a machine-readable zone: EF.COM and DG1 as ICAO 9303-10 writes them."""
    text = "".join(zone).encode("ascii")
    zone_object = b"\x5f\x1f" + bytes((len(text),)) + text
    common = bytes.fromhex("5F0104303130375F36063034303030305C0161")
    return Emrtd(
        {0x0101: b"\x61" + bytes((len(zone_object),)) + zone_object, 0x011E: b"\x60" + bytes((len(common),)) + common}
    )


def _bcd(digits: str) -> bytes:
    return bytes.fromhex(digits if len(digits) % 2 == 0 else digits + "F")
