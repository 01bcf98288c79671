"""A packet from the command line: out of a window, into a gateway, its answer back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from commands import run
from gateway_kit import make_case, page_bytes

from app.bootstrap import DEMO_TOKEN, open_workstation
from app.bootstrap_gateway import packet_key
from app.domain.case import AuditEvent, OutboxState
from app.domain.clock import SystemClock
from app.gateway.core import open_gateway
from app.server.wire import build_operations
from app.settings import EXAMPLE, as_toml, load
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.vault import open_vault

Out = pytest.CaptureFixture[str]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A window without any line: its gateway's address leads nowhere."""
    folder = tmp_path / "profile"
    page = page_bytes(1)
    case = make_case(1, (page,))
    with Profile(folder, "demo") as opened:
        open_vault(opened, DemoKeys(folder)).seal(page, "image/jpeg")
    key = packet_key(f"sqlite:///{tmp_path}/g.db", tmp_path / "files")
    (folder / "settings.toml").write_text(EXAMPLE, "utf-8")
    settings = replace(load(folder / "settings.toml"), gateway_url="http://127.0.0.1:9/", devices={}, packet_key=key)
    (folder / "settings.toml").write_text(as_toml(settings), "utf-8")
    with open_workstation(str(folder)) as station:
        event = AuditEvent(station.clock.now(), "0007", "case.accept", case.case_id, {})
        station.store.accept([case], build_operations([case]), [event])
    return folder


def test_there_and_back(capsys: Out, tmp_path: Path, profile: Path) -> None:
    db, files = f"sqlite:///{tmp_path}/g.db", tmp_path / "files"
    where = tmp_path / "stick" / "a.ycpacket"
    where.parent.mkdir()
    code, said, _ = run(capsys, "--profile", profile, "sync", "--export", where)
    assert code == 0
    assert {name: said[0][name] for name in ("records", "files", "later", "unreadable")} == {
        "records": 1, "files": 1, "later": 0, "unreadable": 0,
    }  # fmt: skip
    gateway = ("gateway", "--db", db, "--files", files)
    code, _, message = run(capsys, *gateway, "--import-packet", where)
    assert code == 2
    assert "设备没有登记" in message
    made = open_gateway(db, files, SystemClock())
    made.devices.enrol("W03-01", DEMO_TOKEN)
    made.close()
    code, said, _ = run(capsys, *gateway, "--import-packet", where)
    assert (code, said[0]["accepted"], said[0]["answer"]) == (0, 2, str(where.with_suffix(".ycanswer")))
    code, said, _ = run(capsys, "--profile", profile, "sync", "--import", where.with_suffix(".ycanswer"))
    assert (code, said[0]) == (0, {"arrived": 2, "refused": 0, "known": 0, "waiting": 0})
    with open_workstation(str(profile)) as station:
        assert {entry.state for entry in station.store.outbox()} == {OutboxState.DONE}
        assert station.store.cases()[0].case_no
    code, _, message = run(capsys, "--profile", profile, "sync", "--export", where)
    assert code == 2
    assert "没有要导出的内容" in message


def test_what_is_no_packet_is_said(capsys: Out, tmp_path: Path) -> None:
    odd = tmp_path / "a.ycanswer"
    odd.write_bytes(b"%PDF-1.7")
    gateway = ("gateway", "--db", f"sqlite:///{tmp_path}/g.db", "--files", tmp_path / "f", "--import-packet")
    code, _, message = run(capsys, *gateway, odd)
    assert code == 2
    assert "数据包与回执同名" in message
    code, _, message = run(capsys, *gateway, odd, "--answer", tmp_path / "b")
    assert (code, "不是一窗的数据包" in message) == (2, True)
    assert run(capsys, *gateway, tmp_path / "none.ycpacket")[0] == 2
    assert not (tmp_path / "b").exists()


def test_enrolment_prints_the_key_that_packets_are_sealed_for(capsys: Out, tmp_path: Path) -> None:
    db, files = f"sqlite:///{tmp_path}/g.db", tmp_path / "files"
    _, said, _ = run(capsys, "gateway", "--db", db, "--files", files, "--enrol", "w1")
    assert said[0]["packet_key"] == packet_key(db, files)
    assert len(said[0]["packet_key"]) == 64


def test_a_command_does_not_wait_for_what_the_clerk_holds_back(capsys: Out, profile: Path) -> None:
    with open_workstation(str(profile)) as station:
        station.sync.switch.pause(station.clock.now())
    code, said, _ = run(capsys, "--profile", profile, "sync")
    assert (code, said[0]["waiting"]) == (2, 2)
