"""What a key types on the keyboard that scanners pretend to be (US), by its place.

Scanners are delivered as US keyboards. Read by place, their codes are the same whatever layout and input method the
clerk types with. Numbers are Linux key codes (input-event-codes.h); X11 counts 8 higher.
"""

from __future__ import annotations

X11_OFFSET = 8
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
)
_KEYPAD = dict(zip((71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 55, 98), "789-456+1230.*/", strict=True))
_SAME = {57: " ", 28: "\r", 96: "\r", 15: "\t", **_KEYPAD}
_KEYS = {
    first + n: (plain, shifted) for first, row, shifted_row in _ROWS for n, (plain, shifted) in
    enumerate(zip(row, shifted_row, strict=True))
}  # fmt: skip
SHIFTS = frozenset({42, 54})
CONTROLS = frozenset({29, 97})
ALTS = frozenset({56, 100})
MODIFIERS = SHIFTS | CONTROLS | ALTS | {58, 69, 125, 126}


def typed(code: int, shift: bool = False, caps: bool = False, control: bool = False) -> str:
    """What this key types; "" for one that types nothing. With Control: the control character (GS is Control+])."""
    if control:
        plain = _KEYS.get(code, ("",))[0]
        return chr(ord(plain) & 0x1F) if plain and (plain.isalpha() or plain in "[\\]") else ""
    if code in _SAME:
        return _SAME[code]
    plain, shifted = _KEYS.get(code, ("", ""))
    return shifted if shift != (caps and plain.isalpha()) else plain


def keypad_digit(code: int) -> str:
    """The digit of a keypad key, of which Alt codes are made; "" for another key."""
    digit = _KEYPAD.get(code, "")
    return digit if digit.isdecimal() else ""


def alt_bytes(digits: str, encoding: str) -> bytes:
    """What Alt and these keypad digits mean to the scanner: a byte up to 255, above it a character of GB 18030 (as
    Chinese Windows takes it) or, with encoding "unicode", of Unicode. Empty when it means nothing."""
    number = int(digits) if digits else 0
    if number <= 0xFF:
        return bytes((number,)) if number else b""
    try:
        if encoding == "unicode":
            return chr(number).encode()
        data = number.to_bytes((number.bit_length() + 7) // 8, "big")
        data.decode("gb18030")
    except (UnicodeError, ValueError, OverflowError):
        return b""
    return data
