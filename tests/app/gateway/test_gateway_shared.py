"""Shared data and bookings: who may ask what, what is answered, and that every call is written down."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from gateway_kit import DEVICE, ITEM, NOW, SQLITE_ONLY, UNKNOWN_ITEM, Raw, id_number

from app.domain.errors import BadInput, EnvironmentProblem
from app.domain.shared_data import PERSON, Booking, SharedRecord, Subject
from app.gateway.server import GatewayServer
from app.server.query_policy import load_policy_document, shipped_policy_folder
from app.server.shared_files import load_shared_folder

PERSON_NUMBER = id_number(7)
OTHER = ITEM[:31] + "02"
POLICY: dict[str, Any] = {
    "id": "shared-data",
    "sources": [
        {"id": "household", "name": "户籍", "name_en": "Households", "department": "police"},
        {"id": "degree", "name": "学历", "name_en": "Degrees", "department": "education"},
        {"id": "tax", "name": "纳税", "name_en": "Tax", "department": "tax", "about": "firm"},
    ],
    "purposes": [{"id": "verify", "text": "核验材料"}, {"id": "judge", "text": "审核条件"}],
    "grants": [
        {
            "scenario": "hygiene",
            "title": "公共场所卫生许可",
            "items": [ITEM[:31]],
            "sources": ["household", "tax"],
            "purposes": ["verify"],
        }
    ],
}
RECORD = SharedRecord(
    "household",
    Subject(PERSON, PERSON_NUMBER, "王㛃"),
    {"address": "𬭚桥村 6 号", "household_number": "330503001"},
    valid_until=dt.date(2027, 1, 1),
)


def ask(raw: Raw, source: str = "household", **changed: Any) -> Any:
    document = {
        "scenario": "hygiene",
        "purpose": "verify",
        "subject": {"kind": "person", "number": PERSON_NUMBER, "name": "王㛃"},
        "clerk": "0007",
        "items": [ITEM],
    } | changed
    return raw("POST", f"/v1/queries/{source}", document)


@pytest.fixture
def open_(server: GatewayServer) -> GatewayServer:
    """A gateway with a grant table and one record."""
    server.gateway.shared.publish_policy(POLICY)
    assert server.gateway.shared.load([RECORD]) == 1
    return server


def test_a_granted_query_is_answered_and_written_down(open_: GatewayServer, raw: Raw) -> None:
    reply = ask(raw)
    assert reply.status_code == 200
    answer = reply.json()
    assert answer["found"] is answer["proves"] is True
    assert {f["element"]: f["value"] for f in answer["facts"]} == RECORD.facts
    assert answer["valid_until"] == "2027-01-01"
    assert answer["asked_at"].startswith("2026-11-21T01:02:03")
    (entry,) = open_.gateway.shared.log()
    assert entry["reference"] == answer["reference"]
    assert (entry["device_id"], entry["clerk"], entry["outcome"]) == (DEVICE, "0007", "found")
    assert (entry["source"], entry["scenario"], entry["purpose"]) == ("household", "hygiene", "verify")
    assert entry["items"] == [ITEM]
    assert PERSON_NUMBER not in str(entry)
    assert "王㛃" not in str(entry)
    assert entry["subject"].endswith(PERSON_NUMBER[-4:])


def test_another_record_of_the_same_person_takes_its_place(open_: GatewayServer, raw: Raw) -> None:
    newer = dataclasses.replace(RECORD, facts={"address": "衣裳街 88 号"}, proves=False, note="户口已迁出")
    open_.gateway.shared.load([newer])
    answer = ask(raw).json()
    assert answer["facts"] == [{"element": "address", "value": "衣裳街 88 号"}]
    assert (answer["proves"], answer["note"]) == (False, "户口已迁出")


@pytest.mark.parametrize(
    "subject",
    [
        {"kind": "person", "number": id_number(8), "name": "王㛃"},
        {"kind": "person", "number": PERSON_NUMBER, "name": "李𠮷"},
    ],
    ids=["unknown number", "another name"],
)
def test_an_unknown_subject_is_not_found_and_tells_nothing(open_: GatewayServer, raw: Raw, subject: object) -> None:
    answer = ask(raw, subject=subject).json()
    assert answer["found"] is False
    assert answer["facts"] == []
    assert [entry["outcome"] for entry in open_.gateway.shared.log()] == ["none"]


@pytest.mark.parametrize(
    ("source", "changed", "why"),
    [
        ("household", {"scenario": "barber"}, "没有这个应用场景"),
        ("degree", {}, "没有获得查询“学历”的授权"),
        ("wealth", {}, "没有接入"),
        ("household", {"purpose": "judge"}, "不能以这个目的"),
        ("household", {"items": [ITEM, UNKNOWN_ITEM]}, "不在场景"),
        ("tax", {}, "查询对象不对"),
    ],
)
def test_what_no_grant_names_is_refused_with_the_reason(
    open_: GatewayServer, raw: Raw, source: str, changed: dict[str, Any], why: str
) -> None:
    reply = ask(raw, source, **changed)
    assert reply.status_code == 403
    assert reply.json()["title"] == "没有查询这项数据的授权"
    assert why in reply.json()["detail"]
    assert PERSON_NUMBER not in reply.text
    (entry,) = open_.gateway.shared.log()
    assert entry["outcome"] == "refused"
    assert why in entry["reason"]


def test_a_main_items_grant_covers_its_situations(open_: GatewayServer, raw: Raw) -> None:
    assert ask(raw, items=[ITEM, OTHER]).status_code == 200


def test_without_a_grant_table_nothing_is_answered(server: GatewayServer, raw: Raw) -> None:
    server.gateway.shared.load([RECORD])
    assert ask(raw).status_code == 403


@SQLITE_ONLY
def test_a_malformed_query_asks_nobody(open_: GatewayServer, raw: Raw) -> None:
    for changed in ({"purpose": ""}, {"items": ["x"]}, {"subject": {"kind": "dog", "number": "1"}}, {"clerk": None}):
        assert ask(raw, **changed).status_code == 422
    assert open_.gateway.shared.log() == []


def test_a_query_without_items_needs_a_grant_without_items(open_: GatewayServer, raw: Raw) -> None:
    assert ask(raw, items=[]).status_code == 403
    assert [entry["outcome"] for entry in open_.gateway.shared.log()] == ["refused"]


@SQLITE_ONLY
def test_a_call_that_cannot_be_written_down_is_not_answered(
    open_: GatewayServer, raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(open_.gateway.shared), "_write_down", full)
    reply = ask(raw)
    assert reply.status_code == 503
    assert "𬭚桥村" not in reply.text


def test_the_grant_table_goes_out_with_the_policies_once(open_: GatewayServer, raw: Raw) -> None:
    page = raw("GET", "/v1/feeds/policies").json()
    assert page["items"] == [POLICY]
    open_.gateway.shared.publish_policy(POLICY)
    assert raw("GET", f"/v1/feeds/policies?after={page['next']}").json()["items"] == []
    changed = {**POLICY, "grants": []}
    open_.gateway.shared.publish_policy(changed)
    assert raw("GET", f"/v1/feeds/policies?after={page['next']}").json()["items"] == [changed]
    assert ask(raw).status_code == 403
    with pytest.raises(BadInput):
        open_.gateway.shared.publish_policy({**POLICY, "sources": []})


BOOKING = Booking(
    code="YY20261121-0007",
    name="王㛃",
    number=PERSON_NUMBER,
    day=dt.date(2026, 11, 21),
    time="09:30",
    items=("open-a-barber-shop", ITEM),
    made_at=NOW - dt.timedelta(days=2),
    answers={"open-a-barber-shop": {"kind": "one"}},
    fields={"applicant.phone": "13857200011", "business.name": "𠮷祥理发"},
)


def test_a_booking_is_found_by_code_and_by_person(server: GatewayServer, raw: Raw) -> None:
    later = dataclasses.replace(BOOKING, code="YY20261121-0001", time="15:00")
    assert server.gateway.bookings.load([later, BOOKING]) == 2
    assert raw("GET", f"/v1/bookings/{BOOKING.code}").json()["fields"] == BOOKING.fields
    assert raw("GET", "/v1/bookings/YY20261121-0099").status_code == 404
    mine = {"number": PERSON_NUMBER, "day": "2026-11-21"}
    found = raw("POST", "/v1/bookings:find", mine).json()["bookings"]
    assert [b["time"] for b in found] == ["09:30", "15:00"]
    assert raw("POST", "/v1/bookings:find", mine | {"day": "2026-11-22"}).json() == {"bookings": []}
    assert raw("POST", "/v1/bookings:find", mine | {"number": id_number(8)}).json() == {"bookings": []}
    assert raw("POST", "/v1/bookings:find", mine | {"day": "2026-13-41"}).status_code == 422
    server.gateway.bookings.load([dataclasses.replace(BOOKING, time="10:00")])
    assert [b["time"] for b in raw("POST", "/v1/bookings:find", mine).json()["bookings"]] == ["10:00", "15:00"]


# ------------------------------------------------------------------------------------- a folder of YAML


def write(folder: Path, **files: str) -> Path:
    (folder / "records").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name.replace('__', '/')}.yaml").write_text(text, "utf-8")
    return folder


RECORDS = """
source: household
records:
  - {number: "330503195809230421", name: 王𠮷, facts: {address: 㛃䶮镇}, valid_until: 2027-01-01}
  - {kind: person, number: "330502199003150512", proves: no, note: 已迁出}
"""


def test_a_folder_is_read_with_the_shipped_grants_or_its_own(tmp_path: Path) -> None:
    folder = write(tmp_path, records__household=RECORDS)
    loaded = load_shared_folder(folder)
    assert loaded.policy == load_policy_document(shipped_policy_folder())
    assert [(r.subject.number[-4:], r.proves, r.valid_until) for r in loaded.records] == [
        ("0421", True, dt.date(2027, 1, 1)),
        ("0512", False, None),
    ]
    own = write(
        folder,
        sources="[{id: household, name: 户籍, name_en: Households, department: police}]",
        purposes="[{id: verify, text: 核验}]",
        grants="[{scenario: s, title: 场景, items: [a], sources: [household], purposes: [verify]}]",
    )
    assert [g["scenario"] for g in load_shared_folder(own).policy["grants"]] == ["s"]


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"records__x": "source: wealth\nrecords: [{number: '1'}]"}, "wealth"),
        ({"records__x": "source: household\nrecords: [{number: '1'}, {name: 王}]"}, "第 2 条"),
        ({"records__x": "source: household\nrecords: [{number: 7}]"}, "第 1 条"),
        ({"records__x": "source: household\nrecords: [{number: '7', proves: maybe}]"}, "第 1 条"),
        ({"records__x": "a: [b"}, "x.yaml"),
        ({"bookings": "{}"}, "bookings.yaml"),
        ({"bookings": "[{code: YY-000001}]"}, "第 1 个"),
        ({"grants": "[]", "sources": "[{id: 1}]", "purposes": "[]"}, "sources.yaml"),
        ({"grants": "[{scenario: s}]", "sources": "[]", "purposes": "[]"}, "grants.yaml"),
        (
            {
                "grants": "[{scenario: s, title: t, items: [a], sources: [wealth], purposes: [p]}]",
                "sources": "[]",
                "purposes": "[]",
            },
            "wealth",
        ),
    ],
)
def test_what_is_wrong_in_a_folder_is_named(tmp_path: Path, files: dict[str, str], where: str) -> None:
    with pytest.raises(BadInput) as caught:
        load_shared_folder(write(tmp_path, **files))
    assert where in caught.value.what


def test_a_folder_or_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        load_shared_folder(tmp_path / "nowhere")
    with pytest.raises(EnvironmentProblem):
        load_shared_folder(write(tmp_path, grants="[]"))
