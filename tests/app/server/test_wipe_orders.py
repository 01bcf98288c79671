"""An order to wipe is believed only from who knows our token, and only for the very probe that it answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from gateway_kit import DEVICE, DEVICES, NOW, OTHER_TOKEN, TOKEN

from app.domain.clock import FixedClock, isoformat
from app.domain.wipe import WipeKind
from app.gateway.devices import Caller
from app.gateway.server import GatewayServer
from app.gateway.wipes import WipeDesk
from app.server import headers as h
from app.server import probe
from app.server.client import GatewayClient
from app.server.errors import Unreachable
from app.server.probe import ServerTime

ORDER = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
STEALER = h.token_key("what somebody without our token would use")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    folder: Path = tmp_path_factory.mktemp("orders")
    with GatewayServer(
        db_url=f"sqlite:///{folder}/g.db", files_folder=folder / "f", devices=DEVICES, clock=FixedClock(NOW)
    ) as running:
        yield running


@pytest.fixture
def client(server: GatewayServer) -> Iterator[GatewayClient]:
    server.gateway.wipes.cancel(DEVICE)
    made = GatewayClient(server.url, DEVICE, TOKEN, clock=FixedClock(NOW))
    yield made
    made.close()


def told(monkeypatch: pytest.MonkeyPatch, order: Callable[[Caller, str], dict[str, Any]]) -> None:
    monkeypatch.setattr(WipeDesk, "for_device", lambda self, caller, nonce: order(caller, nonce))


def made(key: str, nonce: str, kind: str = "stolen", device: str = DEVICE) -> dict[str, Any]:
    at = isoformat(NOW)
    proof = h.order_proof(key, nonce, ORDER, kind, at, device)
    return {"id": ORDER, "kind": kind, "issued_at": at, "proof": proof}


def test_the_platform_s_order_is_heard(server: GatewayServer, client: GatewayClient) -> None:
    assert client.time().order is None
    order_id = server.gateway.wipes.order(DEVICE, WipeKind.RETURN)
    order = client.time().order
    assert order is not None
    assert (order.order_id, order.kind, order.issued_at) == (order_id, WipeKind.RETURN, NOW)


def test_one_made_with_another_token_is_not(client: GatewayClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, lambda caller, nonce: made(h.token_key(OTHER_TOKEN), nonce))
    with pytest.raises(Unreachable):
        client.time()


def test_one_that_was_overheard_before_is_not(client: GatewayClient, monkeypatch: pytest.MonkeyPatch) -> None:
    overheard: list[dict[str, Any]] = []

    def first(caller: Caller, nonce: str) -> dict[str, Any]:
        overheard.append(made(caller.key, nonce))
        return overheard[0]

    told(monkeypatch, first)
    assert client.time().order is not None
    with pytest.raises(Unreachable):
        client.time()


@pytest.mark.parametrize(
    "change", [{"kind": "return"}, {"id": ORDER[:-1] + "8"}, {"issued_at": "2020-01-01T00:00:00.000Z"}]
)
def test_one_that_was_altered_on_the_way_is_not(
    client: GatewayClient, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    told(monkeypatch, lambda caller, nonce: made(caller.key, nonce) | change)
    with pytest.raises(Unreachable):
        client.time()


def test_one_for_another_device_is_not(client: GatewayClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, lambda caller, nonce: made(caller.key, nonce, device="window-B02"))
    with pytest.raises(Unreachable):
        client.time()


def test_a_kind_of_a_later_version_is_not_obeyed(client: GatewayClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, lambda caller, nonce: made(caller.key, nonce, kind="evaporate"))
    assert client.time().order is None


class Portal(BaseHTTPRequestHandler):
    """A captive portal that has studied us: marks, digest, an order, and no token."""

    def do_GET(self) -> None:
        nonce = parse_qs(urlsplit(self.path).query)["nonce"][0]
        body = json.dumps(
            {
                "api": h.API,
                "now": isoformat(NOW),
                "epoch": "e",
                "nonce": nonce,
                "proof": h.time_proof(STEALER, nonce, isoformat(NOW), "e", DEVICE),
                "order": made(STEALER, nonce),
            }
        ).encode()
        self.send_response(200)
        self.send_header(h.API_HEADER, h.API)
        self.send_header(h.CONTENT_DIGEST, h.content_digest(body))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def portal() -> Iterator[GatewayClient]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    client = GatewayClient(f"http://127.0.0.1:{server.server_port}", DEVICE, TOKEN, clock=FixedClock(NOW))
    yield client
    client.close()
    server.shutdown()
    thread.join()
    server.server_close()


def heard(client: GatewayClient) -> ServerTime | None:
    try:
        return client.time()
    except Unreachable:
        return None


def test_a_captive_portal_orders_nothing(portal: GatewayClient) -> None:
    assert heard(portal) is None


def test_these_tests_would_see_a_client_that_checks_nothing(
    portal: GatewayClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant: proofs are not compared."""
    monkeypatch.setattr(probe.hmac, "compare_digest", lambda one, other: True)
    time = heard(portal)
    assert time is not None
    assert time.order is not None
