"""Visit packs at the gateway: one device at a time, numbers once, merged on return; and orders to wipe."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from typing import Any

import pytest
import requests
from gateway_kit import DEVICE, NOW, OTHER_DEVICE, OTHER_TOKEN, SQLITE_ONLY, TOKEN, Raw, make_case
from visit_kit import VISIT, asked, key, visit_document

from app.domain.clock import FixedClock, parse_iso
from app.domain.errors import BadInput
from app.domain.visit_pack import VisitState
from app.domain.wipe import WipeKind
from app.gateway.server import GatewayServer
from app.server import headers as h
from app.server.visit_wire import read_appointment, read_pack
from app.server.wire import case_document

OUT = f"/v1/visits/{VISIT}:checkout"
LONGER = f"/v1/visits/{VISIT}:extend"
BACK = f"/v1/visits/{VISIT}:return"


@pytest.fixture
def visits(server: GatewayServer) -> GatewayServer:
    server.gateway.visits.load([visit_document()])
    return server


@pytest.fixture
def raw(visits: GatewayServer) -> Raw:
    return Raw(visits.url)


@pytest.fixture
def other(visits: GatewayServer) -> Raw:
    return Raw(visits.url, OTHER_DEVICE, OTHER_TOKEN)


def check_out(raw: Raw, **changes: Any) -> dict[str, Any]:
    reply = raw("POST", OUT, {**asked(), **changes}, key=key())
    assert reply.status_code == 200, reply.text
    pack: dict[str, Any] = reply.json()["pack"]
    return pack


def returned(pack: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"pack_id": pack["pack_id"], "clerk": "李敏", "cases": [], "done": True, "note": "", **changes}


def listed(server: GatewayServer) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = server.gateway.feeds.page("visits", DEVICE, None, 100)["items"]
    return items


@SQLITE_ONLY
def test_the_whole_visit_goes_along_and_the_list_names_nobody(visits: GatewayServer, raw: Raw) -> None:
    (before,) = listed(visits)
    assert read_appointment(before).state is VisitState.OPEN
    assert "王㛃" not in str(before)
    reply = raw("POST", OUT, asked(), key=key())
    pack = read_pack(reply.json()["pack"])
    assert reply.json()["proof"] == h.pack_proof(h.token_key(TOKEN), reply.json()["pack"])
    assert (pack.visit_id, pack.device_id, pack.people[0].name) == (VISIT, DEVICE, "王㛃")
    assert pack.expires_at == NOW + dt.timedelta(days=7)
    (block,) = pack.blocks
    assert (block.window_id, block.from_day, block.to_day) == ("M01", dt.date(2026, 11, 21), dt.date(2026, 11, 28))
    shown = read_appointment(listed(visits)[0])
    assert (shown.state, shown.holder, shown.holder_device) == (VisitState.OUT, "李敏（M01）", DEVICE)


@SQLITE_ONLY
def test_another_device_hears_who_has_it(raw: Raw, other: Raw) -> None:
    check_out(raw)
    refused = other("POST", OUT, asked("M02"), key=key())
    assert refused.status_code == 409
    problem = refused.json()
    assert problem["type"] == h.HELD
    assert "李敏" in problem["detail"]
    assert DEVICE in problem["detail"]
    assert "11-28" in problem["detail"]


def test_the_same_operation_again_is_the_same_pack(raw: Raw) -> None:
    op = key()
    first = raw("POST", OUT, asked(), key=op)
    again = raw("POST", OUT, asked(), key=op)
    assert again.json() == first.json()
    assert again.headers[h.REPLAYED] == "true"
    assert raw("POST", OUT, asked(days=3), key=op).status_code == 422


@SQLITE_ONLY
def test_a_device_that_lost_its_pack_gets_other_numbers(raw: Raw) -> None:
    first, second = read_pack(check_out(raw)), read_pack(check_out(raw))
    assert first.pack_id != second.pack_id
    assert not first.blocks[0].meets(second.blocks[0])


def test_many_devices_at_once_never_share_a_number(visits: GatewayServer) -> None:
    ids = [f"WF-2026-1{n:03}" for n in range(8)]
    visits.gateway.visits.load([visit_document(name) for name in ids])

    def take(name: str) -> Any:
        device, token = (DEVICE, TOKEN) if int(name[-1]) % 2 else (OTHER_DEVICE, OTHER_TOKEN)
        while True:  # while somebody else is being given numbers of this window, one is asked to come again
            reply = Raw(visits.url, device, token)("POST", f"/v1/visits/{name}:checkout", asked(), key=key())
            if reply.status_code == 200:
                return read_pack(reply.json()["pack"])
            assert (reply.status_code, reply.json()["type"]) == (409, h.PROBLEM + "in-progress")

    with ThreadPoolExecutor(4) as pool:
        packs = list(pool.map(take, ids))
    blocks = [block for pack in packs for block in pack.blocks]
    assert len(blocks) == 8
    assert not any(one.meets(another) for one, another in combinations(blocks, 2))


def test_an_expired_pack_stands_in_nobody_s_way(raw: Raw, other: Raw, clock: FixedClock) -> None:
    old = check_out(raw, days=2)
    clock.advance(dt.timedelta(days=2, seconds=1))
    new = check_out(other, window_id="M01")
    assert not read_pack(old).blocks[0].meets(read_pack(new).blocks[0])
    gone = raw("POST", LONGER, {"pack_id": old["pack_id"], "clerk": "李敏", "days": 2}, key=key())
    assert gone.status_code == 404
    # What was done under the old one counts, and the new one stays out.
    back = raw("POST", BACK, returned(old, done=False), key=key())
    assert back.json()["state"] == "out"


def test_extending_adds_days_and_numbers_for_them(raw: Raw, clock: FixedClock) -> None:
    pack = check_out(raw, days=2)
    clock.advance(dt.timedelta(days=1))
    op = key()
    reply = raw("POST", LONGER, {"pack_id": pack["pack_id"], "clerk": "李敏", "days": 5}, key=op)
    longer = read_pack(reply.json()["pack"])
    assert longer.pack_id == pack["pack_id"]
    assert longer.expires_at == NOW + dt.timedelta(days=6)
    first, second = longer.blocks
    assert first == read_pack(pack).blocks[0]
    assert (second.from_day, second.to_day) == (first.to_day + dt.timedelta(days=1), dt.date(2026, 11, 27))
    again = raw("POST", LONGER, {"pack_id": pack["pack_id"], "clerk": "李敏", "days": 5}, key=op)
    assert again.json() == reply.json()
    shorter = raw("POST", LONGER, {"pack_id": pack["pack_id"], "clerk": "李敏", "days": 1}, key=key())
    assert read_pack(shorter.json()["pack"]).expires_at == longer.expires_at, "nobody loses days by asking"


def test_a_return_waits_for_its_cases_and_merges_them(visits: GatewayServer, raw: Raw) -> None:
    pack = check_out(raw)
    case = make_case()
    early = raw("POST", BACK, returned(pack, cases=[case.case_id]), key=key())
    assert (early.status_code, early.json()["type"]) == (422, h.PROBLEM + "cases-missing")
    assert raw("POST", "/v1/cases", case_document(case), key=key()).status_code == 201
    op = key()
    back = raw("POST", BACK, returned(pack, cases=[case.case_id], note="门牌已换"), key=op)
    assert back.json() == {"pack_id": pack["pack_id"], "state": "done"}
    again = raw("POST", BACK, returned(pack, cases=[case.case_id], note="门牌已换"), key=op)
    assert (again.json(), again.headers[h.REPLAYED]) == (back.json(), "true")
    outcome = visits.gateway.visits.outcome(VISIT)
    assert list(outcome["cases"]) == [case.case_id]
    assert [note["text"] for note in outcome["notes"]] == ["门牌已换"]
    assert read_appointment(listed(visits)[0]).state is VisitState.DONE
    assert raw("POST", OUT, asked(), key=key()).status_code == 404, "it is over"


@SQLITE_ONLY
def test_what_was_not_done_is_open_to_others(raw: Raw, other: Raw) -> None:
    pack = check_out(raw)
    assert raw("POST", BACK, returned(pack, done=False), key=key()).json()["state"] == "open"
    assert check_out(other, window_id="M02")["device_id"] == OTHER_DEVICE
    stranger = other("POST", BACK, returned(pack), key=key())
    assert stranger.status_code == 404, "never this device's"


@SQLITE_ONLY
def test_a_new_plan_reaches_the_list_and_a_cancelled_visit_leaves_it(visits: GatewayServer, raw: Raw) -> None:
    visits.gateway.visits.load([visit_document(time="16:00")])
    assert listed(visits)[0]["time"] == "16:00"
    visits.gateway.visits.cancel(VISIT)
    assert listed(visits) == []
    assert raw("POST", OUT, asked(), key=key()).status_code == 404


@SQLITE_ONLY
@pytest.mark.parametrize(
    "body", [{}, {**asked(), "days": 31}, {**asked(), "days": 0}, {**asked(), "window_id": "m1"}, [asked()]]
)
def test_a_malformed_check_out_is_refused(raw: Raw, body: Any) -> None:
    assert raw("POST", OUT, body, key=key()).status_code == 422
    assert raw("POST", OUT, asked()).status_code == 400, "no key"


def probe(url: str, device: str = DEVICE, token: str = TOKEN, nonce: str = "n" * 20) -> requests.Response:
    return Raw(url, device, token)("GET", f"/v1/time?nonce={nonce}")


@SQLITE_ONLY
def test_an_order_is_told_to_its_device_alone_and_proved_for_this_probe(visits: GatewayServer) -> None:
    assert probe(visits.url).json()["order"] is None
    order_id = visits.gateway.wipes.order(DEVICE, WipeKind.RETURN)
    told = probe(visits.url).json()["order"]
    assert (told["id"], told["kind"]) == (order_id, "return")
    assert told["proof"] == h.order_proof(h.token_key(TOKEN), "n" * 20, order_id, "return", told["issued_at"], DEVICE)
    assert probe(visits.url, nonce="m" * 20).json()["order"]["proof"] != told["proof"]
    assert probe(visits.url, OTHER_DEVICE, OTHER_TOKEN).json()["order"] is None
    assert Raw(visits.url)("POST", OUT, asked(), key=key()).status_code == 200, "it may work on until it is settled"
    (state,) = visits.gateway.wipes.state(DEVICE)
    assert parse_iso(state["told_at"]) == NOW


def test_a_stolen_device_may_hear_and_confirm_and_nothing_else(visits: GatewayServer, raw: Raw, other: Raw) -> None:
    check_out(raw)
    order_id = visits.gateway.wipes.order(DEVICE, WipeKind.STOLEN)
    assert probe(visits.url).json()["order"]["kind"] == "stolen"
    assert raw("GET", "/v1/feeds/visits").status_code == 403
    assert raw("POST", OUT, asked(), key=key()).status_code == 403
    assert check_out(other, window_id="M02"), "its visits are free"
    assert other("POST", f"/v1/wipes/{order_id}:confirm", {"outcome": "done", "at": "2026-11-21T01:02:03.456Z"},
                 ).status_code == 404, "not its order"  # fmt: skip
    done = {"outcome": "done", "at": "2026-11-21T01:02:03.456Z"}
    assert raw("POST", f"/v1/wipes/{order_id}:confirm", done).json() == {"order_id": order_id}
    assert raw("POST", f"/v1/wipes/{order_id}:confirm", done).status_code == 200, "told twice is no harm"
    assert probe(visits.url).json()["order"] is None
    assert visits.gateway.wipes.state(DEVICE)[0]["outcome"] == "done"


@SQLITE_ONLY
def test_a_device_without_an_order_that_was_disabled_hears_nothing(visits: GatewayServer) -> None:
    visits.gateway.devices.disable(DEVICE)
    assert probe(visits.url).status_code == 403


@SQLITE_ONLY
def test_an_order_does_not_outlive_the_enrolment(visits: GatewayServer) -> None:
    visits.gateway.wipes.order(DEVICE, WipeKind.STOLEN)
    token = visits.enrol(DEVICE, "another-token-of-the-same-window-0001")
    assert probe(visits.url, DEVICE, token).json()["order"] is None
    assert probe(visits.url).status_code == 401


@SQLITE_ONLY
def test_an_order_can_be_taken_back_and_needs_a_device(visits: GatewayServer) -> None:
    visits.gateway.wipes.order(DEVICE, WipeKind.RETURN)
    assert visits.gateway.wipes.cancel(DEVICE)
    assert not visits.gateway.wipes.cancel(DEVICE)
    assert probe(visits.url).json()["order"] is None
    with pytest.raises(BadInput, match="没有这台设备"):
        visits.gateway.wipes.order("nobody", WipeKind.RETURN)
