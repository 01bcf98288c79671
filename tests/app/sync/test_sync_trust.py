"""The trust list comes with the feeds: resumed, checked, refused when it is not the publisher's, never in the way."""

from __future__ import annotations

import errno
import os
import random
from pathlib import Path
from typing import Any

import pytest
from fault_proxy import FaultProxy
from gateway_kit import DEVICE, NOW, TOKEN, make_case
from sync_bench import Bench

from app.demo.issuers import NATURAL_RESOURCES, certificate_pem, make_certificate
from app.licences.cose import Algorithm, SigningKey
from app.licences.snapshot import make_snapshot, pin_of
from app.licences.trust import TrustList
from app.licences.trust_keeper import SNAPSHOT_NAME, TrustKeeper
from app.server import headers as h
from app.server.client import GatewayClient, SnapshotPart
from app.server.errors import Unreachable
from app.sync.engine import SyncEngine
from app.sync.trust import TrustUpkeep

PUBLISHER = SigningKey.generate(Algorithm.EDDSA)
PIN = pin_of(PUBLISHER)


class Window:
    """A bench with a keeper and an engine that looks after it."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.bench = bench
        self.folder = folder
        self.published = folder / "published"
        self.published.mkdir()
        certificate = make_certificate(NATURAL_RESOURCES, SigningKey.generate(), NOW)
        (self.published / "a.pem").write_bytes(certificate_pem(certificate))
        self.keeper = self.keep()

    def keep(self) -> TrustKeeper:
        nothing = TrustList((), NOW.date())
        return TrustKeeper(self.profile, nothing, self.bench.clock, pins=(PIN,), memory=self.bench.store)

    @property
    def profile(self) -> Path:
        return self.bench.station.profile.folder

    def publish(self, version: int, key: SigningKey = PUBLISHER) -> bytes:
        assert self.bench.server is not None
        data = make_snapshot(self.published, version, key)
        self.bench.server.gateway.snapshots.publish_trust(data, pin_of(key).text)
        return data

    def engine(self, client: Any = None, port: int | None = None) -> SyncEngine:
        own = GatewayClient(f"http://127.0.0.1:{port or self.bench.port}", DEVICE, TOKEN, (5.0, 10.0))
        self.bench.clients.append(own)
        upkeep = TrustUpkeep(self.bench.store, client or own, self.keeper, self.profile)
        station = self.bench.station
        return SyncEngine(
            self.bench.store, station.vault, own, self.bench.clock, random.Random(7),
            feeds=("cases", "trust"), upkeep=(upkeep,),
        )  # fmt: skip


@pytest.fixture
def window(bench: Bench, tmp_path: Path) -> Window:
    return Window(bench, tmp_path)


def parts(window: Window) -> list[Path]:
    return list(window.profile.glob("trust-*.part"))


def test_a_newer_list_is_in_force_after_a_run(window: Window) -> None:
    engine = window.engine()
    assert engine.run_once().message == ""
    assert window.keeper.version == 0
    for version in (1, 5):
        window.publish(version)
        assert engine.run_once().message == ""
        assert window.keeper.version == version
    assert window.keep().version == 5
    assert parts(window) == []


def test_a_broken_transfer_goes_on_where_it_broke_off(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(h, "SNAPSHOT_PART", 100)
    data = window.publish(2)
    real = GatewayClient(f"http://127.0.0.1:{window.bench.port}", DEVICE, TOKEN)
    window.bench.clients.append(real)

    asked: list[int] = []

    class Flaky:
        def snapshot(self, feed: str, version: int, start: int) -> SnapshotPart:
            asked.append(start)
            if len(asked) % 4 == 0:
                raise Unreachable("连接中断")
            return real.snapshot(feed, version, start)

    runs = 0
    while window.keeper.version == 0:
        report = window.engine(Flaky()).run_once()  # each time as after a restart of the program
        assert (window.keeper.version == 2) == report.online
        runs += 1
        assert runs < len(data)
    assert runs > 2
    fetched = [start for at, start in enumerate(asked, 1) if at % 4]
    assert fetched == list(range(0, len(data), 100)), "nothing is fetched twice"
    assert parts(window) == []


def test_anothers_list_is_refused_once_and_holds_up_nothing(window: Window) -> None:
    window.publish(1)
    engine = window.engine()
    engine.run_once()
    window.publish(2, SigningKey.generate(Algorithm.EDDSA))
    case = make_case(1)
    window.bench.station.accept(case)
    report = engine.run_once()
    assert (report.pushed, report.online, window.keeper.version) == (1, True, 1)
    assert "登记的平台密钥" in report.message
    assert engine.run_once().message == ""
    window.publish(3)
    assert engine.run_once().message == ""
    assert window.keeper.version == 3


def test_a_gateway_set_back_does_not_set_the_list_back(window: Window, tmp_path: Path) -> None:
    window.publish(9)
    engine = window.engine()
    engine.run_once()
    window.bench.stop()
    (tmp_path / "gateway.db").unlink()
    for path in tmp_path.glob("gateway.db-*"):
        path.unlink()
    window.bench.start()
    window.publish(8)
    assert engine.run_once().online
    assert window.keeper.version == 9


def test_what_does_not_fit_its_announcement_is_not_taken_in(window: Window) -> None:
    data = window.publish(1)

    class Liar:
        def snapshot(self, feed: str, version: int, start: int) -> SnapshotPart:
            return SnapshotPart(bytes(len(data)), len(data))

    assert "不一致" in window.engine(Liar()).run_once().message
    assert (window.keeper.version, parts(window)) == (0, [])


@pytest.mark.parametrize(
    "row", [{"version": "9"}, {"sha256": "../../x"}, {"size": 0}, {"size": h.MAX_SNAPSHOT + 1}, {"version": True}]
)
def test_a_broken_announcement_is_passed_over(window: Window, row: dict[str, Any]) -> None:
    assert window.bench.server is not None
    good = {"id": "snapshot", "version": 9, "date": "2026-11-20", "sha256": "0" * 64, "size": 100}
    window.bench.server.gateway.feeds.publish("trust", "snapshot", good | row)

    class Nobody:
        def snapshot(self, feed: str, version: int, start: int) -> SnapshotPart:
            raise AssertionError("asked for")

    assert window.engine(Nobody()).run_once().message == ""


def test_a_full_disk_is_said_and_the_list_stays(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.publish(1)
    engine = window.engine()
    engine.run_once()
    window.publish(2)
    replace = os.replace

    def full(source: Any, target: Any) -> None:
        if str(target).endswith(SNAPSHOT_NAME):
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    assert "信任名单没有保存" in engine.run_once().message
    monkeypatch.undo()
    assert window.keeper.version == 1
    engine.run_once()
    assert window.keeper.version == 2


def test_through_a_line_that_fails_half_the_time(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(h, "SNAPSHOT_PART", 200)
    window.publish(3)
    kinds = ("drop_request", "drop_answer", "reset_answer", "truncate_answer", "error_503", "portal_200", "portal_json")
    with FaultProxy(window.bench.port, 0.4, 11, kinds) as proxy:
        engine = window.engine(port=int(proxy.url.rpartition(":")[2]))
        for _ in range(200):
            engine.run_once()
            if window.keeper.version:
                break
        assert any("snapshots" in endpoint for endpoint, _ in proxy.met), proxy.met
    assert window.keep().version == 3
