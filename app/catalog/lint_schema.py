"""Holding the files against their JSON Schemas (resources/catalog/schema), with messages for people."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

import resources
from app.catalog.source import FOLDERS, Entry, Source

_SINGLE = ("catalog", "departments", "roles", "synonyms", "locks")
_WORDS = {
    "string": "文字", "integer": "整数", "number": "数", "boolean": " true 或者 false", "array": "列表",
    "object": "“名称: 值”的形式",
}  # fmt: skip


def validator(kind: str) -> Draft202012Validator:
    """The schema of a kind of file: catalog, departments, roles, items, …; the names of resources/catalog/schema."""
    return Draft202012Validator(_inlined(_read(kind), {"common.json": _read("common")}))


def _inlined(schema: Any, others: Mapping[str, Any], own: Any = None) -> Any:
    """A schema with its references written out: looking each up again is most of the time that checking takes.

    Our schemas do not refer to themselves.
    """
    own = own or schema
    if isinstance(schema, list):
        return [_inlined(part, others, own) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        file, _, pointer = schema["$ref"].partition("#/$defs/")
        home = others[file] if file else own
        return _inlined(home["$defs"][pointer], others, home)
    return {key: _inlined(part, others, own) for key, part in schema.items() if key != "$defs"}


def _read(name: str) -> Any:
    return json.loads((resources.path("catalog/schema") / f"{name}.json").read_text(encoding="utf-8"))


def lint_schema(source: Source, known: Collection[tuple[str, int]]) -> None:
    """Report what the schemas refuse. known: places of which something has been said already."""
    validators: dict[str, Draft202012Validator] = {}
    for kind, name in files(source):
        entry = source.quiet(name)
        if entry is None:
            continue
        if kind not in validators:
            validators[kind] = validator(kind)
        hold(entry, validators[kind], known)


def hold(entry: Entry, schema: Draft202012Validator, known: Collection[tuple[str, int]] = ()) -> None:
    """Report what a schema refuses in a file, each at its line. known: as for lint_schema."""
    for error in _leaves(schema.iter_errors(entry.value)):
        place = entry.down(*error.absolute_path)
        if "propertyNames" in error.absolute_schema_path:
            place = place.down(str(error.instance))
        elif error.validator == "additionalProperties":
            place = place.down(_extra(error)[0])
        if (entry.file, place.line) not in known:
            place.problem(*_words(error))


def files(source: Source) -> Iterator[tuple[str, str]]:
    """Each file that is there, with its kind."""
    for kind in _SINGLE:
        if (source.folder / f"{kind}.yaml").exists():
            yield kind, f"{kind}.yaml"
    for kind in FOLDERS:
        yield from ((kind, name) for name in source.files(kind))


def _leaves(errors: Any) -> Iterator[ValidationError]:
    """The errors themselves instead of "none of the alternatives fits"."""
    for error in errors:
        if error.context:
            yield from _leaves(error.context)
        else:
            yield error


def _properties(error: ValidationError) -> list[str]:
    return list(error.schema.get("properties", ())) if isinstance(error.schema, dict) else []


def _extra(error: ValidationError) -> list[str]:
    """The names that a schema does not know."""
    value: Any = error.instance
    return [name for name in value if name not in _properties(error)]


def _words(error: ValidationError) -> tuple[str, str]:
    """Message and advice for one refusal."""
    rule = str(error.validator)
    value: Any = error.instance
    limit: Any = error.validator_value
    advice = str(error.schema.get("description", "")) if isinstance(error.schema, dict) else ""
    if rule == "type":
        kinds = [limit] if isinstance(limit, str) else limit
        wanted = "或者".join(_WORDS[kind] for kind in kinds)
        return f"这里应为{wanted}", advice or "检查缩进和引号"
    if rule == "required":
        missing = [name for name in limit if name not in value]
        return f"缺少“{'”“'.join(missing)}”", f"补上“{missing[0]}: …”"
    if rule == "additionalProperties":
        return f"不认识的名称“{'”“'.join(_extra(error))}”", f"可用：{'、'.join(_properties(error))}"
    if rule == "enum":
        return f"“{value}”不在可选的值里", f"可用：{'、'.join(map(str, limit))}"
    if rule == "pattern":
        return f"“{value}”的写法不对", advice or f"应符合 {limit}"
    if rule in ("minItems", "minProperties", "minLength"):
        return ("这里是空的" if limit == 1 else f"这里至少要有 {limit} 个"), advice or "补上内容"
    if rule == "minimum":
        return f"{value} 太小", advice or f"不小于 {limit}"
    if rule == "uniqueItems":
        return "列表里有重复", "只保留一处"
    return f"不符合格式（{rule}）", advice or "对照格式说明改正"
