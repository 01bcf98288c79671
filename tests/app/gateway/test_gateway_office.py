"""The back office in the browser: nobody acts without the password, and what is done there reaches the windows."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from gateway_kit import DEVICE, DEVICES, NOW, Raw, make_case, new_key

from app.domain.clock import FixedClock, isoformat
from app.domain.matter import Act, MatterStage
from app.domain.rating import Channel, Grade, Opinion, Rater
from app.domain.shared_data import QueryRequest, Subject
from app.gateway.board import refused_calls, window_days
from app.gateway.cases import Stage
from app.gateway.overview import overview
from app.gateway.problems import Problem
from app.gateway.server import GatewayServer
from app.server.wire import audit_hash, case_document, rating_document

PASSWORD = "training-2026"
MATTER = "0199a0c0-0000-7000-8000-000000000001"
OPENED = {
    "id": MATTER, "kind": "demand", "number": "SQY0320260904000", "opened_at": isoformat(NOW), "opened_by": "李敏",
    "firm": "<b>𠮷祥㛃</b>食品厂", "firm_number": "", "subject": "用电", "words": "增容", "scope": "one",
    "contact": "李𬭚", "phone": "13905720001", "details": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    folder = tmp_path_factory.mktemp("office")
    made = GatewayServer(
        db_url=f"sqlite:///{folder}/g.db", files_folder=folder / "files", devices=DEVICES, clock=FixedClock(NOW),
        office=PASSWORD,
    )  # fmt: skip
    made.start()
    yield made
    made.stop()


class Browser:
    """A trainer's: keeps its cookie and reads forms from the page."""

    def __init__(self, url: str) -> None:
        self.url = url + "/office"
        self.session = requests.Session()

    def sign_in(self, password: str = PASSWORD) -> requests.Response:
        return self.session.post(self.url + "/login", data={"password": password}, timeout=20)

    def page(self) -> str:
        return self.session.get(self.url + "/", timeout=20).text

    def act(self, **fields: str) -> requests.Response:
        mark = re.search(r'name="mark" value="(\w+)"', self.page())
        fields.setdefault("mark", mark[1] if mark else "")
        return self.session.post(self.url + "/act", data=fields, timeout=20)


@pytest.fixture
def browser(served: GatewayServer) -> Browser:
    return Browser(served.url)


@pytest.fixture
def opened(served: GatewayServer) -> str:
    answer = Raw(served.url)("POST", "/v1/matters", OPENED, key=new_key())
    assert answer.status_code == 201, answer.text
    return MATTER


def test_nobody_sees_or_does_anything_without_the_password(
    served: GatewayServer, browser: Browser, opened: str
) -> None:
    assert "食品厂" not in browser.page()
    assert browser.sign_in("wrong-password").status_code == 403
    stranger = requests.post(
        browser.url + "/act", data={"what": "matter", "id": opened, "act": "assign", "mark": "0"}, timeout=20
    )
    assert stranger.status_code == 403
    browser.session.cookies.set("yichuang-office", "99999999999.0000", path="/office")
    assert "食品厂" not in browser.page()
    assert served.gateway.matters.matter(opened).stage is MatterStage.OPEN


def test_a_form_of_another_page_does_nothing(served: GatewayServer, browser: Browser, opened: str) -> None:
    browser.sign_in()
    assert browser.act(what="matter", id=opened, act="assign", mark="forged").status_code == 403
    assert served.gateway.matters.matter(opened).stage is MatterStage.OPEN


def test_what_a_window_wrote_is_shown_as_words_never_as_markup(browser: Browser, opened: str) -> None:
    answer = browser.sign_in()
    assert "&lt;b&gt;𠮷祥㛃&lt;/b&gt;食品厂" in answer.text
    assert "<b>𠮷祥" not in answer.text
    assert "script" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_board_shows_each_window_with_its_light_and_refused_calls_with_their_reason(
    served: GatewayServer, browser: Browser
) -> None:
    desk, clock = served.gateway, served.gateway.clock
    quiet = {one.device_id: one for one in window_days(desk)}[DEVICE]
    person = Subject("person", "330502199003150512", "张伟")
    request = QueryRequest("identity", "nothing-granted", "verify_material", person, "李敏", ("x",))
    with pytest.raises(Problem):
        desk.shared.query(request, DEVICE)
    day = {one.device_id: one for one in window_days(desk)}[DEVICE]
    assert day.refused == quiet.refused + 1
    assert day.light != "green"
    assert any("被拒绝" in why for why in day.why)
    (call, *_) = refused_calls(desk)
    assert (call.device_id, call.clerk, call.at) == (DEVICE, "李敏", clock.now())
    assert "没有接入" in call.reason
    browser.sign_in()
    page = browser.page()
    row = re.search(rf'<tr id="w-{DEVICE}">.*?</tr>', page)
    assert row is not None
    assert f'class="light {day.light}"' in row[0]
    assert call.reason in page
    assert "199003150512" not in page
    assert "张伟" not in page


def test_a_slip_is_assigned_handled_and_supervised_and_no_further(
    served: GatewayServer, browser: Browser, opened: str
) -> None:
    browser.sign_in()
    for act in ("assign", "handle", "supervise"):
        assert "已办。" in browser.act(what="matter", id=opened, act=act, by="治安大队", words="已办").text
    assert "没有办" in browser.act(what="matter", id=opened, act="close", by="治安大队", words="办结").text
    matter = served.gateway.matters.matter(opened)
    assert matter.stage is MatterStage.SUPERVISED
    assert [(step.act, step.by) for step in matter.steps] == [
        (act, "治安大队") for act in (Act.ASSIGN, Act.HANDLE, Act.SUPERVISE)
    ]
    feed = served.gateway.feeds.page("matters", DEVICE, None, 10)
    assert [len(item["steps"]) for item in feed["items"]] == [3]


def test_a_case_is_decided_and_a_bad_rating_answered(served: GatewayServer, browser: Browser) -> None:
    raw, case = Raw(served.url), make_case(1)
    assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201
    rated = rating_document(case, Opinion(Grade.BAD, NOW, ("201",)), Channel.HALL_TABLET, Rater.PERSON, "330502")
    rated["writingEvaluation"] = "<b>没说清"
    order = raw("POST", "/v1/ratings", rated, key=new_key()).json()["work_order"]["id"]
    browser.sign_in()
    page = browser.page()
    assert order in page
    orders = page.partition("<h2>差评工单")[2]
    assert "跑了多次；&lt;b&gt;没说清" in orders, "who puts it right knows what was said"
    assert case.applicant_name not in orders, "not who said it"
    assert "要写明" in browser.act(what="order", id=order, act="close").text
    assert len(served.gateway.ratings.open_orders()) == 1
    assert "已办。" in browser.act(what="order", id=order, act="close", words="已道歉并回访").text
    assert served.gateway.ratings.open_orders() == []
    assert "已办。" in browser.act(what="case", id=case.case_id, act="grant", words="准予").text
    with served.gateway.database.read() as connection:
        stage = connection.exec_driver_sql("SELECT stage FROM cases").scalar()
    assert stage == Stage.DECIDED


def test_five_wrong_passwords_close_the_door_for_a_while(browser: Browser) -> None:
    for _ in range(5):
        assert browser.sign_in("wrong-password").status_code == 403
    assert browser.sign_in().status_code == 403


def test_a_gateway_without_a_password_has_no_back_office(tmp_path: Path) -> None:
    plain = GatewayServer(db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "files")
    plain.start()
    try:
        assert requests.get(plain.url + "/office/", timeout=20).status_code == 404
    finally:
        plain.stop()


def test_the_board_counts_what_a_desk_did_beyond_its_working_hours(tmp_path: Path) -> None:
    server = GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "files", devices=DEVICES, clock=FixedClock(NOW)
    )
    server.start()
    previous, entries = "0" * 64, []
    for seq, (action, details, at) in enumerate(
        [
            ("case.accepted", {"extended": True}, NOW),
            ("case.accepted", {}, NOW),
            ("case.accepted", {"extended": True}, NOW - dt.timedelta(days=2)),  # of another day, told today
            ("case.rated", {"extended": True}, NOW),
        ],
        1,
    ):
        entry = {
            "seq": seq, "at": isoformat(at), "clerk": "0231", "action": action, "subject": "x",
            "details": json.dumps(details), "previous": previous,
        }  # fmt: skip
        previous = audit_hash(entry)
        entries.append({**entry, "hash": previous})
    sent = {"chain": "c", "entries": entries}
    assert Raw(server.url)("POST", "/v1/audit", sent).status_code == 200
    day = next(one for one in window_days(server.gateway) if one.device_id == DEVICE)
    assert day.extended == 1
    server.stop()


def test_assisted_visits_go_first_and_are_counted_without_a_reason(tmp_path: Path) -> None:
    server = GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "files", devices=DEVICES, clock=FixedClock(NOW),
        office=PASSWORD,
    )  # fmt: skip
    server.start()
    raw, ids = Raw(server.url), {}
    due = dt.date(2026, 12, 30)
    for name, assisted, day in (("plain", False, due), ("helped", True, due), ("sooner", False, due.replace(day=2))):
        made = replace(make_case(), materials=(), assisted=assisted, due=day)
        if name == "plain":
            # What an answer says is no marker.
            made = replace(made, form={**made.form, "applicant.name": 'x","assisted":true,"y":"'})
        ids[name] = made.case_id
        assert raw("POST", "/v1/cases", case_document(made), key=new_key()).status_code == 201
    browser = Browser(server.url)
    browser.sign_in()
    page = browser.page()
    places = {name: page.index(f'id="c-{case_id}"') for name, case_id in ids.items()}
    assert sorted(places, key=lambda name: places[name]) == ["sooner", "helped", "plain"]
    assert page.count(">帮办</span>") == 1
    day = next(one for one in window_days(server.gateway) if one.device_id == DEVICE)
    assert (day.today, day.assisted) == (3, 1)
    assert overview(server.gateway).assisted == 1
    assert not re.search("老年|残疾|周岁", page)
    server.stop()


def test_lights_follow_work_orders_and_matters(tmp_path: Path) -> None:
    clock = FixedClock(NOW)
    server = GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "files", devices=DEVICES, clock=clock
    )
    server.start()
    gateway, raw = server.gateway, Raw(server.url)
    assert {one.light for one in window_days(gateway)} == {"green"}
    case = make_case(1)
    assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201
    rated = rating_document(case, Opinion(Grade.BAD, NOW, ()), Channel.HALL_TABLET, Rater.PERSON, "330502")
    assert raw("POST", "/v1/ratings", rated, key=new_key()).status_code == 201
    day = next(one for one in window_days(gateway) if one.device_id == DEVICE)
    assert (day.light, day.today, day.in_hand, day.orders_open, day.mean) == ("green", 1, 1, 1, 2.0)
    clock.advance(dt.timedelta(days=19))  # fifteen working days are nearly over
    assert window_days(gateway)[0].light == "yellow"
    clock.advance(dt.timedelta(days=20))
    first = window_days(gateway)[0]
    assert (first.device_id, first.light, first.orders_late, first.today) == (DEVICE, "red", 1, 0)
    server.stop()
