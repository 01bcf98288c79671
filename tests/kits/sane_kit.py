"""SANE with its own test scanner and nothing else."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest


def sane_test_scanner(stack: ExitStack, folder: Path) -> None:
    """A SANE that knows its own test back end and nothing else, until the stack closes."""
    pytest.importorskip("sane", reason="python-sane is not installed")
    (folder / "dll.conf").write_text("test\n")
    lines = ["number_of_devices 1", "mode Color", "resolution 75", "depth 8", "source Flatbed"]
    (folder / "test.conf").write_text("\n".join(lines) + "\n")
    before = os.environ.get("SANE_CONFIG_DIR")
    os.environ["SANE_CONFIG_DIR"] = str(folder)

    def restore() -> None:
        if before is None:
            os.environ.pop("SANE_CONFIG_DIR", None)
        else:
            os.environ["SANE_CONFIG_DIR"] = before

    stack.callback(restore)
