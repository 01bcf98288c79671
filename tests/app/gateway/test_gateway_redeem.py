"""Dynamic codes at the gateway: once, in time, within the grants, and every attempt written down."""

from __future__ import annotations

import dataclasses
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gateway_kit import DEVICE, ITEM, NOW, OTHER_DEVICE, SQLITE_ONLY, UNKNOWN_ITEM, Raw, id_number, new_key

from app.domain.clock import FixedClock
from app.domain.redemption import IssuedCode, RedeemedLicence
from app.gateway.server import GatewayServer
from app.gateway.tables import licence_codes

CODE = "8f3a0c5d9e7b41268f3a0c5d9e7b4126"
NUMBER = id_number(9)
POLICY: dict[str, Any] = {
    "id": "shared-data",
    "sources": [],
    "purposes": [{"id": "verify", "text": "核验材料"}, {"id": "show", "text": "当面亮证"}],
    "grants": [
        {
            "scenario": "hygiene", "title": "公共场所卫生许可", "items": [ITEM[:31]], "sources": [],
            "licences": ["real_estate_certificate"], "purposes": ["verify"],
        },
        {
            "scenario": "counter", "title": "当面亮证核验", "items": [], "sources": [],
            "licences": ["real_estate_certificate", "driving_licence"], "purposes": ["show"],
        },
    ],
}  # fmt: skip
LICENCE = RedeemedLicence(
    type="real_estate_certificate",
    title="不动产权证书",
    identifier="",
    issuer="湖州市自然资源和规划局",
    holder={"name": "王㛃", "id_number": NUMBER},
    claims={"premises.address": "𬭚桥村 6 号"},
    valid_until=dt.date(2030, 1, 1),
)
ISSUED = IssuedCode(CODE, LICENCE, NOW + dt.timedelta(seconds=90))


def redeem(raw: Raw, key: str | None = None, **changed: Any) -> Any:
    document = {"code": CODE, "scenario": "hygiene", "purpose": "verify", "clerk": "0007", "items": [ITEM]} | changed
    return raw("POST", "/v1/licences:redeem", document, key=key or new_key())


@pytest.fixture
def issued(server: GatewayServer) -> GatewayServer:
    server.gateway.shared.publish_policy(POLICY)
    assert server.gateway.redeem.load([ISSUED]) == 1
    return server


def outcomes(server: GatewayServer) -> list[str]:
    return [entry["outcome"] for entry in server.gateway.redeem.log()]


def test_a_code_gives_its_licence_and_leaves_its_trace(issued: GatewayServer, raw: Raw) -> None:
    answer = redeem(raw).json()
    assert answer["outcome"] == "redeemed"
    assert answer["licence"]["holder"] == dict(LICENCE.holder)
    assert answer["licence"]["claims"] == dict(LICENCE.claims)
    assert answer["licence"]["valid_until"] == "2030-01-01"
    (entry,) = issued.gateway.redeem.log()
    assert entry["reference"] == answer["reference"]
    assert (entry["device_id"], entry["clerk"], entry["scenario"]) == (DEVICE, "0007", "hygiene")
    assert (entry["licence_type"], entry["outcome"], entry["items"]) == (LICENCE.type, "redeemed", [ITEM])
    for secret in (CODE, NUMBER, "王㛃"):
        assert secret not in str(entry)


def test_a_repetition_gets_the_first_answer_however_late(issued: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    key = new_key()
    first = redeem(raw, key)
    clock.advance(dt.timedelta(hours=5))
    again = redeem(raw, key)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert outcomes(issued) == ["redeemed"]


def test_another_operation_finds_it_used(issued: GatewayServer, raw: Raw, stranger: Raw) -> None:
    assert redeem(raw).json()["outcome"] == "redeemed"
    for other in (raw, stranger):
        answer = redeem(other).json()
        assert (answer["outcome"], answer["licence"]) == ("used", None)
    assert sorted(outcomes(issued)) == ["redeemed", "used", "used"]


def test_the_key_of_another_device_opens_nothing(issued: GatewayServer, raw: Raw, stranger: Raw) -> None:
    key = new_key()
    assert redeem(raw, key).status_code == 200
    stolen = redeem(stranger, key)
    assert stolen.status_code == 422
    assert "𬭚桥村" not in stolen.text


@pytest.mark.parametrize(
    ("seconds", "outcome"), [(89, "redeemed"), (90, "expired"), (91, "expired")], ids=["in time", "just over", "over"]
)
def test_a_code_ends_with_its_time(
    issued: GatewayServer, raw: Raw, clock: FixedClock, seconds: int, outcome: str
) -> None:
    clock.advance(dt.timedelta(seconds=seconds))
    answer = redeem(raw).json()
    assert (answer["outcome"], answer["licence"] is not None) == (outcome, outcome == "redeemed")


def test_a_revoked_licence_and_an_unknown_code_tell_nothing(issued: GatewayServer, raw: Raw) -> None:
    issued.gateway.redeem.load([dataclasses.replace(ISSUED, revoked=True)])
    assert redeem(raw).json()["outcome"] == "revoked"
    answer = redeem(raw, code="0000000000000000a1").json()
    assert (answer["outcome"], answer["licence"]) == ("unknown", None)
    assert outcomes(issued).count("unknown") == 1


def test_what_did_not_succeed_is_not_remembered(issued: GatewayServer, raw: Raw) -> None:
    key = new_key()
    issued.gateway.redeem.load([dataclasses.replace(ISSUED, revoked=True)])
    assert redeem(raw, key).json()["outcome"] == "revoked"
    issued.gateway.redeem.load([ISSUED])
    assert redeem(raw, key).json()["outcome"] == "redeemed"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"scenario": "barber"}, "没有这个应用场景"),
        ({"purpose": "show"}, "不能以这个目的"),
        ({"items": [ITEM, UNKNOWN_ITEM]}, "不在场景"),
        ({"items": []}, "不在场景"),
        ({"scenario": "counter", "purpose": "show"}, "不在场景"),
    ],
)
def test_what_no_grant_names_is_refused_and_the_code_stays_good(
    issued: GatewayServer, raw: Raw, changed: dict[str, Any], why: str
) -> None:
    refused = redeem(raw, **changed)
    assert refused.status_code == 403
    assert why in refused.json()["detail"]
    (entry,) = issued.gateway.redeem.log()
    assert (entry["outcome"], why in entry["reason"]) == ("refused", True)
    assert redeem(raw).json()["outcome"] == "redeemed"


def test_another_kind_of_licence_than_the_scenario_needs_is_refused(issued: GatewayServer, raw: Raw) -> None:
    driving = dataclasses.replace(LICENCE, type="driving_licence")
    issued.gateway.redeem.load([dataclasses.replace(ISSUED, licence=driving)])
    assert "不需要这种证照" in redeem(raw).json()["detail"]
    shown = redeem(raw, scenario="counter", purpose="show", items=[])
    assert shown.json()["licence"]["type"] == "driving_licence"


def test_many_at_once_redeem_it_once(issued: GatewayServer, raw: Raw, stranger: Raw) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda n: redeem(raw if n % 2 else stranger), range(16)))
    told = [r.json()["outcome"] for r in replies if r.status_code == 200]
    assert told.count("redeemed") == 1
    assert all(r.status_code in (200, 409) for r in replies)
    assert outcomes(issued).count("redeemed") == 1
    assert OTHER_DEVICE != DEVICE


def test_the_database_holds_no_code_in_clear_and_forgets_old_ones(issued: GatewayServer, raw: Raw) -> None:
    with issued.gateway.database.read() as connection:
        (row,) = connection.execute(licence_codes.select()).all()
    assert CODE not in str(row)
    issued.gateway.redeem.forget(NOW)
    assert redeem(raw).json()["outcome"] == "redeemed"
    issued.gateway.redeem.forget(NOW + dt.timedelta(days=1))
    assert redeem(raw).json()["outcome"] == "unknown"


@SQLITE_ONLY
def test_malformed_requests_are_refused(issued: GatewayServer, raw: Raw) -> None:
    for changed in ({"code": ""}, {"code": "x" * 513}, {"items": ["a"]}, {"clerk": None}):
        assert redeem(raw, **changed).status_code == 422
    assert raw("POST", "/v1/licences:redeem", {"code": CODE}).status_code in (400, 422)
    key = new_key()
    assert redeem(raw, key).status_code == 200
    assert redeem(raw, key, clerk="0008").status_code == 422


@SQLITE_ONLY
def test_a_redemption_that_cannot_be_written_down_does_not_happen(
    issued: GatewayServer, raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(type(issued.gateway.redeem), "_write_down", full)
        reply = redeem(raw)
    assert reply.status_code == 503
    assert "𬭚桥村" not in reply.text
    assert redeem(raw).json()["outcome"] == "redeemed"
