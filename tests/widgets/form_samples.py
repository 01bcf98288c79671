"""A made-up form and its values for the widget tests and the gallery. Numbers have valid check characters."""

from __future__ import annotations

import datetime as dt

from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.form import FieldState, FormDefinition, FormField, FormSection, Problem
from app.domain.item import Element, ElementType

AT = dt.datetime(2026, 11, 21, 2, 32, tzinfo=dt.UTC)
CARD = Source(SourceKind.CARD, "居民身份证")
LICENCE = Source(SourceKind.LICENCE, "不动产权证书（电子证照）")
CLERK = Source(SourceKind.CLERK, "窗口录入")
DEFAULT = Source(SourceKind.DEFAULT, "事项目录建议")


def check_digit(body: str) -> str:
    """GB 11643: the 18th character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


ID_NUMBER = "33050219900307402" + check_digit("33050219900307402")

SEX = {"1": "男", "2": "女", "0": "未知", "9": "未说明"}
NATION = {
    "01": "汉",
    "02": "蒙古",
    "03": "回",
    "04": "藏",
    "05": "维吾尔",
    "06": "苗",
    "08": "壮",
    "11": "满",
    "15": "土家",
    "22": "畲",
    "30": "土",
}
ID_TYPE = {"resident": "居民身份证", "hmt": "港澳台居民居住证", "foreigner2023": "外国人永久居留身份证"}
USE_RIGHT = {"own": "自有", "rent": "租赁", "free": "无偿使用"}
WATER = {"main": "市政供水", "well": "自备水源"}

T = ElementType


def field(
    role: str,
    name: str,
    title: str,
    kind: ElementType = T.TEXT,
    required: bool = True,
    asked_by: int = 1,
    english: str = "",
    codes: dict[str, str] | None = None,
    unit: str = "",
    longest: int = 0,
) -> FormField:
    """One field."""
    schema: dict[str, object] = {"maxLength": longest} if longest else {}
    if name == "address":
        schema["x-place"] = True
    element = Element(name, title, english or name.replace("_", " ").capitalize(), kind, schema, codes or {}, unit)
    items = tuple(f"item-{n}" for n in range(asked_by))
    return FormField(f"{role}.{name}", role, element, title, element.title_en, required, schema, items)


def barber_form() -> FormDefinition:
    """The combined form of 我要开理发店: three items of three departments."""
    a = "applicant"
    applicant = (
        field(a, "name", "姓名", asked_by=3),
        field(a, "sex", "性别", T.CHOICE, codes=SEX, asked_by=2),
        field(a, "nation", "民族", T.CHOICE, codes=NATION),
        field(a, "birth_date", "出生日期", T.DATE),
        field(a, "id_type", "证件类型", T.CHOICE, codes=ID_TYPE, asked_by=3),
        field(a, "id_number", "证件号码", T.ID_NUMBER, asked_by=3),
        field(a, "address", "住址", asked_by=2, longest=100),
        field(a, "phone", "联系电话", T.PHONE, asked_by=3),
        field(a, "email", "电子邮箱", required=False),
    )
    b = "business"
    business = (
        field(b, "name", "字号名称", asked_by=3),
        field(b, "capital", "资金数额", T.DECIMAL, unit="万元"),
        field(b, "employees", "从业人数", T.INTEGER, unit="人", asked_by=2),
        field(b, "opening_date", "拟开业日期", T.DATE),
        field(b, "scope", "经营范围", longest=200),
    )
    p = "premises"
    premises = (
        field(p, "address", "经营场所", asked_by=3, longest=120),
        field(p, "area", "建筑面积", T.DECIMAL, unit="平方米", asked_by=2),
        field(p, "certificate_number", "不动产权证号"),
        field(p, "use_right", "场所使用方式", T.CHOICE, codes=USE_RIGHT),
        field(p, "owner", "产权人姓名或名称", required=False),
    )
    h = "hygiene"
    hygiene = (
        field(h, "seats", "理发座位数", T.INTEGER, unit="个"),
        field(h, "water", "供水方式", T.CHOICE, codes=WATER),
        field(h, "manager", "卫生管理员"),
        field(h, "disinfection", "消毒方式", required=False),
    )
    s = "signboard"
    signboard = (
        field(s, "text", "招牌文字"),
        field(s, "size", "招牌尺寸", required=False),
        field(s, "until", "设置期限至", T.DATE),
    )
    return FormDefinition(
        ("item-0", "item-1", "item-2"),
        (
            FormSection(a, "申请人（经营者）", "Applicant", applicant),
            FormSection(b, "拟设主体", "Business", business),
            FormSection(p, "经营场所", "Premises", premises),
            FormSection(h, "公共场所卫生", "Hygiene", hygiene),
            FormSection(s, "户外招牌", "Signboard", signboard),
        ),
    )


COLUMNS = (
    Element("name", "姓名", "Name", T.TEXT),
    Element("sex", "性别", "Sex", T.CHOICE, codes={"1": "男", "2": "女"}),
    Element("id_number", "证件号码", "ID", T.ID_NUMBER),
)


def table_form() -> FormDefinition:
    """A form with a table between two plain fields."""
    element = Element("employee_list", "职工名册", "Employees", T.TABLE, columns=("name", "sex", "id_number"))
    key, schema = "business.employee_list", {"type": "array"}
    staff = FormField(key, "business", element, "职工名册", "Employees", True, schema, ("i",), (), COLUMNS)
    before, after = field("business", "name", "字号名称"), field("business", "scope", "经营范围")
    return FormDefinition(("i",), (FormSection("business", "拟设主体", "Business", (before, staff, after)),))


def fact(key: str, value: str, source: Source = CARD, verdict: Verdict = Verdict.CHIP_READ) -> Fact:
    """One fact."""
    role, element = key.split(".")
    return Fact(role, element, value, source, verdict, AT)


def filled_states(typed: bool = False) -> dict[str, FieldState]:
    """After the card and the licence; typed: after the clerk as well."""
    states = {
        f"applicant.{name}": FieldState(fact(f"applicant.{name}", value))
        for name, value in (
            ("name", "沈㛃"),
            ("sex", "2"),
            ("nation", "01"),
            ("birth_date", "1990-03-07"),
            ("id_type", "resident"),
            ("id_number", ID_NUMBER),
            ("address", "浙江省湖州市吴兴区月河街道红旗路88号3幢2单元501室"),
        )
    }
    for name, value in (
        ("address", "浙江省湖州市吴兴区衣裳街16号"),
        ("area", "62.5"),
        ("certificate_number", "浙（2021）湖州市不动产权第0012345号"),
        ("owner", "沈㛃"),
    ):
        key = f"premises.{name}"
        states[key] = FieldState(fact(key, value, LICENCE, Verdict.SIGNATURE_VALID))
    states["business.scope"] = FieldState(
        fact("business.scope", "理发服务；生活美容服务；化妆品零售", DEFAULT, Verdict.STATED)
    )
    if typed:
        for key, value in (
            ("applicant.phone", "13857200000"),
            ("business.name", "湖州吴兴𠮷䶮理发店"),
            ("business.capital", "8"),
            ("business.employees", "3"),
            ("business.opening_date", "2026-12-18"),
            ("premises.use_right", "own"),
            ("hygiene.seats", "4"),
            ("hygiene.water", "main"),
            ("hygiene.manager", "沈㛃"),
            ("signboard.text", "𠮷䶮理发"),
            ("signboard.until", "2029-12-17"),
        ):
            states[key] = FieldState(fact(key, value, CLERK, Verdict.STATED))
    return states


def conflict_states() -> dict[str, FieldState]:
    """Card and licence disagree about the owner; the area is recognised from a picture."""
    states = filled_states()
    states["applicant.address"] = FieldState(
        states["applicant.address"].fact,
        (fact("applicant.address", "浙江省湖州市吴兴区衣裳街16号", LICENCE, Verdict.SIGNATURE_VALID),),
    )
    capture = Source(SourceKind.CAPTURE, "高拍仪识别")
    states["premises.area"] = FieldState(fact("premises.area", "62.5", capture, Verdict.CAPTURED_UNVERIFIED))
    states["applicant.phone"] = FieldState(fact("applicant.phone", "1385720", CLERK, Verdict.STATED))
    return states


def problems(states: dict[str, FieldState]) -> list[Problem]:
    """What the validator would say."""
    found = [
        Problem(f.key, "必填项，尚未填写", missing=True)
        for f in barber_form().fields
        if f.required and not states.get(f.key, FieldState()).value
    ]
    if states.get("applicant.phone", FieldState()).value == "1385720":
        found.append(Problem("applicant.phone", "手机号应为 11 位，现为 7 位"))
        found.append(Problem("premises.area", "来自图像识别，请与原件核对", warning=True))
    return found
