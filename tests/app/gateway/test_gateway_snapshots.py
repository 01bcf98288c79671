"""Signed trust lists at the gateway, on both databases, and the client that fetches them in parts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from gateway_kit import DEVICE, NOW, TOKEN, Raw

from app.demo.issuers import NATURAL_RESOURCES, certificate_pem, make_certificate
from app.domain.errors import BadInput
from app.gateway.server import GatewayServer
from app.gateway.snapshots import KEPT
from app.licences.cose import Algorithm, SigningKey
from app.licences.snapshot import make_snapshot, pin_of, read_snapshot
from app.server import headers as h
from app.server.client import GatewayClient
from app.server.errors import Rejected

PUBLISHER = SigningKey.generate(Algorithm.EDDSA)
PIN = pin_of(PUBLISHER).text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "a.pem").write_bytes(certificate_pem(make_certificate(NATURAL_RESOURCES, SigningKey.generate(), NOW)))
    return trust


def path(version: object) -> str:
    return f"/v1/snapshots/trust/{version}"


def test_published_it_is_named_in_the_feed_and_fetched_as_signed(server: GatewayServer, raw: Raw, folder: Path) -> None:
    data = make_snapshot(folder, 7, PUBLISHER)
    assert server.gateway.snapshots.publish_trust(data, PIN) == 7
    (row,) = raw("GET", "/v1/feeds/trust").json()["items"]
    sha256 = hashlib.sha256(data).hexdigest()
    assert row | {"date": ""} == {"id": "snapshot", "version": 7, "date": "", "sha256": sha256, "size": len(data)}
    reply = raw("GET", path(7))
    assert (reply.status_code, reply.content, reply.headers["Content-Type"]) == (200, data, h.COSE_TYPE)
    assert reply.headers["ETag"] == f'"{sha256}"'
    assert read_snapshot(reply.content, (pin_of(PUBLISHER),)).version == 7
    assert server.gateway.snapshots.pins() == (PIN,)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=10-", 10, None), ("bytes=5-5", 5, 5), ("bytes=0-999999", 0, None)],
)
def test_a_part_is_handed_out(
    server: GatewayServer, raw: Raw, folder: Path, asked: str, first: int, last: int | None
) -> None:
    data = make_snapshot(folder, 1, PUBLISHER)
    server.gateway.snapshots.publish_trust(data, PIN)
    reply = raw("GET", path(1), Range=asked)
    end = len(data) - 1 if last is None else last
    assert (reply.status_code, reply.content) == (206, data[first : end + 1])
    assert reply.headers["Content-Range"] == f"bytes {first}-{end}/{len(data)}"


@pytest.mark.parametrize("asked", ["bytes=-5", "bytes=0-1,4-5", "items=0-1", "bytes=x-", "bytes=" + "9" * 30 + "-"])
def test_a_range_that_is_not_understood_gives_the_whole(
    server: GatewayServer, raw: Raw, folder: Path, asked: str
) -> None:
    data = make_snapshot(folder, 1, PUBLISHER)
    server.gateway.snapshots.publish_trust(data, PIN)
    reply = raw("GET", path(1), Range=asked)
    assert (reply.status_code, reply.content) == (200, data)


def test_what_is_not_there(server: GatewayServer, raw: Raw, folder: Path) -> None:
    data = make_snapshot(folder, 1, PUBLISHER)
    server.gateway.snapshots.publish_trust(data, PIN)
    for version in (2, 0, "x", "-1", "9" * 40, "１"):
        assert raw("GET", path(version)).status_code == 404
    assert raw("GET", "/v1/snapshots/cases/1").status_code == 404
    for asked in (f"bytes={len(data)}-", "bytes=9-3"):
        reply = raw("GET", path(1), Range=asked)
        assert (reply.status_code, reply.headers["Content-Range"]) == (416, f"bytes */{len(data)}")
    assert raw("GET", path(1), drop=("Authorization",)).status_code == 401


def test_only_the_publishers_and_only_forwards(server: GatewayServer, raw: Raw, folder: Path) -> None:
    desk = server.gateway.snapshots
    second = make_snapshot(folder, 2, PUBLISHER)
    assert desk.pins() == ()
    desk.publish_trust(second, PIN)
    assert desk.publish_trust(second, PIN) == 2
    cursor = raw("GET", "/v1/feeds/trust").json()["next"]
    with pytest.raises(BadInput, match="第 2 版"):
        desk.publish_trust(make_snapshot(folder, 1, PUBLISHER), PIN)
    (folder / "trust.json").write_text('{"date": "2026-11-01"}')
    with pytest.raises(BadInput, match="第 2 版"):
        desk.publish_trust(make_snapshot(folder, 2, PUBLISHER), PIN)
    stranger = SigningKey.generate(Algorithm.EDDSA)
    with pytest.raises(BadInput, match="密钥"):
        desk.publish_trust(make_snapshot(folder, 3, stranger), PIN)
    assert raw("GET", f"/v1/feeds/trust?after={cursor}").json()["count"] == 0
    assert raw("GET", path(2)).content == second


def test_the_last_versions_are_kept_for_windows_under_way(server: GatewayServer, raw: Raw, folder: Path) -> None:
    for version in range(1, KEPT + 3):
        server.gateway.snapshots.publish_trust(make_snapshot(folder, version, PUBLISHER), PIN)
    found = [version for version in range(1, KEPT + 3) if raw("GET", path(version)).status_code == 200]
    assert found == [3, 4, 5]
    (row,) = raw("GET", "/v1/feeds/trust").json()["items"]
    assert row["version"] == 5


def test_the_client_fetches_it_part_by_part(
    server: GatewayServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(h, "SNAPSHOT_PART", 100)
    data = make_snapshot(folder, 4, PUBLISHER)
    server.gateway.snapshots.publish_trust(data, PIN)
    client = GatewayClient(server.url, DEVICE, TOKEN)
    try:
        got = b""
        while len(got) < len(data):
            part = client.snapshot("trust", 4, len(got))
            assert part.total == len(data)
            assert len(part.data) <= 100
            got += part.data
        assert got == data
        with pytest.raises(Rejected) as caught:
            client.snapshot("trust", 5, 0)
        assert caught.value.status == 404
    finally:
        client.close()
