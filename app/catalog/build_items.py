"""Item files: one 主项 with its 子项 and 情形. What the main item says holds where a situation is silent."""

from __future__ import annotations

from typing import Any

from app.catalog.build_issues import licence_issue
from app.catalog.parts import MATERIAL_KEYS, Built, Situation, known, material_use, questions
from app.catalog.source import Entry, Record
from app.domain.item import FieldUse, Item, MainItem, MaterialUse

KINDS = ("即办件", "承诺件")
TYPES = (
    "行政许可", "行政处罚", "行政强制", "行政征收", "行政给付", "行政检查", "行政确认", "行政奖励", "行政裁决",
    "其他行政权力", "公共服务",
)  # fmt: skip
REGIONS = ("本县", "全市", "全省", "长三角", "跨省")

SHARED_KEYS = (
    "type", "kind", "legal_days", "promised_days", "urgent_days", "inspect_after", "guardian", "legal_basis", "fee",
    "result", "papers", "words", "cross_region", "territory", "issues", "official", "elements", "version", "locked",
    "fields", "materials",
)  # fmt: skip
"""What a main item may say for all its situations, and a situation again for itself."""

MAIN_KEYS = ("code", "name", "name_en", "department", *SHARED_KEYS, "questions", "sub_items")
SITUATION_KEYS = ("no", "name", "name_en", "situation", "when", *SHARED_KEYS)
FIELD_KEYS = ("element", "required", "schema", "title", "when", "columns", "required_columns")
NEEDED = ("type", "kind", "legal_days", "promised_days", "legal_basis", "result", "fields")


def add_main(built: Built, entry: Entry) -> None:
    """Add the main item of one file with all its situations."""
    record = entry.record(MAIN_KEYS, ("code", "name", "department", "sub_items"))
    if not entry.is_group:
        return
    code, catalog = record.text("code"), built.catalog
    department = record.text("department")
    if "department" in record.entries:
        known(record.at("department"), department, catalog.departments, "部门", "departments.yaml")
    if code in catalog.mains:
        other = built.mains_at[code].at("code")
        record.at("code").problem(f"主项编码与 {other.file}:{other.line} 重复", "核对编码，或者并入同一个文件")
        return
    shared = _shared(built, record, {})
    codes: list[str] = []
    for sub in record.at("sub_items").sequence() if "sub_items" in record.entries else ():
        own = sub.record(("name", "situations"), ("name", "situations"))
        # A main item without sub-items repeats its own name.
        name = own.text("name") if own.text("name") != record.text("name") else ""
        for place in own.at("situations").sequence() if "situations" in own.entries else ():
            item = _item(built, record, place, shared, name)
            if item is not None:
                codes.append(item.code)
    catalog.mains[code] = MainItem(
        code, record.text("name"), record.text("name_en"), department, tuple(codes), questions(record)
    )
    built.mains_at[code] = record


def _item(built: Built, main: Record, place: Entry, shared: dict[str, Any], sub: str) -> Item | None:
    record = place.record(SITUATION_KEYS, ("no", "situation"))
    for name in NEEDED:
        if name not in record.entries and name not in main.entries and record.entry.is_group:
            place.problem(f"缺少“{name}”", f"在情形里或者在主项里补上“{name}: …”")
    code = main.text("code") + record.text("no")
    if code in built.catalog.items:
        other = built.items_at[code].own.entry
        place.problem(f"事项编码与 {other.file}:{other.line} 重复", "核对情形号 no")
        return None
    values = {**shared, **_shared(built, record, shared.get("elements", {}))}
    item = Item(
        code=code,
        name=record.text("name", sub or main.text("name")),
        name_en=record.text("name_en"),
        department=main.text("department"),
        situation=record.text("situation"),
        main=main.text("code"),
        sub=sub,
        when=record.when(),
        **{**_DEFAULTS, **values},
    )
    built.catalog.items[code] = item
    built.items_at[code] = Situation(record, main)
    return item


_DEFAULTS: dict[str, Any] = {
    "kind": "", "legal_days": 0, "promised_days": 0, "legal_basis": "", "result": "", "fields": (), "materials": (),
}  # fmt: skip


def _shared(built: Built, record: Record, elements: dict[str, str]) -> dict[str, Any]:
    """What a record says of the keys that both levels know; elements 要素 are added to those given."""
    said = record.entries
    values: dict[str, Any] = {}
    for name in ("legal_basis", "fee", "result", "territory"):
        if name in said:
            values[name] = record.text(name)
    for name, choices, what in (
        ("type", TYPES, "事项类型"),
        ("kind", KINDS, "办件类型"),
        ("cross_region", REGIONS, "通办范围"),
    ):
        if name in said:
            values[name] = record.text(name)
            if values[name] not in choices:
                said[name].problem(f"{what}“{values[name]}”不对", f"填{'、'.join(choices)}之一")
    for name in ("legal_days", "version"):
        if name in said:
            values[name] = record.count(name)
    for name in ("promised_days", "urgent_days"):
        if name in said:
            values[name] = record.half_days(name)
    for name in ("papers", "words", "official"):
        if name in said:
            values[name] = record.texts(name)
    for name, usual in (("locked", True), ("inspect_after", False), ("guardian", False)):
        if name in said:
            values[name] = record.flag(name, usual)
    if "issues" in said:
        values["issues"] = licence_issue(said["issues"])
    if "elements" in said:
        values["elements"] = {**elements, **record.text_map("elements")}
    if "fields" in said:
        values["fields"] = _fields(built, said["fields"])
    if "materials" in said:
        values["materials"] = _material_uses(built, said["materials"])
    return values


def _fields(built: Built, place: Entry) -> tuple[FieldUse, ...]:
    uses: dict[str, FieldUse] = {}
    for role, part in place.mapping().items():
        if not known(part, role, built.catalog.roles, "角色", "roles.yaml"):
            continue
        titles, plain = built.titles.get(role, {}), built.plain_uses
        for number, value in enumerate(part.value if isinstance(part.value, list) else part.sequence()):
            # Most fields are asked by all items in the same words: one object serves them all.
            use = plain.get((role, value)) if isinstance(value, str) else None
            if use is None:
                entry = part.down(number)
                use = _field(entry, role, titles)
                if not known(entry, use.element, built.catalog.elements, "数据元", "elements/"):
                    continue
                if isinstance(value, str):
                    plain[role, value] = use
            key = use.key
            if key in uses:
                part.down(number).problem(f"“{key}”在同一事项里问了两次", "只保留一处")
            uses[key] = use
    return tuple(uses.values())


def _field(entry: Entry, role: str, titles: dict[str, str]) -> FieldUse:
    """One question: either just the element's id, or a mapping that says more."""
    if not entry.is_group:
        element = entry.text()
        return FieldUse(role, element, title=titles.get(element, ""))
    record = entry.record(FIELD_KEYS, ("element",))
    element = record.text("element")
    return FieldUse(
        role,
        element,
        record.flag("required", True),
        record.schema(),
        record.text("title", titles.get(element, "")),
        record.when(),
        record.texts("columns"),
        record.texts("required_columns"),
    )


def _material_uses(built: Built, place: Entry) -> tuple[MaterialUse, ...]:
    uses: dict[str, MaterialUse] = {}
    for number, value in enumerate(place.value if isinstance(place.value, list) else place.sequence()):
        if isinstance(value, str) and value in built.materials and value not in uses:
            uses[value] = built.materials[value]
            continue
        entry = place.down(number)
        own = entry.record(("id", *MATERIAL_KEYS), ("id",)) if entry.is_group else None
        key = own.text("id") if own else entry.text()
        if not known(entry, key, built.materials, "材料", "materials/"):
            continue
        if key in uses:
            entry.problem(f"材料“{key}”在同一事项里要了两次", "只保留一处")
        uses[key] = material_use(built.materials[key], own) if own else built.materials[key]
    return tuple(uses.values())
