"""Doctor says what comparing faces at the self-service screen lacks, before the first citizen finds out."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.commands.face_ready import face_check

ALL = {
    "face.collect": True,
    "face.card_photo": shlex.quote(sys.executable),
    "devices.face_camera": "v4l2:///dev/video0",
}


def test_it_is_asked_only_where_the_setting_wants_it() -> None:
    assert face_check({"face.collect": False}) is None
    assert face_check({}) is None
    found = face_check(ALL)
    assert found is not None
    assert found.ok


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"devices.face_camera": ""}, "没有看人的摄像头"),
        ({"face.card_photo": ""}, "显示证件照片的程序不能用"),
        ({"face.card_photo": "/nowhere/decoder"}, "显示证件照片的程序不能用"),
    ],
    ids=["camera", "no-program", "program-gone"],
)
def test_each_thing_that_lacks_is_named_with_what_to_do(settings: dict[str, object], words: str) -> None:
    found = face_check(ALL | settings)
    assert found is not None
    assert found.ok is False
    assert words in found.detail
    assert found.todo


def test_without_the_net_it_says_which_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.commands.face_ready.installed", lambda: False)
    found = face_check(ALL)
    assert found is not None
    assert "yichuang-reading" in found.todo


def test_doctor_says_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    assert main(["--profile", str(profile), "doctor", "--write-settings"]) == 0
    file = profile / "settings.toml"
    text = file.read_text(encoding="utf-8").replace("collect = false", "collect = true")
    file.write_text(text, encoding="utf-8")
    assert main(["--profile", str(profile), "doctor"]) == 1
    assert "领取的人都会请到窗口" in capsys.readouterr().out
