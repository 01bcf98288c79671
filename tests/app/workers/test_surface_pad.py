"""This computer's screen as a signature pad: the contract of its kind, on a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.signature import Point, Signature
from app.presenters.signing import SigningPresenter
from app.workers.device_thread import DeviceThread
from app.workers.surface_pad import SurfacePad
from devices.outcome import Outcome, Reply
from widgets.customer.screen import CustomerScreen
from widgets.dialogs.sign_here import SignHereDialog, SignWaitDialog
from widgets.window import MainWindow

WAIT = 20_000
WRITTEN = Signature((tuple(Point(10.0 * n, 20.0 + 9 * (n % 3), 0.5, 10 * n) for n in range(20)),), 600, 200, "pen")


@pytest.fixture
def thread(qtbot: QtBot) -> Iterator[DeviceThread]:
    made = DeviceThread(SurfacePad())
    made.start()
    yield made
    made.stop()


def test_it_keeps_the_contract(qtbot: QtBot, thread: DeviceThread) -> None:
    pad, ended = thread.device, []
    assert isinstance(pad, SurfacePad)
    assert SurfacePad().sign("").outcome is SurfacePad().probe().outcome is Outcome.DISCONNECTED

    def sign(timeout: float) -> Reply[Signature]:
        ended.clear()
        thread.call(lambda device: device.sign("请签字", timeout), ended.append)
        qtbot.waitUntil(lambda: bool(ended), timeout=WAIT)
        return ended[0]

    assert sign(0.1).outcome is Outcome.NOT_PRESENT
    pad.calls.asked.connect(lambda _: pad.take(WRITTEN))
    assert sign(60).unwrap() == WRITTEN
    pad.calls.asked.disconnect()
    pad.calls.asked.connect(lambda _: pad.refuse())
    assert sign(60).outcome is Outcome.DENIED_BY_USER
    pad.calls.asked.disconnect()
    pad.calls.asked.connect(lambda _: pad.cancel())
    assert sign(60).outcome is Outcome.CANCELLED
    pad.calls.asked.disconnect()
    pad.take(WRITTEN)
    assert sign(0.1).outcome is Outcome.NOT_PRESENT, "an answer that came too late is nobody's"


def test_without_a_second_screen_the_clerk_s_is_turned(qtbot: QtBot, thread: DeviceThread) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    signing = SigningPresenter(window, lambda: thread, cast(SurfacePad, thread.device), lambda: None)
    given: list[Signature] = []
    why: list[str] = []
    for answer in ("sign", "refuse"):
        signing.ask("送达回证", "签字确认。", given.append, why.append)
        qtbot.waitUntil(lambda: isinstance(signing.dialog, SignHereDialog), timeout=WAIT)
        assert isinstance(signing.dialog, SignHereDialog)
        if answer == "sign":
            signing.dialog.page.signed.emit(WRITTEN)
        else:
            signing.dialog.reject()
        qtbot.waitUntil(lambda: not signing.asking, timeout=WAIT)
    assert given == [WRITTEN]
    assert len(why) == 1
    assert "没有签字" in why[0]


def test_the_citizen_s_screen_asks_and_then_shows_what_it_showed(qtbot: QtBot, thread: DeviceThread) -> None:
    window, screen = MainWindow(), CustomerScreen("大厅", "A03")
    qtbot.addWidget(window)
    qtbot.addWidget(screen)
    screen.show()
    screen.say("请稍候")
    signing = SigningPresenter(window, lambda: thread, cast(SurfacePad, thread.device), lambda: screen)
    given: list[Signature] = []
    signing.ask("送达回证", "签字确认。", given.append, lambda _: None)
    signing.ask("第二份", "不问", given.append, lambda _: None)
    qtbot.waitUntil(lambda: screen.page == "sign_page", timeout=WAIT)
    sign = screen.findChild(QPushButton, "paper_sign")
    assert sign is not None
    assert not sign.isEnabled()
    assert isinstance(signing.dialog, SignWaitDialog)
    screen.sign.signed.emit(WRITTEN)
    qtbot.waitUntil(lambda: bool(given), timeout=WAIT)
    assert screen.page == "words"
    signing.ask("送达回证", "签字确认。", given.append, lambda _: None)
    qtbot.waitUntil(lambda: isinstance(signing.dialog, SignWaitDialog), timeout=WAIT)
    assert isinstance(signing.dialog, SignWaitDialog)
    signing.dialog.reject()
    qtbot.waitUntil(lambda: not signing.asking and screen.page == "words", timeout=WAIT)
    assert len(given) == 1
