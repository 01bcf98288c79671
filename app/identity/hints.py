"""Where in a number the mistake most likely is: said while it is typed, so that it is mended before the next field.

A check digit tells that something is wrong, not where; what is told here is only what can be known: letters that
cannot stand there, a month 13, two neighbours whose exchange makes the number right (GB 11643, GB 32100, GB 11714).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from app.identity.numbers import NumberCheck, check_number, normalise

LENGTH = 18
_LOOKALIKES = {"O": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "B": "8", "Q": "0", "D": "0", "V": "Y"}
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def id_number_hint(text: str) -> str:
    """What can be told of an identity number (18 characters) that is wrong; "" when it is right or nothing is known."""
    number = normalise(text)
    stray = next((at for at, char in enumerate(number[:17]) if not char.isdecimal()), None)
    if number[:1].isalpha():
        return ""  # a number of another kind
    if stray is not None:
        return _stray(number, stray)
    if len(number) > LENGTH:
        return f"多了 {len(number) - LENGTH} 位"
    if len(number) >= 12 and not "01" <= number[10:12] <= "12":
        return "第 11、12 位是月份，应在 01 至 12 之间"
    if len(number) >= 14 and not "01" <= number[12:14] <= "31":
        return "第 13、14 位是日，应在 01 至 31 之间"
    if len(number) < LENGTH or check_number(number).valid:
        return ""
    if swapped := _swapped(number, lambda n: check_number(n).valid):
        return swapped
    right = mod_11_2.calc_check_digit(number[:17])
    whole = check_number(number[:17] + right)
    return f"校验位不对：前 17 位无误时末位应为 {right}" if whole.valid else whole.message


def checked_with_hint(text: str) -> NumberCheck:
    """As check_number; of an invalid number the message says where the mistake is, if that can be told."""
    check = check_number(text)
    hint = "" if check.valid else id_number_hint(check.number)
    return replace(check, message=hint) if hint else check


def uscc_hint(text: str) -> str:
    """What can be told of a unified social credit code that is wrong; "" when it is right or nothing is known."""
    code = normalise(text)
    stray = next((at for at, char in enumerate(code) if char not in _USCC_ALPHABET), None)
    if stray is not None:
        return _stray(code, stray)
    if len(code) > LENGTH:
        return f"多了 {len(code) - LENGTH} 位"
    if len(code) < LENGTH or uscc.is_valid(code):
        return ""
    if swapped := _swapped(code, lambda c: uscc.is_valid(c) and _organisation_holds(c[8:17])):
        return swapped
    if not _organisation_holds(code[8:17]):
        return "第 9 至 17 位（组织机构代码）里有一位录错"
    return "第 1 至 8 位或者末位有一位录错"


def _stray(number: str, at: int) -> str:
    meant = _LOOKALIKES.get(number[at], "")
    return f"第 {at + 1} 位不能是 {number[at]}，是不是 {meant}？" if meant else f"第 {at + 1} 位不能是 {number[at]}"


def _swapped(number: str, holds: Callable[[str], bool]) -> str:
    """Two neighbours were typed in the wrong order, and only one such pair explains it."""
    found = [
        at
        for at in range(len(number) - 1)
        if number[at] != number[at + 1] and holds(number[:at] + number[at + 1] + number[at] + number[at + 2 :])
    ]
    return f"第 {found[0] + 1}、{found[0] + 2} 位可能录反了" if len(found) == 1 else ""


def _organisation_holds(code: str) -> bool:
    """GB 11714: eight characters and their check character, which stand within the credit code."""
    total = sum(_ORG_ALPHABET.index(char) * weight for char, weight in zip(code, _ORG_WEIGHTS, strict=False))
    return code[8] == "0123456789X0"[11 - total % 11]
