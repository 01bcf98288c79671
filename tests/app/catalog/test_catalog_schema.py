"""The JSON Schemas and the loader take the same files: no key and no kind of value that only one of them knows."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import resources
from app.catalog.build import BUNDLE_KEYS, ELEMENT_KEYS, build
from app.catalog.build_items import FIELD_KEYS, KINDS, MAIN_KEYS, REGIONS, SITUATION_KEYS, TYPES
from app.catalog.files import read_files
from app.catalog.lint_schema import validator
from app.catalog.parts import MATERIAL_KEYS, MATERIAL_KINDS
from app.catalog.source import Finding, MemorySource
from app.catalog.synthetic import synthetic_files
from app.domain.item import ElementType

SCHEMAS = resources.path("catalog/schema")


def small_catalog() -> dict[str, Any]:
    """Every kind of file, and of the dictionaries only what the items use."""
    files = synthetic_files(situations=12, bundles=3)
    used = json.dumps([value for name, value in files.items() if name.startswith("items/")])
    for name in ("elements/core.yaml", "materials/core.yaml"):
        files[name] = {key: value for key, value in files[name].items() if f'"{key}"' in used or key == "list"}
    return files


FILES = small_catalog()
SEMANTIC = ("没有这个", "重复", "问了两次", "要了两次", "出现了两次", "列了两次")
"""What the loader says of references: no schema can know."""


def kind_of(file: str) -> str:
    return file.partition("/")[0].removesuffix(".yaml")


VALIDATORS = {kind: validator(kind) for kind in {kind_of(name) for name in FILES}}


def schema(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return document


def refused_by_schemas(files: dict[str, Any]) -> bool:
    # The others are known to be good.
    changed = {name: value for name, value in files.items() if value is not FILES[name]}
    return any(not VALIDATORS[kind_of(name)].is_valid(value) for name, value in changed.items())


def refused_by_loader(files: dict[str, Any]) -> list[str]:
    return [message for message in said_by_loader(files) if not any(word in message for word in SEMANTIC)]


def said_by_loader(files: dict[str, Any]) -> list[str]:
    findings: list[Finding] = []
    build(MemorySource(files, findings.append))
    return [finding.message for finding in findings]


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_every_schema_is_one(path: Any) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_schemas_and_loader_know_the_same_names() -> None:
    items, bundles = schema("items"), schema("bundles")
    known = {
        "elements": (schema("elements")["additionalProperties"], ELEMENT_KEYS),
        "materials": (schema("materials")["additionalProperties"], MATERIAL_KEYS),
        "main": (items, MAIN_KEYS),
        "situation": (items["$defs"]["situation"], SITUATION_KEYS),
        "field": (items["$defs"]["field"]["then"], FIELD_KEYS),
        "material": (items["$defs"]["material"]["then"], ("id", *MATERIAL_KEYS)),
        "bundle": (bundles["additionalProperties"], BUNDLE_KEYS),
    }
    for what, (part, keys) in known.items():
        assert set(part["properties"]) == set(keys), what
    properties = items["properties"]
    assert tuple(properties["type"]["enum"]) == TYPES
    assert tuple(properties["kind"]["enum"]) == KINDS
    assert tuple(properties["cross_region"]["enum"]) == REGIONS
    assert tuple(schema("elements")["additionalProperties"]["properties"]["type"]["enum"]) == tuple(ElementType)
    assert tuple(schema("materials")["additionalProperties"]["properties"]["kind"]["enum"]) == MATERIAL_KINDS


def test_the_shipped_catalogue_fits_its_schemas() -> None:
    files, findings = read_files(resources.path("catalog"))
    assert findings == []
    kinds = {kind: validator(kind) for kind in {kind_of(name) for name in files}}
    assert [name for name, value in files.items() if not kinds[kind_of(name)].is_valid(value)] == []


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document whose shape is fixed: JSON Schema keywords are checked apart."""
    yield path
    if path[-1:] == ("schema",):
        return
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value[:2]):
            yield from places(part, (*path, number))


PLACES = [
    (name, path)
    for name, value in FILES.items()
    for path in places(value)
    if path
]  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from([7, True, None, [], [3], {}, {"zz": 1}, 1.5]))
def test_a_wrong_kind_of_value_is_refused_by_both_or_neither(place: tuple[str, Any], value: Any) -> None:
    name, path = place
    files = {**FILES, name: copy.deepcopy(FILES[name])}
    inside = files[name]
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    by_loader = refused_by_loader(files)
    if by_loader:
        assert refused_by_schemas(files), (place, value, by_loader)
    elif refused_by_schemas(files) and not said_by_loader(files):
        # The schemas may be the stricter: they also ask that lists and groups hold something.
        assert value in ([], {}) or isinstance(value, int), (place, value)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([place for place in PLACES if isinstance(place[1][-1], str)]))
def test_an_unknown_name_is_refused_by_both_or_neither(place: tuple[str, Any]) -> None:
    name, path = place
    files = {**FILES, name: copy.deepcopy(FILES[name])}
    inside = files[name]
    for step in path[:-1]:
        inside = inside[step]
    inside["UNKNOWN"] = inside.pop(path[-1])
    if refused_by_loader(files):
        assert refused_by_schemas(files), (place, refused_by_loader(files))


def test_both_refuse_and_both_take() -> None:
    assert not refused_by_loader(FILES)
    assert all(VALIDATORS[kind_of(name)].is_valid(value) for name, value in FILES.items())
    files = copy.deepcopy(FILES)
    del files["roles.yaml"]["applicant"]["title"]
    assert refused_by_loader(files)
    assert refused_by_schemas(files)
