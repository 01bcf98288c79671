"""The register of foreign residents: registered once with a grant, served, replaced, revoked, forgotten; all logged."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import pytest
from gateway_kit import DEVICE, NOW, Raw, new_key
from sqlalchemy import select

from app.domain.clock import FixedClock, isoformat
from app.gateway.feeds import Feeds
from app.gateway.residents import ENDED
from app.gateway.server import GatewayServer
from app.gateway.tables import residents
from app.identity.personal_code import make_code, open_code
from app.licences.cose import Algorithm, SigningKey
from app.licences.snapshot import Pin

GRANT: dict[str, Any] = {
    "scenario": "resident-code", "title": "来访人服务码", "items": [], "sources": [],
    "residents": ["register", "serve", "revoke"], "purposes": ["serve_resident"],
}  # fmt: skip
POLICY: dict[str, Any] = {
    "id": "shared-data",
    "sources": [],
    "purposes": [{"id": "serve_resident", "text": "凭服务码办事"}, {"id": "other", "text": "别的"}],
    "grants": [GRANT],
}
USED = {"scenario": "resident-code", "purpose": "serve_resident", "clerk": "0007"}
NUMBER = "C01X00T47"
FACTS = {
    "name_en": "MUELLER JOHANN",
    "nationality": "DEU",
    "travel_document_number": NUMBER,
    "travel_document_type": "passport",
    "valid_to": "2031-04-15",
    "birth_date": "1984-08-12",
    "sex": "1",
}
PORTRAIT = base64.b64encode(b"\xff\xd8\xff" + b"face" * 20).decode()
PERSON = {"facts": FACTS, "document": "护照", "ground": "chip-proved", "portrait": PORTRAIT}


def body(**changed: Any) -> dict[str, Any]:
    consent = {"at": isoformat(NOW), "text": "本人同意登记上列信息，用于以后凭码办事。"}
    check = {"record": "0" * 32, "conclusion": "passed"}
    return {**USED, "person": PERSON, "place": "湖州大厅 3 号窗口", "consent": consent, "check": check} | changed


def register(raw: Raw, key: str | None = None, **changed: Any) -> Any:
    return raw("POST", "/v1/residents:register", body(**changed), key=key or new_key())


def serve(raw: Raw, code: str, **changed: Any) -> Any:
    return raw("POST", "/v1/residents:serve", {**USED, "code": code} | changed)


def revoke(raw: Raw, code: str, **changed: Any) -> Any:
    return raw("POST", "/v1/residents:revoke", {**USED, "code": code, "reason": "本人申请"} | changed)


@pytest.fixture
def open_register(server: GatewayServer) -> GatewayServer:
    server.gateway.shared.publish_policy(POLICY)
    return server


def ended(server: GatewayServer, code_id: str) -> Any:
    return Feeds.current(server.gateway.feeds, "policies", ENDED + code_id)


def kept(server: GatewayServer) -> list[Any]:
    with server.gateway.database.read() as connection:
        return list(connection.execute(select(residents)).all())


def test_registered_once_then_served_by_the_code_that_names_nobody(open_register: GatewayServer, raw: Raw) -> None:
    made = register(raw).json()
    root = Pin.read(open_register.gateway.paper_keys.root())
    code = open_code(made["code"], [root])
    assert code.code_id == made["code_id"]
    assert code.until == NOW.replace(microsecond=0) + dt.timedelta(days=365)
    answer = serve(raw, made["code"]).json()
    assert answer["standing"] == "found"
    assert answer["resident"]["person"] == PERSON
    assert answer["resident"]["place"] == "湖州大厅 3 号窗口"
    log = open_register.gateway.residents.log()
    assert sorted((entry["deed"], entry["outcome"], entry["device_id"]) for entry in log) == [
        ("register", "found", DEVICE), ("serve", "found", DEVICE),
    ]  # fmt: skip
    assert NUMBER not in str(log)
    assert "JOHANN" not in str(log)


def test_a_repetition_registers_nobody_twice(open_register: GatewayServer, raw: Raw) -> None:
    key = new_key()
    first, again = register(raw, key), register(raw, key)
    assert first.json() == again.json()
    assert len(kept(open_register)) == 1
    assert register(raw, key, place="别处").status_code == 422


def test_registering_anew_ends_the_older_code_and_forgets_its_data(open_register: GatewayServer, raw: Raw) -> None:
    first = register(raw).json()
    second = register(raw).json()
    assert second["replaced"] == [first["code_id"]]
    assert serve(raw, first["code"]).json()["standing"] == "replaced"
    assert serve(raw, second["code"]).json()["standing"] == "found"
    assert ended(open_register, first["code_id"])["state"] == "replaced"
    (old,) = (row for row in kept(open_register) if row.code_id == first["code_id"])
    assert old.person == "{}"


def test_a_revoked_code_serves_nobody_and_every_window_hears_of_it(open_register: GatewayServer, raw: Raw) -> None:
    made = register(raw).json()
    assert revoke(raw, made["code"]).json()["standing"] == "revoked"
    answer = serve(raw, made["code"]).json()
    assert (answer["standing"], answer["resident"]) == ("revoked", None)
    assert answer["ended_at"]
    assert ended(open_register, made["code_id"])["state"] == "revoked"
    assert revoke(raw, made["code"]).json()["standing"] == "revoked"
    (row,) = kept(open_register)
    assert (row.person, row.reason) == ("{}", "本人申请")


def test_a_code_ends_with_its_time_and_its_data_go(open_register: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    soon = (NOW + dt.timedelta(days=3)).date().isoformat()
    made = register(raw, person={**PERSON, "facts": {**FACTS, "valid_to": soon}}).json()
    assert made["until"][:10] == soon
    clock.advance(dt.timedelta(days=4))
    assert serve(raw, made["code"]).json()["standing"] == "expired"
    assert open_register.gateway.residents.tidy() == 1
    assert kept(open_register)[0].person == "{}"


def test_foreign_and_altered_codes_are_refused(open_register: GatewayServer, raw: Raw) -> None:
    code = register(raw).json()["code"]
    foreign = make_code(b"0" * 16, SigningKey.generate(Algorithm.EDDSA), NOW, NOW + dt.timedelta(days=9))
    assert serve(raw, foreign).json()["title"] == "服务码不是本平台签发的"
    assert serve(raw, code[:-3]).status_code == 422
    own = open_register.gateway.paper_keys.signing_key()
    unknown = make_code(b"1" * 16, own, NOW, NOW + dt.timedelta(days=9))
    assert serve(raw, unknown).json()["standing"] == "unknown"


@pytest.mark.parametrize("deed", ["register", "serve", "revoke"])
def test_nothing_without_a_grant_and_the_refusal_is_written_down(
    open_register: GatewayServer, raw: Raw, deed: str
) -> None:
    code = register(raw).json()["code"]
    allowed = [one for one in GRANT["residents"] if one != deed]
    open_register.gateway.shared.publish_policy({**POLICY, "grants": [{**GRANT, "residents": allowed}]})
    answer = {"register": lambda: register(raw), "serve": lambda: serve(raw, code), "revoke": lambda: revoke(raw, code)}
    refused = answer[deed]()
    assert refused.status_code == 403
    assert refused.json()["type"].endswith("resident-not-granted")
    assert [entry["deed"] for entry in open_register.gateway.residents.log() if entry["outcome"] == "refused"] == [deed]
    assert serve(raw, code, purpose="other").status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"person": {**PERSON, "facts": {**FACTS, "valid_to": "2020-01-01"}}},
        {"person": {**PERSON, "facts": {**FACTS, "valid_to": "someday"}}},
        {"person": {**PERSON, "facts": {"name_en": "MUELLER"}}},
        {"person": {**PERSON, "facts": {**FACTS, "address": "不该留的"}}},
        {"person": {**PERSON, "portrait": base64.b64encode(b"<svg>").decode()}},
        {"person": {**PERSON, "ground": "zone-only"}},
        {"check": {"record": "0" * 32, "conclusion": "open"}},
    ],
    ids=["over", "no-day", "lacking", "more", "no-jpeg", "only-printed", "not-passed"],
)
def test_what_is_not_proved_or_not_needed_is_not_registered(
    open_register: GatewayServer, raw: Raw, changed: dict[str, Any]
) -> None:
    assert register(raw, **changed).status_code == 422
    assert kept(open_register) == []
