"""Redeeming over a bad line: a lost answer costs nothing, and a code is never redeemed twice.

The harness is shown to fail a client that makes a new operation of each attempt.
"""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from fault_proxy import FATES, FaultProxy
from gateway_kit import DEVICE, DEVICES, NOW, TOKEN
from postgres_kit import cluster

from app.domain.clock import FixedClock
from app.domain.redemption import IssuedCode, RedeemedLicence, RedeemOutcome, RedeemRequest
from app.gateway.server import GatewayServer
from app.server.errors import TryLater, Unreachable
from app.server.shared_client import SharedDataClient

CODES = 400 if os.environ.get("FAULTS") == "nightly" else 40
PATIENCE = (5.0, 0.35)
POLICY = {
    "id": "shared-data",
    "sources": [],
    "purposes": [{"id": "show", "text": "当面亮证"}],
    "grants": [
        {"scenario": "counter", "title": "亮证", "items": [], "sources": [], "licences": ["deed"], "purposes": ["show"]}
    ],
}


@contextmanager
def gateway(folder: Path, kind: str) -> Iterator[GatewayServer]:
    db_url = cluster().new_database() if kind == "postgresql" else f"sqlite:///{folder}/g.db"
    with GatewayServer(db_url=db_url, files_folder=folder / "f", clock=FixedClock(NOW), devices=DEVICES) as server:
        server.gateway.shared.publish_policy(POLICY)
        yield server


def issue(server: GatewayServer, count: int) -> list[str]:
    codes = [f"{n:032x}" for n in range(count)]
    server.gateway.redeem.load(
        IssuedCode(
            code,
            RedeemedLicence("deed", "不动产权证书", f"id-{n}", "登记中心", {"name": f"王㛃{n}"}),
            NOW + dt.timedelta(minutes=2),
        )
        for n, code in enumerate(codes)
    )
    return codes


def run(
    server: GatewayServer, codes: list[str], fates: tuple[str, ...], again: Callable[[RedeemRequest], RedeemRequest]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Each code until there is an answer; `again`: the request of the next attempt."""
    told: Counter[str] = Counter()
    with FaultProxy(server.port, 0.6, seed=5, fates=fates) as proxy:
        client = SharedDataClient(proxy.url, DEVICE, TOKEN, PATIENCE, clock=FixedClock(NOW))
        for n, code in enumerate(codes):
            request = RedeemRequest(str(uuid.uuid4()), code, "counter", "show", "0007")
            for _ in range(60):
                try:
                    reply = client.redeem(request)
                except (Unreachable, TryLater):
                    request = again(request)
                    continue
                told[str(reply.outcome)] += 1
                assert reply.licence is None or reply.licence.identifier == f"id-{n}"
                break
        client.close()
    return told, proxy.met


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_each_code_is_redeemed_once_whatever_the_line_does(tmp_path: Path, kind: str) -> None:
    with gateway(tmp_path, kind) as server:
        told, met = run(server, issue(server, CODES), FATES, lambda request: request)
        assert told == {str(RedeemOutcome.REDEEMED): CODES}
        log = [entry["outcome"] for entry in server.gateway.redeem.log(10_000)]
    assert log == ["redeemed"] * CODES
    met_fates = {fate for _, fate in met}
    assert met_fates >= {"drop_answer", "duplicate", "truncate_answer", "pass"}


def test_a_client_with_a_new_operation_for_each_attempt_is_caught(tmp_path: Path) -> None:
    with gateway(tmp_path, "sqlite") as server:
        codes = issue(server, 12)
        fates = ("drop_answer", "reset_answer")
        told, _ = run(server, codes, fates, lambda request: replace(request, op_id=str(uuid.uuid4())))
    assert told["used"] > 0
