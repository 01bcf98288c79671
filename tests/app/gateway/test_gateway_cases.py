"""POST /v1/cases and its neighbours: exactly once, whatever is sent."""

from __future__ import annotations

import concurrent.futures
import datetime as dt

from gateway_kit import ITEM, NOW, SQLITE_ONLY, UNKNOWN_ITEM, Raw, make_case, new_key, with_form
from sqlalchemy import func, select

from app.domain.clock import FixedClock, isoformat
from app.gateway.cases import Result, remember
from app.gateway.server import GatewayServer
from app.gateway.tables import cases, operations
from app.server import headers as h
from app.server.wire import case_document


def stored(server: GatewayServer) -> tuple[int, int]:
    """(cases, remembered operations)"""
    with server.gateway.database.read() as connection:
        return (
            connection.scalar(select(func.count()).select_from(cases)) or 0,
            connection.scalar(select(func.count()).select_from(operations)) or 0,
        )


def test_a_case_gets_its_number_of_the_day(raw: Raw) -> None:
    replies = [raw("POST", "/v1/cases", case_document(make_case(n)), key=new_key()) for n in (1, 2)]
    assert [reply.status_code for reply in replies] == [201, 201]
    # 实施编码 + the day in Asia/Shanghai + a counter.
    assert [reply.json()["case_no"] for reply in replies] == [f"{ITEM[:31]}202611210001", f"{ITEM[:31]}202611210002"]
    assert replies[0].json()["rev"] == 1
    assert h.REPLAYED not in replies[0].headers


def test_the_day_is_the_legal_one(raw: Raw, clock: FixedClock) -> None:
    clock.advance(dt.datetime(2026, 11, 21, 16, 0, 1, tzinfo=dt.UTC) - clock.now())  # 00:00:01 in Shanghai
    reply = raw("POST", "/v1/cases", case_document(make_case()), key=new_key())
    assert reply.json()["case_no"].endswith("202611220001")


def test_the_ten_thousandth_case_of_a_day_still_gets_a_number(server: GatewayServer, raw: Raw) -> None:
    raw("POST", "/v1/cases", case_document(make_case(1)), key=new_key())
    with server.gateway.database.write() as connection:
        connection.exec_driver_sql("UPDATE case_numbers SET last = 9999")
    reply = raw("POST", "/v1/cases", case_document(make_case(2)), key=new_key())
    assert reply.json()["case_no"] == f"{ITEM[:31]}2026112110000"


def test_same_key_and_body_gives_the_same_answer(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    key, document = new_key(), case_document(make_case())
    first = raw("POST", "/v1/cases", document, key=key)
    clock.advance(dt.timedelta(days=3))
    second = raw("POST", "/v1/cases", document, key=key)
    assert (second.status_code, second.json()) == (201, first.json())
    assert second.headers[h.REPLAYED] == "true"
    assert stored(server) == (1, 1)


def test_same_key_and_other_body_is_refused(server: GatewayServer, raw: Raw) -> None:
    key, case = new_key(), make_case()
    raw("POST", "/v1/cases", case_document(case), key=key)
    reply = raw("POST", "/v1/cases", case_document(with_form(case, **{"premises.address": "别处"})), key=key)
    assert (reply.status_code, reply.json()["type"]) == (422, h.PROBLEM + "key-reused")
    assert stored(server) == (1, 1)


def test_another_devices_key_is_refused(server: GatewayServer, raw: Raw, stranger: Raw) -> None:
    key, document = new_key(), case_document(make_case())
    raw("POST", "/v1/cases", document, key=key)
    assert stranger("POST", "/v1/cases", document, key=key).status_code == 422
    assert stranger("POST", "/v1/cases", document, key=new_key()).status_code == 422
    assert stored(server) == (1, 1)


@SQLITE_ONLY
def test_no_key_no_case(server: GatewayServer, raw: Raw) -> None:
    for key in (None, "", "no-uuid", "{" + new_key() + "}", new_key().upper()):
        reply = raw("POST", "/v1/cases", case_document(make_case()), key=key)
        assert (reply.status_code, reply.json()["type"]) == (400, h.PROBLEM + "no-key"), key
    assert stored(server) == (0, 0)


def test_a_case_comes_once_even_under_another_key(server: GatewayServer, raw: Raw) -> None:
    case = make_case()
    first = raw("POST", "/v1/cases", case_document(case), key=new_key())
    again = raw("POST", "/v1/cases", case_document(case), key=new_key())
    assert (again.status_code, again.json()["case_no"]) == (201, first.json()["case_no"])
    assert again.headers[h.REPLAYED] == "true"
    other = raw("POST", "/v1/cases", case_document(with_form(case, x="1")), key=new_key())
    assert (other.status_code, other.json()["type"]) == (422, h.PROBLEM + "case-exists")
    assert stored(server)[0] == 1


def test_the_key_of_a_case_is_known_as_long_as_the_case(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    """A window asks by key what a gateway that came back from a backup still has, and of old cases too."""
    key, document = new_key(), case_document(make_case())
    first = raw("POST", "/v1/cases", document, key=key)
    clock.advance(dt.timedelta(days=400))
    server.gateway.tidy()
    assert raw("POST", "/v1/ops:reconcile", {"op_ids": [key]}).json()["known"] == [key]
    assert raw("POST", "/v1/cases", document, key=key).json()["case_no"] == first.json()["case_no"]
    assert stored(server) == (1, 1)


def test_the_keys_of_passing_things_are_forgotten(server: GatewayServer, clock: FixedClock) -> None:
    with server.gateway.database.write() as connection:
        remember(connection, new_key(), "redeem", "W1", "", Result(200, {}), isoformat(clock.now()))
    clock.advance(dt.timedelta(days=89))
    server.gateway.tidy()
    assert stored(server) == (0, 1)
    clock.advance(dt.timedelta(days=2))
    server.gateway.tidy()
    assert stored(server) == (0, 0)


def test_an_operation_in_progress_answers_409(server: GatewayServer, raw: Raw) -> None:
    key = new_key()
    document = case_document(make_case())
    with server.gateway.database.write(f"op:{key}"):
        reply = raw("POST", "/v1/cases", document, key=key)
    assert (reply.status_code, reply.headers["Retry-After"]) == (409, "1")
    assert raw("POST", "/v1/cases", document, key=key).status_code == 201


def test_many_at_once_under_one_key_make_one_case(server: GatewayServer, raw: Raw) -> None:
    key, document = new_key(), case_document(make_case())
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: raw("POST", "/v1/cases", document, key=key), range(16)))
    assert {reply.status_code for reply in replies} <= {201, 409}
    assert len({reply.json()["case_no"] for reply in replies if reply.status_code == 201}) == 1
    assert stored(server) == (1, 1)


def test_many_devices_at_once_get_different_numbers(server: GatewayServer, raw: Raw) -> None:
    documents = [case_document(make_case(n)) for n in range(1, 25)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda d: raw("POST", "/v1/cases", d, key=new_key()), documents))
    numbers = sorted(reply.json()["case_no"][-4:] for reply in replies)
    assert numbers == [f"{n:04d}" for n in range(1, 25)]


def test_a_business_refusal_is_no_case_and_no_memory(server: GatewayServer, raw: Raw) -> None:
    key = new_key()
    reply = raw("POST", "/v1/cases", case_document(make_case(item=UNKNOWN_ITEM)), key=key)
    assert (reply.status_code, reply.json()["outcome"]) == (200, "needs_correction")
    assert reply.json()["reasons"][0]["field"] == "item/code"
    assert stored(server) == (0, 0)
    # Put right, the same operation comes again under its own key.
    assert raw("POST", "/v1/cases", case_document(make_case()), key=key).status_code == 201


@SQLITE_ONLY
def test_a_malformed_case_names_the_field_and_never_the_value(server: GatewayServer, raw: Raw) -> None:
    document = case_document(make_case())
    document["applicant"]["number"] = "330199195001010031" * 9
    document["facts"][0]["at"] = "yesterday"
    del document["clerk"]
    reply = raw("POST", "/v1/cases", document, key=new_key())
    assert reply.json()["outcome"] == "needs_correction"
    assert {reason["field"] for reason in reply.json()["reasons"]} == {"", "applicant/number", "facts/0/at"}
    assert "3301" not in reply.text
    assert stored(server) == (0, 0)


def test_characters_that_hurt_later_are_refused(server: GatewayServer, raw: Raw) -> None:
    for text in ("\x00", "a\x07b", "\x1b尾"):
        reply = raw("POST", "/v1/cases", case_document(with_form(make_case(), note=text)), key=new_key())
        assert reply.json()["reasons"] == [{"field": "form/note", "message": "含有控制字符"}]
    assert stored(server) == (0, 0)


def test_rare_characters_arrive(server: GatewayServer, raw: Raw) -> None:
    case = with_form(make_case(), note="㛃𠮷䶮𬭚\n第二行")
    raw("POST", "/v1/cases", case_document(case), key=new_key())
    assert server.gateway.cases.document(case.case_id) == case_document(case)


@SQLITE_ONLY
def test_what_is_not_json_is_a_400(raw: Raw) -> None:
    deep, long = b"[" * 50_000, b"9" * 5000
    for data in (b"", b"{", b"[1,2", b'{"a": NaN}', b'"\xff"', b'{"a": "\\ud800"}', deep, long):
        reply = raw("POST", "/v1/cases", data=data, key=new_key(), Content_Type="application/json")
        assert (reply.status_code, reply.json()["type"]) == (400, h.PROBLEM + "bad-json"), data[:20]


@SQLITE_ONLY
def test_json_that_is_no_case_needs_correction(raw: Raw) -> None:
    for data in (b"[]", b'"text"', b"7", b"null", b"{}"):
        reply = raw("POST", "/v1/cases", data=data, key=new_key(), Content_Type="application/json")
        assert reply.json()["outcome"] == "needs_correction", data


@SQLITE_ONLY
def test_the_digest_is_needed_and_checked(server: GatewayServer, raw: Raw) -> None:
    document = case_document(make_case())
    missing = raw("POST", "/v1/cases", document, key=new_key(), drop=(h.CONTENT_DIGEST,))
    assert (missing.status_code, missing.json()["type"]) == (400, h.PROBLEM + "no-digest")
    wrong = raw("POST", "/v1/cases", document, key=new_key(), Content_Digest=h.content_digest(b"other"))
    assert (wrong.status_code, wrong.json()["type"]) == (400, h.DIGEST_MISMATCH)
    both = f"sha-512=:abcd:, {h.content_digest(h.canonical(document))}"
    assert raw("POST", "/v1/cases", document, key=new_key(), Content_Digest=both).status_code == 201
    assert stored(server) == (1, 1)


@SQLITE_ONLY
def test_a_body_over_the_limit_is_a_413(server: GatewayServer, raw: Raw) -> None:
    case = with_form(make_case(), **{f"note{n}": "长" * 4000 for n in range(90)})
    reply = raw("POST", "/v1/cases", case_document(case), key=new_key())
    assert reply.status_code == 413
    assert stored(server) == (0, 0)


@SQLITE_ONLY
def test_a_clock_that_is_off_is_flagged_and_the_case_accepted(raw: Raw) -> None:
    def flag(case_serial: int, text: str | None) -> bool:
        headers = {} if text is None else {"X_Client_Time": text}
        reply = raw("POST", "/v1/cases", case_document(make_case(case_serial)), key=new_key(), **headers)
        assert reply.status_code == 201
        return bool(reply.json()["time_suspect"])

    minute = dt.timedelta(minutes=1)
    assert not flag(1, isoformat(NOW + 4 * minute))
    assert flag(2, isoformat(NOW + 6 * minute))
    assert flag(3, isoformat(NOW - dt.timedelta(days=3650)))
    assert flag(4, "not a time")
    assert flag(5, None)


def test_a_batch_answers_for_each(server: GatewayServer, raw: Raw) -> None:
    good, bad, torn = make_case(1), make_case(2, item=UNKNOWN_ITEM), make_case(3)
    keys = [new_key() for _ in range(4)]
    raw("POST", "/v1/cases", case_document(torn), key=keys[2])
    entries = [
        {"op_id": keys[0], "case": case_document(good), "local_seq": 7},
        {"op_id": keys[1], "case": case_document(bad)},
        {"op_id": keys[2], "case": case_document(with_form(torn, x="1"))},
        {"op_id": keys[3], "case": {}},
    ]
    results = raw("POST", "/v1/cases:batch", {"operations": entries}).json()["results"]
    assert [(r["op_id"], r["status"], r["body"].get("outcome")) for r in results] == [
        (keys[0], 201, "accepted"),
        (keys[1], 200, "needs_correction"),
        (keys[2], 422, None),
        (keys[3], 200, "needs_correction"),
    ]
    assert stored(server) == (2, 2)


@SQLITE_ONLY
def test_a_batch_is_bounded(raw: Raw) -> None:
    entries = [{"op_id": new_key(), "case": {}} for _ in range(h.MAX_BATCH + 1)]
    assert raw("POST", "/v1/cases:batch", {"operations": entries}).status_code == 413
    assert raw("POST", "/v1/cases:batch", {"operations": entries[:-1]}).status_code == 200
    assert raw("POST", "/v1/cases:batch", {"operations": []}).status_code == 422
    assert raw("POST", "/v1/cases:batch", {"operations": [{"op_id": "x", "case": {}}]}).status_code == 422


def test_reconcile_tells_what_took_effect(raw: Raw, stranger: Raw) -> None:
    known, unknown = new_key(), new_key()
    raw("POST", "/v1/cases", case_document(make_case()), key=known)
    body = {"op_ids": [known, unknown]}
    reply = raw("POST", "/v1/ops:reconcile", body).json()
    assert (reply["known"], reply["unknown"]) == ([known], [unknown])
    # Another device learns nothing of it.
    assert stranger("POST", "/v1/ops:reconcile", body).json()["unknown"] == [known, unknown]
    assert raw("POST", "/v1/ops:reconcile", {"op_ids": [new_key()] * 501}).status_code == 422
