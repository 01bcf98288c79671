"""`yichuang region`: two platforms joined by hand, as their administrators would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_two_platforms_are_joined(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here, there = (
        ["--db", f"sqlite:///{tmp_path / name}.db", "--files", str(tmp_path / name)] for name in ("here", "there")
    )
    assert main(["region", "name", *here, "330503", "南浔区"]) == 0
    (own,) = said(capsys)
    assert main(["region", "name", *there, "310118", "青浦区"]) == 0
    (other,) = said(capsys)
    assert own["key"] != other["key"]
    assert main(["region", "admit", *there, "330503", "南浔区", "--key", str(own["key"])]) == 0
    (admitted,) = said(capsys)
    token = tmp_path / "token"
    token.write_text(str(admitted["token"]), "utf-8")
    joining = ["--key", str(other["key"]), "--url", "https://platform.example", "--token-file", str(token)]
    assert main(["region", "join", *here, "310118", "青浦区", *joining]) == 0
    capsys.readouterr()
    assert main(["region", "show", *here]) == 0
    assert said(capsys) == [
        {"region": "330503", "name": "南浔区", "own": True},
        {"region": "310118", "name": "青浦区", "own": False, "url": "https://platform.example"},
    ]


def test_a_token_that_cannot_be_read_joins_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = ["--db", f"sqlite:///{tmp_path / 'gateway.db'}", "--files", str(tmp_path)]
    joining = ["--key", "x", "--url", "https://platform.example", "--token-file", str(tmp_path / "missing")]
    assert main(["region", "join", *db, "310118", "青浦区", *joining]) != 0
    assert "令牌文件读不出" in capsys.readouterr().err
