"""The back office in a real browser: a trainer signs in and assigns a firm's slip by clicks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_kit import Tab, chromium
from gateway_kit import DEVICES, NOW, Raw, new_key
from issue_kit import authority, permit_case, prepare, trust_of

from app.domain.clock import FixedClock, isoformat
from app.domain.fact import Verdict
from app.domain.matter import MatterStage
from app.gateway.server import GatewayServer
from app.licences.verify import read_licence
from app.server.issue_client import read_ended
from app.server.wire import case_document

pytestmark = pytest.mark.timeout(300)
MATTER = "0199a0c0-0000-7000-8000-000000000001"
OPENED = {
    "id": MATTER, "kind": "contact", "number": "QJY0320260904000", "opened_at": isoformat(NOW), "opened_by": "李敏",
    "firm": "𠮷祥㛃食品厂", "firm_number": "", "subject": "夜间巡逻", "words": "请加强巡逻。", "scope": "one",
    "contact": "李𬭚", "phone": "13905720001", "details": {"厂区": "一号门"},
}  # fmt: skip


def until(tab: Tab, script: str) -> None:
    """The page loads anew after a form: what is asked of it may be asked too early."""
    end = time.monotonic() + 30
    while True:
        try:
            if tab.run(f"document.readyState === 'complete' && {script}"):
                return
        except AssertionError:
            pass
        assert time.monotonic() < end, script
        time.sleep(0.1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GatewayServer]:
    made = GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "files", devices=DEVICES, clock=FixedClock(NOW),
        office="training-2026",
    )  # fmt: skip
    made.start()
    yield made
    made.stop()


def sign_in(tab: Tab) -> None:
    tab.run("document.querySelector('[name=password]').value = 'training-2026'")
    tab.run("document.querySelector('button').click()")


def act(tab: Tab, article: str, choice: str) -> None:
    tab.run(f"document.querySelector('#{article} [name=act]').value = '{choice}'")
    tab.run(f"document.querySelector('#{article} button').click()")


def test_a_trainer_acts_as_the_departments(server: GatewayServer, tmp_path: Path) -> None:
    assert Raw(server.url)("POST", "/v1/matters", OPENED, key=new_key()).status_code == 201
    with chromium(tmp_path / "chromium") as browser, browser.open(server.url + "/office/") as tab:
        assert tab.run("!document.body.innerText.includes('食品厂')")
        sign_in(tab)
        until(tab, "document.body.innerText.includes('𠮷祥㛃食品厂')")
        # The style sheet came through the policy that forbids everything else.
        assert tab.run("getComputedStyle(document.querySelector('header')).backgroundColor") == "rgb(23, 50, 79)"
        tab.run("document.querySelector('article [name=words]').value = '治安管理大队'")
        tab.run("document.querySelector('article button').click()")
        until(tab, "document.querySelector('.said')?.innerText === '已办。'")
        assert "治安管理大队" in tab.run("document.querySelector('article ol').innerText")
    assert server.gateway.matters.matter(MATTER).stage is MatterStage.ASSIGNED


def test_the_police_grant_a_permit_and_take_it_back(server: GatewayServer, tmp_path: Path) -> None:
    issuer = authority()
    prepare(server, issuer)
    raw, case = Raw(server.url), permit_case(name="李𬭚")
    assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201
    asked = {"case_id": case.case_id, "scenario": "permits", "purpose": "hand_over", "clerk": "0007"}
    with chromium(tmp_path / "chromium") as browser, browser.open(server.url + "/office/") as tab:
        sign_in(tab)
        until(tab, f"document.getElementById('c-{case.case_id}') !== null")
        act(tab, f"c-{case.case_id}", "grant")
        until(tab, "document.body.innerText.includes('已签发的电子证照（1）')")
        code = raw("POST", "/v1/licences:fetch", asked).json()["code"]
        assert read_licence(code, trust_of(issuer), NOW).verdict is Verdict.SIGNATURE_VALID
        act(tab, f"l-{case.case_id}", "withdraw")
        # 「已办。」 stands there from the grant already: only the list's end says that the page is the new one.
        gone = "!document.body.innerText.includes('已签发的电子证照')"
        until(tab, f"document.querySelector('.said')?.innerText === '已办。' && {gone}")
    assert raw("POST", "/v1/licences:fetch", asked).json()["code"] == ""
    ended = read_ended(raw("GET", "/v1/feeds/policies").json()["items"])
    assert {str(state) for state in ended.values()} == {"withdrawn"}
