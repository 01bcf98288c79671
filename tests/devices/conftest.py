"""Fixtures of the device tests. Being here, it also puts this folder's helpers on the import path."""

from __future__ import annotations

from pathlib import Path

import pytest
from numbered_clips import ClipMaker


@pytest.fixture
def make_clip(tmp_path: Path) -> ClipMaker:
    return ClipMaker(tmp_path)
