"""A department's page borrows what the window has: the screen to sign on, and real drivers on the wire."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
import requests
from bridge_kit import ORIGINS, PAGE, Clerk, Memory, Page, Room, judge, no_list
from PyQt6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.bridge.consent import Decision
from app.bridge.server import Bridge, BridgeParts
from app.domain.clock import SystemClock
from app.domain.lending import BridgeRules
from app.domain.signature import Point, Signature
from app.presenters.bridge_lines import WindowLines
from app.presenters.signing import SigningPresenter
from app.workers.device_thread import DeviceThread
from app.workers.surface_pad import SurfacePad
from devices.emulators.identity.sam import SamEmulator
from devices.emulators.people import demo_people
from devices.registry import open_device
from widgets.dialogs.sign_here import SignHereDialog
from widgets.window import MainWindow

WAIT = 30_000
PURPOSE = "婚姻登记核对身份"
STROKE = tuple(Point(10.0 + 8 * n, 20.0 + 3 * n, 0.5, 10 * n) for n in range(12))
SIGNED = Signature((STROKE,), 300, 120)


class Window:
    """A bridge over this window's devices: the reader's real driver on a pseudo-terminal, and the screen to sign on."""

    def __init__(self, qtbot: QtBot, sam: SamEmulator) -> None:
        self.qtbot = qtbot
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.parent = QObject()
        self.pad = DeviceThread(SurfacePad(), self.parent)
        self.reader = DeviceThread(open_device(f"sdt://{sam.path}"), self.parent)
        surface = cast(SurfacePad, self.pad.device)
        self.signing = SigningPresenter(self.window, lambda: self.pad, surface, lambda: None)
        lines = WindowLines({"id_reader": self.reader, "signature_pad": self.pad}, lambda slot: False, self.parent)
        self.clerk, self.memory = Clerk(), Memory()
        rules = BridgeRules(ORIGINS, consent_seconds=10)
        parts = BridgeParts(rules, lines, self.clerk, self.memory, SystemClock(), judge, "综合窗口 03", no_list)
        self.bridge = Bridge(parts, (0, -1, -1))
        for thread in (self.pad, self.reader):
            thread.start()
        self.bridge.start()
        self.page: Page = Room(self.bridge, self.memory, self.clerk, {}).page(PAGE)

    def ask(self, path: str, **document: Any) -> Callable[[], requests.Response]:
        """Ask as a page does, from elsewhere; the answer is waited for with the loop running."""
        answers: list[requests.Response] = []
        wish = {"purpose": PURPOSE, **document}
        asking = threading.Thread(target=lambda: answers.append(self.page("POST", path, wish)))
        asking.start()

        def answer() -> requests.Response:
            self.qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)
            asking.join()
            return answers[0]

        return answer

    def shown(self) -> SignHereDialog:
        self.qtbot.waitUntil(lambda: isinstance(self.signing.dialog, SignHereDialog), timeout=WAIT)
        dialog = self.signing.dialog
        assert isinstance(dialog, SignHereDialog)
        return dialog

    def close(self) -> None:
        self.bridge.stop()
        for thread in (self.pad, self.reader):
            thread.stop()


@pytest.fixture
def counter(qtbot: QtBot) -> Iterator[Window]:
    sam = SamEmulator()
    sam.start()
    sam.place(demo_people()["wang-ji"].card)
    made = Window(qtbot, sam)
    yield made
    made.close()
    sam.stop()


def test_a_page_has_a_person_sign_on_the_window_s_own_screen(counter: Window) -> None:
    answer = counter.ask("/v1/signature", fields=["picture", "strokes"])
    dialog = counter.shown()
    words = " ".join(label.text() for label in dialog.findChildren(type(dialog.page._title)))
    assert ORIGINS[PAGE] in words
    assert PURPOSE in words
    dialog.page.signed.emit(SIGNED)
    reply = answer()
    assert reply.status_code == 200
    assert set(reply.json()["data"]) == {"picture", "strokes"}
    assert len(counter.clerk.questions) == 1
    counter.qtbot.waitUntil(lambda: counter.signing.dialog is None and not counter.signing.asking, timeout=WAIT)


def test_a_person_who_does_not_sign_has_not_signed(counter: Window) -> None:
    answer = counter.ask("/v1/signature", fields=["picture"])
    counter.shown().reject()
    said = answer().json()
    assert said["outcome"] == "DENIED_BY_USER"
    assert not said.get("data")
    counter.qtbot.waitUntil(lambda: not counter.signing.asking, timeout=WAIT)


def test_without_the_clerk_s_consent_nobody_is_asked_to_sign(counter: Window) -> None:
    counter.clerk.says = Decision.REFUSED
    assert counter.ask("/v1/signature", fields=["picture"])().status_code == 403
    assert counter.signing.dialog is None


def test_the_clerk_s_own_paper_goes_before_a_page_s_wish(counter: Window) -> None:
    """Asked in the moment between the page's question and its surface: nobody signs the one under the other's words."""
    signed: list[Signature] = []
    refused: list[str] = []
    pad = counter.pad.device
    assert isinstance(pad, SurfacePad)
    done: list[Any] = []
    counter.pad.call(lambda device: device.sign("婚姻登记系统：别的事", 20), done.append)
    counter.signing.ask("承诺书", "本人承诺", signed.append, refused.append)
    dialog = counter.shown()
    counter.qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    assert done[0].outcome.name == "CANCELLED"
    dialog = counter.shown()
    dialog.page.signed.emit(SIGNED)
    counter.qtbot.waitUntil(lambda: signed == [SIGNED], timeout=WAIT)
    assert refused == []


def test_a_page_reads_a_card_through_the_real_driver(counter: Window) -> None:
    reply = counter.ask("/v1/id-card", fields=["name", "number"])()
    assert reply.status_code == 200
    data = reply.json()["data"]
    card = demo_people()["wang-ji"].card
    assert data["name"] != card.name, "masked unless asked for in full"
    assert data["number"].endswith((card.number or "")[-4:])
