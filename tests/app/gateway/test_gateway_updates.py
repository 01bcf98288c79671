"""New versions and crash reports at the gateway, on both databases: put up, handed out in parts, kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gateway_kit import DEVICE, TOKEN, Raw, new_key
from update_kit import NEW, PIN, PLATFORM, PUBLISHER, Line, archive, installed, manifest, package_of

from app.domain.errors import BadInput
from app.gateway.reports import MOST_A_DAY
from app.gateway.server import GatewayServer
from app.licences.cose import Algorithm, SigningKey
from app.server import headers as h
from app.server.errors import Rejected
from app.server.update_client import UpdateClient
from app.services.updates import Stage, Updates
from app.updates.stage import Stager

GOOD = archive()
PACKAGE = f"/v1/updates/packages/{package_of(GOOD).sha256}"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "package.tar.gz"
    path.write_bytes(GOOD)
    return path


def test_published_it_is_fetched_as_signed(server: GatewayServer, raw: Raw, stick: Path) -> None:
    assert raw("GET", "/v1/updates").status_code == 404
    signed = manifest(GOOD)
    desk = server.gateway.updates
    assert desk.publish(signed, PIN, [stick]).version == NEW
    assert desk.publish(signed, PIN, []).version == NEW, "again changes nothing"
    assert desk.pins() == (PIN,)
    reply = raw("GET", "/v1/updates")
    assert (reply.status_code, reply.content, reply.headers["Content-Type"]) == (200, signed, h.COSE_TYPE)
    part = raw("GET", PACKAGE, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, GOOD[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(GOOD)}"
    assert raw("GET", PACKAGE).status_code == 400
    assert raw("GET", PACKAGE, Range=f"bytes={len(GOOD)}-").status_code == 416
    for name in ("0" * 64, "..%2F..%2Fetc%2Fpasswd", "x"):
        assert raw("GET", f"/v1/updates/packages/{name}", Range="bytes=0-").status_code == 404
    assert raw("GET", "/v1/updates", drop=("Authorization",)).status_code == 401


def test_what_is_not_the_publishers_or_not_whole_is_not_put_up(server: GatewayServer, raw: Raw, stick: Path) -> None:
    desk = server.gateway.updates
    with pytest.raises(BadInput, match="发布密钥"):
        desk.publish(manifest(GOOD, key=SigningKey.generate(Algorithm.EDDSA)), PIN, [stick])
    with pytest.raises(BadInput, match=f"缺少 {PLATFORM}"):
        desk.publish(manifest(GOOD), PIN, [])
    desk.publish(manifest(GOOD, serial=5), PIN, [stick])
    for serial, version in ((4, "9.0"), (5, "9.0")):
        with pytest.raises(BadInput, match="第 5 号"):
            desk.publish(manifest(GOOD, version, serial=serial), PIN, [stick])
    assert raw("GET", "/v1/updates").content == manifest(GOOD, serial=5)


def test_old_packages_go_when_nothing_names_them(server: GatewayServer, raw: Raw, tmp_path: Path) -> None:
    for serial in (1, 2, 3):
        data = archive(f"exit 0 # {serial}")
        file = tmp_path / f"p{serial}"
        file.write_bytes(data)
        server.gateway.updates.publish(manifest(data, f"0.{serial}.0", serial=serial), PIN, [file])
    found = [
        raw("GET", f"/v1/updates/packages/{package_of(archive(f'exit 0 # {serial}')).sha256}", Range="bytes=0-1")
        for serial in (1, 2, 3)
    ]
    assert [reply.status_code for reply in found] == [404, 206, 206]


def test_a_window_fetches_tests_and_lays_it_ready(
    server: GatewayServer, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(h, "PACKAGE_PART", 100)
    install = installed(tmp_path / "root")
    from contextlib import closing

    def updates(automatic: bool = True) -> Updates:
        stager = Stager(install, (PIN,), free=lambda _: 1 << 40, platform=PLATFORM)
        line = lambda: closing(UpdateClient(server.url, DEVICE, TOKEN))  # noqa: E731
        return Updates("0.1.0", install, (PIN,), line, automatic=automatic, hours=4, stager=stager)

    assert updates().run().stage is Stage.CURRENT
    server.gateway.updates.publish(manifest(GOOD), PIN, [stick])
    assert updates(automatic=False).run().stage is Stage.CURRENT, "only asked, nothing fetched"
    found = updates().run()
    assert (found.stage, found.version, found.notes, found.notes_en) == (Stage.READY, NEW, "更快", "Faster")
    told = Updates(
        "0.1.0", None, (PIN,), lambda: closing(UpdateClient(server.url, DEVICE, TOKEN)), automatic=True, hours=4
    )
    assert (told.run().stage, told.run().version) == (Stage.ELSEWHERE, NEW), "the system's package manager does it"
    bad = manifest(GOOD, "0.3.0", serial=2, platform="win32-amd64")
    server.gateway.updates.publish(bad, PIN, [stick])
    trouble = updates().run()
    assert trouble.stage is Stage.TROUBLE
    assert trouble.problem is not None
    assert "没有适用于本机" in trouble.problem.what
    server.stop()
    try:
        assert updates().run().stage is Stage.READY, "away, it is as it was"
    finally:
        server.start()


def test_nobodys_versions_where_no_key_is_set() -> None:
    off = Updates("0.1.0", None, (), lambda: pytest.fail("asked"), automatic=True, hours=4)  # type: ignore[arg-type]
    assert off.run().stage is Stage.OFF
    assert Line(None, b"").manifest() is None
    assert PUBLISHER.alg is Algorithm.EDDSA


def test_a_crash_report_is_kept_once(server: GatewayServer, raw: Raw) -> None:
    folder = server.gateway.files.path("00").parents[1].parent / "reports"
    report = {
        "report_id": new_key(),
        "version": "0.1.0",
        "at": "2026-11-21T01:02:03.456Z",
        "kind": "crash",
        "text": "x",
    }
    for _ in range(2):
        assert raw("POST", "/v1/reports", report).status_code == 201
    (file,) = folder.rglob("*.json")
    assert json.loads(file.read_text("utf-8")) == {"device": DEVICE, **report}
    assert raw("POST", "/v1/reports", {**report, "name": "张伟"}).status_code == 422
    for _ in range(MOST_A_DAY - 1):
        assert raw("POST", "/v1/reports", {**report, "report_id": new_key()}).status_code == 201
    assert raw("POST", "/v1/reports", {**report, "report_id": new_key()}).status_code == 429


def test_a_report_of_a_stranger_is_refused(raw: Raw) -> None:
    report = {"report_id": new_key(), "version": "0", "at": "x", "kind": "crash", "text": "x"}
    assert raw("POST", "/v1/reports", report, drop=("Authorization",)).status_code == 401
    assert Rejected(401, "x").about_the_device
