"""Archive packages from the command line: out of a window, checked, unsealed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from archive_kit import PASSWORD, STRANGER, members, rewritten
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from gateway_kit import make_case, page_bytes

from app.bootstrap import open_workstation
from app.cli import main
from app.domain.case import AuditEvent
from app.settings import EXAMPLE
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.vault import open_vault

Out = pytest.CaptureFixture[str]


def run(capsys: Out, *arguments: object) -> tuple[int, list[dict[str, Any]], str]:
    code = main([str(a) for a in arguments])
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err


@pytest.fixture
def window(tmp_path: Path) -> tuple[Path, str]:
    """A profile with one case, and the case's number."""
    folder, page = tmp_path / "profile", page_bytes(1)
    case = make_case(1, (page,))
    with Profile(folder, "demo") as opened:
        open_vault(opened, DemoKeys(folder)).seal(page, "image/jpeg")
    (folder / "settings.toml").write_text(EXAMPLE, "utf-8")
    with open_workstation(str(folder)) as station:
        station.store.accept([case], [], [AuditEvent(station.clock.now(), "0007", "case.accepted", case.case_id, {})])
    return folder, case.provisional_no


def test_out_and_checked(capsys: Out, tmp_path: Path, window: tuple[Path, str]) -> None:
    profile, number = window
    place = tmp_path / "stick"
    place.mkdir()
    archive = ("--profile", profile, "case", "archive", number, "--purpose", "移交档案", "--out")
    code, said, _ = run(capsys, *archive, place)
    target = place / f"归档包-{number}.zip"
    assert (code, said[0]["package"], said[0]["sealed"], said[0]["absent"]) == (0, str(target), False, [])
    assert said[0]["bytes"] == target.stat().st_size
    verify = ("--profile", profile, "archive", "verify")
    code, said, _ = run(capsys, *verify, target)
    assert (code, said[0]["ours"], said[0]["unaltered"], said[0]["number"]) == (0, True, True, number)
    # Elsewhere, with the window's public key in a folder; without it nothing is confirmed.
    code, said, _ = run(capsys, "--profile", tmp_path / "none", "archive", "verify", target, "--keys", profile / "keys")
    assert (code, said[0]["ours"]) == (0, True)
    (tmp_path / "others").mkdir()
    other = STRANGER.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "others" / "a.pem").write_bytes(other)
    code, said, message = run(capsys, *verify, target, "--keys", tmp_path / "others")
    assert (code, said[0]["ours"], said[0]["files"]) == (1, False, None)
    assert "签名不符" in message
    inside = members(target)
    del inside["说明文件.txt"]
    inside["多出.txt"] = inside["目录.xml"] = b"x"
    rewritten(target, inside)
    code, said, message = run(capsys, *verify, target)
    assert (code, said[0]["missing"], said[0]["extra"]) == (1, ["说明文件.txt"], ["多出.txt"])
    assert said[0]["altered"] == ["目录.xml"]
    assert "缺少 1 个文件：说明文件.txt" in message
    with open_workstation(str(profile)) as station:
        assert [one.clerk for one in station.store.audit_entries() if one.action == "case.exported"] == ["命令行"]


def test_sealed_and_opened(capsys: Out, tmp_path: Path, window: tuple[Path, str]) -> None:
    profile, number = window
    word, target = tmp_path / "password", tmp_path / "a.ycarchive"
    word.write_text(PASSWORD + "\n", "utf-8")
    archive = ("--profile", profile, "case", "archive", number, "--purpose", "x", "--seal", "--out", target)
    code, said, _ = run(capsys, *archive, "--password-file", word)
    assert (code, said[0]["sealed"]) == (0, True)
    verify = ("--profile", profile, "archive", "verify", target)
    assert run(capsys, *verify, "--password-file", word)[0] == 0
    code, _, _ = run(capsys, "archive", "open", target, "--out", tmp_path / "a.zip", "--password-file", word)
    assert code == 0
    assert run(capsys, "--profile", profile, "archive", "verify", tmp_path / "a.zip")[0] == 0
    assert "口令" in run(capsys, *verify)[2]
    word.write_text("another password\n", "utf-8")
    code, _, message = run(capsys, *verify, "--password-file", word)
    assert (code, "口令不对" in message) == (2, True)
    word.write_bytes(b"")
    assert run(capsys, *verify, "--password-file", word)[0] == 2
    assert run(capsys, *archive, "--password-file", tmp_path / "none")[0] == 2


def test_bad_use_is_said(capsys: Out, tmp_path: Path, window: tuple[Path, str]) -> None:
    profile, number = window
    archive = ("--profile", profile, "case", "archive")
    code, _, message = run(capsys, *archive, "NONE", "--purpose", "x", "--out", tmp_path / "a.zip")
    assert (code, "没有这个办件" in message) == (2, True)
    code, _, message = run(capsys, *archive, number, "--purpose", " ", "--out", tmp_path / "a.zip")
    assert (code, "用途" in message) == (2, True)
    (tmp_path / "a.zip").write_bytes(b"%PDF-1.7")
    code, _, message = run(capsys, "--profile", profile, "archive", "verify", tmp_path / "a.zip")
    assert (code, "归档包打不开" in message) == (2, True)
    with pytest.raises(SystemExit):
        main(["case", "archive", number, "--out", "x"])
