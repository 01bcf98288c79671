"""The form and its values as JSON documents: JSON Schema 2020-12 for whoever checks the whole form at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.domain.form import FormDefinition, FormField
from app.domain.item import Element, ElementType, When
from app.domain.table import read_table
from app.forms.combine import strictest
from app.forms.conditions import Conditions

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")


def schema(definition: FormDefinition) -> dict[str, Any]:
    """The whole form as one JSON Schema 2020-12 document, for `instance(definition, values)`.

    Conditions become if/then; one on a field that only other items ask is judged by the combined form's value.
    """
    fields = {f.key: f for f in definition.fields}
    rules: list[dict[str, Any]] = []
    properties: dict[str, Any] = {}
    for f in definition.fields:
        always = [ask.use for ask in f.asks if not ask.use.when]
        conditional = [ask.use for ask in f.asks if ask.use.when]
        whole = f.whole or f.element
        properties[f.key] = {
            "title": f.title,
            **(strictest(whole, f.columns, always) if conditional else f.schema),
        }
        for use in conditional:
            then: dict[str, Any] = {"properties": {f.key: strictest(whole, f.columns, [use])}}
            if use.required:
                then["required"] = [f.key]
            rules.append({"if": _condition(use.when, fields), "then": then})
        if f.when:
            conditions = [_condition(when, fields) for when in f.when]
            rules.append({"if": {"anyOf": conditions}, "else": {"properties": {f.key: False}}})
    document: dict[str, Any] = {
        "$schema": DIALECT,
        "type": "object",
        "properties": properties,
        "required": [f.key for f in definition.fields if _always_required(f)],
        "additionalProperties": False,
    }
    return document | {"allOf": rules} if rules else document


def instance(definition: FormDefinition, values: Mapping[str, str]) -> dict[str, Any]:
    """The form's values as JSON: numbers as numbers, tables as arrays, the rest as text; what is empty or not asked
    is left out."""
    asked = Conditions(definition).fields(values)
    return {key: json_value(f, values[key]) for key, f in asked.items() if values.get(key)}


def json_value(form_field: FormField, text: str) -> Any:
    """One value as JSON. What is no number, or no table, stays a text, so that the schema refuses it."""
    if form_field.element.type is not ElementType.TABLE:
        return cell_value(form_field.element, text)
    try:
        rows = read_table(text)
    except ValueError:
        return text
    return [row_value(form_field.columns, row) for row in rows]


def row_value(columns: tuple[Element, ...], row: Mapping[str, str]) -> dict[str, Any]:
    """A table's row as JSON; columns that the form does not ask for stay behind."""
    return {column.id: cell_value(column, row[column.id]) for column in columns if row.get(column.id)}


def cell_value(element: Element, text: str) -> Any:
    """One plain value as JSON."""
    if element.type not in (ElementType.INTEGER, ElementType.DECIMAL) or not _PLAIN_NUMBER.fullmatch(text):
        return text
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)


def _always_required(f: FormField) -> bool:
    if not f.asks:
        return f.required and not f.when
    return any(ask.use.required and not ask.use.when for ask in f.asks)


def _condition(when: When, fields: Mapping[str, FormField]) -> dict[str, Any]:
    """A condition as a schema of the whole instance; a key that is no field of the form is empty."""
    parts = [_one(key, allowed, fields.get(key)) for key, allowed in when.items()]
    return {"allOf": parts} if parts else {}


def _one(key: str, allowed: tuple[str, ...], form_field: FormField | None) -> dict[str, Any]:
    absent = {"not": {"required": [key]}}
    if form_field is None:
        return {} if "" in allowed else {"not": {}}
    values = [json_value(form_field, value) for value in allowed if value not in ("", "*")]
    present: dict[str, Any] = {"required": [key]}
    if "*" not in allowed:
        present["properties"] = {key: {"enum": values}}
    return {"anyOf": [present, absent]} if "" in allowed else present
