"""What stands in a cell of the workbook: written for people, and read back without loss.

Lists are lines, named values are lines "name=value". What would not survive that (an empty text, a line break inside
a part, a control character) is written as JSON, which is always understood.
"""

from __future__ import annotations

import json
from typing import Any

YES, NO = "是", "否"
LONGEST = 32_767
"""Characters that a cell holds (ECMA-376)."""


class BadCell(ValueError):
    """The cell cannot be used. The text says why; todo says what to do."""

    def __init__(self, message: str, todo: str) -> None:
        super().__init__(message)
        self.todo = todo


def encode(kind: str, value: Any) -> str | float:
    """A plain value as what is written into a cell."""
    if kind == "flag":
        return YES if value else NO
    if kind == "count":
        return int(value)
    if kind == "half_days":
        return value if value % 1 else int(value)
    if kind == "text":
        return _text(value)
    if kind == "texts":
        return _lines(value, value)
    if kind == "pairs":
        return _lines(value, [f"{key}={part}" for key, part in value.items()], [*value], "=")
    if kind == "when":
        lines = [f"{key}={'|'.join(values)}" for key, values in value.items()]
        parts = [part for values in value.values() for part in values]
        plain = all(part and "|" not in part for part in parts) and all(value.values())
        return _lines(value, lines, [*value], "=") if plain else _json(value)
    return _json(value)


def decode(kind: str, written: Any) -> Any:
    """The plain value of a cell that is not empty. Raises BadCell."""
    if kind == "count":
        return _count(written)
    if kind == "half_days":
        return _half_days(written)
    if not isinstance(written, str):
        raise BadCell("是数字或者日期，不是文字", "把单元格格式改为“文本”再填，编码的前导 0 才不会丢")
    if kind == "flag":
        if written.strip() not in (YES, NO):
            raise BadCell(f"“{written}”不对", f"填{YES}或者{NO}")
        return written.strip() == YES
    if kind == "text":
        return _parsed(written, str) if _quoted(written) else written
    if kind == "json" or written.startswith(("[", "{")):
        return _checked(kind, _parsed(written, list if kind == "texts" else dict))
    lines = [line for line in written.split("\n") if line.strip()]
    if kind == "texts":
        return lines
    pairs: dict[str, Any] = {}
    for line in lines:
        key, equals, value = line.partition("=")
        if not equals or not key:
            raise BadCell(f"“{line}”里没有等号", "每行写成 名称=值")
        if key in pairs:
            raise BadCell(f"“{key}”写了两次", "只保留一行")
        pairs[key] = value.split("|") if kind == "when" else value
    return pairs


def _checked(kind: str, value: Any) -> Any:
    """JSON in a cell must have the shape of its column."""
    groups: list[Any] = list(value.values()) if isinstance(value, dict) else [value]
    if kind == "pairs":
        groups = [groups]
    if kind != "json" and not all(isinstance(g, list) and all(isinstance(part, str) for part in g) for g in groups):
        raise BadCell("JSON 里有不是文字的值", "值都写成文字，加引号")
    return value


def _count(written: Any) -> int:
    if isinstance(written, float) and written.is_integer():
        return int(written)
    if isinstance(written, str) and written.strip().isascii() and written.strip().isdigit():
        return int(written)
    if isinstance(written, int) and not isinstance(written, bool) and written >= 0:
        return written
    raise BadCell(f"“{written}”不是不小于 0 的整数", "填整数")


def _half_days(written: Any) -> float:
    try:
        days = float(written)
    except (TypeError, ValueError):
        days = -1.0
    if isinstance(written, bool) or not 0 <= days < 10_000 or days * 2 % 1:
        raise BadCell(f"“{written}”不是工作日数，最小半天", "填整数，或者以 .5 结尾的数")
    return days if days % 1 else int(days)


def _text(value: str) -> str:
    return _json(value) if not value or _quoted(value) or _fragile(value) else value


def _lines(value: Any, lines: list[str], keys: list[str] | None = None, separator: str = "") -> str:
    plain = bool(lines) and not any(not line.strip() or "\n" in line or _fragile(line) for line in lines)
    plain = plain and not lines[0].startswith(("[", "{")) and not any(separator in key for key in keys or ())
    return "\n".join(lines) if plain and all(keys or ("x",)) else _json(value)


def _fragile(text: str) -> bool:
    """Does it hold what XML or Excel would change: control characters, or Excel's own escapes (_x000D_)?"""
    return "_x" in text or any((ord(c) < 32 and c != "\n") or c in "\x7f\ufffe\uffff" for c in text)


def _quoted(text: str) -> bool:
    return len(text) > 1 and text[0] == text[-1] == '"'


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return (json.dumps(value) if _fragile(text) else text).replace("_x", "\\u005fx")


_EXAMPLES: dict[Any, str] = {str: '"文字"', list: '["甲", "乙"]', dict: '{"minimum": 1}'}


def _parsed(written: str, kind: type[Any]) -> Any:
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, kind):
        raise BadCell("JSON 写得不对", f"对照 {_EXAMPLES[kind]} 改正，标点用半角")
    return value
