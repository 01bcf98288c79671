"""Amounts of money in Chinese capitals 人民币大写 (中国人民银行《正确填写票据和结算凭证的基本规定》一至四)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
LIMIT = Decimal(10) ** 16
"""Beyond, the names of the groups end."""


def in_capitals(yuan: Decimal | str) -> str:
    """105.3 → 壹佰零伍元叁角整. ValueError: no amount, negative, finer than a cent, or 10^16 and more."""
    try:
        amount = Decimal(yuan)
    except InvalidOperation as error:
        raise ValueError(f"no amount: {yuan}") from error
    if not amount.is_finite() or amount < 0 or amount >= LIMIT:
        raise ValueError(f"out of range: {yuan}")
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"finer than a cent: {yuan}")
    whole, rest = divmod(int(cents), 100)
    jiao, fen = divmod(rest, 10)
    words = f"{_whole(whole)}元" if whole else ""
    if not rest:
        return f"{words or '零元'}整"
    # A zero is said where a place is left out: 1.05 is 壹元零伍分. 10.50 may be written without, and is here.
    if not jiao and whole:
        words += "零"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    # 整 ends yuan and may end jiao; fen stand alone.
    return f"{words}{_DIGITS[fen]}分" if fen else f"{words}整"


def _whole(number: int) -> str:
    groups: list[int] = []
    while number:
        number, part = divmod(number, 10_000)
        groups.append(part)
    words, gap = "", False
    for index in range(len(groups) - 1, -1, -1):
        part = groups[index]
        if not part:
            gap = bool(words)
            continue
        if words and (gap or part < 1000):
            words += "零"
        words += _group(part) + _name(index, groups)
        gap = False
    return words


def _name(index: int, groups: list[int]) -> str:
    """万亿 shares its 亿 with the group below, unless that is empty: 1 0001 0000 0000 is 壹万零壹亿."""
    if index == 3 and groups[2]:
        return "万"
    return _GROUPS[index]


def _group(part: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = part // 10**place % 10
        if not digit:
            gap = bool(words)
            continue
        if gap:
            words += "零"
            gap = False
        words += _DIGITS[digit] + _PLACES[place]
    return words
