"""Whether a personal or firm number can be true (domain facts §2).

Sources: GB 11643 (resident identity number), GB 32100 (unified social credit code, by python-stdnum), ISO 7064
MOD 11-2. A hard fault makes a number invalid; what merely looks odd (a district younger than our table) is a warning.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import stdnum.exceptions
import stdnum.numdb
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2


class NumberKind(StrEnum):
    """Kinds of number by their document."""

    RESIDENT = "resident"
    HMT = "hmt"
    FOREIGNER_2017 = "foreigner2017"
    FOREIGNER_2023 = "foreigner2023"
    HOME_RETURN = "home_return"
    """港澳居民来往内地通行证"""
    TAIWAN = "taiwan"
    """台湾居民来往大陆通行证"""
    USCC = "uscc"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    NumberKind.RESIDENT: "公民身份号码",
    NumberKind.HMT: "港澳台居民居住证号码",
    NumberKind.FOREIGNER_2017: "外国人永久居留身份证号码（2017版）",
    NumberKind.FOREIGNER_2023: "外国人永久居留身份证号码（2023版）",
    NumberKind.HOME_RETURN: "港澳居民来往内地通行证号码",
    NumberKind.TAIWAN: "台湾居民来往大陆通行证号码",
    NumberKind.USCC: "统一社会信用代码",
    NumberKind.UNKNOWN: "证件号码",
}


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """What a number says about itself.

    number: as checked (upper case, half width, no spaces). sex: code of GB/T 2261.1, "1" or "2". birth and sex are None
    where the number does not hold them. message: why it is invalid, for the clerk; empty when valid.
    """

    kind: NumberKind
    number: str
    valid: bool
    birth: dt.date | None = None
    sex: str | None = None
    warnings: tuple[str, ...] = ()
    message: str = ""


_SHAPES = {
    NumberKind.RESIDENT: re.compile(r"[1-8]\d{16}[\dX]", re.ASCII),
    NumberKind.HMT: re.compile(r"8[123]0000\d{11}[\dX]", re.ASCII),
    NumberKind.FOREIGNER_2023: re.compile(r"9\d{16}[\dX]", re.ASCII),
    NumberKind.FOREIGNER_2017: re.compile(r"[A-Z]{3}\d{12}", re.ASCII),
    NumberKind.HOME_RETURN: re.compile(r"[HM](\d{8}(\d{2})?|A\d{7})", re.ASCII),
    NumberKind.TAIWAN: re.compile(r"\d{8}(\d{2})?", re.ASCII),
    NumberKind.USCC: re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII),
}
_SHAPE_WORDS = {
    NumberKind.RESIDENT: "应为 18 位，前 17 位为数字",
    NumberKind.HMT: "应为 18 位，以 810000、820000 或 830000 开头",
    NumberKind.FOREIGNER_2023: "应为 18 位，以 9 开头",
    NumberKind.FOREIGNER_2017: "应为 3 位字母加 12 位数字",
    NumberKind.HOME_RETURN: "应为 H 或 M 加 8 位或 10 位数字，非中国籍的为 HA 或 MA 加 7 位数字",
    NumberKind.TAIWAN: "应为 8 位或 10 位数字",
    NumberKind.USCC: "应为 18 位数字和大写字母，不含 I、O、S、V、Z",
}


def normalise(text: str) -> str:
    """A number as typed or scanned -> as compared: half width, upper case, without spaces and dashes."""
    return re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", text)).upper()


def check_number(text: str, kind: NumberKind | None = None, today: dt.date | None = None) -> NumberCheck:
    """Check a number. kind: what it should be; without one the kind is found out. today: then no birth after it."""
    number = normalise(text)
    if kind is None or kind is NumberKind.UNKNOWN:
        kind = _recognise(number)
    if kind is NumberKind.UNKNOWN:
        old = re.fullmatch(r"\d{15}", number, re.ASCII)
        message = "15 位旧号码已停用，请用 18 位号码" if old else "不是可识别的证件号码，请核对位数和字符"
        return NumberCheck(kind, number, valid=False, message=message)
    if not _SHAPES[kind].fullmatch(number):
        return NumberCheck(kind, number, valid=False, message=f"{kind.label}{_SHAPE_WORDS[kind]}")
    if kind is NumberKind.USCC:
        return _check_uscc(number)
    if kind is NumberKind.FOREIGNER_2017:
        odd = _icao_check(number[:-1]) != number[-1]
        return NumberCheck(kind, number, valid=True, warnings=("末位校验数字不符，请核对",) if odd else ())
    if kind in (NumberKind.HOME_RETURN, NumberKind.TAIWAN):
        return NumberCheck(kind, number, valid=True)
    return _check_eighteen(kind, number, today)


def _recognise(number: str) -> NumberKind:
    for kind in (NumberKind.HOME_RETURN, NumberKind.TAIWAN, NumberKind.FOREIGNER_2017, NumberKind.HMT):
        if _SHAPES[kind].fullmatch(number):
            return kind
    # 18 digits may also be a credit code. A plausible birth date speaks for a person; only where the person's check
    # digit fails and the code's holds (for firms, whose codes start with 9 as foreigners' numbers do) is it one.
    for kind in (NumberKind.FOREIGNER_2023, NumberKind.RESIDENT):
        if _SHAPES[kind].fullmatch(number):
            person = _plausible_date(number) and (kind is NumberKind.RESIDENT or not _is_only_code(number))
            return kind if person or not uscc.is_valid(number) else NumberKind.USCC
    return NumberKind.USCC if _SHAPES[NumberKind.USCC].fullmatch(number) else NumberKind.UNKNOWN


def _check_eighteen(kind: NumberKind, number: str, today: dt.date | None) -> NumberCheck:
    birth = _date(number)
    if birth is None or (today is not None and birth > today):
        return NumberCheck(kind, number, valid=False, message=f"{kind.label}中的出生日期不成立，请核对第 7 至 14 位")
    if not _eighteen_holds(number):
        return NumberCheck(kind, number, valid=False, message=f"{kind.label}校验码不符，请核对是否录错")
    sex = "1" if int(number[16]) % 2 else "2"
    warnings = []
    if kind is NumberKind.RESIDENT and not _known_area(number[:6]):
        warnings.append(f"行政区划代码 {number[:6]} 不在内置区划表中，请留意")
    if birth.year < 1900:
        warnings.append("出生年份早于 1900 年，请核对")
    return NumberCheck(kind, number, valid=True, birth=birth, sex=sex, warnings=tuple(warnings))


def _check_uscc(number: str) -> NumberCheck:
    try:
        uscc.validate(number)
    except stdnum.exceptions.ValidationError:
        return NumberCheck(NumberKind.USCC, number, valid=False, message="统一社会信用代码校验码不符，请核对是否录错")
    return NumberCheck(NumberKind.USCC, number, valid=True)


def _date(number: str) -> dt.date | None:
    try:
        return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _plausible_date(number: str) -> bool:
    birth = _date(number)
    return birth is not None and 1850 <= birth.year <= 2100


def _is_only_code(number: str) -> bool:
    return bool(uscc.is_valid(number)) and not _eighteen_holds(number)


def _eighteen_holds(number: str) -> bool:
    return bool(mod_11_2.is_valid(number))


@functools.lru_cache(maxsize=4096)  # the library searches its list anew each time; tables ask 100,000 times
def _known_area(code: str) -> bool:
    # python-stdnum's table knows divisions of past years; it lacks the newest, hence only ever a warning.
    parts = stdnum.numdb.get("cn/loc").info(code)
    return "county" in parts[-1][1]


def _icao_check(text: str) -> str:
    """The check digit of ICAO 9303 part 3 §4.9 (weights 7 3 1), which the 2017 card's number ends with."""
    values = (int(char, 36) * (7, 3, 1)[at % 3] for at, char in enumerate(text))
    return str(sum(values) % 10)
