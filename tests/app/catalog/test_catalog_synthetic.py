"""The made-up city: sound, of the size asked for, the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from stdnum.cn import uscc

from app.catalog.lint import lint
from app.catalog.load import load_catalog
from app.catalog.synthetic import synthetic_catalog, write_synthetic
from app.domain.item import Catalog


@pytest.fixture(scope="module")
def city() -> Catalog:
    return synthetic_catalog(situations=1500, seed=3, bundles=60)


def test_it_has_the_size_asked_for(city: Catalog) -> None:
    assert len(city.items) == 1500
    assert len(city.departments) == 40
    assert len(city.bundles) == 60
    assert all(uscc.is_valid(department.uscc) for department in city.departments.values())
    assert {len(code) for code in city.items} == {33}
    assert len({main.name for main in city.mains.values()}) == len(city.mains)


def test_it_has_what_makes_a_catalogue_slow(city: Catalog) -> None:
    items = city.items.values()
    assert any(item.when for item in items)
    assert any(use.when for item in items for use in item.fields)
    assert any(use.element == "list" for item in items for use in item.fields)
    assert any(bundle.choices for bundle in city.bundles.values())
    assert sum(len(item.fields) for item in items) / len(items) > 10
    assert sum(len(item.materials) for item in items) / len(items) > 4


def test_the_same_seed_is_the_same_city() -> None:
    assert synthetic_catalog(60, 5) == synthetic_catalog(60, 5)
    assert synthetic_catalog(60, 5) != synthetic_catalog(60, 6)


def test_files_and_objects_are_the_same_city_and_lint_agrees(tmp_path: Path) -> None:
    write_synthetic(tmp_path, situations=120, seed=2, bundles=10)
    assert load_catalog(tmp_path) == synthetic_catalog(120, 2, 10)
    assert [str(finding) for finding in lint(tmp_path) if not finding.soft] == []
