"""Checking a catalogue before it is used: everything load refuses, and what only a reviewer would notice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.catalog.build import build
from app.catalog.lint_bundles import lint_bundles
from app.catalog.lint_items import lint_item, lint_mains
from app.catalog.lint_parts import lint_departments, lint_elements, lint_head, lint_materials, lint_roles
from app.catalog.lint_schema import lint_schema
from app.catalog.locks import lint_locks
from app.catalog.source import Finding, Source
from app.domain.item import Item

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
    sound: dict[str, Item] = {}
    for item in built.catalog.items.values():
        fields = item.fields if lint_item(built, item, elements) else ()
        sound[item.code] = replace(item, fields=tuple(use for use in fields if use.element in elements))
    lint_mains(built)
    lint_bundles(built, replace(built.catalog, items=sound))
    lint_locks(source, built)
    # The schemas' own words are general: they speak only where nothing better was said.
    lint_schema(source, {(finding.file, finding.line) for finding in findings if not finding.soft})
    return sorted(set(findings), key=lambda f: (f.file, f.line, f.message))
