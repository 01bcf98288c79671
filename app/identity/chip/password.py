"""What opens a chip: the machine-readable zone, or the card access number printed on the front."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import BadInput

_CAN = re.compile(r"[0-9]{6}", re.ASCII)
_ZONE = re.compile(r"[A-Z0-9<]{24,40}", re.ASCII)
_MRZ_REFERENCE, _CAN_REFERENCE = 1, 2


@dataclass(frozen=True, slots=True, repr=False)
class Password:
    """seed: K of Doc 9303-11 §9.7.2, for PACE. reference: which password that is (§4.4.4.1). Never printed: it opens
    somebody's passport."""

    seed: bytes
    reference: int

    @property
    def opens_bac(self) -> bool:
        """Only the zone does."""
        return self.reference == _MRZ_REFERENCE

    @property
    def bac_seed(self) -> bytes:
        """The key seed of basic access control (§9.7.2)."""
        return self.seed[:16]


def from_can(text: str) -> Password:
    """Six digits from the front of the card. BadInput for anything else."""
    digits = text.strip()
    if not _CAN.fullmatch(digits):
        raise BadInput("卡面访问号码不正确", "卡面访问号码（CAN）是六位数字", "请照证件正面右下方的六位数字录入。")
    return Password(digits.encode(), _CAN_REFERENCE)


def from_zone(lines: Sequence[str]) -> Password:
    """From the printed zone: number, birth date and expiry with their check digits, as they stand there.

    BadInput when it is no zone of a passport or card: visas have no chip.
    """
    shape = [len(line) for line in lines]
    if shape in ([44, 44], [36, 36]):
        second = lines[1]
        number, dates = second[:10], second[13:20] + second[21:28]
        rest = second[28:35] if shape == [36, 36] else ""
    elif shape == [30, 30, 30]:
        number, dates, rest = lines[0][5:15], lines[1][:7] + lines[1][8:15], lines[0][15:30]
    else:
        raise BadInput("不是机读区", "各行长度不符", "机读区是两行 44 位、两行 36 位或者三行 30 位。")
    if number[9] == "<" and rest and rest[0] != "<":
        # A number too long for its field goes on in the optional one, its check digit last (Doc 9303-5 §4.2.2.2 j).
        number = number[:9] + rest.partition("<")[0]
    return _of(number + dates)


def from_fields(number: str, birth: str, expiry: str) -> Password:
    """From what the clerk types. birth, expiry: YYMMDD. BadInput when they cannot stand in a zone."""
    padded = number.strip().upper().ljust(9, "<")
    if not re.fullmatch(r"[0-9]{6}", birth, re.ASCII) or not re.fullmatch(r"[0-9]{6}", expiry, re.ASCII):
        raise BadInput("日期不正确", "出生日期和有效期各为六位数字", "按年、月、日各两位录入，例如 900101。")
    return _of("".join(part + check_digit(part) for part in (padded, birth, expiry)))


def check_digit(text: str) -> str:
    """Doc 9303-3 §4.9: weights 7, 3, 1, modulo 10."""
    if not re.fullmatch(r"[A-Z0-9<]+", text, re.ASCII):
        raise BadInput("证件号码不正确", "号码中有机读区之外的字符", "只录入字母和数字。")
    values = (0 if char == "<" else int(char, 36) for char in text)
    return str(sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)


def _of(text: str) -> Password:
    if not _ZONE.fullmatch(text):
        raise BadInput("不是机读区", "有机读区之外的字符", "只录入 A 至 Z、0 至 9 和 <。")
    return Password(hashlib.sha1(text.encode(), usedforsecurity=False).digest(), _MRZ_REFERENCE)
