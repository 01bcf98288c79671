"""Who may come in, what the probe proves, the audit chain, the contract itself, starting and stopping."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from gateway_kit import DEVICE, DEVICES, NOW, OTHER_DEVICE, SQLITE_ONLY, TOKEN, Raw, make_case, new_key
from sqlalchemy import text
from starlette.routing import Mount

from app.domain.clock import FixedClock
from app.domain.errors import BadInput, Defect, EnvironmentProblem
from app.gateway.database import Database
from app.gateway.openapi import specs, table
from app.gateway.server import GatewayServer
from app.server import headers as h
from app.server.wire import audit_hash, case_document

ROOT = Path(__file__).parents[3]


@SQLITE_ONLY
def test_without_a_token_no_endpoint_opens(server: GatewayServer, raw: Raw) -> None:
    contract = requests.get(server.url + "/v1/openapi.json", timeout=20).json()
    closed = [
        (method.upper(), path)
        for path, methods in contract["paths"].items()
        for method, operation in methods.items()
        if operation.get("security") != []
    ]
    assert len(closed) >= 11
    for method, path in closed:
        path = path.replace("{feed}", "cases").replace("{upload_id}", new_key()).replace("{material_id}", "lease")
        for authorization in (None, "", "Bearer", "Bearer ", "Basic eDp5", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}"):
            headers = {} if authorization is None else {"Authorization": authorization}
            reply = raw(method, path, drop=("Authorization",) if authorization is None else (), **headers)
            assert reply.status_code == 401, (method, path, authorization)
            assert reply.headers["WWW-Authenticate"] == "Bearer"


@SQLITE_ONLY
def test_a_token_is_good_for_its_own_device_only(raw: Raw, server: GatewayServer) -> None:
    assert raw("GET", "/v1/feeds/cases", X_Device_Id=OTHER_DEVICE).status_code == 403
    assert raw("GET", "/v1/feeds/cases", drop=(h.DEVICE_ID,)).status_code == 403
    assert raw("GET", "/v1/feeds/cases").status_code == 200
    server.gateway.devices.disable(DEVICE)
    assert raw("GET", "/v1/feeds/cases").status_code == 403


@SQLITE_ONLY
def test_enrolling_anew_ends_the_old_token(raw: Raw, server: GatewayServer) -> None:
    token = server.enrol(DEVICE)
    assert len(token) >= 40
    assert raw("GET", "/v1/feeds/cases").status_code == 401
    assert Raw(server.url, DEVICE, token)("GET", "/v1/feeds/cases").status_code == 200
    for device, bad in (
        ("中文", None),
        ("a b", None),
        ("", None),
        ("x" * 65, None),
        ("ok", "short"),
        ("ok", "中" * 20),
    ):
        with pytest.raises(BadInput):
            server.enrol(device, bad)


@SQLITE_ONLY
def test_the_token_itself_is_kept_nowhere(server: GatewayServer) -> None:
    with server.gateway.database.read() as connection:
        rows = [tuple(row) for row in connection.execute(text("SELECT * FROM devices"))]
    assert rows
    assert TOKEN not in repr(rows)


@SQLITE_ONLY
def test_the_probe_proves_that_it_knows_the_token(raw: Raw, server: GatewayServer) -> None:
    nonce = "abcdef0123456789"
    reply = raw("GET", f"/v1/time?nonce={nonce}").json()
    key, epoch = h.token_key(TOKEN), server.gateway.epoch()
    assert reply["now"] == "2026-11-21T01:02:03.456Z"
    assert reply["proof"] == h.time_proof(key, nonce, reply["now"], epoch, DEVICE)
    for other in ("", "short", "x" * 65, "with-hyphen-1234567"):
        assert raw("GET", f"/v1/time?nonce={other}").status_code == 400


def chain_of(count: int, salt: str = "") -> list[dict[str, object]]:
    entries: list[dict[str, object]] = []
    previous = "0" * 64
    for seq in range(1, count + 1):
        entry: dict[str, object] = {
            "seq": seq,
            "at": "2026-11-21T01:02:03.456Z",
            "clerk": "0007",
            "action": "case.accept",
            "subject": salt,
            "details": "{}",
            "previous": previous,
        }
        entry["hash"] = previous = audit_hash(entry)
        entries.append(entry)
    return entries


def test_the_audit_chain_only_grows(raw: Raw, stranger: Raw) -> None:
    entries = chain_of(6)

    def send(part: list[dict[str, object]], chain: str = "profile-1") -> requests.Response:
        return raw("POST", "/v1/audit", {"chain": chain, "entries": part})

    assert raw("GET", "/v1/audit?chain=profile-1").json()["through"] == 0
    assert send(entries[:3]).json()["through"] == 3
    assert send(entries[:3]).json()["through"] == 3
    assert send(entries[1:5]).json()["through"] == 5
    assert raw("GET", "/v1/audit?chain=profile-1").json()["through"] == 5
    assert stranger("GET", "/v1/audit?chain=profile-1").json()["through"] == 0
    assert send(chain_of(1), "profile-2").json()["through"] == 1
    assert send(chain_of(7)[6:]).status_code == 409
    forged = [*entries[:5], {**entries[5], "clerk": "9999"}]
    assert send(forged).status_code == 422
    rewritten = [*entries[:5], {**entries[5], "clerk": "9999", "previous": "1" * 64}]
    rewritten[5]["hash"] = audit_hash(rewritten[5])
    assert send(rewritten).status_code == 422
    assert send(chain_of(6, "another history")).status_code == 422
    assert send([]).status_code == 422
    assert raw("GET", "/v1/audit?chain=profile-1").json()["through"] == 5
    assert raw("GET", "/v1/audit").status_code == 400


@SQLITE_ONLY
def test_unknown_paths_and_methods_speak_our_language(raw: Raw) -> None:
    assert raw("GET", "/").json()["title"] == "没有这个接口"
    assert raw("DELETE", "/v1/cases").status_code == 405


def test_a_broken_database_is_a_503(db_url: str, tmp_path: Path) -> None:
    with GatewayServer(db_url=db_url, files_folder=tmp_path, devices=DEVICES) as server:
        with server.gateway.database.write() as connection:
            connection.execute(text("DROP TABLE case_numbers"))
        reply = Raw(server.url)("POST", "/v1/cases", case_document(make_case()), key=new_key())
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "5")


@SQLITE_ONLY
def test_a_defect_shows_nothing_of_its_insides(
    raw: Raw, server: GatewayServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("330199195001010031")

    monkeypatch.setattr("app.gateway.cases.read_case_and_text", fail)
    reply = raw_any(server, case_document(make_case()))
    assert (reply.status_code, reply.json()["title"]) == (500, "平台内部错误")
    assert "330199195001010031" not in reply.text
    assert "defect in POST /v1/cases" in caplog.text


def raw_any(server: GatewayServer, document: dict[str, object]) -> requests.Response:
    """A request whose reply is not held against the contract: a defect is in no contract."""
    data = h.canonical(document)
    headers = {
        "Authorization": f"Bearer {TOKEN}",
        h.DEVICE_ID: DEVICE,
        h.IDEMPOTENCY_KEY: new_key(),
        h.CONTENT_DIGEST: h.content_digest(data),
        "Content-Type": "application/json",
    }
    return requests.post(server.url + "/v1/cases", data=data, headers=headers, timeout=20)


@SQLITE_ONLY
def test_the_contract_names_every_route_and_the_page_repeats_it(server: GatewayServer) -> None:
    assert server._app is not None
    found = specs(server._app.routes)
    programs = [route for route in server._app.routes if not isinstance(route, Mount)]  # the rest are people's pages
    assert len(found) == len(programs) >= 16
    assert all(spec.summary and spec.replies for spec in found)
    assert table(server._app.routes) in (ROOT / "docs" / "protocol.md").read_text("utf-8")
    contract = requests.get(server.url + "/v1/openapi.json", timeout=20).json()
    assert contract["openapi"] == "3.1.0"
    ids = [operation["operationId"] for methods in contract["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids)) == len(found)


def test_what_was_received_outlives_the_server(db_url: str, tmp_path: Path) -> None:
    key, document = new_key(), case_document(make_case())
    numbers = []
    epochs = []
    for _ in range(2):
        server = GatewayServer(db_url=db_url, files_folder=tmp_path, clock=FixedClock(NOW), devices=DEVICES)
        with server:
            numbers.append(Raw(server.url)("POST", "/v1/cases", document, key=key).json()["case_no"])
            epochs.append(server.gateway.epoch())
    assert numbers[0] == numbers[1]
    assert epochs[0] == epochs[1]


def test_a_newer_database_is_refused(db_url: str) -> None:
    database = Database(db_url)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'g9999'"))
    database.close()
    with pytest.raises(EnvironmentProblem, match="版本不符"):
        Database(db_url)


def test_a_taken_port_and_a_strange_database_are_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = GatewayServer(
            "127.0.0.1", taken.getsockname()[1], db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path
        )
        with pytest.raises(EnvironmentProblem, match="端口被占用"):
            server.start()
    with pytest.raises(EnvironmentProblem, match="数据库地址不对"):
        Database("mysql://localhost/x")
    for closed in ("postgresql://nobody@127.0.0.1:9/x", "sqlite:////proc/1/gateway.db"):
        with pytest.raises(EnvironmentProblem, match="数据库打不开"):
            Database(closed)
    idle = GatewayServer(db_url="sqlite:///x", files_folder=tmp_path)
    idle.stop()
    with pytest.raises(Defect):
        idle.enrol(DEVICE)


def test_the_whole_process_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = (
        "import sys; from pathlib import Path; from app.gateway.server import Serving, serve; "
        f"serve(Serving('sqlite:///{tmp_path}/g.db', Path(r'{tmp_path}'), port={port}))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE)
    try:
        end = time.monotonic() + 30
        while True:
            try:
                reply = requests.get(f"http://127.0.0.1:{port}/v1/time", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None, process.communicate()[1]
                assert time.monotonic() < end
                time.sleep(0.05)
        assert (reply.status_code, reply.headers[h.API_HEADER]) == (401, h.API)
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=20)[1]
        assert (process.returncode, errors) == (0, b"")
    finally:
        process.kill()
        process.communicate()
