from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.official.values import BadTemplate, Hole, parse, spoken
from app.domain.item import Element, ElementType

DATE = Element("d", "", "", ElementType.DATE)
CAPITAL = Element("c", "", "", ElementType.DECIMAL, unit="万元")
CHOICE = Element("s", "", "", ElementType.CHOICE, codes={"1": "男"})
TEXT = Element("t", "", "", ElementType.TEXT)


def say(values: dict[str, str]) -> object:
    return lambda hole: next((values[key] for key in hole.keys if values.get(key)), "")


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("{a.b}", {"a.b": "x"}, "x"),
        ("{a.b}（{a.c}）", {"a.b": "x", "a.c": "y"}, "x（y）"),
        ("{a.b}[（{a.c}平方米）]", {"a.b": "x"}, "x"),
        ("{a.b}[（{a.c}平方米）]", {"a.b": "x", "a.c": "8"}, "x（8平方米）"),
        ("{a.b}平方米", {}, ""),
        ("{a.b|a.c}", {"a.c": "y"}, "y"),
        ("{a.b|a.c}", {"a.b": "x", "a.c": "y"}, "x"),
        ("同意", {}, "同意"),
        ("[[{{{a.b}}}]]", {"a.b": "x"}, "[{x}]"),
        ("[甲：{a.b}；][乙：{a.c}；]", {"a.c": "y"}, "乙：y；"),
    ],
)
def test_templates(template: str, values: dict[str, str], text: str) -> None:
    assert parse(template).text(say(values)) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "template", ["{a.b", "a.b}", "{}", "{A B}", "[{a.b}", "{a.b}]", "[[x]", "[a[b]]", "{a.b:nope}"]
)
def test_malformed_templates_are_refused(template: str) -> None:
    with pytest.raises(BadTemplate):
        parse(template)


@given(st.text())
def test_any_text_is_a_template_or_refused(text: str) -> None:
    try:
        made = parse(text)
    except BadTemplate:
        return
    if not made.holes:
        assert (
            made.text(lambda _: "") == text.replace("{{", "{").replace("}}", "}").replace("[[", "[").replace("]]", "]")
            or "[" in text
        )


@given(st.text(alphabet=st.characters(exclude_characters="{}[]")))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert parse(text).text(lambda _: "") == text


@pytest.mark.parametrize(
    ("value", "element", "form", "text"),
    [
        ("2026-03-07", DATE, "", "2026年3月7日"),
        ("2026-03-07", DATE, "year", "2026"),
        ("2026-03-07", DATE, "month", "3"),
        ("2026-03-07", DATE, "dd", "07"),
        ("2026-03-07", DATE, "code", "2026-03-07"),
        ("长期", DATE, "", "长期"),
        ("长期", DATE, "month", ""),
        ("1", CHOICE, "", "男"),
        ("1", CHOICE, "code", "1"),
        ("7", CHOICE, "", "7"),
        ("5.35", CAPITAL, "", "5.35"),
        ("5.35", CAPITAL, "capital", "伍万叁仟伍佰元整"),
        ("5.35", CAPITAL, "unit", "5.35万元"),
        ("many", CAPITAL, "capital", ""),
        ("", CAPITAL, "unit", ""),
        ("㛃", TEXT, "", "㛃"),
    ],
)
def test_how_values_are_said(value: str, element: Element, form: str, text: str) -> None:
    assert spoken(value, element, form) == text


def test_a_template_knows_its_fields() -> None:
    made = parse("{a.b:year}[{a.c}]{a.b:month}")
    assert made.keys == ("a.b", "a.c")
    assert parse("{a.b|a.c:year}").holes == (Hole(("a.b", "a.c"), "year"),)
    assert made.holes == (Hole(("a.b",), "year"), Hole(("a.c",)), Hole(("a.b",), "month"))
