"""Sums of money: counted in fen (CNY 0.01), written in yuan."""

from __future__ import annotations

import re

_YUAN = re.compile(r"(\d{1,8})(?:\.(\d{1,2}))?")


def fen_of(yuan: str) -> int | None:
    """What was typed, e.g. "12.5" or "１２元", in fen; None when it is no sum."""
    plain = yuan.strip().removesuffix("元").strip()
    digits = "".join(str(ord(char) - 0xFF10) if "０" <= char <= "９" else char for char in plain).replace("．", ".")
    match = _YUAN.fullmatch(digits) if digits.isascii() else None
    if match is None:
        return None
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def yuan_of(fen: int) -> str:
    """1250 → "12.50"."""
    return f"{fen // 100}.{fen % 100:02d}"
