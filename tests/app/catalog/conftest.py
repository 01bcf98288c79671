from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

import resources

CORE_ITEMS = (
    "health-birth-certificate",
    "health-public-place",
    "insurance-newborn",
    "market-individual-registration",
    "police-birth-registration",
    "police-licence-renewal",
    "police-residence-permit",
    "police-residence-registration",
    "urban-signboard",
)


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    """A small catalogue that a test may spoil: the shipped one's core, whole in itself."""
    return Path(shutil.copytree(small, tmp_path / "catalog"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shipped, copy = resources.path("catalog"), tmp_path_factory.mktemp("core") / "catalog"
    # The shipped locks name items that are not here.
    ignored = shutil.ignore_patterns("items", "elements", "materials", "bundles", "locks.yaml")
    shutil.copytree(shipped, copy, ignore=ignored)
    for part in ("items", "elements", "materials", "bundles"):
        (copy / part).mkdir()
    shutil.copy(shipped / "bundles/core.yaml", copy / "bundles")
    for name in CORE_ITEMS:
        shutil.copy(shipped / "items" / f"{name}.yaml", copy / "items")
    used = words([yaml.safe_load(path.read_text("utf-8")) for path in copy.glob("items/*.yaml")])
    tables = [yaml.safe_load(path.read_text("utf-8")) for path in shipped.glob("elements/*.yaml")]
    used |= {column for file in tables for key in used & file.keys() for column in file[key].get("columns", ())}
    for name in ("departments.yaml", "roles.yaml", *names(shipped, "elements"), *names(shipped, "materials")):
        if text := entries(shipped / name, used):
            (copy / name).write_text(text, "utf-8")
    return copy


def names(shipped: Path, part: str) -> list[str]:
    return [path.relative_to(shipped).as_posix() for path in sorted(shipped.glob(f"{part}/*.yaml"))]


def words(value: Any) -> set[str]:
    """Every name and every text of the items, among them the ids that they use."""
    return set(re.findall(r'"([a-z0-9_-]+)"', json.dumps(value)))


def entries(path: Path, used: set[str]) -> str:
    """A file's entries that are used, as they are written."""
    parts = re.split(r"(?m)^(?=[a-z])", path.read_text("utf-8"))[1:]
    return "".join(part for part in parts if part.partition(":")[0] in used)
