"""Checking a catalogue before it is used: everything load refuses, and what only a reviewer would notice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from jsonschema import Draft202012Validator, SchemaError
from stdnum.cn import uscc

from app.catalog.build import Built, build
from app.catalog.source import Entry, Finding, Source
from app.domain.constraints import Contradiction, Schema, element_schema, merge
from app.domain.item import Element, ElementType, FieldUse, Item

__all__ = ["Finding", "lint"]

_CODE = re.compile(r"[0-9A-Z]{18}[1-4][0-9]{12}[0-9]{2}")


def lint(folder: Path) -> list[Finding]:
    """All mistakes of the catalogue in a folder, by file and line; an empty list when it is clean."""
    findings: list[Finding] = []
    built = build(Source(folder, findings.append))
    _lint_version(built, folder, findings)
    _lint_departments(built)
    elements = {element.id for element in built.catalog.elements.values() if _lint_element(built, element)}
    items = {item.code for item in built.catalog.items.values() if _lint_item(built, item)}
    # Only what is sound by itself can be compared.
    uses = {
        code: [use for use in built.catalog.items[code].fields if use.element in elements and code in items]
        for code in built.catalog.items
    }
    for item in built.catalog.items.values():
        _lint_together(built, uses[item.code], built.items_at[item.code].at("fields"))
    for bundle in built.catalog.bundles.values():
        place = built.bundles_at[bundle.code].at("items")
        if len(set(bundle.items)) != len(bundle.items):
            place.problem("同一事项列了两次", "只保留一处")
        _lint_together(built, [use for code in bundle.items for use in uses[code]], place)
    return sorted(set(findings), key=lambda f: (f.file, f.line, f.message))


def _lint_version(built: Built, folder: Path, findings: list[Finding]) -> None:
    version = built.catalog.version
    if (folder / "catalog.yaml").exists() and not re.fullmatch(r"\d{4}\.\d{1,2}\.\d+", version):
        findings.append(Finding("catalog.yaml", 1, f"版本号“{version}”不对", "写成年.月.序号，例如 2026.11.1"))


def _lint_departments(built: Built) -> None:
    for department in built.catalog.departments.values():
        if not uscc.is_valid(department.uscc):
            built.departments_at[department.id].entry.problem(
                f"统一社会信用代码 {department.uscc} 的长度或者校验位不对", "核对 18 位代码（GB 32100-2015）"
            )


def _lint_element(built: Built, element: Element) -> bool:
    """Can its schema be relied on?"""
    place = built.elements_at[element.id].entry
    if element.type is ElementType.CHOICE and not element.codes:
        place.problem("choice 类型没有代码", "补上 codes")
    if element.codes and element.type is not ElementType.CHOICE:
        place.problem("只有 choice 类型才有代码", "把 type 改成 choice，或者删去 codes")
    if not element.standard:
        place.problem("没有写明出自哪个标准或者哪张表", "补上 standard")
    if not _schema_is_sound(element.schema, place):
        return False
    try:
        element_schema(element)
    except Contradiction as error:
        place.problem(f"约束自相矛盾：{error}", "核对 schema 与 type、codes")
        return False
    return True


def _lint_item(built: Built, item: Item) -> bool:
    """Can its schemas be relied on?"""
    record = built.items_at[item.code]
    department = built.catalog.departments.get(item.department)
    code = record.main.at("code") if "code" in record.main.entries else record.own.entry
    if not _CODE.fullmatch(item.code):
        code.problem(
            f"业务办理项编码有 {len(item.code)} 位，或者结构不对",
            "应为 33 位：统一社会信用代码 18 位 + 层级 1 位（1 至 4）+ 基本编码 12 位 + 情形 2 位",
        )
    elif not uscc.is_valid(item.code[:18]):
        code.problem(f"编码前 18 位 {item.code[:18]} 的校验位不对", "核对部门的统一社会信用代码")
    elif department and item.code[:18] != department.uscc:
        code.problem(f"编码前 18 位与部门“{department.name}”的统一社会信用代码不同", "核对 department 或者编码")
    if item.promised_days > item.legal_days:
        record.at("promised_days").problem("承诺时限长于法定时限", "核对两个时限（工作日）")
    for use in item.materials:
        if use.tolerable != (use.tolerance_days > 0):
            record.at("materials").problem(
                f"材料“{use.name}”的容缺与容缺期限不一致", "可容缺的写 tolerable: true 和 tolerance_days"
            )
    sound = [_schema_is_sound(use.schema, record.at("fields")) for use in item.fields]
    return all(sound)


def _schema_is_sound(schema: Schema, place: Entry) -> bool:
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        place.problem(f"不是有效的 JSON Schema：{error.message}", "改正 schema")
        return False
    return True


def _lint_together(built: Built, uses: Iterable[FieldUse], place: Entry) -> None:
    """Can one value meet what all these uses ask of the same field?"""
    merged: dict[str, Schema] = {}
    for use in uses:
        element = built.catalog.elements[use.element]
        try:
            merged[use.key] = merge(merged.get(use.key) or element_schema(element), use.schema)
        except Contradiction as error:
            place.problem(f"“{use.key}”的要求相互矛盾：{error}", "放宽其中一个事项的 schema，或者拆成两件事")
