"""Checking a catalogue before it is used: everything load refuses, and what only a reviewer would notice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.catalog.build import build
from app.catalog.lint_conditions import active_sets, lint_choices
from app.catalog.lint_items import lint_item, lint_mains
from app.catalog.lint_parts import (
    LONGEST,
    lint_departments,
    lint_elements,
    lint_english,
    lint_head,
    lint_materials,
    lint_name,
    lint_roles,
)
from app.catalog.lint_schema import lint_schema
from app.catalog.locks import lint_locks
from app.catalog.parts import Built
from app.catalog.source import Finding, Source
from app.domain.constraints import Contradiction, Schema, element_schema, merge
from app.domain.item import FieldUse

__all__ = ["Finding", "lint"]


def lint(folder: Path) -> list[Finding]:
    """All mistakes of the catalogue in a folder, by file and line; an empty list when it is clean.

    Findings that are soft do not keep the catalogue from being used.
    """
    findings: list[Finding] = []
    source = Source(folder, findings.append)
    built = build(source)
    lint_head(built, source)
    lint_departments(built)
    lint_roles(built)
    elements = lint_elements(built)
    lint_materials(built)
    # Only what is sound by itself can be compared.
    uses: dict[str, list[FieldUse]] = {}
    for item in built.catalog.items.values():
        sound = lint_item(built, item, elements)
        uses[item.code] = [use for use in item.fields if use.element in elements] if sound else []
    lint_mains(built)
    _lint_bundles(built, uses)
    lint_locks(source, built)
    # The schemas' own words are general: they speak only where nothing better was said.
    lint_schema(source, {(finding.file, finding.line) for finding in findings if not finding.soft})
    return sorted(set(findings), key=lambda f: (f.file, f.line, f.message))


def _lint_bundles(built: Built, uses: dict[str, list[FieldUse]]) -> None:
    for bundle in built.catalog.bundles.values():
        record = built.bundles_at[bundle.code]
        place = record.at("items")
        lint_name(record.at("name"), bundle.name, LONGEST["name"], "一件事名称")
        lint_english(record.entry, bundle.name_en, bundle.name)
        if len(set(bundle.items)) < 2:
            place.problem("一件事至少由两个事项组成", "补上事项；只有一个事项的，给该事项加 words 即可")
        if not bundle.words:
            record.entry.problem("没有写群众会怎么说", "补上 words，否则搜不到", soft=True)
        lint_choices(built, bundle.code)
        for active in active_sets(bundle.questions, bundle.choices, bundle.items):
            _lint_together(built, active, uses, bundle.code)


def _lint_together(built: Built, codes: Iterable[str], uses: dict[str, list[FieldUse]], bundle: str) -> None:
    """Can one value meet what all these items ask of the same field?"""
    merged: dict[str, Schema] = {}
    asked_by: dict[str, str] = {}
    place = built.bundles_at[bundle].at("items")
    for code in dict.fromkeys(codes):
        for use in uses[code]:
            element = built.catalog.elements[use.element]
            try:
                merged[use.key] = merge(merged.get(use.key) or element_schema(element), use.schema)
            except Contradiction as error:
                item, other = built.catalog.items[code], built.catalog.items[asked_by.get(use.key, code)]
                at = built.items_at[code].field(use)
                place.part("code", code).problem(
                    f"“{use.key}”的要求相互矛盾：{error}（《{other.name}》与《{item.name}》）",
                    f"放宽 {at.file}:{at.line} 的 schema，或者拆成两件事",
                )
            asked_by.setdefault(use.key, code)
