"""A recovery code is copied by hand and typed back: slips are told by their group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.recovery_code import ALPHABET, GROUPS, new_code, read_code

CODE = new_code()


def test_codes_are_fresh_and_of_seven_groups() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(group) == 5 for code in codes for group in code.split("-"))
    assert {code.count("-") for code in codes} == {GROUPS - 1}
    assert set("".join(codes)) - {"-"} <= set(ALPHABET)


def test_what_people_type_is_understood() -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in CODE)
    for typed in (CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("-", "　"), f" {CODE}\n", wide):
        assert read_code(typed) == CODE
    for typed, meant in (("O", "0"), ("I", "1"), ("l", "1")):
        if meant in CODE:
            assert read_code(CODE.replace(meant, typed)) == CODE


@given(st.integers(0, GROUPS - 1), st.integers(0, 4), st.sampled_from(ALPHABET))
def test_every_single_slip_is_told_by_its_group(group: int, at: int, char: str) -> None:
    groups = CODE.split("-")
    if groups[group][at] == char:
        return
    groups[group] = groups[group][:at] + char + groups[group][at + 1 :]
    with pytest.raises(BadInput, match=f"第 {group + 1} 组"):
        read_code("-".join(groups))


@given(st.permutations(range(GROUPS)))
def test_groups_in_another_order_are_no_code(order: list[int]) -> None:
    groups = CODE.split("-")
    mixed = "-".join(groups[at] for at in order)
    if mixed == CODE:
        return
    with pytest.raises(BadInput):
        read_code(mixed)


@given(st.text(max_size=60))
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput) as told:
        read_code(text)
    assert told.value.todo


def test_what_is_too_short_says_how_long_it_was() -> None:
    with pytest.raises(BadInput, match="输入了 30 位"):
        read_code(CODE[:-6])
