"""What a clerk types, in the form in which it is stored.

A clerk with a queue types 20261201, 1201, +30, 1.2亿, １３８ ０００１ ２３４５ or hanz; kept are a day, 12000 (万元),
13800012345, 01.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.constraints import NOT_AFTER
from app.domain.item import Element, ElementType
from app.domain.table import read_table, write_table
from app.domain.typing_help import same_number

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DATE_PARTS = re.compile(r"(?:(\d{4}|\d{2})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_AWAY = re.compile(
    r"(?P<sign>[+-])?(?P<count>\d{1,4})(?:(?P<days>天|日)|(?P<months>个月|月)|(?P<years>年))?(?:(?P<after>后)|(?P<ago>前))?"
)
_NAMED_DAY = re.compile(
    r"(?P<ago2>前天)|(?P<ago1>昨[天日])|(?P<in0>今[天日])|(?P<in1>明[天日])|(?P<in2>后天)|(?P<in3>大后天)"
)
_MONEY = re.compile(r"(?P<e4>万)?(?P<e8>亿)?元")
_LARGE = re.compile(r"(.*?)(?:(?P<e4>万)|(?P<e8>亿))")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_GROUPS = re.compile(r"(?<=\d)[,，](?=\d{3}(?:\D|$))")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was read. value: canonical, or the text as typed when message says why it could not be read."""

    value: str
    message: str = ""


def normalise(element: Element, text: str, today: dt.date, columns: Sequence[Element] = ()) -> str:
    """The canonical value; what cannot be read comes back as typed, and the Validator finds it wrong."""
    return read(element, text, today, columns).value


def read(element: Element, text: str, today: dt.date, columns: Sequence[Element] = ()) -> Entry:
    """Read what was typed for an element. today: completes dates without a year. columns: of a TABLE."""
    typed = text.strip(" \t\r\n\u3000")
    if not typed:
        return Entry("")
    match element.type:
        case ElementType.TEXT:
            return Entry(typed)
        case ElementType.TABLE:
            return _table(typed, today, columns)
        case ElementType.DATE:
            return _date(element, half_width(typed), today)
        case ElementType.INTEGER | ElementType.DECIMAL:
            return _number(element, half_width(typed))
        case ElementType.CHOICE:
            return _choice(element, typed)
        case ElementType.PHONE:
            return _phone(half_width(typed))
        case ElementType.ID_NUMBER | ElementType.USCC:
            return Entry(re.sub(r"[\s-]", "", half_width(typed)).upper())


def _table(text: str, today: dt.date, columns: Sequence[Element]) -> Entry:
    """Each cell as its column's element is read; columns that the form does not ask for are kept as they are."""
    try:
        rows = read_table(text)
    except ValueError:
        return Entry(text, "表格内容读不懂，请重新录入")
    kinds = {column.id: column for column in columns}
    return Entry(
        write_table(
            {c: read(kinds[c], cell, today).value if c in kinds else cell for c, cell in row.items()} for row in rows
        )
    )


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as half-width; not for names and addresses, where they may be meant."""
    return text.translate(_HALF_WIDTH)


def _date(element: Element, text: str, today: dt.date) -> Entry:
    constants = [option["const"] for option in element.schema.get("anyOf", ()) if "const" in option]
    if text in constants:
        return Entry(text)
    compact = text.replace(" ", "")
    past = NOT_AFTER in element.schema
    if (named := _NAMED_DAY.fullmatch(compact)) and named.lastgroup:
        days = int(named.lastgroup[-1])
        return Entry((today + dt.timedelta(days=-days if named.lastgroup.startswith("ago") else days)).isoformat())
    away = _AWAY.fullmatch(compact)
    if away and (
        away["sign"] or ((away["after"] or away["ago"]) and (away["days"] or away["months"] or away["years"]))
    ):
        return _distant(text, away, today)
    if re.fullmatch(r"\d{4}", compact):
        year, month, day = "", compact[:2], compact[2:]
    elif re.fullmatch(r"\d{8}|\d{6}", compact):
        year, month, day = compact[:-4], compact[-4:-2], compact[-2:]
    elif found := _DATE_PARTS.fullmatch(compact):
        year, month, day = found[1] or "", found[2], found[3]
    else:
        return Entry(text, "日期读不懂，可填 20261201、2026-12-1 或者 12-1")
    try:
        return Entry(_day(year, int(month), int(day), today, past).isoformat())
    except ValueError:
        return Entry(text, "没有这一天")


def _distant(text: str, away: re.Match[str], today: dt.date) -> Entry:
    """+30, -7, +1年, 3个月后: counted from today; a month without such a day ends with its last."""
    count = int(away["count"]) * (-1 if away["sign"] == "-" or away["ago"] else 1)
    try:
        if not (away["months"] or away["years"]):
            return Entry((today + dt.timedelta(days=count)).isoformat())
        months = today.year * 12 + today.month - 1 + count * (12 if away["years"] else 1)
        year, month = divmod(months, 12)
        return Entry(dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1])).isoformat())
    except (ValueError, OverflowError):
        return Entry(text, "没有这一天")


def _day(year: str, month: int, day: int, today: dt.date, past: bool) -> dt.date:
    """The day meant. Without a year the next such day from today on; for things that lie behind us the last one."""
    if len(year) == 4:
        return dt.date(int(year), month, day)
    if year:
        near = today.year // 100 * 100 + int(year)
        return dt.date(near - 100 if past and near > today.year else near, month, day)
    # 29 February stands in one year of four, or of eight about a century's end.
    for distance in range(9):
        candidate = today.year - distance if past else today.year + distance
        try:
            found = dt.date(candidate, month, day)
        except ValueError:
            continue
        if (found <= today) if past else (found >= today):
            return found
    raise ValueError("no such day")


def _number(element: Element, text: str) -> Entry:
    """Of money the words outweigh the field's unit: 50000元 and 5万 are 5 where 万元 is asked; a bare 5 is 5."""
    plain, unit = _GROUPS.sub("", text).replace(" ", ""), element.unit
    factor = Decimal(1)
    asked, given = _MONEY.fullmatch(unit), _LARGE.fullmatch(plain)
    if asked is not None and unit != plain[-len(unit) :] and (given or plain[-1:] == unit[-1:]):
        plain = plain.removesuffix(unit[-1])
        factor /= _power(asked)
    elif unit:
        plain = plain.removesuffix(unit)
    if given := _LARGE.fullmatch(plain):
        factor *= _power(given)
        plain = given[1]
    if not _NUMBER.fullmatch(plain) or len(plain) > 20:
        return Entry(text, "应填数字")
    number = Decimal(plain) * factor
    return Entry(f"{number:.0f}" if number == number.to_integral_value() else f"{number.normalize():f}")


def _power(found: re.Match[str]) -> int:
    """10,000 or 100,000,000, as the sign beside a number says; 1 without one."""
    return int(10 ** (4 * bool(found["e4"]) + 8 * bool(found["e8"])))


def _choice(element: Element, text: str) -> Entry:
    folded = half_width(text).casefold().replace(" ", "")
    if text in element.codes:
        return Entry(text)
    by_number = [c for c in element.codes if same_number(folded, c)]
    for matches in (
        by_number,
        [c for c, title in element.codes.items() if title == text or c.casefold() == folded],
        [c for c, title in element.codes.items() if title.startswith(text)],
        [c for c, title in element.codes.items() if text in title],
        _by_pinyin(element, folded),
    ):
        if len(matches) == 1:
            return Entry(matches[0])
        if matches:
            names = [element.codes[c] for c in matches]
            more = f"等 {len(names)} 项" if len(names) > 4 else ""
            return Entry(text, f"“{text}”可以指{'、'.join(names[:4])}{more}，请选定一项")
    return Entry(text, f"没有“{text}”这个选项")


def _by_pinyin(element: Element, folded: str) -> list[str]:
    if not folded.isascii() or not folded.isalpha():
        return []
    # pypinyin's tables load slowly and only typing letters needs them.
    from pypinyin import lazy_pinyin

    syllables = {code: lazy_pinyin(title, errors="ignore") for code, title in element.codes.items()}
    spelt = {code: ("".join(s), "".join(x[0] for x in s)) for code, s in syllables.items()}
    exact = [code for code, spellings in spelt.items() if folded in spellings]
    return exact or [code for code, spellings in spelt.items() if any(s.startswith(folded) for s in spellings)]


def _phone(text: str) -> Entry:
    digits = re.sub(r"[\s()-]", "", text)
    digits = re.sub(r"^(?:\+|00)86", "", digits)
    if not digits.isdecimal():
        return Entry(text, "电话里有数字以外的字符")
    if re.fullmatch(r"0(?:10|2\d)\d{8}", digits):
        return Entry(f"{digits[:3]}-{digits[3:]}")
    if re.fullmatch(r"0[3-9]\d{9,10}", digits):
        return Entry(f"{digits[:4]}-{digits[4:]}")
    return Entry(digits)
