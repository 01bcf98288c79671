"""From the catalogue's files to the domain's types, reporting what is wrong on the way."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from app.catalog.source import FOLDERS, Entry, Finding, Record, Source
from app.domain.item import (
    Bundle,
    Catalog,
    Department,
    Element,
    ElementType,
    MaterialUse,
    Option,
    Question,
    Role,
    When,
)

ELEMENT_KEYS = ("title", "title_en", "type", "schema", "codes", "unit", "standard", "personal", "columns")
MATERIAL_KEYS = (
    "name", "name_en", "kind", "original", "copies", "required", "tolerable", "tolerance_days", "promise",
    "promise_check_days", "waived_by", "reuse_days", "acceptance_points", "sample", "when",
)  # fmt: skip
BUNDLE_KEYS = ("name", "name_en", "description", "words", "questions", "items")


@dataclass(slots=True)
class Built:
    """A catalogue, what its files hold beside it, and where in the files each part stands.

    titles: role -> element -> how the role words it.
    """

    catalog: Catalog
    name: str = ""
    region: str = ""
    materials: dict[str, MaterialUse] = field(default_factory=dict)
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    departments_at: dict[str, Record] = field(default_factory=dict)
    roles_at: dict[str, Record] = field(default_factory=dict)
    elements_at: dict[str, Record] = field(default_factory=dict)
    materials_at: dict[str, Record] = field(default_factory=dict)
    mains_at: dict[str, Record] = field(default_factory=dict)
    items_at: dict[str, Situation] = field(default_factory=dict)
    bundles_at: dict[str, Record] = field(default_factory=dict)


@dataclass(slots=True)
class Situation:
    """Where an item stands: what it says for itself, and what its main item says for all."""

    own: Record
    main: Record

    def has(self, name: str) -> bool:
        return name in self.own.entries or name in self.main.entries

    def at(self, name: str) -> Entry:
        """The place of a named value: the situation's own, else the main item's, else the situation itself."""
        if name in self.own.entries or name not in self.main.entries:
            return self.own.at(name)
        return self.main.entries[name]

    def holder(self, name: str) -> Record:
        """Who says it."""
        return self.main if name not in self.own.entries and name in self.main.entries else self.own


def build(source: Source) -> Built:
    """Read all files. Mistakes go to the source's report; what cannot be used is left out."""
    from app.catalog.build_items import add_main

    head = source.read("catalog.yaml")
    record = head.record(("version", "name", "region"), ("version", "name")) if head else None
    version = record.text("version") if record else ""
    built = Built(Catalog(version, {}, {}, {}, {}, {}))
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


def material_use(base: MaterialUse, record: Record) -> MaterialUse:
    """The shared definition with what the record says otherwise."""
    return replace(
        base,
        name=record.text("name", base.name),
        name_en=record.text("name_en", base.name_en),
        kind=record.text("kind", base.kind),
        original=record.flag("original", base.original),
        copies=record.count("copies", base.copies),
        required=record.flag("required", base.required),
        tolerable=record.flag("tolerable", base.tolerable),
        tolerance_days=record.count("tolerance_days", base.tolerance_days),
        promise=record.flag("promise", base.promise),
        promise_check_days=record.count("promise_check_days", base.promise_check_days),
        waived_by=record.texts("waived_by", base.waived_by),
        reuse_days=record.count("reuse_days", base.reuse_days),
        acceptance_points=record.texts("acceptance_points", base.acceptance_points),
        sample=record.text("sample", base.sample),
        when=record.when() if "when" in record.entries else base.when,
    )


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
        )
        built.bundles_at[code] = record


def questions(record: Record) -> tuple[Question, ...]:
    """The guide's questions of a main item or a bundle."""
    found: dict[str, Question] = {}
    for place in record.at("questions").sequence() if "questions" in record.entries else ():
        own = place.record(("id", "text", "text_en", "options", "when"), ("id", "text", "options"))
        key = own.text("id")
        if key in found:
            place.problem(f"问题“{key}”出现了两次", "只保留一处，或者换一个 id")
        options = own.at("options").mapping() if "options" in own.entries else {}
        found[key] = Question(
            key,
            own.text("text"),
            tuple(_option(value, option) for value, option in options.items()),
            own.text("text_en"),
            own.when(),
        )
    return tuple(found.values())


def _option(value: str, place: Entry) -> Option:
    if not place.is_group:
        return Option(value, place.text())
    own = place.record(("text", "text_en"), ("text",))
    return Option(value, own.text("text"), own.text("text_en"))


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


def known(place: Entry, key: str, among: Collection[Any], what: str, where: str) -> bool:
    """Is the reference good? Reports it otherwise, with the nearest name."""
    if key in among:
        return True
    near = difflib.get_close_matches(key, among, 1)
    guess = f"是不是“{near[0]}”？" if near else ""
    place.problem(f"没有这个{what}：“{key}”", f"{guess}否则先在 {where} 里定义")
    return False
