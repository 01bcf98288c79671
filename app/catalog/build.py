"""From the catalogue's files to the domain's types, reporting what is wrong on the way."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.catalog.source import Entry, Record, Report, item_files, read_yaml
from app.domain.item import (
    Bundle,
    Catalog,
    Department,
    Element,
    ElementType,
    FieldUse,
    Item,
    MaterialUse,
    Role,
)

KINDS = ("即办件", "承诺件")

_MATERIAL_KEYS = (
    "name", "name_en", "required", "original", "copies", "tolerable", "tolerance_days", "promise", "waived_by",
    "acceptance_points",
)  # fmt: skip
_ITEM_TEXTS = ("code", "name", "name_en", "department", "situation", "kind", "legal_basis", "result")
_ITEM_KEYS = (*_ITEM_TEXTS, "legal_days", "promised_days", "fee", "words", "fields", "materials")


@dataclass(slots=True)
class Built:
    """A catalogue and where in the files each of its parts stands."""

    catalog: Catalog
    materials: dict[str, MaterialUse]
    elements_at: dict[str, Entry] = field(default_factory=dict)
    items_at: dict[str, Record] = field(default_factory=dict)
    bundles_at: dict[str, Record] = field(default_factory=dict)
    departments_at: dict[str, Entry] = field(default_factory=dict)


def build(folder: Path, report: Report) -> Built:
    """Read all files. Mistakes go to report; what cannot be used is left out."""
    version = _version(folder, report)
    departments, departments_at = _departments(folder, report)
    roles, titles = _roles(folder, report)
    elements, elements_at = _elements(folder, report)
    materials = _materials(folder, report)
    catalog = Catalog(version, departments, roles, elements, {}, {})
    built = Built(catalog, materials, elements_at=elements_at, departments_at=departments_at)
    for name in item_files(folder):
        entry = read_yaml(folder, name, report)
        if entry is not None:
            _add_item(built, entry, titles)
    _add_bundles(built, folder, report)
    return built


def _version(folder: Path, report: Report) -> str:
    entry = read_yaml(folder, "catalog.yaml", report)
    return entry.record(("version", "name"), ("version",)).text("version") if entry else ""


def _departments(folder: Path, report: Report) -> tuple[dict[str, Department], dict[str, Entry]]:
    entry = read_yaml(folder, "departments.yaml", report)
    entries = entry.mapping() if entry else {}
    found = {}
    for key, part in entries.items():
        record = part.record(("name", "name_en", "uscc"), ("name", "uscc"))
        found[key] = Department(key, record.text("name"), record.text("name_en"), record.text("uscc"))
    return found, entries


def _roles(folder: Path, report: Report) -> tuple[dict[str, Role], dict[str, dict[str, str]]]:
    """The roles, and what each calls the elements that it words differently."""
    entry = read_yaml(folder, "roles.yaml", report)
    roles, titles = {}, {}
    for key, part in (entry.mapping() if entry else {}).items():
        record = part.record(("title", "title_en", "order", "titles"), ("title", "order"))
        roles[key] = Role(key, record.text("title"), record.text("title_en"), record.count("order"))
        titles[key] = record.text_map("titles")
    return roles, titles


def _elements(folder: Path, report: Report) -> tuple[dict[str, Element], dict[str, Entry]]:
    entry = read_yaml(folder, "elements.yaml", report)
    entries = entry.mapping() if entry else {}
    found = {}
    for key, part in entries.items():
        record = part.record(
            ("title", "title_en", "type", "schema", "codes", "unit", "standard", "personal"), ("title", "type")
        )
        found[key] = Element(
            key,
            record.text("title"),
            record.text("title_en"),
            _element_type(record),
            record.schema(),
            record.text_map("codes"),
            record.text("unit"),
            record.text("standard"),
            record.flag("personal", False),
        )
    return found, entries


def _element_type(record: Record) -> ElementType:
    written = record.text("type", "text")
    try:
        return ElementType(written)
    except ValueError:
        record.at("type").problem(f"不认识的类型“{written}”", f"可用：{'、'.join(ElementType)}")
        return ElementType.TEXT


def _materials(folder: Path, report: Report) -> dict[str, MaterialUse]:
    entry = read_yaml(folder, "materials.yaml", report)
    found = {}
    for key, part in (entry.mapping() if entry else {}).items():
        found[key] = _material(MaterialUse(key, ""), part.record(_MATERIAL_KEYS, ("name",)))
    return found


def _material(base: MaterialUse, record: Record) -> MaterialUse:
    """The shared definition with what the record says otherwise."""
    return replace(
        base,
        name=record.text("name", base.name),
        name_en=record.text("name_en", base.name_en),
        required=record.flag("required", base.required),
        original=record.flag("original", base.original),
        copies=record.count("copies", base.copies),
        tolerable=record.flag("tolerable", base.tolerable),
        tolerance_days=record.count("tolerance_days", base.tolerance_days),
        promise=record.flag("promise", base.promise),
        waived_by=record.texts("waived_by", base.waived_by),
        acceptance_points=record.texts("acceptance_points", base.acceptance_points),
    )


def _add_item(built: Built, entry: Entry, titles: dict[str, dict[str, str]]) -> None:
    record = entry.record(_ITEM_KEYS, (*_ITEM_TEXTS, "legal_days", "promised_days", "fields"))
    texts: dict[str, Any] = {name: record.text(name) for name in _ITEM_TEXTS}
    catalog = built.catalog
    _known(record.at("department"), texts["department"], catalog.departments, "部门", "departments.yaml")
    if texts["kind"] not in KINDS:
        record.at("kind").problem(f"办件类型“{texts['kind']}”不对", f"填{'或者'.join(KINDS)}")
    item = Item(
        **texts,
        legal_days=record.count("legal_days"),
        promised_days=record.count("promised_days"),
        fields=_fields(record, catalog, titles),
        materials=_material_uses(record, built.materials),
        words=record.texts("words"),
        fee=record.text("fee", "不收费"),
    )
    if item.code in catalog.items:
        other = built.items_at[item.code].at("code")
        record.at("code").problem(f"事项编码与 {other.file}:{other.line} 重复", "核对编码末两位的情形号")
        return
    catalog.items[item.code] = item
    built.items_at[item.code] = record


def _fields(record: Record, catalog: Catalog, titles: dict[str, dict[str, str]]) -> tuple[FieldUse, ...]:
    uses: dict[str, FieldUse] = {}
    for role, part in record.at("fields").mapping().items() if "fields" in record.entries else ():
        if not _known(part, role, catalog.roles, "角色", "roles.yaml"):
            continue
        for entry in part.sequence():
            use = _field(entry, role, titles.get(role, {}))
            if not _known(entry, use.element, catalog.elements, "数据元", "elements.yaml"):
                continue
            if use.key in uses:
                entry.problem(f"“{use.key}”在同一事项里问了两次", "只保留一处")
            uses[use.key] = use
    return tuple(uses.values())


def _field(entry: Entry, role: str, titles: dict[str, str]) -> FieldUse:
    """One question: either just the element's id, or a mapping that tightens it."""
    if entry.is_text:
        element = entry.text()
        return FieldUse(role, element, title=titles.get(element, ""))
    record = entry.record(("element", "required", "schema", "title"), ("element",))
    element = record.text("element")
    title = record.text("title", titles.get(element, ""))
    return FieldUse(role, element, record.flag("required", True), record.schema(), title)


def _material_uses(record: Record, materials: dict[str, MaterialUse]) -> tuple[MaterialUse, ...]:
    uses: dict[str, MaterialUse] = {}
    for entry in record.at("materials").sequence() if "materials" in record.entries else ():
        own = None if entry.is_text else entry.record(("id", *_MATERIAL_KEYS), ("id",))
        key = own.text("id") if own else entry.text()
        if not _known(entry, key, materials, "材料", "materials.yaml"):
            continue
        if key in uses:
            entry.problem(f"材料“{key}”在同一事项里要了两次", "只保留一处")
        uses[key] = _material(materials[key], own) if own else materials[key]
    return tuple(uses.values())


def _add_bundles(built: Built, folder: Path, report: Report) -> None:
    entry = read_yaml(folder, "bundles.yaml", report)
    for code, part in (entry.mapping() if entry else {}).items():
        record = part.record(("name", "name_en", "description", "words", "items"), ("name", "items"))
        places = record.at("items").sequence() if "items" in record.entries else []
        items = [p.text() for p in places if _known(p, p.text(), built.catalog.items, "事项", "items/")]
        built.catalog.bundles[code] = Bundle(
            code,
            record.text("name"),
            record.text("name_en"),
            tuple(items),
            record.texts("words"),
            record.text("description"),
        )
        built.bundles_at[code] = record


def _known(place: Entry, key: str, among: Collection[Any], what: str, where: str) -> bool:
    """Is the reference good? Reports it otherwise, with the nearest name."""
    if key in among:
        return True
    near = difflib.get_close_matches(key, among, 1)
    guess = f"是不是“{near[0]}”？" if near else ""
    place.problem(f"没有这个{what}：“{key}”", f"{guess}否则先在 {where} 里定义")
    return False
