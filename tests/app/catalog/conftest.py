from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import resources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue that a test may spoil."""
    return Path(shutil.copytree(resources.path("catalog"), tmp_path / "catalog"))
