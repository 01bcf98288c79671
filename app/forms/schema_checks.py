"""JSON Schema 2020-12 as this form needs it: exact decimals, dates against today, and messages for a clerk."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.domain.constraints import HINT, NOT_AFTER, NOT_BEFORE

if TYPE_CHECKING:
    from jsonschema import ValidationError


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        return None  # 长期, or no date at all, which "format" refuses


def _not_before(validator: Any, limit: str, value: Any, schema: Any) -> Iterator[ValidationError]:
    from jsonschema import ValidationError

    day = _day(value)
    if day is not None and day < dt.date.fromisoformat(limit):
        yield ValidationError(f"{value} before {limit}")


def _not_after(validator: Any, limit: str, value: Any, schema: Any) -> Iterator[ValidationError]:
    from jsonschema import ValidationError

    day = _day(value)
    if day is not None and day > dt.date.fromisoformat(limit):
        yield ValidationError(f"{value} after {limit}")


def _multiple_of(validator: Any, step: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    from jsonschema import ValidationError

    # The library divides floats, and 88.6 is then no multiple of 0.01.
    if validator.is_type(value, "number") and Decimal(str(value)) % Decimal(str(step)):
        yield ValidationError(f"{value} is not a multiple of {step}")


_HINTED = ("pattern", "anyOf", "not", "minimum", "maximum", NOT_BEFORE, NOT_AFTER)


@functools.cache
def _library() -> tuple[Any, Any]:
    """The validator class and the formats it knows. The library is loaded with the first form, not with the window."""
    from jsonschema import Draft202012Validator, FormatChecker, validators

    checks = {NOT_BEFORE: _not_before, NOT_AFTER: _not_after, "multipleOf": _multiple_of}
    return validators.extend(Draft202012Validator, checks), FormatChecker(("date",))  # type: ignore[no-untyped-call]


def schema_validator(schema: dict[str, Any], today: dt.date) -> Any:
    """A validator (jsonschema's protocol) of one field's schema, or of the whole form's, on one day."""
    made, formats = _library()
    return made(_dated(schema, today), format_checker=formats)


def _dated(schema: Any, today: dt.date) -> Any:
    """The schema with "today" written out, so that one validator class serves every day."""
    if isinstance(schema, dict):
        return {
            k: today.isoformat() if k in (NOT_BEFORE, NOT_AFTER) and v == "today" else _dated(v, today)
            for k, v in schema.items()
        }
    if isinstance(schema, list):
        return [_dated(part, today) for part in schema]
    return schema


def message_for(error: ValidationError, unit: str = "") -> str:
    """What is wrong, as the rest of a sentence that begins with the field's title. Never repeats the value."""
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    limit = error.validator_value
    match error.validator:
        case "minimum":
            message = f"不能小于 {limit} {unit}".rstrip()
        case "maximum":
            message = f"不能大于 {limit} {unit}".rstrip()
        case "exclusiveMinimum":
            message = f"应大于 {limit} {unit}".rstrip()
        case "exclusiveMaximum":
            message = f"应小于 {limit} {unit}".rstrip()
        case "minLength":
            message = f"太短，至少 {limit} 个字"
        case "maxLength":
            message = f"太长，至多 {limit} 个字"
        case "minItems":
            message = f"至少要有 {limit} 行"
        case "maxItems":
            message = f"至多 {limit} 行"
        case "multipleOf":
            places = -int(Decimal(str(limit)).as_tuple().exponent)
            message = f"最多 {places} 位小数" if places > 0 else f"应为 {limit} 的整倍数"
        case "enum" | "const":
            message = "不在可选范围内，请重新选择"
        case "type":
            message = "应填整数" if limit == "integer" else "应填数字" if limit == "number" else "填写有误"
        case "format":
            message = "应为日期，例如 2026-12-01"
        case "x-not-before":
            message = f"不能早于 {limit}"
        case "x-not-after":
            message = f"不能晚于 {limit}"
        case _:
            message = "格式不对，请核对"
    # Lengths and decimal places explain themselves; a hint on the pattern would only confuse there.
    hint = schema.get(HINT) if error.validator in _HINTED else None
    return f"{message}（{hint}）" if hint else message
