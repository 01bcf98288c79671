"""From the catalogue's files to the domain's types, reporting what is wrong on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.catalog.build_items import add_main
from app.catalog.parts import MATERIAL_KEYS, Built, known, material_use, questions
from app.catalog.source import FOLDERS, Entry, Finding, Record, Source
from app.domain.item import (
    Bundle,
    Catalog,
    Department,
    Element,
    ElementType,
    MaterialUse,
    Role,
    When,
)

ELEMENT_KEYS = ("title", "title_en", "type", "schema", "codes", "unit", "standard", "personal", "columns")
BUNDLE_KEYS = ("name", "name_en", "description", "words", "questions", "items", "merges", "within")


def build(source: Source) -> Built:
    """Read all files. Mistakes go to the source's report; what cannot be used is left out."""
    head = source.read("catalog.yaml")
    record = head.record(("version", "name", "region"), ("version", "name")) if head else None
    version = record.text("version") if record else ""
    synonyms = source.optional("synonyms.yaml")
    words = {word: part.texts() for word, part in synonyms.mapping().items()} if synonyms else {}
    built = Built(Catalog(version, {}, {}, {}, {}, {}, synonyms=words))
    if record:
        built.name, built.region = record.text("name"), record.text("region")
    for part, what in FOLDERS.items():
        if part != "bundles" and not source.files(part):
            source.report(Finding(f"{part}/", 0, f"没有{what}的文件", "从安装包恢复此文件夹"))
    _departments(built, source)
    _roles(built, source)
    _elements(built, source)
    _materials(built, source)
    for name in source.files("items"):
        entry = source.read(name)
        if entry is not None:
            add_main(built, entry)
    _bundles(built, source)
    return built


def _departments(built: Built, source: Source) -> None:
    entry = source.read("departments.yaml")
    for key, part in (entry.mapping() if entry else {}).items():
        record = part.record(("name", "name_en", "uscc"), ("name", "uscc"))
        built.catalog.departments[key] = Department(
            key, record.text("name"), record.text("name_en"), record.text("uscc")
        )
        built.departments_at[key] = record


def _roles(built: Built, source: Source) -> None:
    entry = source.read("roles.yaml")
    for key, part in (entry.mapping() if entry else {}).items():
        record = part.record(("title", "title_en", "order", "titles"), ("title", "order"))
        built.catalog.roles[key] = Role(key, record.text("title"), record.text("title_en"), record.count("order"))
        built.titles[key] = record.text_map("titles")
        built.roles_at[key] = record


def _elements(built: Built, source: Source) -> None:
    for key, part in _entries(source, "elements", built.elements_at):
        record = part.record(ELEMENT_KEYS, ("title", "type"))
        built.catalog.elements[key] = Element(
            key,
            record.text("title"),
            record.text("title_en"),
            _element_type(record),
            record.schema(),
            record.text_map("codes"),
            record.text("unit"),
            record.text("standard"),
            record.flag("personal", False),
            record.texts("columns"),
        )
        built.elements_at[key] = record
    for key, record in built.elements_at.items():
        for column in record.at("columns").sequence() if "columns" in record.entries else ():
            if known(column, str(column.value), built.catalog.elements, "数据元", "elements/") and column.value == key:
                column.problem("表格不能以自己为列", "换成别的数据元")


def _element_type(record: Record) -> ElementType:
    written = record.text("type", "text")
    try:
        return ElementType(written)
    except ValueError:
        record.at("type").problem(f"不认识的类型“{written}”", f"可用：{'、'.join(ElementType)}")
        return ElementType.TEXT


def _materials(built: Built, source: Source) -> None:
    for key, part in _entries(source, "materials", built.materials_at):
        record = part.record(MATERIAL_KEYS, ("name",))
        built.materials[key] = material_use(MaterialUse(key, ""), record)
        built.materials_at[key] = record


def _bundles(built: Built, source: Source) -> None:
    for code, part in _entries(source, "bundles", built.bundles_at):
        record = part.record(BUNDLE_KEYS, ("name", "items"))
        items: list[str] = []
        choices: dict[str, When] = {}
        for place in record.at("items").sequence() if "items" in record.entries else ():
            own = place.record(("code", "when"), ("code",)) if place.is_group else None
            item = own.text("code") if own else place.text()
            if not known(place, item, built.catalog.items, "事项", "items/"):
                continue
            if item in items:
                place.problem(f"事项 {item} 列了两次", "只保留一处")
                continue
            items.append(item)
            if own and "when" in own.entries:
                choices[item] = own.when()
        built.catalog.bundles[code] = Bundle(
            code,
            record.text("name"),
            record.text("name_en"),
            tuple(items),
            record.texts("words"),
            record.text("description"),
            questions(record),
            choices,
            _merges(built, record),
            _within(record, items),
        )
        built.bundles_at[code] = record


def _merges(built: Built, record: Record) -> dict[str, MaterialUse]:
    found = {}
    for key, target in record.text_map("merges").items() if "merges" in record.entries else ():
        place = record.at("merges").down(key)
        if known(place, key, built.materials, "材料", "materials/") and known(
            place, target, built.materials, "材料", "materials/"
        ):
            found[key] = built.materials[target]
    return found


def _within(record: Record, items: Collection[str]) -> dict[str, str]:
    found = record.text_map("within") if "within" in record.entries else {}
    for key, code in found.items():
        if code not in items:
            record.at("within").down(key).problem(f"事项 {code} 不在这个一件事里", "填 items 里列出的业务办理项编码")
    return found


def _entries(source: Source, part: str, places: dict[str, Record]) -> Iterator[tuple[str, Entry]]:
    """The named entries of all files of a folder; the second of two equal names is reported."""
    for name in source.files(part):
        entry = source.read(name)
        for key, place in (entry.mapping() if entry else {}).items():
            if key in places:
                other = places[key].entry
                place.problem(f"“{key}”与 {other.file}:{other.line} 重复", "只保留一处，或者换一个编号")
                continue
            yield key, place
