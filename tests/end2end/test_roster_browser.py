"""The supervisors' roster in a real browser: a rule by its form, a gap in red, a substitute named where it shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browser_kit import chromium
from gateway_kit import DEVICE, DEVICES, Raw, new_key
from roster_kit import FACTORY, MONDAY, MONDAY_TEN, leave, slip
from test_office_browser import until

from app.domain.clock import FixedClock
from app.domain.stationing import Specialist
from app.gateway.server import GatewayServer

pytestmark = pytest.mark.timeout(300)
FILL = """(form, values) => { for (const [name, value] of Object.entries(values)) {
  const part = form.querySelector(`[name=${name}]`);
  if (part.type === 'checkbox') part.checked = value; else part.value = value; }
  form.querySelector('button').click(); }"""


def fill(form: str, **values: object) -> str:
    return f"({FILL})(document.querySelector({json.dumps(form)}), {json.dumps(values, ensure_ascii=False)})"


def test_a_supervisor_keeps_the_roster(tmp_path: Path) -> None:
    server = GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "files", devices=DEVICES,
        clock=FixedClock(MONDAY_TEN), office="training-2026",
    )  # fmt: skip
    server.start()
    try:
        raw = Raw(server.url)
        with chromium(tmp_path / "chromium") as browser, browser.open(server.url + "/office/roster") as tab:
            assert tab.run("!document.body.innerText.includes('驻点排班')"), "not without the password"
            tab.run("document.querySelector('[name=password]').value = 'training-2026'")
            tab.run("document.querySelector('button').click()")
            until(tab, "document.body.innerText.includes('窗口总览')")
            tab.run("document.querySelector('nav a').click()")
            until(tab, "document.body.innerText.includes('这一周没有排班')")
            rule = {
                "clerk": "8001", "name": "王㛃", "device": DEVICE, "firm": FACTORY.name, "number": FACTORY.number,
                "contact": "赵䶮", "phone": "13905800001", "since": str(MONDAY), "by": "周敏",
                "day0": True, "day2": True,
            }  # fmt: skip
            tab.run(fill("form.rule", **rule))
            until(tab, "document.querySelector('.said')?.innerText === '已保存。'")
            row = "document.querySelector('#week tbody').innerText"
            assert tab.run(row).count("09:00–17:00 王㛃") == 2
            # The same person at another firm at the same time: told, and nothing kept.
            tab.run(fill("form.rule", **{**rule, "firm": "定海𠮷祥船厂", "number": ""}))
            until(tab, "document.querySelector('.said')?.innerText.includes('一人不能同时在两处驻点')")
            assert tab.run("document.querySelectorAll('#rules tbody tr').length") == 1
            assert (
                raw("POST", "/v1/roster/absences", leave(Specialist("8001", "王㛃")), key=new_key()).status_code == 201
            )
            tab.run("location.href = '/office/roster'")
            until(tab, "document.querySelectorAll('#week td.gap').length === 1")
            assert "无人" in tab.run("document.querySelector('td.gap').innerText")
            colour = "getComputedStyle(document.querySelector('td.gap')).backgroundColor"
            assert tab.run(colour) == "rgb(251, 233, 231)"
            assert "看病" in tab.run("document.querySelector('article.gap').innerText")
            tab.run(fill("article.gap form", clerk="8002", name="李𠮷", by="周敏"))
            until(tab, "document.querySelectorAll('td.gap').length === 0")
            assert "李𠮷" in tab.run(row)
            assert "替班" in tab.run("document.querySelector('#log tbody').innerText")
            demand, alone = slip(), slip(at=MONDAY_TEN.replace(day=21))
            for document in (demand, alone):
                assert raw("POST", "/v1/matters", document, key=new_key()).status_code == 201
            tab.run("location.href = '/office/'")
            until(tab, "document.body.innerText.includes('排班交办：替班专员 李𠮷（8002）')")
            until(tab, f"document.getElementById('m-{alone['id']}').innerText.includes('排班未派：当时无人驻点')")
    finally:
        server.stop()
