from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
def folder(tmp_path: Path) -> Path:
    """A small catalogue that a test may spoil: the shipped one's core, whole in itself."""
    shipped, copy = resources.path("catalog"), tmp_path / "catalog"
    shutil.copytree(shipped, copy, ignore=shutil.ignore_patterns("items", "elements", "materials", "bundles"))
    for part in ("elements", "materials", "bundles"):
        (copy / part).mkdir()
        shutil.copy(shipped / part / "core.yaml", copy / part)
    (copy / "items").mkdir()
    for name in CORE_ITEMS:
        shutil.copy(shipped / "items" / f"{name}.yaml", copy / "items")
    for name in ("departments.yaml", "roles.yaml"):
        # The further departments' entries follow below a note that names them.
        (copy / name).write_text((copy / name).read_text("utf-8").split("\n# content", 1)[0] + "\n", "utf-8")
    return copy
