"""Feeds: nothing missed, nothing shown to the wrong device, void cursors refused."""

from __future__ import annotations

import base64
import datetime as dt
import json

import pytest
from gateway_kit import SQLITE_ONLY, Raw, make_case, new_key

from app.domain.clock import FixedClock
from app.gateway.cases import Stage
from app.gateway.server import GatewayServer
from app.server import headers as h
from app.server.wire import case_document


def read_all(
    raw: Raw, feed: str, after: str | None = None, limit: int = 200
) -> tuple[list[dict[str, object]], list[str], str]:
    items: list[dict[str, object]] = []
    gone: list[str] = []
    while True:
        page = raw("GET", f"/v1/feeds/{feed}?limit={limit}" + (f"&after={after}" if after else "")).json()
        assert page["count"] == len(page["items"]) + len(page["tombstones"]) <= limit
        assert page["checksum"] == h.sha256_hex(h.canonical([page["items"], page["tombstones"]]))
        items += page["items"]
        gone += page["tombstones"]
        after = page["next"]
        if not page["more"]:
            return items, gone, page["next"]


def test_a_case_appears_moves_and_goes(server: GatewayServer, raw: Raw) -> None:
    case = make_case()
    raw("POST", "/v1/cases", case_document(case), key=new_key())
    items, _, cursor = read_all(raw, "cases")
    assert [(row["case_id"], row["stage"], row["rev"]) for row in items] == [(case.case_id, 2, 1)]
    assert read_all(raw, "cases", cursor)[0] == []
    server.advance(case.case_id, Stage.UNDER_REVIEW)
    server.advance(case.case_id, Stage.DECIDED)
    items, _, cursor = read_all(raw, "cases", cursor)
    assert [(row["stage"], row["rev"]) for row in items] == [(4, 3)]
    server.gateway.cases.withdraw(case.case_id)
    assert read_all(raw, "cases", cursor)[:2] == ([], [case.case_id])
    for ask in (
        server.gateway.cases.document,
        server.gateway.cases.withdraw,
        lambda i: server.advance(i, Stage.DECIDED),
    ):
        with pytest.raises(KeyError):
            ask(new_key())


@SQLITE_ONLY
def test_the_feed_says_no_names_and_numbers(raw: Raw) -> None:
    case = make_case()
    raw("POST", "/v1/cases", case_document(case), key=new_key())
    reply = raw("GET", "/v1/feeds/cases")
    assert case.case_id in reply.text
    assert case.applicant_name not in reply.text
    assert case.applicant_number not in reply.text


def test_devices_see_their_own_cases_and_everybodys_lists(server: GatewayServer, raw: Raw, stranger: Raw) -> None:
    raw("POST", "/v1/cases", case_document(make_case()), key=new_key())
    server.gateway.feeds.publish("trust", "ca-1", {"id": "ca-1", "title": "示范区数据局"})
    assert len(read_all(raw, "cases")[0]) == 1
    assert read_all(stranger, "cases")[0] == []
    assert read_all(raw, "trust")[0] == read_all(stranger, "trust")[0] == [{"id": "ca-1", "title": "示范区数据局"}]
    assert read_all(raw, "catalog")[0] == []
    assert raw("GET", "/v1/feeds/secrets").status_code == 404


def test_small_pages_give_the_same_as_one(server: GatewayServer, raw: Raw) -> None:
    for n in range(25):
        server.gateway.feeds.publish("catalog", f"item-{n}", {"id": f"item-{n}"})
    server.gateway.feeds.publish("catalog", "item-3", None)
    whole = read_all(raw, "catalog")
    assert len(whole[0]) == 24
    assert whole[1] == ["item-3"]
    for limit in (1, 7, 25, 26):
        assert read_all(raw, "catalog", limit=limit)[:2] == whole[:2]
    for limit in ("0", "501", "-1", "x", "9" * 30):
        assert raw("GET", f"/v1/feeds/catalog?limit={limit}").status_code == 400


def test_void_cursors_answer_410(server: GatewayServer, raw: Raw) -> None:
    server.gateway.feeds.publish("trust", "a", {"id": "a"})
    cursor = read_all(raw, "trust")[2]
    forged = base64.urlsafe_b64encode(json.dumps([server.gateway.epoch(), 0, "x", {}]).encode()).decode()
    for bad in ("", "x", "!!!!", forged, "W10", base64.urlsafe_b64encode(b"[" * 9000).decode()):
        assert raw("GET", f"/v1/feeds/trust?after={bad}").status_code == 410, bad[:20]
    assert raw("GET", f"/v1/feeds/trust?after={cursor}").status_code == 200
    server.gateway.database.begin_new_epoch()
    assert raw("GET", f"/v1/feeds/trust?after={cursor}").status_code == 410


def test_tombstones_live_ninety_days(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    feeds = server.gateway.feeds
    for name in ("a", "b", "c"):
        feeds.publish("trust", name, {"id": name})
    before = read_all(raw, "trust")[2]
    feeds.publish("trust", "b", None)
    after = read_all(raw, "trust")[2]
    clock.advance(dt.timedelta(days=89))
    server.gateway.tidy()
    assert read_all(raw, "trust", before)[1] == ["b"]
    clock.advance(dt.timedelta(days=2))
    feeds.publish("trust", "d", {"id": "d"})
    server.gateway.tidy()
    # Who has not heard that b is gone must begin again; who has, goes on.
    assert raw("GET", f"/v1/feeds/trust?after={before}").status_code == 410
    assert [row["id"] for row in read_all(raw, "trust", after)[0]] == ["d"]
    # And beginning again comes to an end however small the pages.
    assert [row["id"] for row in read_all(raw, "trust", limit=1)[0]] == ["a", "c", "d"]
