"""Runs the program as people do: a process of its own, by its command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def yichuang(*arguments: object, timeout: float = 180, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """The JSON lines of a command's standard output."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def play(scenario: str, out: Path, **environment: str) -> dict[str, Any]:
    """Play a scenario headless; its summary. Fails with the program's own words when it did not end well."""
    done = yichuang("demo", "--headless", "--scenario", scenario, "--out", out, **environment)
    summary: dict[str, Any] = json.loads((out / "summary.json").read_text("utf-8")) if done.returncode != 2 else {}
    failed = [step for step in summary.get("steps", []) if not step["ok"]]
    assert done.returncode == 0, f"{failed}\n{done.stderr}"
    return summary
