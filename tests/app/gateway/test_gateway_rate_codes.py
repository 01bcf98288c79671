"""The page on a visitor's phone: a code is good for one rating of one visit; everything else is told in plain words."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import html
import re

import pytest
import requests
from gateway_kit import DEVICE, NOW, OTHER_DEVICE, Raw, make_case, new_key

from app.domain.case import Case
from app.domain.clock import FixedClock
from app.domain.matter import MatterKind
from app.domain.rating import Channel, Grade, Opinion, Rater
from app.gateway.server import GatewayServer
from app.licences.cose import Algorithm, SigningKey, sign_raw
from app.licences.paper_certificate import request_body
from app.licences.rating_code import RatingCode, code_of, sign_code
from app.licences.snapshot import pin_of
from app.server.wire import case_document, rating_document

LEAD = dataclasses.replace(make_case(1), applicant_name="𠮷川㛃")
SECOND = dataclasses.replace(make_case(2), visit_id=LEAD.visit_id, item_name="户外招牌设置备案")
NEXT = make_case(3)


@pytest.fixture
def key(server: GatewayServer) -> SigningKey:
    """The window's paper key, certified as a window has it done."""
    return certified(server, DEVICE)


def certified(server: GatewayServer, device: str) -> SigningKey:
    made = SigningKey.generate(Algorithm.EDDSA)
    pin = pin_of(made)
    proof = base64.b64encode(sign_raw(request_body(device, pin, "x"), made)).decode()
    server.gateway.paper_keys.certify(device, {"public_key": pin.text, "proof": proof, "window": "x"})
    return made


@pytest.fixture
def sent(raw: Raw) -> None:
    for case in (LEAD, SECOND, NEXT):
        assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201


def address(server: GatewayServer, key: SigningKey, code: RatingCode | None = None) -> str:
    return f"{server.url}/rate/{sign_code(code or code_of(LEAD), key)}"


def words(reply: requests.Response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", reply.text.partition("<body>")[2]))


def rate(url: str, grade: Grade, **more: str) -> requests.Response:
    return requests.post(url, data={"grade": str(int(grade)), **more}, timeout=20)


@pytest.mark.usefixtures("sent")
def test_a_visitor_rates_the_whole_visit_once_by_phone(server: GatewayServer, key: SigningKey) -> None:
    url = address(server, key)
    page = requests.get(url, timeout=20)
    assert page.status_code == 200
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "<script" not in page.text
    said = words(page)
    assert all(part in said for part in ("𠮷**", LEAD.item_name, SECOND.item_name, LEAD.window.hall, LEAD.clerk))
    assert LEAD.applicant_name not in page.text
    assert LEAD.applicant_number not in page.text
    assert "checked" not in page.text, "no grade is suggested"
    done = rate(url, Grade.BAD, **{"tick-201": "on", "tick-501": "on", "words": "跑了两趟<script>"})
    assert (done.status_code, "谢谢您的评价" in words(done)) == (200, True)
    kept = server.gateway.ratings.document(LEAD.case_id)
    assert (kept["pf"], kept["satisfaction"], kept["writingEvaluation"]) == (3, 2, "跑了两趟<script>")
    assert kept["evalDetail"] == ["201"], "what was ticked under another grade is not taken"
    assert (kept["userName"], kept["taskName"], kept["handleUserName"]) == (
        LEAD.applicant_name, LEAD.item_name, LEAD.clerk,
    )  # fmt: skip
    assert server.gateway.ratings.document(SECOND.case_id)["satisfaction"] == 2
    with pytest.raises(KeyError):
        server.gateway.ratings.document(NEXT.case_id)
    assert len(server.gateway.ratings.open_orders()) == 2
    again = rate(url, Grade.VERY_GOOD)
    assert (again.status_code, "已经评价过了" in words(again), "已经用过" in words(again)) == (410, True, True)
    assert server.gateway.ratings.document(LEAD.case_id)["satisfaction"] == 2
    assert "已经评价过了" in words(requests.get(url, timeout=20))


@pytest.mark.usefixtures("sent")
def test_what_is_wrong_with_a_code_is_told_apart(server: GatewayServer, key: SigningKey, clock: FixedClock) -> None:
    good = code_of(LEAD)
    stranger = SigningKey.generate(Algorithm.EDDSA)
    elsewhere = certified(server, OTHER_DEVICE)
    text = sign_code(good, key)
    altered = text[:60] + ("A" if text[60] != "A" else "B") + text[61:]
    told = {
        "不是有效的评价码": [
            address(server, stranger),
            *(f"{server.url}/rate/{one}" for one in (altered, "abc", "%00")),
        ],
        "码与办件不符": [
            address(server, key, dataclasses.replace(good, person="王*")),
            address(server, key, dataclasses.replace(good, window="B02")),
        ],
        "窗口还没有上报": [
            address(server, key, dataclasses.replace(good, number=make_case(9).provisional_no)),
            address(server, elsewhere),
        ],
    }  # fmt: skip
    for title, urls in told.items():
        for url in urls:
            for reply in (requests.get(url, timeout=20), rate(url, Grade.GOOD)):
                assert title in words(reply), url
                assert reply.status_code >= 400
    with pytest.raises(KeyError):
        server.gateway.ratings.document(LEAD.case_id)
    clock.advance(dt.timedelta(days=15, seconds=1))
    late = requests.get(address(server, key), timeout=20)
    assert (late.status_code, "评价码已过期" in words(late)) == (410, True)
    assert "2026年12月06日" in words(late)


@pytest.mark.usefixtures("sent")
def test_a_stolen_windows_codes_count_no_more(server: GatewayServer, key: SigningKey) -> None:
    server.gateway.paper_keys.revoke(DEVICE)
    assert "这个码已停用" in words(rate(address(server, key), Grade.GOOD))
    with pytest.raises(KeyError):
        server.gateway.ratings.document(LEAD.case_id)


@pytest.mark.usefixtures("sent")
def test_the_first_of_window_and_phone_counts(server: GatewayServer, raw: Raw, key: SigningKey) -> None:
    def window(case: Case) -> requests.Response:
        opinion = Opinion(Grade.VERY_GOOD, NOW, ())
        document = rating_document(case, opinion, Channel.HALL_TABLET, Rater.PERSON, "x")
        return raw("POST", "/v1/ratings", document, key=new_key())

    # By phone first: the window's own rating is nothing that a clerk would have to settle.
    assert rate(address(server, key), Grade.FAIR).status_code == 200
    assert window(LEAD).status_code == 201
    assert server.gateway.ratings.document(LEAD.case_id)["satisfaction"] == 3
    assert window(NEXT).status_code == 201
    there = rate(address(server, key, code_of(NEXT)), Grade.VERY_BAD)
    assert "在窗口已经评价" in words(there)
    assert server.gateway.ratings.document(NEXT.case_id)["satisfaction"] == 5


@pytest.mark.usefixtures("sent")
def test_no_grade_is_no_rating(server: GatewayServer, key: SigningKey) -> None:
    url = address(server, key)
    for data in ({}, {"grade": "6"}, {"grade": "好"}):
        reply = requests.post(url, data=data, timeout=20)
        assert (reply.status_code, "请先选一个评价等级" in words(reply)) == (422, True)
    with pytest.raises(KeyError):
        server.gateway.ratings.document(LEAD.case_id)


@pytest.mark.usefixtures("sent")
def test_a_fault_found_on_the_phone_goes_to_its_window(server: GatewayServer, raw: Raw, key: SigningKey) -> None:
    code = address(server, key).rpartition("/")[2]
    page = requests.get(f"{server.url}/rate/fault", params={"code": code}, timeout=20)
    fields = dict(re.findall(r'name="(once|code)" value="([^"]*)"', page.text))
    assert fields["code"] == code
    empty = requests.post(f"{server.url}/rate/fault", data=fields, timeout=20)
    assert (empty.status_code, "请写明" in words(empty)) == (422, True)
    wrong = requests.post(f"{server.url}/rate/fault", data={**fields, "words": "x", "phone": "12a"}, timeout=20)
    assert "电话号码不对" in words(wrong)
    told = {**fields, "words": "取号机不好找\n在柱子后面", "name": "李𬭚", "phone": "13905720001"}
    first = requests.post(f"{server.url}/rate/fault", data=told, timeout=20)
    assert "已收到" in words(first)
    assert requests.post(f"{server.url}/rate/fault", data=told, timeout=20).text == first.text, "sent twice it is one"
    (matter,) = server.gateway.matters.listed()
    assert (matter.kind, matter.subject, matter.phone) == (MatterKind.FAULT, "取号机不好找", "13905720001")
    assert matter.details["窗口"] == f"{LEAD.window.hall} {LEAD.window.name}"
    assert matter.number in words(first)
    (row,) = raw("GET", "/v1/feeds/matters").json()["items"]
    assert row["number"] == matter.number


def test_a_fault_without_a_code_is_the_offices_alone(server: GatewayServer, raw: Raw) -> None:
    page = requests.get(f"{server.url}/rate/fault", timeout=20)
    once = re.findall(r'name="once" value="([^"]*)"', page.text)[0]
    sent = {"once": once, "words": "停车难", "code": "forged"}
    assert requests.post(f"{server.url}/rate/fault", data=sent, timeout=20).status_code == 200
    (matter,) = server.gateway.matters.listed()
    assert (matter.firm, "窗口" in matter.details) == ("匿名", False)
    assert raw("GET", "/v1/feeds/matters").json()["items"] == []


def test_nobody_floods_the_offices(server: GatewayServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.gateway.rate_pages._MOST", 0)
    page = requests.get(f"{server.url}/rate/fault", timeout=20)
    once = re.findall(r'name="once" value="([^"]*)"', page.text)[0]
    full = requests.post(f"{server.url}/rate/fault", data={"once": once, "words": "x"}, timeout=20)
    assert full.status_code == 429
    assert server.gateway.matters.listed() == []
