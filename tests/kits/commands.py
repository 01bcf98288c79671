"""Runs the program's commands in this process."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[dict[str, Any]], str]:
    """One command: its exit code, the JSON lines of its standard output, its standard error."""
    code = main([str(a) for a in arguments])
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err
