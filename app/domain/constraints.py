"""Several items ask for the same data element: the strictest of their JSON Schemas is the form's.

Two schemas are merged so that a value passes the result if and only if it passes both. Keywords that can be
compared are tightened in place, so that one clear message can be given; the others stand side by side in allOf.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Any

from app.domain.item import Element, ElementType

Schema = dict[str, Any]

HINT = "x-hint"
"""Annotation: what a good value looks like, in words for the clerk."""
NOT_BEFORE = "x-not-before"
NOT_AFTER = "x-not-after"
"""Own keywords of date fields. Their value is "today": the day of the check is the limit."""

_BASE: dict[ElementType, Schema] = {
    ElementType.TEXT: {"type": "string", "minLength": 1},
    ElementType.DATE: {"type": "string", "format": "date"},
    ElementType.INTEGER: {"type": "integer"},
    ElementType.DECIMAL: {"type": "number"},
    ElementType.CHOICE: {"type": "string"},
    ElementType.PHONE: {"type": "string", "minLength": 1},
    ElementType.ID_NUMBER: {"type": "string", "minLength": 1},
    ElementType.USCC: {"type": "string", "minLength": 1},
    ElementType.TABLE: {"type": "array"},
}

_LARGEST = ("minimum", "exclusiveMinimum", "minLength", NOT_BEFORE)
_SMALLEST = ("maximum", "exclusiveMaximum", "maxLength", NOT_AFTER)
_ANNOTATIONS = ("title", "description", "examples", "$comment")


class Contradiction(ValueError):
    """No value can meet both schemas. The text says why, in Chinese, without naming the field."""


def element_schema(element: Element) -> Schema:
    """What every use of the element must meet: its type, its codes and its own keywords."""
    schema = dict(_BASE[element.type])
    if element.type is ElementType.DATE and "anyOf" in element.schema:
        del schema["format"]  # the element lists by itself what may stand in place of a date (长期)
    if element.codes:
        schema["enum"] = list(element.codes)
    return merge(schema, element.schema)


def merge(first: Schema, second: Schema) -> Schema:
    """The strictest of two schemas. Raises Contradiction when nothing can meet both.

    Annotations: hints of both are kept, other words are the first's; a default that differs, or that the other
    side forbids, is no longer proposed.
    """
    merged = dict(first)
    for keyword, value in second.items():
        if keyword == "allOf":
            _add_all_of(merged, value)
        elif keyword not in merged:
            merged[keyword] = value
        elif merged[keyword] != value:
            _merge_keyword(merged, keyword, value)
    _check(merged)
    if not _may_be(merged, merged.get("default")):
        del merged["default"]
    return merged


def _merge_keyword(merged: Schema, keyword: str, value: Any) -> None:
    old = merged[keyword]
    if keyword in _LARGEST:
        merged[keyword] = max(old, value)
    elif keyword in _SMALLEST:
        merged[keyword] = min(old, value)
    elif keyword == "enum":
        merged[keyword] = [choice for choice in old if choice in value]
    elif keyword == "multipleOf":
        merged[keyword] = _common_multiple(old, value)
    elif keyword == "type":
        merged[keyword] = _common_type(old, value)
    elif keyword == HINT:
        merged[keyword] = f"{old}；{value}"
    elif keyword == "default":
        del merged[keyword]
    elif keyword not in _ANNOTATIONS:
        _add_all_of(merged, [{keyword: value}])


def _add_all_of(merged: Schema, schemas: list[Schema]) -> None:
    standing = merged.get("allOf", [])
    merged["allOf"] = [*standing, *(schema for schema in schemas if schema not in standing)]


def _common_type(first: Any, second: Any) -> str:
    if {first, second} == {"integer", "number"}:
        return "integer"
    raise Contradiction(f"数据类型不同（{first} 与 {second}）")


def _common_multiple(first: float, second: float) -> float:
    a, b = Fraction(str(first)), Fraction(str(second))
    common = Fraction(lcm(a.numerator, b.numerator), gcd(a.denominator, b.denominator))
    return int(common) if common.denominator == 1 else float(common)


def _check(schema: Schema) -> None:
    """Raise Contradiction when the comparable keywords leave no value."""
    if "enum" in schema and not schema["enum"]:
        raise Contradiction("可选的代码没有交集")
    if "const" in schema and not _may_be({k: v for k, v in schema.items() if k != "const"}, schema["const"]):
        raise Contradiction("固定值不在允许的范围内")
    if schema.get("minLength", 0) > schema.get("maxLength", float("inf")):
        raise Contradiction(f"至少 {schema['minLength']} 个字与至多 {schema['maxLength']} 个字相矛盾")
    low = _bound(schema, "minimum", "exclusiveMinimum", max)
    high = _bound(schema, "maximum", "exclusiveMaximum", min)
    if low is not None and high is not None and not _room(schema, low, high):
        raise Contradiction(f"不小于 {low} 与不大于 {high} 相矛盾")


def _bound(schema: Schema, closed: str, opened: str, pick: Callable[[list[Decimal]], Decimal]) -> Decimal | None:
    bounds = [Decimal(str(schema[k])) for k in (closed, opened) if k in schema]
    return pick(bounds) if bounds else None


def _room(schema: Schema, low: Decimal, high: Decimal) -> bool:
    """Is there a number between the bounds, on the grid of multipleOf (or of the whole numbers)?"""
    low_open = Decimal(str(schema.get("exclusiveMinimum", "-Infinity"))) == low
    high_open = Decimal(str(schema.get("exclusiveMaximum", "Infinity"))) == high
    step = schema.get("multipleOf", 1 if schema.get("type") == "integer" else None)
    if step is None:
        return low < high or (low == high and not low_open and not high_open)
    grid = Fraction(str(step))
    first, last = Fraction(low) / grid, Fraction(high) / grid
    start = floor(first) + 1 if low_open else ceil(first)
    stop = ceil(last) - 1 if high_open else floor(last)
    return start <= stop


def _may_be(schema: Schema, value: Any) -> bool:
    """May the value stand, as far as codes and bounds go? A cheap check; the validator has the last word."""
    if value is None:
        return True
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, int | float):
        number = Decimal(str(value))
        low, high = schema.get("minimum"), schema.get("maximum")
        return (low is None or number >= Decimal(str(low))) and (high is None or number <= Decimal(str(high)))
    return True
