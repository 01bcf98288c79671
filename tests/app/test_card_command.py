"""`yichuang card`: names, fields and exit codes are an interface."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import pytest
from card_lines import MadeLine, permit, resident
from card_pictures import EASY, on_desk, resident_front
from commands import run

Out = pytest.CaptureFixture[str]


class Engine:
    present = True

    def __init__(self, lines: Sequence[MadeLine]) -> None:
        self.lines, self.closed = lines, False

    def read(self, picture: object) -> Sequence[MadeLine]:
        return self.lines

    def close(self) -> None:
        self.closed = True


def _engine(monkeypatch: pytest.MonkeyPatch, lines: Sequence[MadeLine]) -> Engine:
    made = Engine(lines)
    monkeypatch.setattr("app.materials.text_reader.text_reader", lambda: made)
    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "证件.jpg"
    path.write_bytes(cv2.imencode(".jpg", on_desk(resident_front(1).flat, EASY, 4))[1].tobytes())
    return path


def test_a_card_is_read_with_what_is_to_be_compared(
    capsys: Out, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = _engine(monkeypatch, resident())
    code, said, _ = run(capsys, "card", picture)
    assert code == 0
    assert set(said[0]) == {"file", "card", "side", "fields", "review", "ms"}
    assert (said[0]["card"], said[0]["side"]) == ("resident", "front")
    assert said[0]["fields"]["number"] == "330502199001010022"
    assert said[0]["review"] == {"name": "unproven", "address": "unproven"}
    assert engine.closed


def test_a_fault_or_no_card_is_exit_1(capsys: Out, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _engine(monkeypatch, resident(number="330502199001010021"))
    code, said, _ = run(capsys, "card", picture)
    assert (code, said[0]["review"]["number"]) == (1, "digit")
    _engine(monkeypatch, ())
    code, said, _ = run(capsys, "card", picture)
    assert (code, said[0]["card"], said[0]["fields"]) == (1, None, {})


def test_several_files_and_trouble(capsys: Out, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _engine(monkeypatch, permit())
    code, said, errors = run(capsys, "card", picture, picture.with_name("没有.jpg"))
    assert (code, len(said), said[0]["card"]) == (2, 1, "home_return")
    assert "没有.jpg" in str(errors)


def test_without_an_engine_it_says_so(capsys: Out, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _engine(monkeypatch, ()).present = False
    code, said, errors = run(capsys, "card", picture)
    assert (code, said) == (2, [])
    assert "不能识别证件" in str(errors)
