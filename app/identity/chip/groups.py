"""What the data groups say (Doc 9303-10 §4.6, §4.7): EF.COM, the zone, the holder's names, the portrait."""

from __future__ import annotations

from dataclasses import dataclass

from app.identity.chip import tlv
from app.identity.chip.transport import BadAnswer

_TAGS = {0x61: 1, 0x75: 2, 0x63: 3, 0x76: 4, 0x65: 5, 0x66: 6, 0x67: 7, 0x68: 8, 0x69: 9, 0x6A: 10, 0x6B: 11,
         0x6C: 12, 0x6D: 13, 0x6E: 14, 0x6F: 15, 0x70: 16}  # fmt: skip
_NUMBERS = {number: tag for tag, number in _TAGS.items()}
_WIDTHS = {88: 44, 72: 36, 90: 30}
_JPEG, _JP2, _J2K = b"\xff\xd8\xff", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51"
_FACE = b"FAC\x00"


@dataclass(frozen=True, slots=True)
class Common:
    """EF.COM. groups: the data groups that it says are there; it is not signed, the SOD's list counts."""

    version: str
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class More:
    """DG11, the holder's details, as the issuer writes them. Empty texts for what it does not say.

    full_name: of the holder in the country's own characters where it uses them. birth: YYYY-MM-DD where it is whole.
    """

    full_name: str = ""
    other_names: tuple[str, ...] = ()
    personal_number: str = ""
    birth: str = ""
    birth_place: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Portrait:
    """The first face of DG2, as the chip holds it. kind: jpeg or jp2."""

    data: bytes
    kind: str


def of_group(number: int, file: bytes) -> bytes:
    """What is inside a data group's file. BadAnswer when it is another."""
    return tlv.only(file, _NUMBERS[number])


def read_common(file: bytes) -> Common:
    """EF.COM. BadAnswer."""
    inside = dict(tlv.walk(tlv.only(file, 0x60)))
    if 0x5C not in inside:
        raise BadAnswer("EF.COM without a list")
    return Common(
        inside.get(0x5F01, b"").decode("ascii", "replace"),
        tuple(sorted(_TAGS[tag] for tag in inside[0x5C] if tag in _TAGS)),
    )


def read_zone(file: bytes) -> tuple[str, ...]:
    """DG1: the lines of the machine-readable zone. BadAnswer."""
    raw = tlv.first(of_group(1, file), 0x5F1F)
    if raw is None or len(raw) not in _WIDTHS:
        raise BadAnswer("DG1 without a zone")
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError as error:
        raise BadAnswer("DG1 is no text") from error
    width = _WIDTHS[len(text)]
    return tuple(text[at : at + width] for at in range(0, len(text), width))


def read_more(file: bytes) -> More:
    """DG11. BadAnswer."""
    inside = of_group(11, file)
    found = {tag: value for tag, value in tlv.walk(inside) if tag != 0xA0}
    others = [
        _text(value) for tag, values in tlv.walk(inside) if tag == 0xA0
        for name, value in tlv.walk(values) if name == 0x5F0F
    ]  # fmt: skip
    birth = found.get(0x5F2B, b"")
    # Eight digits, or the same packed two to a byte: both are met.
    digits = birth.hex() if len(birth) == 4 else birth.decode("ascii", "replace")
    whole = len(digits) == 8 and digits.isascii() and digits.isdecimal()
    return More(
        full_name=_name(found.get(0x5F0E, b"")),
        other_names=tuple(others),
        personal_number=_text(found.get(0x5F10, b"")),
        birth=f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if whole else "",
        birth_place=_text(found.get(0x5F11, b"")),
        address=_text(found.get(0x5F42, b"")),
    )


def read_portrait(file: bytes) -> Portrait:
    """DG2: the first picture of the first face (ISO 19794-5, or 39794-5). BadAnswer when there is none."""
    template = tlv.only(of_group(2, file), 0x7F61)
    one = tlv.first(template, 0x7F60)
    if one is None:
        raise BadAnswer("DG2 without a face")
    block = tlv.first(one, 0x5F2E) or tlv.first(one, 0x7F2E)
    if block is None:
        raise BadAnswer("DG2 without a record")
    data = block[_record_head(block) :] if block.startswith(_FACE) else _found(block)
    for begin, kind in ((_JPEG, "jpeg"), (_JP2, "jp2"), (_J2K, "jp2")):
        if data.startswith(begin):
            return Portrait(data, kind)
    raise BadAnswer("DG2 of an unknown kind of picture")


def _record_head(block: bytes) -> int:
    """Where the picture begins: heads of the record (14), the face (20), its features (8 each), the picture (12)."""
    if len(block) < 46:
        raise BadAnswer("DG2 breaks off")
    return 14 + 20 + 8 * int.from_bytes(block[18:20], "big") + 12


def _found(block: bytes) -> bytes:
    """Newer records (ISO 39794-5) are ASN.1 of many shapes; the picture in them is known by how it begins."""
    places = [block.find(begin) for begin in (_JPEG, _JP2, _J2K)]
    there = [place for place in places if place >= 0]
    if not there:
        raise BadAnswer("DG2 without a picture")
    return block[min(there) :]


def _text(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    return " ".join(text.replace("<", " ").split())


def _name(value: bytes) -> str:
    """Surname and given names, parted by two fillers."""
    return _text(value)
