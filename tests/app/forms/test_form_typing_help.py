"""What is understood while something is typed, and what is offered."""

from __future__ import annotations

import datetime as dt

import pytest

import resources
from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem
from app.domain.item import Catalog, Element, ElementType
from app.domain.typing_help import PlainHelp, Reading
from app.forms.divisions import Divisions, read_divisions
from app.forms.typing_help import FormHelp

NOW = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)
NUMBER = "330502199003074021"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    text = resources.path("divisions/divisions.tsv").read_text(encoding="utf-8")
    return read_divisions(text, home="330500")


@pytest.fixture
def help_(divisions: Divisions) -> FormHelp:
    made = FormHelp(FixedClock(NOW))
    made.warm(divisions)
    return made


# -- readings ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "typed", "said", "wrong"),
    [
        ("opening_date", "20261201", "2026-12-01（周二，10 天后）", False),
        ("opening_date", "1201", "2026-12-01（周二，10 天后）", False),
        ("opening_date", "今天", "2026-11-21（周六，今天）", False),
        ("opening_date", "＋３０", "2026-12-21（周一，30 天后）", False),
        ("opening_date", "2026", "", False),
        ("opening_date", "20261301", "没有这一天", True),
        ("birth_date", "19900307", "1990-03-07（36 周岁）", False),
        ("valid_to", "长期", "", False),
        ("capital", "5", "", False),
        ("capital", "1.2亿", "12,000 万元（1.2 万）", False),
        ("capital", "1,234.50", "1,234.5 万元", False),
        ("monthly_wage", "12万", "120,000 元（12 万）", False),
        ("capital", "五万", "应填数字", True),
        ("phone", "1385720", "已录 7 位", False),
        ("phone", "13857200011", "138 5720 0011", False),
        ("phone", "138572000111", "多了 1 位", True),
        ("phone", "0572-2398888", "", False),
        ("id_number", "330502", "已录 6 位，浙江省湖州市吴兴区", False),
        ("id_number", "３３０５０２", "已录 6 位，浙江省湖州市吴兴区", False),
        ("id_number", "3305021990130", "第 11、12 位是月份，应在 01 至 12 之间", True),
        ("id_number", "33050219900332", "第 13、14 位是日，应在 01 至 31 之间", True),
        ("id_number", "33O502", "第 3 位不能是 O，是不是 0？", True),
        ("name", "张", "", False),
    ],
)
def test_readings(catalog: Catalog, help_: FormHelp, element: str, typed: str, said: str, wrong: bool) -> None:
    assert help_.reading(catalog.elements[element], typed) == Reading(said, wrong)


def test_an_identity_number_says_whose_it_is_and_where_it_is_wrong(help_: FormHelp) -> None:
    element = Element("id_number", "证件号码", "", ElementType.ID_NUMBER)
    right = next(NUMBER[:17] + c for c in "0123456789X" if not help_.reading(element, NUMBER[:17] + c).wrong)
    assert help_.reading(element, right).said == "1990-03-07 生，女，浙江省湖州市吴兴区"
    swapped = right[:14] + right[15] + right[14] + right[16:]
    assert help_.reading(element, swapped) == Reading("第 15、16 位可能录反了", True)
    wrong = right[:17] + ("0" if right[17] != "0" else "5")
    assert help_.reading(element, wrong) == Reading(f"校验位不对：前 17 位无误时末位应为 {right[17]}", True)
    assert help_.reading(element, right + "1") == Reading("多了 1 位", True)


def test_a_credit_code_says_in_which_part_it_is_wrong(help_: FormHelp) -> None:
    element = Element("uscc", "统一社会信用代码", "", ElementType.USCC)
    right = "91110000600037341L"
    assert help_.reading(element, right.lower()).said == "校验位相符"
    assert help_.reading(element, "9111O") == Reading("第 5 位不能是 O，是不是 0？", True)
    assert help_.reading(element, right[:12] + right[13] + right[12] + right[14:]).said == "第 13、14 位可能录反了"
    assert help_.reading(element, right[:10] + "7" + right[11:]).said == "第 9 至 17 位（组织机构代码）里有一位录错"
    assert help_.reading(element, "92" + right[2:]).said == "第 1 至 8 位或者末位有一位录错"


# -- choices -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first", "marks"),
    [
        ("hui", "回族", (0,)),
        ("hz", "汉族", (0, 1)),
        ("3", "回族", ()),
        ("03", "回族", ()),
        ("ｗｗｅ", "维吾尔族", (0, 1, 2)),
        ("weiwuer", "维吾尔族", (0, 1, 2)),
        ("维e", "", ()),
        ("土", "土家族", (0,)),
        ("土族", "土族", (0, 1)),
        ("乌兹", "", ()),
    ],
)
def test_nations(catalog: Catalog, help_: FormHelp, typed: str, first: str, marks: tuple[int, ...]) -> None:
    found = help_.choices(catalog.elements["nation"].codes, typed)
    assert (found[0].shown if found else "") in ((first,) if first != "土家族" else ("土家族", "土族"))
    assert (found[0].marks if found else ()) == marks


def test_all_are_listed_in_order_for_nothing(catalog: Catalog, help_: FormHelp) -> None:
    codes = catalog.elements["nation"].codes
    assert [s.value for s in help_.choices(codes, " ")] == list(codes)
    assert help_.choices(codes, "3")[0].exact
    assert not help_.choices(codes, "h")[0].exact


def test_before_it_is_warm_letters_are_letters(catalog: Catalog) -> None:
    cold = FormHelp(FixedClock(NOW))
    assert cold.choices(catalog.elements["nation"].codes, "hui") == ()
    assert cold.choices(catalog.elements["nation"].codes, "回")[0].value == "03"
    assert cold.places("吴兴") == ()
    assert cold.division("浙江省湖州市吴兴区") == ""
    assert PlainHelp().choices(catalog.elements["nation"].codes, "3")[0].value == "03"


# -- places ------------------------------------------------------------------------------------------------------------

YUEHE = "浙江省湖州市吴兴区月河街道"


@pytest.mark.parametrize(
    "typed", ["吴兴 月河", "wx yh", "wuxing yuehe", "月河", "吴兴yh", "浙江省湖州市吴兴区yuehe", "zj hz wx yh"]
)
def test_a_street_is_found(help_: FormHelp, typed: str) -> None:
    if typed == "吴兴yh":
        assert help_.places(typed) == ()  # words are apart by spaces, or follow a whole division
        return
    assert help_.places(typed)[0].value == YUEHE


def test_own_region_first_and_marks_where_typed(help_: FormHelp) -> None:
    found = help_.places("hz")
    assert found[0].value == "浙江省湖州市"
    assert found[0].marks == (3, 4)
    assert "浙江省杭州市" in [s.value for s in found[:4]]
    assert found[0].more


def test_a_whole_division_offers_its_parts_and_free_text_is_left_alone(help_: FormHelp) -> None:
    assert [s.value for s in help_.places("浙江省湖州市")][:2] == ["浙江省湖州市吴兴区", "浙江省湖州市南浔区"]
    assert help_.places(f"{YUEHE}红旗路88号") == ()
    assert help_.places("红旗路88号") == ()


def test_what_was_used_before_comes_first_without_the_house(help_: FormHelp) -> None:
    help_.used(f"{YUEHE}红旗路88号3幢501室")
    help_.used("浙江省杭州市西湖区文一路1号")
    help_.used("红旗路88号")
    assert [s.value for s in help_.places("")][:2] == ["浙江省杭州市西湖区", YUEHE]
    help_.set_here(["浙江省湖州市吴兴区衣裳街16号"])
    assert help_.places("")[0].value == "浙江省湖州市吴兴区衣裳街16号"
    assert help_.places("浙江省湖州市吴")[0].value == "浙江省湖州市吴兴区衣裳街16号"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (f"{YUEHE}红旗路88号", "330502001"),
        ("上海市黄浦区南京东路街道1号", "310101002"),
        ("湖州市吴兴区红旗路", "330502"),
        ("吴兴区红旗路", "330502"),
        ("广东省东莞市长安镇", "441900"),
        ("浙江省湖州市", ""),
        ("红旗路88号", ""),
    ],
)
def test_the_code_of_an_address(help_: FormHelp, address: str, code: str) -> None:
    assert help_.division(address) == code


def test_broken_divisions_are_told() -> None:
    with pytest.raises(EnvironmentProblem, match="第 2 行"):
        read_divisions("# x\n330000 浙江省\n")


def test_every_division_has_a_province_and_a_spelling(divisions: Divisions) -> None:
    lines = resources.path("divisions/divisions.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) > 8000
    codes = {row[0] for row in rows}
    assert len(codes) == len(rows)
    assert {code for code in codes if code[:2] + "0000" not in codes} == set()
    assert {row[1] for row in rows if len(row[2].split()) != len(row[1])} == set()
