"""A visitor's phone: the rating page and 我要找茬 in headless Chromium at a phone's size, touched without a script of
the page's own."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest
from browser_kit import Tab, chromium
from gateway_kit import DEVICE, DEVICES, NOW, Raw, make_case, new_key

from app.domain.clock import FixedClock
from app.gateway.server import GatewayServer
from app.licences.cose import Algorithm, SigningKey, sign_raw
from app.licences.paper_certificate import request_body
from app.licences.rating_code import code_of, sign_code
from app.licences.snapshot import pin_of
from app.server.wire import case_document

pytestmark = pytest.mark.timeout(300)


def until(tab: Tab, script: str) -> None:
    """The page loads anew after a form: what is asked of it may be asked too early."""
    end = time.monotonic() + 60
    while True:
        try:
            if tab.run(f"document.readyState === 'complete' && {script}"):
                return
        except AssertionError:
            pass
        assert time.monotonic() < end, script
        time.sleep(0.1)


def test_a_visitor_rates_and_finds_fault_by_phone(tmp_path: Path) -> None:
    server = GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "files", devices=DEVICES, clock=FixedClock(NOW)
    )
    server.start()
    try:
        key = SigningKey.generate(Algorithm.EDDSA)
        pin = pin_of(key)
        proof = base64.b64encode(sign_raw(request_body(DEVICE, pin, "x"), key)).decode()
        server.gateway.paper_keys.certify(DEVICE, {"public_key": pin.text, "proof": proof, "window": "x"})
        case = make_case(1)
        assert Raw(server.url)("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201
        address = f"{server.url}/rate/{sign_code(code_of(case), key)}"
        with chromium(tmp_path / "chromium") as browser, browser.open(address) as tab:
            tab.command("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
            until(tab, "document.body.innerText.includes('请您评价本次服务')")
            # The style sheet came through the policy; nothing is wider than the phone; nothing is chosen.
            assert tab.run("getComputedStyle(document.querySelector('.ticks')).display") == "none"
            assert tab.run("document.documentElement.scrollWidth") <= 360
            assert tab.run("document.querySelectorAll('input:checked').length") == 0
            tab.run("document.querySelector('label[for=g2]').click()")
            assert tab.run("getComputedStyle(document.querySelector('.t2')).display") == "block"
            assert tab.run("getComputedStyle(document.querySelector('.t5')).display") == "none"
            tab.run("document.querySelector('.t2 input').click()")
            tab.run("document.querySelector('[name=words]').value = '跑了两趟㛃𠮷䶮𬭚'")
            picture(tab, "rate-page.png")
            tab.run("document.querySelector('button').click()")
            until(tab, "document.body.innerText.includes('谢谢您的评价')")
            kept = server.gateway.ratings.document(case.case_id)
            assert (kept["satisfaction"], kept["writingEvaluation"]) == (2, "跑了两趟㛃𠮷䶮𬭚")
            assert kept["evalDetail"] == ["201"]
            tab.run(f"location.href = '{address}'")
            until(tab, "document.body.innerText.includes('已经评价过了')")
            picture(tab, "rate-used.png")
            tab.run("document.querySelector('a').click()")
            until(tab, "document.querySelector('h1').innerText === '我要找茬'")
            tab.run("document.querySelector('[name=words]').value = '取号机不好找'")
            tab.run("document.querySelector('[name=phone]').value = 'x'")
            tab.run("document.querySelector('button').click()")
            until(tab, "document.querySelector('.wrong')?.innerText.includes('电话号码不对')")
            picture(tab, "rate-fault.png")
            assert tab.run("document.querySelector('[name=words]').value") == "取号机不好找", "nothing typed is lost"
            tab.run("document.querySelector('[name=phone]').value = ''")
            tab.run("document.querySelector('button').click()")
            until(tab, "document.body.innerText.includes('已收到')")
        (matter,) = server.gateway.matters.listed()
        assert matter.subject == "取号机不好找"
    finally:
        server.stop()


def picture(tab: Tab, name: str) -> None:
    """Kept where PICTURES names a folder, for a person to look at."""
    import os

    folder = os.environ.get("PICTURES")
    if folder:
        shot = tab.command("Page.captureScreenshot", format="png")
        (Path(folder) / name).write_bytes(base64.b64decode(shot["data"]))
