"""Small catalogues for the tests of the guide, written as dicts of what matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.item import (
    Bundle,
    Catalog,
    Department,
    Element,
    ElementType,
    FieldUse,
    Item,
    MainItem,
    MaterialUse,
    Option,
    Question,
    Role,
    When,
)


def question(key: str, *values: str, **when: Sequence[str]) -> Question:
    """A question whose options are worded like their values. when: question -> the answers under which it is asked."""
    return Question(key, f"{key}？", tuple(Option(v, f"{key}={v}") for v in values), when=_answers(when))


def situation(code: str, *uses: FieldUse | MaterialUse, name: str = "", **when: Sequence[str]) -> Item:
    """A situation of the main item that its code's first 31 characters name."""
    return Item(
        code=code,
        name=name or f"事项{code}",
        name_en="",
        department="d",
        situation="",
        kind="即办件",
        legal_days=1,
        promised_days=1,
        legal_basis="",
        result="",
        fields=tuple(u for u in uses if isinstance(u, FieldUse)),
        materials=tuple(u for u in uses if isinstance(u, MaterialUse)),
        main=code.partition("-")[0],
        when=_answers(when),
    )


def asks(element: str, **when: Sequence[str]) -> FieldUse:
    return FieldUse("applicant", element, when=_answers(when))


def wants(material: str, **when: Sequence[str]) -> MaterialUse:
    return MaterialUse(material, material, when=_answers(when))


def catalog(
    items: Sequence[Item],
    questions: Mapping[str, Sequence[Question]] | None = None,
    bundles: Sequence[Bundle] = (),
    synonyms: Mapping[str, tuple[str, ...]] | None = None,
) -> Catalog:
    """questions: main item -> its questions."""
    elements = {f.element: Element(f.element, f.element, "", ElementType.TEXT) for i in items for f in i.fields}
    mains: dict[str, MainItem] = {}
    for key in dict.fromkeys(item.main for item in items):
        codes = tuple(item.code for item in items if item.main == key)
        mains[key] = MainItem(key, f"主项{key}", "", "d", codes, tuple((questions or {}).get(key, ())))
    return Catalog(
        "test",
        {"d": Department("d", "部门", "", "")},
        {"applicant": Role("applicant", "申请人", "", 1)},
        elements,
        {item.code: item for item in items},
        {bundle.code: bundle for bundle in bundles},
        mains,
        synonyms or {},
    )


def bundle(code: str, items: Sequence[Any], *questions: Question) -> Bundle:
    """items: codes, or (code, {question: answers})."""
    codes = tuple(i if isinstance(i, str) else i[0] for i in items)
    choices = {i[0]: _answers(i[1]) for i in items if not isinstance(i, str)}
    return Bundle(code, f"一件事{code}", "", codes, (), questions=questions, choices=choices)


def _answers(when: Mapping[str, Sequence[str]]) -> When:
    return {f"answer.{key}": tuple(values) for key, values in when.items()}
