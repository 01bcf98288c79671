from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.official.capitals import in_capitals

_DIGIT = {char: n for n, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_PLACE = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("1", "壹元整"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("105.30", "壹佰零伍元叁角整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("53500", "伍万叁仟伍佰元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000010000", "壹万亿零壹万元整"),
        ("1200000000000", "壹万贰仟亿元整"),
        ("10000000000000", "壹拾万亿元整"),
    ],
)
def test_amounts_as_the_central_bank_writes_them(amount: str, words: str) -> None:
    assert in_capitals(amount) == words


def _read(words: str) -> Decimal:
    """Back to figures, by another way than the writer's."""
    total = Decimal(0)
    yuan, _, rest = words.rpartition("元")
    value, group, digit = 0, 0, 0
    for char in yuan:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _PLACE:
            group, digit = group + digit * _PLACE[char], 0
        elif char == "万":
            value, group, digit = value + (group + digit) * 10_000, 0, 0
        elif char == "亿":
            value, group, digit = (value + group + digit) * 100_000_000, 0, 0
    total += value + group + digit
    for char, unit in (("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        if char in rest:
            total += _DIGIT[rest[rest.index(char) - 1]] * unit
    return total


@given(st.integers(0, 10**16 - 1))
def test_what_is_written_reads_back(cents: int) -> None:
    words = in_capitals(Decimal(cents) / 100)
    assert _read(words) == Decimal(cents) / 100
    assert "零零" not in words
    assert words[-1] in "整分"


@pytest.mark.parametrize("amount", ["-1", "1.005", "nan", "Infinity", "五", "", str(10**16)])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match=r"no amount|out of range|finer"):
        in_capitals(amount)
