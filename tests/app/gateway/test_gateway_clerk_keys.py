"""Calls for shared data signed by a clerk's hardware key: what the gateway takes, refuses and keeps, over HTTP."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from gateway_kit import DEVICE, ITEM, NOW, SQLITE_ONLY, Raw, id_number

from app.demo.clerk_ca import ClerkCa
from app.domain.shared_data import KeyProof, QueryRequest, Subject
from app.gateway.office_board import board
from app.gateway.server import GatewayServer
from app.identity.clerk_key import KeyRules, signed_by, statement_bytes
from app.server import headers as h
from app.server.shared_wire import proof_document, query_document

KEY = ec.generate_private_key(ec.SECP256R1())
CA = ClerkCa.make(NOW)
LEAF = CA.issue(KEY, "0012", "沈雨", NOW - dt.timedelta(days=10))
REQUEST = QueryRequest(
    "household", "hygiene", "verify", Subject("person", id_number(7), "王㛃"), "沈雨", (ITEM,)
)  # fmt: skip
POLICY: dict[str, Any] = {
    "id": "shared-data",
    "sources": [{"id": "household", "name": "户籍", "name_en": "Households", "department": "police"}],
    "purposes": [{"id": "verify", "text": "核验材料"}],
    "grants": [
        {"scenario": "hygiene", "title": "卫生", "items": [ITEM[:31]], "sources": ["household"], "purposes": ["verify"]}
    ],
}


def proof(request: QueryRequest = REQUEST, nonce: str = "a" * 32, leaf: Any = LEAF, **changed: Any) -> KeyProof:
    der = leaf.public_bytes(Encoding.DER)
    made = KeyProof((der,), "0012", nonce, "b" * 32, NOW, b"")
    made = dataclasses.replace(made, **changed)
    data = statement_bytes(request, made, DEVICE)
    return dataclasses.replace(made, signature=KEY.sign(data, ec.ECDSA(hashes.SHA256())))


def ask(raw: Raw, signed: KeyProof | None, request: QueryRequest = REQUEST) -> Any:
    document = query_document(request)
    if signed is not None:
        document["proof"] = proof_document(signed)
    return raw("POST", f"/v1/queries/{request.source}", document)


@pytest.fixture
def open_(server: GatewayServer) -> GatewayServer:
    server.gateway.shared.publish_policy(POLICY)
    server.gateway.clerk_keys.publish(KeyRules((CA.certificate,), (CA.revoked(NOW, 7),), required=True))
    return server


def test_a_signed_call_is_answered_and_kept_with_its_key(open_: GatewayServer, raw: Raw) -> None:
    reply = ask(raw, proof())
    assert reply.status_code == 200, reply.text
    (entry,) = open_.gateway.shared.log()
    assert (entry["clerk"], entry["outcome"]) == ("沈雨", "none")
    key = entry["key"]
    assert (key["number"], key["serial"], key["issuer"]) == ("0012", f"{LEAF.serial_number:x}", CA.name)
    # What is kept verifies by itself, and names nobody.
    assert signed_by(bytes.fromhex(key["certificate"]), h.canonical(key["statement"]), bytes.fromhex(key["signature"]))
    assert id_number(7) not in json.dumps(key, ensure_ascii=False, default=str)
    assert key["serial"] in board(open_.gateway)


def test_unsigned_calls_are_refused_only_where_the_platform_requires_keys(open_: GatewayServer, raw: Raw) -> None:
    reply = ask(raw, None)
    assert (reply.status_code, reply.json()["type"]) == (403, h.PROBLEM + "query-not-signed")
    assert "钥匙签名" in reply.json()["detail"]
    assert open_.gateway.shared.log()[0]["outcome"] == "refused"
    open_.gateway.clerk_keys.require(False)
    assert ask(raw, None).status_code == 200


def test_the_same_signature_counts_once(open_: GatewayServer, raw: Raw) -> None:
    assert ask(raw, proof()).status_code == 200
    again = ask(raw, proof())
    assert (again.status_code, again.json()["detail"]) == (403, "这次签名已经用过，不能再用")
    assert sorted(entry["outcome"] for entry in open_.gateway.shared.log()) == ["none", "refused"]
    assert ask(raw, proof(nonce="c" * 32)).status_code == 200


@SQLITE_ONLY
@pytest.mark.parametrize(
    "changed",
    [
        {"source": "degree"},
        {"purpose": "judge"},
        {"subject": Subject("person", id_number(8), "王㛃")},
        {"items": (ITEM, ITEM)},
    ],
    ids=["source", "purpose", "subject", "items"],
)
def test_what_was_altered_after_signing_is_refused(open_: GatewayServer, raw: Raw, changed: dict[str, Any]) -> None:
    other = dataclasses.replace(REQUEST, **changed)
    assert ask(raw, proof(), other).status_code == 403
    assert open_.gateway.clerk_keys.refusal(other, proof(), DEVICE) == "钥匙的签名与查询内容不符"


@SQLITE_ONLY
def test_a_call_signed_for_another_window_is_refused(open_: GatewayServer) -> None:
    assert open_.gateway.clerk_keys.refusal(REQUEST, proof(), "window-B02") == "钥匙的签名与查询内容不符"


@SQLITE_ONLY
@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda: proof(leaf=ClerkCa.make(NOW).issue(KEY, "0012", "沈雨", NOW)), "不是本平台认可"),
        (lambda: proof(leaf=CA.issue(KEY, "0012", "沈雨", NOW - dt.timedelta(days=99), 30)), "已过期"),
        (lambda: proof(leaf=CA.issue(KEY, "0012", "沈雨", NOW + dt.timedelta(days=1))), "还没有生效"),
        (lambda: proof(leaf=CA.issue(KEY, "0012", "陆方", NOW)), "不是这位窗口人员本人"),
        (lambda: proof(leaf=CA.issue(KEY, "0013", "沈雨", NOW)), "不是这位窗口人员本人"),
        (lambda: proof(leaf=CA.certificate), "不是本平台认可"),
        (lambda: proof(at=NOW - dt.timedelta(seconds=301)), "时间相差太大"),
        (lambda: proof(at=NOW + dt.timedelta(seconds=301)), "时间相差太大"),
        (lambda: dataclasses.replace(proof(), signature=b"\x30\x00"), "与查询内容不符"),
        (lambda: dataclasses.replace(proof(), certificates=(b"no certificate",)), "读不出"),
    ],
    ids=["foreign", "expired", "early", "name", "number", "root", "stale", "ahead", "signature", "garbage"],
)
def test_each_bad_key_is_refused_with_its_reason(open_: GatewayServer, raw: Raw, made: Any, why: str) -> None:
    reply = ask(raw, made())
    assert reply.status_code == 403
    assert why in reply.json()["detail"]
    assert why in open_.gateway.shared.log()[0]["reason"]


def test_a_revoked_certificate_is_refused_as_soon_as_the_list_is_there(open_: GatewayServer, raw: Raw) -> None:
    assert ask(raw, proof()).status_code == 200
    newer = KeyRules((CA.certificate,), (CA.revoked(NOW, LEAF.serial_number),))
    open_.gateway.clerk_keys.publish(newer)
    reply = ask(raw, proof(nonce="d" * 32))
    assert (reply.status_code, reply.json()["detail"]) == (403, "钥匙的证书已吊销")


@SQLITE_ONLY
def test_a_list_of_another_authority_revokes_nothing(open_: GatewayServer, raw: Raw) -> None:
    forged = dataclasses.replace(ClerkCa.make(NOW), certificate=CA.certificate).revoked(NOW, LEAF.serial_number)
    open_.gateway.clerk_keys.publish(KeyRules((CA.certificate,), (forged,)))
    assert ask(raw, proof()).status_code == 200
