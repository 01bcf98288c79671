"""The whole form is right, or says in Chinese what is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from app.domain.form import FormDefinition, FormField, FormSection, Problem
from app.domain.item import Catalog, Element, ElementType
from app.forms.combine import combine
from app.forms.document import instance, schema
from app.forms.schema_checks import schema_validator
from app.forms.validate import Validator

TODAY = dt.date(2026, 11, 21)
AREA_HINT = "理发店使用面积不小于 10 平方米，1000 平方米以下适用本情形"
NUMBER = "330502199003071232"
WOMAN = "330502198811230022"


@dataclass(frozen=True)
class Checked:
    """What a checker of personal numbers answers."""

    valid: bool
    birth: dt.date | None = None
    sex: str | None = None
    message: str = ""
    warnings: tuple[str, ...] = ()


def check_number(text: str) -> Checked:
    """GB 11643-1999: MOD 11-2 over 17 digits, birth date at 7–14, sex at 17. 2017 foreigners: no check here."""
    if text[:3].isalpha():
        return Checked(True)
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    if len(text) != 18 or not text[:17].isdecimal():
        return Checked(False, message="应为 18 位")
    birth, sex = dt.date(int(text[6:10]), int(text[10:12]), int(text[12:14])), "1" if int(text[16]) % 2 else "2"
    if "10X98765432"[sum(int(d) * w for d, w in zip(text[:17], weights, strict=True)) % 11] != text[17]:
        return Checked(False, birth, sex, message="校验位不对")
    odd = ("地区代码不在目录内",) if text.startswith("999") else ()
    return Checked(True, birth, sex, warnings=odd)


@pytest.fixture
def values() -> dict[str, str]:
    """A barber shop, all right."""
    return {
        "applicant.name": "张㛃𠮷䶮𬭚",
        "applicant.sex": "1",
        "applicant.nation": "01",
        "applicant.birth_date": "1990-03-07",
        "applicant.id_type": "resident",
        "applicant.id_number": NUMBER,
        "applicant.valid_to": "长期",
        "applicant.address": "浙江省湖州市吴兴区红旗路１号",
        "applicant.phone": "13800012345",
        "business.name": "湖州吴兴张师傅理发店",
        "business.trade": "8040",
        "business.capital": "5.5",
        "business.employees": "3",
        "business.opening_date": "2026-12-01",
        "premises.address": "浙江省湖州市吴兴区红旗路１号",
        "premises.area": "88.6",
        "premises.use_right": "own",
        "hygiene.place_category": "barber",
        "hygiene.seats": "4",
        "hygiene.water_source": "municipal",
        "hygiene.ventilation": "mechanical",
        "signboard.text": "张师傅理发",
        "signboard.area": "4.2",
        "signboard.position": "lintel",
        "signboard.lighting": "inner",
    }


@pytest.fixture
def validator(form: FormDefinition) -> Validator:
    return Validator(form, TODAY, check_number)


def test_the_checker_of_these_tests_is_real() -> None:
    assert check_number(NUMBER).valid
    assert check_number(NUMBER).sex == "1"
    assert check_number(WOMAN).sex == "2"
    assert not check_number(NUMBER[:-1] + "9").valid


def test_a_good_form_has_no_problems(validator: Validator, values: dict[str, str]) -> None:
    assert validator.problems(values) == ()


def test_an_empty_form_lacks_exactly_what_is_required(validator: Validator, form: FormDefinition) -> None:
    problems = validator.problems({})
    assert [p.key for p in problems] == [f.key for f in form.fields if f.required]
    assert all(p.missing for p in problems)
    assert problems[0].message == "请填写姓名"


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("premises.area", "9.99", f"使用面积不能小于 10 平方米（{AREA_HINT}）"),
        ("signboard.area", "60.5", "招牌面积不能大于 60 平方米"),
        ("signboard.area", "0", "招牌面积应大于 0 平方米"),
        ("premises.area", "88.605", "使用面积最多 2 位小数"),
        ("business.employees", "301", "从业人数不能大于 300 人"),
        ("business.employees", "2.5", "从业人数应填整数"),
        ("business.employees", "三", "从业人数：应填数字"),
        ("business.name", "张", "字号名称太短，至少 2 个字"),
        ("business.name", "张" * 51, "字号名称太长，至多 50 个字"),
        ("business.name", "<b>店", "字号名称格式不对，请核对（首尾不留空格，不含换行和尖括号）"),
        ("business.opening_date", "2026-11-20", "拟开业日期不能早于 2026-11-21"),
        ("business.opening_date", "20261201", "拟开业日期应为日期，例如 2026-12-01"),
        ("business.opening_date", "2026-02-30", "拟开业日期：没有这一天"),
        ("applicant.birth_date", "2027-01-01", "出生日期不能晚于 2026-11-21"),
        ("applicant.valid_to", "2026-11-20", "证件有效期至不能早于 2026-11-21（证件须在有效期内，长期有效的填“长期”）"),
        ("applicant.phone", "12345678901", "联系电话格式不对，请核对（填 11 位手机号，或者带区号的固定电话）"),
        ("signboard.position", "roof", "设置位置：没有“roof”这个选项"),
        ("applicant.sex", "男", "性别不在可选范围内，请重新选择"),
        ("applicant.id_number", NUMBER[:-1] + "9", "证件号码有误：校验位不对"),
        ("applicant.id_type", "foreigner2017", None),
        ("applicant.birth_date", "1990-03-08", "出生日期与证件号码不一致，请核对"),
        ("applicant.sex", "2", "性别与证件号码不一致，请核对"),
        ("applicant.name_en", "张", "外文姓名格式不对，请核对（只用拉丁字母、空格、连字符和撇号）"),
    ],
)  # fmt: skip
def test_each_guard_trips_with_its_message(
    validator: Validator, values: dict[str, str], key: str, value: str, message: str | None
) -> None:
    changed = values | {key: value}
    if message is None:  # told at the number, not at the type
        assert validator.problems(changed) == (Problem("applicant.id_number", "证件号码与证件类型不符，请核对"),)
        return
    assert validator.problems(changed) == (Problem(key, message),)
    assert validator.problem_of(key, changed) == Problem(key, message)


def test_a_wrong_number_accuses_nobody_else(validator: Validator, values: dict[str, str]) -> None:
    wrong = values | {"applicant.id_number": WOMAN[:-1] + "9"}
    assert [p.key for p in validator.problems(wrong)] == ["applicant.id_number"]


def test_decimals_are_exact(validator: Validator, values: dict[str, str]) -> None:
    """Each of these, divided by 0.01 in binary, leaves a rest."""
    for area in ("10.02", "10.03", "10.11", "10.2", "13.79"):
        assert validator.problem_of("premises.area", values | {"premises.area": area}) is None


def test_messages_never_repeat_personal_numbers(validator: Validator, values: dict[str, str]) -> None:
    wrong = values | {"applicant.id_number": NUMBER[:-1] + "9", "applicant.phone": "12345678901"}
    assert not [p for p in validator.problems(wrong) if NUMBER[:-1] in p.message or "12345678901" in p.message]


def test_a_sex_not_stated_is_not_called_wrong(validator: Validator, values: dict[str, str]) -> None:
    assert validator.problems(values | {"applicant.sex": "9"}) == ()


def test_what_is_odd_but_possible_is_a_warning(validator: Validator, values: dict[str, str]) -> None:
    body = "99950219900307123"
    odd = next(body + c for c in "0123456789X" if check_number(body + c).valid)
    permissive = values | {"applicant.id_number": odd, "applicant.id_type": ""}
    problem = validator.problem_of("applicant.id_number", permissive)
    assert problem == Problem("applicant.id_number", "地区代码不在目录内", warning=True)


def test_without_a_checker_numbers_are_not_judged(form: FormDefinition, values: dict[str, str]) -> None:
    assert Validator(form, TODAY).problems(values | {"applicant.id_number": NUMBER[:-1] + "9"}) == ()


def test_problems_come_in_form_order(validator: Validator, form: FormDefinition, values: dict[str, str]) -> None:
    wrong = values | {"signboard.area": "0", "applicant.phone": "1", "hygiene.seats": ""}
    order = [f.key for f in form.fields]
    keys = [p.key for p in validator.problems(wrong)]
    assert keys == sorted(keys, key=order.index)
    assert len(keys) == 3


def test_a_uscc_is_checked() -> None:
    uscc = FormField(
        "firm.uscc", "firm", Element("uscc", "", "", ElementType.USCC), "信用代码", "", True, {"type": "string"}, ("a",)
    )
    validator = Validator(FormDefinition(("a",), (FormSection("firm", "", "", (uscc,)),)), TODAY)
    assert validator.problems({"firm.uscc": "11330500MB1Y023162"}) == ()
    problems = validator.problems({"firm.uscc": "11330500MB1Y023163"})
    assert [p.message for p in problems] == ["信用代码有误：第 1 至 8 位或者末位有一位录错"]


def test_an_unknown_field_is_an_error_of_the_caller(validator: Validator) -> None:
    with pytest.raises(KeyError):
        validator.problem_of("no.such", {})


def test_the_published_document_agrees_with_the_validator(form: FormDefinition, values: dict[str, str]) -> None:
    """Who checks the whole form with the JSON Schema document alone comes to the same verdict."""
    document = schema_validator(schema(form), TODAY)
    assert list(document.iter_errors(instance(form, values))) == []
    for key, wrong in (("premises.area", "9.99"), ("business.opening_date", "2026-11-20"), ("business.employees", "")):
        assert len(list(document.iter_errors(instance(form, values | {key: wrong})))) == 1, key


def test_every_shipped_form_can_be_checked(catalog: Catalog) -> None:
    for code in [*catalog.bundles, *catalog.items]:
        form = combine(catalog, catalog.items_of(code))
        assert all(p.missing for p in Validator(form, TODAY, check_number).problems({}))
