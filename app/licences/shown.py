"""A scanned text made harmless for showing: nothing in it can hide, turn the line around, or run off the screen."""

from __future__ import annotations

import unicodedata

CUT = 120
"""Characters shown at most."""
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_CONTROL_PICTURES = 0x2400
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_IDEOGRAPHS = ("CJK", "KANGXI", "BOPOMOFO", "HIRAGANA", "KATAKANA", "HANGUL")


def shown(text: str, cut: int = CUT) -> str:
    """The text in one line, isolated so that it cannot turn what stands around it. Control characters show as their
    pictures (␀), other invisible ones by number (⟨U+202E⟩); private-use characters stay, rare names live there."""
    safe = "".join(map(_visible, text[:cut]))
    return f"{_FIRST_STRONG}{safe}{'…' if len(text) > cut else ''}{_POP}"


def _visible(char: str) -> str:
    code, category = ord(char), unicodedata.category(char)
    if category == "Cc":
        return chr(_CONTROL_PICTURES + code) if code < 0x20 else f"⟨U+{code:04X}⟩"
    return f"⟨U+{code:04X}⟩" if category in _HIDDEN and category != "Co" else char


def oddities(text: str) -> tuple[str, ...]:
    """What a person would not see in the text, in words; () when it is what it looks like."""
    found = []
    if any(char in _TURNING for char in text):
        found.append("含有改变文字方向的字符")
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in "\r\n\t" for char in text):
        found.append("含有看不见的字符")
    if any(map(_look_alike, text)) and any(char.isascii() and char.isalpha() for char in text):
        found.append("字母中混有形近的外文字母")
    return tuple(found)


def _look_alike(char: str) -> bool:
    """A letter of another script than the Latin of codes or the ideographs of Chinese texts."""
    return not char.isascii() and char.isalpha() and not unicodedata.name(char, "CJK").startswith(_IDEOGRAPHS)
