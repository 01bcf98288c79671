"""A page of another system in a real browser borrows the ID reader of the real window; the clerk has the last word."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from browser_kit import Tab, chromium, site
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from app.domain.lending import BridgeRules
from app.presenters.screen import Screen
from devices.emulators.people import demo_people
from widgets.theme import apply_theme

SCENARIO = load_scenario("open-a-barber-shop")
CARD = demo_people()[SCENARIO.person].card
NAME = "婚姻登记系统"
ASK = {"purpose": "婚姻登记核对身份", "fields": ["name", "number"], "full": ["number"]}
pytestmark = pytest.mark.timeout(400)


def free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


@contextmanager
def window(app: QApplication, folder: Path, rules: BridgeRules) -> Iterator[Screen]:
    apply_theme(app)
    with open_demo(folder / "profile", SCENARIO, fresh=True, out=folder / "paper") as station:
        station.settings = replace(station.settings, bridge=rules)
        made = Screen(station)
        made.window.resize(1366, 728)
        made.window.show()
        made.start()
        try:
            yield made
        finally:
            made.close()


@dataclass
class Script:
    """JavaScript that runs in the page while the window's loop goes on."""

    tab: Tab
    qtbot: QtBot

    def begin(self, script: str) -> list[Any]:
        answers: list[Any] = []
        threading.Thread(target=lambda: answers.append(self.tab.run(script)), daemon=True).start()
        return answers

    def __call__(self, script: str) -> Any:
        answers = self.begin(script)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=60_000)
        return answers[0]


def fetching(url: str, document: object = None, token: str = "", method: str = "POST") -> str:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    body = f", body: {json.dumps(json.dumps(document))}" if document is not None else ""
    return (
        f"fetch({json.dumps(url)}, {{method: {json.dumps(method)}, headers: {json.dumps(headers)}{body}}})"
        ".then(async r => ({status: r.status, body: await r.json()})).catch(e => ({blocked: String(e)}))"
    )


def press(dialog: QWidget, name: str) -> None:
    made = dialog.findChild(QPushButton, name)
    assert made is not None
    assert made.isEnabled()
    made.click()


def decide(screen: Screen, qtbot: QtBot, name: str) -> str:
    """Wait for the question on the screen, answer it, and say what it said."""
    made = screen.bridge.bar.findChild(QPushButton, name)
    assert made is not None
    qtbot.waitUntil(lambda: screen.bridge.bar.isVisible() and made.isEnabled(), timeout=60_000)
    said = screen.bridge.bar.accessibleDescription()
    made.click()
    return said


def test_a_page_borrows_the_reader_with_the_clerks_consent(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with site() as page, site() as stranger:
        port, camera_port, reader_port = free_ports(3)
        rules = BridgeRules({page: NAME}, port, camera_port, reader_port)
        api = f"http://127.0.0.1:{port}/v1"
        with window(qapp, tmp_path, rules) as screen, chromium(tmp_path / "browser") as browser:
            qtbot.waitUntil(lambda: screen.bridge.bridge is not None, timeout=60_000)
            with browser.open(stranger + "/") as tab:
                elsewhere = Script(tab, qtbot)
                assert "blocked" in elsewhere(fetching(f"{api}/id-card", ASK))
                opened = f"""new Promise(r => {{const w = new WebSocket("ws://localhost:{reader_port}");
                    w.onopen = () => r("open"); w.onerror = () => r("refused")}})"""
                assert elsewhere(opened) == "refused"
            with browser.open(page + "/") as tab:
                run = Script(tab, qtbot)
                assert run(fetching(f"{api}/id-card", ASK))["status"] == 401

                # Pairing: the clerk's screen shows six digits, the page sends them.
                screen.window.trigger("bridge")
                dialog = screen.bridge.dialog
                qtbot.waitUntil(lambda: len(dialog.rows) == 1 and dialog.isVisible(), timeout=20_000)
                press(dialog, "bridge_pair")
                qtbot.waitUntil(lambda: bool(dialog._code.text()), timeout=20_000)
                digits = dialog._code.text().replace(" ", "")
                token = run(fetching(f"{api}/pair", {"code": digits}))["body"]["token"]
                qtbot.waitUntil(lambda: dialog.rows[0].kept and not dialog._code.text(), timeout=20_000)
                press(dialog, "bridge_admit")
                qtbot.waitUntil(lambda: dialog.rows[0].old, timeout=20_000)
                dialog.reject()

                # Yes, once: the emulated reader's card reaches the page, masked but for what was asked for in full.
                answer = run.begin(fetching(f"{api}/id-card", ASK, token))
                said = decide(screen, qtbot, "consent_once")
                assert NAME in said
                assert "婚姻登记核对身份" in said
                assert "证件号码（完整）" in said
                qtbot.waitUntil(lambda: bool(answer), timeout=60_000)
                assert answer[0]["body"]["outcome"] == "OK"
                assert answer[0]["body"]["data"] == {"name": f"{(CARD.name or '')[:1]}*", "number": CARD.number}

                # The old WebSocket as pages of the field use it, from the same page.
                script = f"""new Promise(r => {{const w = new WebSocket("ws://localhost:{reader_port}");
                    w.onopen = () => w.send(JSON.stringify({{type: 4}})); w.onmessage = m => r(JSON.parse(m.data))}})"""
                answer = run.begin(script)
                assert "全部内容" in decide(screen, qtbot, "consent_visit")
                qtbot.waitUntil(lambda: bool(answer), timeout=60_000)
                assert (answer[0]["code"], answer[0]["name"]) == ("0", CARD.name)
                assert run(script)["code"] == "0"  # for this visit: nobody is asked again

                # And the old camera, after the next visitor came: asked again.
                screen.desk.begin()
                answer = run.begin(fetching(f"http://127.0.0.1:{camera_port}/?video=grabimage", {"cutpage": 0}))
                decide(screen, qtbot, "consent_once")
                qtbot.waitUntil(lambda: bool(answer), timeout=60_000)
                assert answer[0]["body"]["code"] == "0"
                assert len(answer[0]["body"]["photoBase64"]) > 1000

                # No is no, and the page hears it.
                answer = run.begin(fetching(f"{api}/id-card", ASK, token))
                decide(screen, qtbot, "consent_refuse")
                qtbot.waitUntil(lambda: bool(answer), timeout=60_000)
                assert answer[0]["status"] == 403
                assert answer[0]["body"]["title"] == "窗口人员没有同意"

                # Locked, nothing is lent, and the question that stood is gone.
                answer = run.begin(
                    fetching(f"{api}/receipt", {"purpose": "取号", "title": "凭条", "lines": ["1"]}, token)
                )
                qtbot.waitUntil(screen.bridge.bar.isVisible, timeout=60_000)
                screen.duty.lock()
                qtbot.waitUntil(lambda: bool(answer), timeout=60_000)
                assert answer[0]["status"] == 409
                qtbot.waitUntil(lambda: not screen.bridge.bar.isVisible(), timeout=20_000)
                assert (
                    run(fetching(f"{api}/receipt", {"purpose": "取号", "title": "凭条", "lines": ["1"]}, token))[
                        "status"
                    ]
                    == 503
                )
            entries = [e for e in screen.station.store.audit_entries() if e.action.startswith("bridge.")]
            assert [e.action for e in entries] == (
                ["bridge.paired", "bridge.admitted", *["bridge.lent"] * 4, *["bridge.refused"] * 2]
            )
            assert CARD.number is not None
            assert not any(CARD.number in e.details for e in entries)
