"""Holds documents against the protocol's schemas, and says what is wrong with them without repeating a value."""

from __future__ import annotations

import itertools
import re
import threading
from dataclasses import dataclass
from typing import Any

from app.domain.errors import BadInput
from app.server.field_names import label_of
from app.server.headers import MAX_JSON, canonical

JsonObject = dict[str, Any]

_MAX_FLAWS = 100


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a document: where (a path such as materials/0/status) and why, in Chinese."""

    field: str
    message: str


class BadDocument(BadInput):
    """A document that breaks the protocol. flaws: what is wrong; the values themselves are never repeated."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__(
            "数据不符合上报格式",
            "；".join(f"{label_of(flaw.field)} {flaw.message}".strip() for flaw in flaws[:5]),
            "请核对所列内容后重报。",
        )
        self.flaws = flaws


def check_against(schema: JsonObject, document: Any) -> bytes:
    """The canonical form of a document of a schema of app.server.schemas, fit to be stored. Raises BadDocument when it
    is none."""
    # Compiled once a schema; the entry keeps the schema alive, so that its id stays its own.
    known = _checkers.get(id(schema))
    if known is None:
        # Compiling takes long: all who come first at the same time wait for one of them to do it.
        with _compiling:
            known = _checkers.get(id(schema)) or _Checker(schema)
            _checkers[id(schema)] = known
    return known.check(document)


class _Checker:
    """Holds documents against a schema: compiled code says quickly that one is good, and jsonschema, thirty times
    slower, what is wrong with the others."""

    def __init__(self, schema: JsonObject) -> None:
        import fastjsonschema  # no document is checked while the window starts

        self.schema = schema
        self._compiled = fastjsonschema.compile(schema, use_default=False, use_formats=False)

    def check(self, document: Any) -> bytes:
        """The document's canonical form. Raises BadDocument."""
        try:
            text = canonical(document)
        except (TypeError, ValueError, RecursionError) as error:
            raise BadDocument([Flaw("", "含有无法传输的字符或数据")]) from error
        if len(text) > MAX_JSON:
            raise BadDocument([Flaw("", f"超过 {MAX_JSON // 1024} KB 的上限")])
        if _MAYBE_CONTROL.search(text) is None and self._good(document):
            return text
        flaws = self._flaws(document)
        if flaws:
            raise BadDocument(flaws)
        return text

    def _good(self, document: Any) -> bool:
        from fastjsonschema import JsonSchemaValueException

        try:
            self._compiled(document)
        except JsonSchemaValueException:
            return False
        return True

    def _flaws(self, document: Any) -> list[Flaw]:
        from jsonschema import Draft202012Validator

        errors = Draft202012Validator(self.schema).iter_errors(document)
        flaws = [
            Flaw("/".join(str(part) for part in error.absolute_path), _why(error.validator))
            for error in itertools.islice(errors, _MAX_FLAWS)
        ]
        return flaws + [Flaw(path, "含有控制字符") for path in _control_characters(document, "")]


_checkers: dict[int, _Checker] = {}
_compiling = threading.Lock()
_MAYBE_CONTROL = re.compile(rb"\\(?:u00|b|f)")
"""In a canonical document: every control character but tab and line ends is written so. So may be a backslash."""


def _why(keyword: Any) -> str:
    """The schema keyword that failed, in words. jsonschema's own message would repeat the value: personal data."""
    return {
        "required": "缺少必填项",
        "type": "类型不对",
        "enum": "不是允许的取值",
        "pattern": "格式不对",
        "minLength": "不能为空",
        "maxLength": "过长",
        "maxItems": "条目过多",
        "maxProperties": "条目过多",
        "minimum": "数值超出范围",
        "maximum": "数值超出范围",
    }.get(str(keyword), "不符合格式要求")


def _control_characters(value: Any, path: str) -> list[str]:
    """Where a text holds control characters other than tab and line ends: PostgreSQL refuses NUL, printers the rest."""
    if isinstance(value, str):
        return [path] if any(ord(char) < 32 and char not in "\t\r\n" for char in value) else []
    if isinstance(value, dict):
        parts = [(str(key), item) for key, item in value.items()]
        bad_keys = [path for key, _ in parts if _control_characters(key, path)]
        return bad_keys + [p for key, item in parts for p in _control_characters(item, f"{path}/{key}".lstrip("/"))]
    if isinstance(value, list):
        return [p for index, item in enumerate(value) for p in _control_characters(item, f"{path}/{index}".lstrip("/"))]
    return []
