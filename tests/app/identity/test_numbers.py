"""Personal and firm numbers (domain facts §2)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from app.demo.people import load_people
from app.identity.numbers import NumberKind, check_number, normalise


def resident(area: str, birth: dt.date, sequence: int) -> str:
    body = f"{area}{birth:%Y%m%d}{sequence:03d}"
    return body + str(mod_11_2.calc_check_digit(body))


@pytest.mark.parametrize("person", load_people().values(), ids=lambda p: p.id)
def test_the_numbers_of_the_demo_people_hold(person) -> None:  # type: ignore[no-untyped-def]
    check = check_number(person.card.number)
    assert check.valid, check.message
    assert check.kind.value == person.card.type.value
    if check.birth:
        assert check.birth.isoformat() == person.card.birth
        assert check.sex == {"男": "1", "女": "2"}[person.card.sex]


@given(
    st.sampled_from(["110101", "330502", "650102", "810000"]),
    st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)),
    st.integers(0, 999),
)
def test_birth_and_sex_come_out_and_any_wrong_digit_is_noticed(area: str, birth: dt.date, sequence: int) -> None:
    number = resident(area, birth, sequence)
    check = check_number(number)
    assert (check.valid, check.birth, check.sex) == (True, birth, "1" if sequence % 2 else "2")
    for at in (6, 9, 13, 16, 17):
        other = number[:at] + ("0" if number[at] != "0" else "1") + number[at + 1 :]
        assert not check_number(other, check.kind).valid


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("911124198108030024", NumberKind.FOREIGNER_2023),
        ("CAN110081080310", NumberKind.FOREIGNER_2017),
        ("810000198806140043", NumberKind.HMT),
        ("H1234567890", NumberKind.HOME_RETURN),
        ("M12345678", NumberKind.HOME_RETURN),
        ("12345678", NumberKind.TAIWAN),
        ("1234567890", NumberKind.TAIWAN),
        ("11330500MB1A20264Q", NumberKind.USCC),
    ],
)
def test_kinds_are_found_out(text: str, kind: NumberKind) -> None:
    check = check_number(text)
    assert (check.kind, check.valid, check.message, check.warnings) == (kind, True, "", ())


def test_a_new_district_is_a_soft_warning() -> None:
    check = check_number(resident("330599", dt.date(1990, 3, 7), 1))
    assert check.valid
    assert "330599" in check.warnings[0]


def test_a_mistyped_identity_number_is_never_taken_for_a_firm_code() -> None:
    """One in 31 mistyped numbers happens to be a valid 18-digit credit code."""
    check = check_number("110119199003070010")
    assert (check.kind, check.valid) == (NumberKind.RESIDENT, False)
    assert "校验码" in check.message


def test_a_firm_code_of_digits_alone_is_recognised() -> None:
    from stdnum.cn import uscc

    for middle in range(200):
        body = f"9133010614291{middle:04d}"
        if (digit := uscc.calc_check_digit(body)).isdigit():
            check = check_number(body + digit)
            assert (check.kind, check.valid) == (NumberKind.USCC, True)


def test_wide_and_spaced_and_small_letters_are_read() -> None:
    assert normalise(" 33050219900315 ０５１２ ") == "330502199003150512"
    assert check_number("11010119900307721x").number.endswith("X")
    assert check_number("3305021990-0315-0512").valid


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("330502199002300512", NumberKind.RESIDENT, "出生日期"),
        ("330502199003150513", NumberKind.RESIDENT, "校验码"),
        ("33050219900315051", NumberKind.RESIDENT, "18 位"),
        ("330502900315051", None, "15 位"),
        ("ABC", None, "位数"),
        ("11330500MB1A20264R", NumberKind.USCC, "校验码"),
        ("810001198806140043", NumberKind.HMT, "810000"),
        ("X1234567", NumberKind.HOME_RETURN, "H 或 M"),
        ("٣٣٠٥٠٢١٩٩٠٠٣١٥٠٥١٢", NumberKind.RESIDENT, "18 位"),
    ],
)
def test_what_is_wrong_is_said(text: str, kind: NumberKind | None, words: str) -> None:
    check = check_number(text, kind)
    assert not check.valid
    assert words in check.message


def test_nobody_is_born_tomorrow() -> None:
    number = resident("330502", dt.date(2026, 11, 22), 51)
    assert check_number(number, today=dt.date(2026, 11, 22)).valid
    assert not check_number(number, today=dt.date(2026, 11, 21)).valid


def test_odd_but_possible_numbers_carry_warnings() -> None:
    assert check_number("CAN110081080311").warnings
    assert check_number(resident("330502", dt.date(1899, 1, 1), 51)).warnings


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    check = check_number(text)
    assert check.valid is (check.message == "")
