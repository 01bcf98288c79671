"""The public data of a social-security card 社会保障卡, read from its chip.

Files and records: LD/T 32 and the file structure V2.0 of 2012 (人社信息函〔2012〕37号), as far as several independent
programs that read such cards agree: the environment SSSE by its name, EF05 (issuer) and EF06 (holder) without a PIN,
records of tag, length and value, texts in GB 18030. Known by one source only: that the record 4E goes on where the
name's 30 bytes end. Third-generation cards may keep the holder's file closed to a reader without a PSAM.
Nothing here proves that the card is genuine: that takes the PSAM's keys.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.identity.codes import NATION_CODES, SEX_CODES
from devices.drivers.identity.apdu import DONE, command
from devices.kinds.identity import Answer, ChipReader
from devices.outcome import Outcome, Reply

SSSE = b"sx1.sh." + "社会保障".encode("gb18030")
ISSUER_FILE, HOLDER_FILE = 0xEF05, 0xEF06

_SELECT, _READ_RECORD, _VERIFY = 0xA4, 0xB2, 0x20
_BY_NAME, _BY_FILE, _BY_NUMBER = 0x04, (0x02, 0x00), 0x04
"""Cards differ in which way of naming a file they take (P1 of SELECT)."""
_NO_RECORD = 0x6A83
_CLOSED = (0x6982, 0x6985, 0x6986, 0x6A81)
_NOT_FOUND = (0x6A82, 0x6A81, 0x6A86, 0x6B00)
_MOST_RECORDS = 12

_SEXES = {code: name for name, code in SEX_CODES.items()}
_NATIONS = {code: name for name, code in NATION_CODES.items()}


@dataclass(frozen=True, slots=True)
class SocialCard:
    """What the card says; None where it says nothing. Dates are YYYY-MM-DD, sex and nation names as of an ID card.

    card_code: the card's own code 卡的识别码, its first six digits the region that insures. issuer_code:
    初始化机构编号. card_number: printed on the card. number: 社会保障号码, of citizens their ID number.
    """

    card_code: str | None = None
    card_class: str | None = None
    version: str | None = None
    issuer_code: str | None = None
    issued: str | None = None
    valid_to: str | None = None
    card_number: str | None = None
    number: str | None = None
    name: str | None = None
    sex: str | None = None
    nation: str | None = None
    birth_place: str | None = None
    birth: str | None = None

    @property
    def region(self) -> str | None:
        """The administrative division that issued the card (统筹区), six digits."""
        return self.card_code[:6] if self.card_code else None

    @property
    def holder_closed(self) -> bool:
        """Did the card keep its holder to itself? Then a reader with a PSAM is needed."""
        return self.number is None and self.name is None


@dataclass(frozen=True, slots=True)
class PinCheck:
    """What a card said to a PIN. tries_left: None when it did not say; blocked: the issuer must unblock it."""

    right: bool
    blocked: bool = False
    tries_left: int | None = None


class _NoSocialCard(Exception):
    """Ends a reading. reply: what the caller gets."""

    def __init__(self, reply: Reply[SocialCard]) -> None:
        super().__init__(reply.detail)
        self.reply = reply


def read_social_card(reader: ChipReader, timeout: float = 5.0) -> Reply[SocialCard]:
    """Wait for a card up to timeout seconds and read its public data; the card is let go in the end.

    UNREADABLE: another kind of card, or one that does not answer as it should. Otherwise as ChipReader.
    """
    connected = reader.connect_card(timeout)
    if not connected.ok:
        return Reply(connected.outcome, detail=connected.detail)
    try:
        return Reply(Outcome.OK, _read(reader))
    except _NoSocialCard as none:
        return none.reply
    finally:
        reader.release_card()


def verify_pin(reader: ChipReader, pin: str) -> Reply[PinCheck]:
    """Show a connected card its holder's PIN, digits only. ValueError when it is none. The PIN is kept nowhere."""
    if not (pin.isascii() and pin.isdecimal() and 4 <= len(pin) <= 12):
        raise ValueError("a PIN has 4 to 12 digits")
    packed = bytes.fromhex(pin if len(pin) % 2 == 0 else pin + "F")
    reply = reader.transmit(command(_VERIFY, 0, 0, packed))
    if not reply.ok:
        return Reply(reply.outcome, detail=reply.detail)
    status = reply.unwrap().status
    if status == DONE:
        return Reply(Outcome.OK, PinCheck(right=True))
    if status in (0x6983, 0x63C0):
        return Reply(Outcome.OK, PinCheck(right=False, blocked=True, tries_left=0))
    if status & 0xFFF0 == 0x63C0:
        return Reply(Outcome.OK, PinCheck(right=False, tries_left=status & 0x0F))
    if status == 0x6300:
        return Reply(Outcome.OK, PinCheck(right=False))
    return Reply(Outcome.UNREADABLE, detail=f"此卡不能验证密码（状态码 {status:04X}）")


def check_pin(reader: ChipReader, card: SocialCard, pin: str, timeout: float = 5.0) -> Reply[PinCheck]:
    """Show the holder's PIN to the very card that was read, and let go of it. Tried once.

    UNREADABLE: another card lies there by now, which gets no PIN. Otherwise as `verify_pin` and ChipReader.
    """
    connected = reader.connect_card(timeout)
    if not connected.ok:
        return Reply(connected.outcome, detail=connected.detail)
    try:
        if _read(reader) != card:
            return Reply(Outcome.UNREADABLE, detail="读卡器上已经不是刚才的社保卡，请重新读卡")
        return verify_pin(reader, pin)
    except _NoSocialCard as none:
        return Reply(none.reply.outcome, detail=none.reply.detail)
    finally:
        reader.release_card()


def _read(reader: ChipReader) -> SocialCard:
    chosen = _send(reader, command(_SELECT, _BY_NAME, 0, SSSE)).status
    if chosen in _NOT_FOUND:
        raise _unreadable("这不是社会保障卡，请核对卡片和插卡方向")
    if chosen != DONE:
        raise _unreadable(f"社会保障卡不能读取（状态码 {chosen:04X}），请擦净芯片后重试")
    records = _file(reader, ISSUER_FILE) | _file(reader, HOLDER_FILE)
    if not records:
        raise _unreadable("社会保障卡中没有可读的内容，请擦净芯片后重试")
    return SocialCard(
        card_code=_digits(records.get(0x01)),
        card_class=_text(records.get(0x02)),
        version=_text(records.get(0x03)),
        issuer_code=_digits(records.get(0x04)),
        issued=_date(records.get(0x05)),
        valid_to=_date(records.get(0x06)),
        card_number=_text(records.get(0x07)),
        number=_text(records.get(0x08)),
        name=_text(_joined(records.get(0x09), records.get(0x4E))),
        sex=_SEXES.get(_text(records.get(0x0A)) or ""),
        nation=_NATIONS.get(_nation_code(records.get(0x0B))),
        birth_place=_digits(records.get(0x0C)),
        birth=_date(records.get(0x0D)),
    )


def _file(reader: ChipReader, file: int) -> dict[int, bytes]:
    """All records of a file by tag; none of a file that is closed."""
    for p1 in _BY_FILE:
        status = _send(reader, command(_SELECT, p1, 0, file.to_bytes(2, "big"))).status
        if status == DONE:
            break
    else:
        return {}
    records: dict[int, bytes] = {}
    for number in range(1, _MOST_RECORDS + 1):
        answer = _send(reader, command(_READ_RECORD, number, _BY_NUMBER, le=256))
        if answer.status == _NO_RECORD:
            break
        if answer.status in _CLOSED:
            # One record may be closed and its neighbours not.
            continue
        if answer.status != DONE:
            raise _unreadable(f"社会保障卡读取失败（状态码 {answer.status:04X}），请重新插卡")
        records |= _fields(answer.data)
    return records


def _fields(record: bytes) -> dict[int, bytes]:
    """Tag, length, value; once or more often in a record."""
    found: dict[int, bytes] = {}
    while record:
        size = record[1] if len(record) > 1 else 256
        if len(record) < 2 + size:
            raise _unreadable("社会保障卡的内容不完整，请重新插卡")
        found[record[0]] = record[2 : 2 + size]
        record = record[2 + size :]
    return found


def _send(reader: ChipReader, text: bytes) -> Answer:
    reply = reader.transmit(text)
    if not reply.ok:
        raise _NoSocialCard(Reply(reply.outcome, detail=reply.detail))
    return reply.unwrap()


def _unreadable(detail: str) -> _NoSocialCard:
    return _NoSocialCard(Reply(Outcome.UNREADABLE, detail=detail))


def _joined(first: bytes | None, rest: bytes | None) -> bytes | None:
    # A character may lie across the border of the two records, so they are joined before they are decoded.
    return (first + rest if rest and rest.strip(b"\0 \xff") else first) if first else None


def _text(value: bytes | None) -> str | None:
    if value is None:
        return None
    try:
        return value.strip(b"\0 \xff").decode("gb18030") or None
    except UnicodeDecodeError as error:
        raise _unreadable("社会保障卡的文字无法识别，请核对卡片") from error


def _digits(value: bytes | None) -> str | None:
    """Packed digits, padded with F."""
    return value.hex().upper().rstrip("F") or None if value is not None else None


def _nation_code(value: bytes | None) -> str:
    """One byte of packed digits, or two characters."""
    if value is None:
        return ""
    return value.hex() if len(value) == 1 else value.decode("ascii", "replace").strip()


def _date(value: bytes | None) -> str | None:
    digits = _digits(value)
    if digits is None or len(digits) != 8 or not digits.isdecimal() or digits == "0" * 8:
        return None
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
