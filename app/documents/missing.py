"""Characters that a paper cannot show."""

from __future__ import annotations

import unicodedata

from app.domain.errors import BadInput

_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by category that show nothing: Hangul fillers, the blank Braille pattern."""


def printable(char: str) -> bool:
    """May the character stand on a paper at all? Controls, format marks (bidi overrides, zero-width), fillers and
    private-use codes may not, whatever a font holds for them: they show nothing, or not what was meant.
    """
    if 0x20000 <= ord(char) <= 0x3FFFD and ord(char) & 0xFFFE != 0xFFFE:
        return True  # planes of ideographs (Unicode §2.8): newer ones than our tables know may be somebody's name
    return char not in _BLANKS and unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


class MissingGlyph(BadInput):
    """A character that neither a font nor a picture draws. char, about: the character and where it stands."""

    def __init__(self, char: str, place: int, about: str) -> None:
        shown = f"“{char}”" if printable(char) else "不可见字符"
        super().__init__(
            "文书无法打印",
            f"“{about}”的第 {place} 个字符{shown}（U+{ord(char):04X}）不在文书字库中。",
            "请核对该字是否录入有误；确为人名、地名用字的，可以补一张字形图片，或联系管理员安装收有该字的字体。",
        )
        self.char = char
        self.about = about

    @property
    def can_be_drawn(self) -> bool:
        """May a picture stand in? Not for what shows nothing."""
        return printable(self.char)
