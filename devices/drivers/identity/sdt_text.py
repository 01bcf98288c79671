"""The 256-byte text block of an ID card's chip, both ways (GA/T 467-2019, GA/T 490-2019). Pure.

UTF-16LE, padded with spaces; the character at byte 248 says which of four layouts applies. Lengths are bytes, so a
character outside the basic plane (𠮷) takes four.
"""

from __future__ import annotations

import datetime as dt
import re

from app.domain.person import LONG_TERM, CardType, IdCard

BLOCK = 256
_TYPE_AT = 248
_TYPES = {
    " ": CardType.RESIDENT,
    "J": CardType.HMT,
    "I": CardType.FOREIGNER_2017,
    "Y": CardType.FOREIGNER_2023,
}

SEXES = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}
"""GB/T 2261.1."""

_NATION_NAMES = (
    "01汉 02蒙古 03回 04藏 05维吾尔 06苗 07彝 08壮 09布依 10朝鲜 11满 12侗 13瑶 14白 15土家 16哈尼 17哈萨克 18傣 "
    "19黎 20傈僳 21佤 22畲 23高山 24拉祜 25水 26东乡 27纳西 28景颇 29柯尔克孜 30土 31达斡尔 32仫佬 33羌 34布朗 "
    "35撒拉 36毛南 37仡佬 38锡伯 39阿昌 40普米 41塔吉克 42怒 43乌孜别克 44俄罗斯 45鄂温克 46德昂 47保安 48裕固 "
    "49京 50塔塔尔 51独龙 52鄂伦春 53赫哲 54门巴 55珞巴 56基诺 97其他 98外国血统中国籍"
)
NATIONS = {entry[:2]: entry[2:] for entry in _NATION_NAMES.split()}
"""GB/T 3304, with the two codes that registration adds."""

# Field -> (offset, length) in bytes. A field in several pieces is their concatenation.
_Layout = dict[str, tuple[tuple[int, int], ...]]
_RESIDENT: _Layout = {
    "name": ((0, 30),),
    "sex": ((30, 2),),
    "nation": ((32, 4),),
    "birth": ((36, 16),),
    "address": ((52, 70),),
    "number": ((122, 36),),
    "issuer": ((158, 30),),
    "valid_from": ((188, 16),),
    "valid_to": ((204, 16),),
}
_LAYOUTS: dict[CardType, _Layout] = {
    CardType.RESIDENT: _RESIDENT,
    CardType.HMT: {key: at for key, at in _RESIDENT.items() if key != "nation"}
    | {"pass_number": ((220, 18),), "issue_count": ((238, 4),)},
    CardType.FOREIGNER_2017: {
        "name_en": ((0, 120),),
        "sex": ((120, 2),),
        "number": ((122, 30),),
        "nationality": ((152, 6),),
        "name": ((158, 30),),
        "valid_from": ((188, 16),),
        "valid_to": ((204, 16),),
        "birth": ((220, 16),),
        "issuer": ((240, 8),),
    },
    CardType.FOREIGNER_2023: {
        "name": ((0, 30),),
        "sex": ((30, 2),),
        "issue_count": ((32, 4),),
        "birth": ((36, 16),),
        "name_en": ((52, 70), (220, 22)),
        "number": ((122, 36),),
        "valid_from": ((188, 16),),
        "valid_to": ((204, 16),),
        "nationality": ((242, 6),),
    },
}
_VERSION_2017 = (236, 4)
_PADDING = " \0\u3000"

_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)
_NUMBER_2017 = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
_DATE = re.compile(r"\d{8}", re.ASCII)


class TextBlockError(ValueError):
    """The block is not an ID card's text. The message names the field and never holds its value."""


def parse_text(block: bytes) -> IdCard:
    """Read a text block. TextBlockError when the size, the type, the encoding, the number or a date is impossible;
    check digits are not looked at: what the chip says is what the card says."""
    if len(block) != BLOCK:
        raise TextBlockError(f"text block of {len(block)} bytes")
    card_type = _TYPES.get(_decode(block, ((_TYPE_AT, 2),), "type") or " ")
    if card_type is None:
        raise TextBlockError("unknown card type")
    fields = {key: _decode(block, at, key) or None for key, at in _LAYOUTS[card_type].items()}
    shape = _NUMBER_2017 if card_type is CardType.FOREIGNER_2017 else _NUMBER
    if not shape.fullmatch(fields["number"] or ""):
        raise TextBlockError("impossible number")
    if fields["sex"] is not None and fields["sex"] not in SEXES:
        raise TextBlockError("impossible sex")
    fields["sex"] = SEXES.get(fields["sex"] or "")
    if "nation" in fields:
        # A nation that the table lacks is left out, for the clerk to ask.
        fields["nation"] = NATIONS.get(fields["nation"] or "")
    for key in ("birth", "valid_from", "valid_to"):
        fields[key] = _date_from(fields[key], key)
    return IdCard(type=card_type, **fields)


def build_text(card: IdCard) -> bytes:
    """The text block of a card, for emulators and tests. ValueError when a field does not fit or has no place."""
    layout = _LAYOUTS[card.type]
    block = bytearray(" ".encode("utf-16-le") * (BLOCK // 2))
    for key, value in card.as_json().items():
        if key == "type" or value is None:
            continue
        if key not in layout:
            raise ValueError(f"a {card.type} card has no {key}")
        _encode(block, layout[key], key, _to_block(key, value))
    if card.type is CardType.FOREIGNER_2017:
        _encode(block, (_VERSION_2017,), "version", "01")
    letter = next(letter for letter, kind in _TYPES.items() if kind is card.type)
    _encode(block, ((_TYPE_AT, 2),), "type", letter)
    return bytes(block)


def _decode(block: bytes, pieces: tuple[tuple[int, int], ...], key: str) -> str:
    raw = b"".join(block[at : at + length] for at, length in pieces)
    try:
        text = raw.decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise TextBlockError(f"{key} is not UTF-16") from error
    return text.strip(_PADDING)


def _encode(block: bytearray, pieces: tuple[tuple[int, int], ...], key: str, text: str) -> None:
    raw = text.encode("utf-16-le")
    room = sum(length for _, length in pieces)
    if len(raw) > room:
        raise ValueError(f"{key} takes {len(raw)} bytes and has {room}")
    raw += " ".encode("utf-16-le") * ((room - len(raw)) // 2)
    for at, length in pieces:
        block[at : at + length], raw = raw[:length], raw[length:]


def _to_block(key: str, value: str) -> str:
    if key in ("birth", "valid_from", "valid_to"):
        return value.replace("-", "")
    if key in ("sex", "nation"):
        table = SEXES if key == "sex" else NATIONS
        code = next((code for code, name in table.items() if name == value), None)
        if code is None:
            raise ValueError(f"{key} is not in its table")
        return code
    return value


def _date_from(text: str | None, key: str) -> str | None:
    if text is None or (key == "valid_to" and text == LONG_TERM):
        return text
    if not _DATE.fullmatch(text):
        raise TextBlockError(f"{key} is not a date")
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    # Cards issued on a 29 February were given the same day 10 or 20 years on: 20250229 is printed on real cards.
    tolerated = key == "valid_to" and (month, day) == (2, 29) and year > 0
    try:
        dt.date(2000 if tolerated else year, month, day)
    except ValueError as error:
        raise TextBlockError(f"{key} is not a date") from error
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
