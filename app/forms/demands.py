"""What an item asks of a field, in words: for telling people why two items do not go together."""

from __future__ import annotations

from app.domain.constraints import HINT, NOT_AFTER, NOT_BEFORE, Schema
from app.domain.item import Element

_SHOWN_CODES = 6


def demand(schema: Schema, element: Element) -> str:
    """A schema's keywords as half a sentence, e.g. 不小于 10 平方米，可选：门楣、外墙."""
    unit = f" {element.unit}" if element.unit else ""
    words = []
    for keyword, limit in schema.items():
        match keyword:
            case "minimum":
                words.append(f"不小于 {limit}{unit}")
            case "maximum":
                words.append(f"不大于 {limit}{unit}")
            case "exclusiveMinimum":
                words.append(f"大于 {limit}{unit}")
            case "exclusiveMaximum":
                words.append(f"小于 {limit}{unit}")
            case "multipleOf":
                words.append(f"为 {limit} 的整倍数")
            case "minLength":
                words.append(f"至少 {limit} 个字")
            case "maxLength":
                words.append(f"至多 {limit} 个字")
            case "minItems":
                words.append(f"至少 {limit} 行")
            case "maxItems":
                words.append(f"至多 {limit} 行")
            case "enum":
                titles = [element.codes.get(str(code), str(code)) for code in limit]
                more = f"等 {len(titles)} 项" if len(titles) > _SHOWN_CODES else ""
                words.append(f"只可选{'、'.join(titles[:_SHOWN_CODES])}{more}")
            case "const":
                words.append(f"只能是{element.codes.get(str(limit), str(limit))}")
            case "type":
                words.append("填整数" if limit == "integer" else "填数字" if limit == "number" else "")
            case _ if keyword == NOT_BEFORE:
                words.append("不早于受理当日" if limit == "today" else f"不早于 {limit}")
            case _ if keyword == NOT_AFTER:
                words.append("不晚于受理当日" if limit == "today" else f"不晚于 {limit}")
    # A hint repeats the bounds in other words; it is wanted where nothing else can be said, as of a pattern.
    return "，".join(word for word in words if word) or str(
        schema.get(HINT, "另有格式要求" if schema else "没有另外的要求")
    )
