"""What is made of a card's lines: which card it is, its fields, and what of them a person has to look at."""

from __future__ import annotations

import datetime as dt

import pytest
from card_lines import MadeLine, foreigner, line, permit, resident, resident_back
from stdnum.iso7064 import mod_11_2

from app.identity.cards.layouts import CardKind, Face
from app.identity.cards.page import card_page, turned
from app.identity.cards.values import Doubt, Value, check_values, read_values, tidy

TODAY = dt.date(2026, 11, 22)


def said(lines: list[MadeLine]) -> tuple[CardKind, dict[str, Value]]:
    page = card_page(lines)
    assert page is not None
    kind, values = read_values(page, TODAY)
    return kind, {value.name: value for value in values}


def plain(values: dict[str, Value]) -> dict[str, str]:
    return {name: value.value for name, value in values.items()}


def test_a_resident_card_is_read_by_where_its_words_stand() -> None:
    kind, values = said(resident())
    assert kind is CardKind.RESIDENT
    assert plain(values) == {
        "name": "李明霞", "sex": "女", "nation": "汉", "birth": "1990-01-01",
        "address": "浙江省湖州市吴兴区民族路12号5幢1201室", "number": "330502199001010022",
    }  # fmt: skip
    # 民族 within the address is no printed word of the card.
    assert {name for name, value in values.items() if not value.sure} == {"name", "address"}
    assert {values["name"].doubt, values["address"].doubt} == {Doubt.UNPROVEN}, "whatever the engine thinks of them"


def test_words_and_values_in_one_line_are_told_apart() -> None:
    lines = [one for one in resident() if one.text not in ("性别女", "民族", "汉")]
    _, values = said([*lines, line(6, 15.5, "性别 女  民族 维吾尔", 3.0)])
    assert (values["sex"].value, values["nation"].value) == ("女", "维吾尔")


def test_upside_down_lines_are_the_same_card() -> None:
    lines = turned(resident())
    upright = card_page(lines)
    assert upright is None or upright.score < 0.6
    page = card_page(turned(lines))
    assert page is not None
    assert page.face is Face.RESIDENT_FRONT


@pytest.mark.parametrize(
    ("changes", "field", "doubt"),
    [
        pytest.param({"number": "330502199001010021"}, "number", Doubt.DIGIT, id="check-digit"),
        pytest.param({"number": "33050219900101002"}, "number", Doubt.DIGIT, id="too-short"),
        pytest.param({"birth": "1990年1月7日"}, "birth", Doubt.DIFFERS, id="birth-differs"),
        pytest.param({"sex": "男"}, "sex", Doubt.DIFFERS, id="sex-differs"),
        pytest.param({"nation": "维吾尓"}, "nation", Doubt.UNKNOWN, id="no-such-nation"),
        pytest.param({"birth": "1990年13月1日"}, "birth", Doubt.UNKNOWN, id="no-such-day"),
        pytest.param({"confidence": 0.7}, "number", Doubt.UNCLEAR, id="unclear"),
    ],
)
def test_what_does_not_hold_is_never_sure(changes: dict[str, object], field: str, doubt: Doubt) -> None:
    _, values = said(resident(**changes))  # type: ignore[arg-type]
    assert values[field].doubt is doubt


def test_a_number_that_does_not_hold_proves_nothing() -> None:
    _, values = said(resident(number="330502199001010021"))
    assert not values["birth"].sure
    assert not values["sex"].sure


def test_a_nation_a_stroke_away_is_proposed_not_taken() -> None:
    _, values = said(resident(nation="维吾尓"))
    assert (values["nation"].value, values["nation"].sure) == ("维吾尔", False)
    _, values = said(resident(nation="漢"))
    assert (values["nation"].value, values["nation"].sure) == ("汉", True), "no card is printed so; the engine gives it"


def test_a_place_without_a_value_is_missing() -> None:
    _, values = said([one for one in resident() if one.text != "330502199001010022"])
    assert (values["number"].value, values["number"].doubt) == ("", Doubt.MISSING)


def test_the_residence_permit_is_known_by_its_number() -> None:
    body = "81000019900101002"
    lines = [one for one in resident(number=body + mod_11_2.calc_check_digit(body)) if one.text not in ("民族", "汉")]
    kind, values = said(lines)
    assert kind is CardKind.HMT
    assert values["number"].sure
    assert "nation" not in values


@pytest.mark.parametrize(
    ("period", "start", "end", "sure"),
    [
        ("2016.03.04-2036.03.04", "2016-03-04", "2036-03-04", True),
        ("2016.03.04-长期", "2016-03-04", "长期", True),
        ("2016.03.04-2033.03.04", "2016-03-04", "2033-03-04", False),
        ("2016.03.04-2036.13.04", "", "", False),
    ],
    ids=["twenty-years", "long-term", "seventeen-years", "no-such-day"],
)
def test_periods_are_whole_years(period: str, start: str, end: str, sure: bool) -> None:
    kind, values = said(resident_back(period=period))
    assert kind is CardKind.RESIDENT
    assert (values["valid_to"].value, values["valid_to"].sure) == (end, sure)
    if start:
        assert values["valid_from"].value == start


def test_a_home_return_permit_and_a_taiwan_permit() -> None:
    kind, values = said(permit())
    assert kind is CardKind.HOME_RETURN
    assert plain(values) == {
        "name": "陈大文", "name_en": "CHAN TAI MAN", "birth": "1990-01-02", "sex": "男", "valid_from": "2019-06-01",
        "valid_to": "2029-05-31", "number": "H12345678",
    }  # fmt: skip
    kind, values = said(permit("台湾居民来往大陆通行证", "01234567"))
    assert (kind, values["number"].value) == (CardKind.TAIWAN, "01234567")
    _, values = said(permit("台湾居民来往大陆通行证", "H12345678"))
    assert not values["number"].sure, "a home-return permit's number on a Taiwan permit"
    _, values = said(permit(confidence=0.85))
    assert values["number"].doubt is Doubt.UNCLEAR, "no check digit: only clear ones"


def test_a_permits_name_and_sex_are_known_without_their_printed_words() -> None:
    """Small words are lost first, and name and sex tell by themselves what they are. Nothing else is taken for them."""
    whole = permit()
    lost = [one for one in whole if not one.text.startswith(("姓名", "性别"))]
    assert len(lost) == len(whole) - 2
    _, values = said([*lost, line(30, 11.6, "/me", 1.9), line(62, 21.8, "/5ex", 1.9)])
    assert (values["name"].value, values["name_en"].value, values["sex"].value) == ("陈大文", "CHAN TAI MAN", "男")
    assert values["name"].doubt is Doubt.UNPROVEN
    unnamed = [one for one in lost if one.text not in ("陈大文", "CHAN,TAI MAN")]
    _, values = said(unnamed)
    assert "name" not in values, "the card's own title is nobody's name"
    _, values = said([*lost, line(70, 30, "女")])
    assert "sex" not in values, "two of them: neither"


def test_both_cards_of_foreigners() -> None:
    kind, values = said(foreigner())
    assert kind is CardKind.FOREIGNER_2023
    assert values["nationality"].value == "CAN"
    assert {name for name, value in values.items() if not value.sure} == {"name_en"}
    kind, values = said(foreigner("CAN110081080310"))
    assert kind is CardKind.FOREIGNER_2017
    assert values["number"].sure
    _, values = said(foreigner("CAN110081080311"))
    assert values["number"].doubt is Doubt.DIGIT


def test_what_is_no_card_is_none() -> None:
    assert card_page([]) is None
    assert card_page([line(6, 9, "姓名"), line(6, 15, "性别")]) is None, "two words are too few"
    assert card_page([line(10, 10 * k, "房屋租赁合同") for k in range(1, 5)]) is None


def test_names_keep_rare_characters_and_lose_noise() -> None:
    for name in ("王𠮷祥", "赵㛃", "周䶮", "沈𬭚玥", "买买提·艾力"):
        assert said(resident(name=name))[1]["name"].value == name
    assert said(resident(name="李明霞."))[1]["name"].value == "李明霞"


def test_confirmed_values_still_obey_the_rules() -> None:
    good = {"number": "330502199001010022", "birth": "1990-01-01", "sex": "女", "nation": "汉"}
    assert check_values(CardKind.RESIDENT, good, TODAY) == {}
    for field, value in (("number", "330502199001010021"), ("birth", "1990-01-02"), ("sex", "男"), ("nation", "汊")):
        assert field in check_values(CardKind.RESIDENT, {**good, field: value}, TODAY)
    assert check_values(CardKind.RESIDENT, {}, TODAY) == {}, "what is left empty is not filled in"
    assert check_values(CardKind.HOME_RETURN, {"number": "H1234567"}, TODAY) == {"number": Doubt.DIGIT}
    assert check_values(CardKind.RESIDENT, {"valid_to": "长期"}, TODAY) == {}
    assert check_values(CardKind.RESIDENT, {"valid_to": "2036-02-30"}, TODAY) == {"valid_to": Doubt.UNKNOWN}


def test_typed_values_are_tidied() -> None:
    assert tidy("number", "330502 19900101 002x") == "33050219900101002X"
    assert tidy("birth", "19900101") == "1990-01-01"
    assert tidy("birth", "1990年1月1日") == "1990-01-01"
    assert tidy("nation", "汉族") == "汉"
    assert tidy("name_en", "Chan, Tai Man") == "CHAN TAI MAN"


def test_a_number_that_holds_tells_what_was_not_read() -> None:
    lines = [one for one in resident() if not one.text.startswith(("出生", "1990年", "性别"))]
    _, values = said(lines)
    assert (values["birth"].value, values["sex"].value) == ("1990-01-01", "女")
    _, values = said([one for one in lines if one.text != "330502199001010022"])
    assert (values["birth"].value, values["birth"].doubt) == ("", Doubt.MISSING)


def test_rests_of_printed_words_are_no_value() -> None:
    lines = [one for one in permit() if not one.text.startswith("证件号码")]
    for rest in ("证件号码/DocumentNo", "证件号码/Dooument N0"):
        _, values = said([*lines, line(6, 44.6, rest, 2)])
        assert values["number"].value == "H12345678"
