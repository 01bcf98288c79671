"""Several items, one form: each data element is asked for once, as strictly as the strictest of them wants it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from app.domain.constraints import Contradiction, element_schema, merge
from app.domain.errors import BadInput
from app.domain.form import FormDefinition, FormField, FormSection
from app.domain.item import Catalog, Element, ElementType, FieldUse, Item

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")


@dataclass(slots=True)
class _Question:
    element: Element
    schema: dict[str, Any]
    uses: list[FieldUse] = field(default_factory=list)
    asked_by: list[Item] = field(default_factory=list)


def combine(catalog: Catalog, items: Sequence[Item]) -> FormDefinition:
    """One form for the items, in the order given; an item named twice counts once.

    Raises BadInput when two items ask for things that exclude each other.
    """
    distinct = tuple({item.code: item for item in items}.values())
    questions: dict[str, _Question] = {}
    for item in distinct:
        for use in item.fields:
            element = catalog.elements[use.element]
            question = questions.setdefault(use.key, _Question(element, element_schema(element)))
            question.uses.append(use)
            question.asked_by.append(item)
            _tighten(question, use)
    roles = sorted({q.uses[0].role for q in questions.values()}, key=lambda role: (catalog.roles[role].order, role))
    sections = []
    for role in roles:
        fields = tuple(_field(key, q) for key, q in questions.items() if q.uses[0].role == role)
        sections.append(FormSection(role, catalog.roles[role].title, catalog.roles[role].title_en, fields))
    return FormDefinition(tuple(item.code for item in distinct), tuple(sections))


def _tighten(question: _Question, use: FieldUse) -> None:
    try:
        question.schema = merge(question.schema, use.schema)
    except Contradiction as error:
        names = "、".join(f"《{item.name}》" for item in question.asked_by)
        raise BadInput(
            "这些事项不能合并填表",
            f"{names}对“{_title(question)}”的要求相互矛盾：{error}",
            "请分开受理，并请管理员核对事项目录",
        ) from None


def _field(key: str, question: _Question) -> FormField:
    element = question.element
    if "enum" in question.schema:
        allowed = question.schema["enum"]
        element = replace(element, codes={c: t for c, t in element.codes.items() if c in allowed})
    return FormField(
        key,
        question.uses[0].role,
        element,
        _title(question),
        element.title_en,
        any(use.required for use in question.uses),
        question.schema,
        tuple(item.code for item in question.asked_by),
    )


def _title(question: _Question) -> str:
    return next((use.title for use in question.uses if use.title), question.element.title)


def schema(definition: FormDefinition) -> dict[str, Any]:
    """The whole form as one JSON Schema 2020-12 document, for `instance(definition, values)`."""
    return {
        "$schema": DIALECT,
        "type": "object",
        "properties": {f.key: {"title": f.title, **f.schema} for f in definition.fields},
        "required": [f.key for f in definition.fields if f.required],
        "additionalProperties": False,
    }


def instance(definition: FormDefinition, values: Mapping[str, str]) -> dict[str, Any]:
    """The form's values as JSON: numbers as numbers, the rest as text, what is empty left out."""
    return {f.key: json_value(f, values[f.key]) for f in definition.fields if values.get(f.key)}


def json_value(form_field: FormField, text: str) -> Any:
    """One value as JSON. What is no number stays a text, so that the schema refuses it."""
    if form_field.element.type not in (ElementType.INTEGER, ElementType.DECIMAL):
        return text
    if not _PLAIN_NUMBER.fullmatch(text):
        return text
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)
