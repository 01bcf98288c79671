"""What clerks type becomes what is stored."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.item import Catalog, Element, ElementType
from app.forms.entry import normalise, read

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("element", "typed", "stored"),
    [
        ("opening_date", "20261201", "2026-12-01"),
        ("opening_date", "2026/12/1", "2026-12-01"),
        ("opening_date", "2026-12-01", "2026-12-01"),
        ("opening_date", "2026.12.1", "2026-12-01"),
        ("opening_date", "2026年12月1日", "2026-12-01"),
        ("opening_date", "261201", "2026-12-01"),
        ("opening_date", "12-1", "2026-12-01"),
        ("opening_date", "12月1日", "2026-12-01"),
        ("opening_date", "1-5", "2027-01-05"),
        ("opening_date", "11-21", "2026-11-21"),
        ("opening_date", "2-29", "2028-02-29"),
        ("opening_date", "２０２６１２０１", "2026-12-01"),
        ("birth_date", "19900101", "1990-01-01"),
        ("birth_date", "900101", "1990-01-01"),
        ("birth_date", "12-1", "2025-12-01"),
        ("opening_date", "1201", "2026-12-01"),
        ("opening_date", "0105", "2027-01-05"),
        ("opening_date", "今天", "2026-11-21"),
        ("opening_date", "明天", "2026-11-22"),
        ("opening_date", "+30", "2026-12-21"),
        ("opening_date", "＋３０", "2026-12-21"),
        ("opening_date", "30天后", "2026-12-21"),
        ("opening_date", "+1年", "2027-11-21"),
        ("opening_date", "3个月后", "2027-02-21"),
        ("birth_date", "-1", "2026-11-20"),
        ("birth_date", "1201", "2025-12-01"),
        ("valid_to", "长期", "长期"),
        ("valid_to", "20361121", "2036-11-21"),
        ("employees", " 3 ", "3"),
        ("employees", "１２", "12"),
        ("employees", "3人", "3"),
        ("employees", "1,200", "1200"),
        ("employees", "003", "3"),
        ("employees", "1.2万", "12000"),
        ("employees", "1万人", "10000"),
        ("capital", "5万", "5"),
        ("capital", "50000元", "5"),
        ("capital", "1.2亿", "12000"),
        ("capital", "1,234.50", "1234.5"),
        ("monthly_wage", "1.2万", "12000"),
        ("monthly_wage", "5,000元", "5000"),
        ("nation", "3", "03"),
        ("nation", "hui", "03"),
        ("capital", "5.50", "5.5"),
        ("capital", "５．５", "5.5"),
        ("capital", "5万元", "5"),
        ("area", "88.60平方米", "88.6"),
        ("area", "100", "100"),
        ("sex", "1", "1"),
        ("sex", "男", "1"),
        ("sex", "nan", "1"),
        ("nation", "汉", "01"),
        ("nation", "汉族", "01"),
        ("nation", "hanzu", "01"),
        ("nation", "17", "17"),
        ("use_right", "租赁", "rent"),
        ("use_right", "zl", "rent"),
        ("use_right", "RENT", "rent"),
        ("vehicle_class", "c1", "C1"),
        ("vehicle_class", "自动挡", "C2"),
        ("phone", "138 0001 2345", "13800012345"),
        ("phone", "１３８-０００１-２３４５", "13800012345"),
        ("phone", "+8613800012345", "13800012345"),
        ("phone", "0572-2398888", "0572-2398888"),
        ("phone", "05722398888", "0572-2398888"),
        ("phone", "(021)61234567", "021-61234567"),
        ("id_number", "33010619900101123x", "33010619900101123X"),
        ("id_number", "330106 19900101 123Ｘ", "33010619900101123X"),
        ("name", "　欧阳 㛃𠮷 ", "欧阳 㛃𠮷"),
        ("name", "阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("address", "湖州市红旗路１号（东门）", "湖州市红旗路１号（东门）"),
        ("name", "   ", ""),
    ],
)
def test_typed_becomes_stored(catalog: Catalog, element: str, typed: str, stored: str) -> None:
    entry = read(catalog.elements[element], typed, TODAY)
    assert (entry.value, entry.message) == (stored, "")


@pytest.mark.parametrize(
    ("element", "typed", "says"),
    [
        ("opening_date", "2026-02-30", "没有这一天"),
        ("opening_date", "2-30", "没有这一天"),
        ("opening_date", "大概年底", "日期读不懂"),
        ("opening_date", "13-1", "没有这一天"),
        ("employees", "三", "应填数字"),
        ("employees", "1_000", "应填数字"),
        ("employees", "inf", "应填数字"),
        ("employees", "1e3", "应填数字"),
        ("employees", "9" * 30, "应填数字"),
        ("nation", "h", "“h”可以指汉族、回族、哈尼族、哈萨克族等 5 项，请选定一项"),
        ("sex", "n", "“n”可以指男、女，请选定一项"),
        ("sex", "x", "没有“x”这个选项"),
        ("phone", "1380001abcd", "数字以外"),
    ],
)
def test_what_cannot_be_read_is_kept_and_explained(catalog: Catalog, element: str, typed: str, says: str) -> None:
    entry = read(catalog.elements[element], typed, TODAY)
    assert entry.value == typed
    assert says in entry.message
    assert normalise(catalog.elements[element], typed, TODAY) == typed


@given(st.sampled_from(list(ElementType)), st.text(max_size=30))
def test_reading_never_fails_and_settles_at_once(kind: ElementType, typed: str) -> None:
    """Any text is read without an error, and what was stored reads back as itself."""
    element = Element("e", "项", "E", kind, codes={"1": "甲", "2": "乙"} if kind is ElementType.CHOICE else {})
    entry = read(element, typed, TODAY)
    if not entry.message:
        assert read(element, entry.value, TODAY) == entry
