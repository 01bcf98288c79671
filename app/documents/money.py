"""Amounts as papers say them: in figures and in the Chinese capital numerals that cannot be altered with a pen.

As banks want it on bills (支付结算办法, annex 1): 零 for noughts inside the number, 整 after 元 and 角.
"""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def figures(fen: int) -> str:
    """12050 -> 120.50; 1234567800 -> 12,345,678.00. fen: not negative."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def capitals(fen: int) -> str:
    """12050 -> 壹佰贰拾元伍角整. fen: not negative, below 10^18. ValueError otherwise."""
    if not 0 <= fen < 10**18:
        raise ValueError(f"amount out of range: {fen}")
    yuan, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    text = f"{_whole(yuan)}元" if yuan else ""
    if not jiao and not cents:
        return (text or "零元") + "整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif yuan:
        text += "零"
    return text + (f"{_DIGITS[cents]}分" if cents else "整")


def _whole(number: int) -> str:
    """A whole number above nought, four digits at a time."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = True
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _group(group) + _GROUPS[place]
        gap = False
    return text


def _group(number: int) -> str:
    """1 to 9999."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            gap = True
            continue
        if text and gap:
            text += "零"
        text += _DIGITS[digit] + _UNITS[place]
        gap = False
    return text
