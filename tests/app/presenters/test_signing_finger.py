"""Who cannot write presses a finger where a paper asks for a signature; a reader that fails leaves the pad to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.signature import Point, Signature
from app.presenters.signing import SigningPresenter
from app.workers.device_thread import DeviceThread
from app.workers.surface_pad import SurfacePad
from devices.absent import AbsentDevice
from devices.base import DeviceKind
from devices.emulators.biometric.driver import EmulatedFingerprintReader
from devices.emulators.drills import UNPLUGGED
from devices.kinds.biometric import Fingerprint
from devices.registry import open_device
from widgets.customer.screen import CustomerScreen
from widgets.dialogs.sign_here import SignHereDialog, SignWaitDialog
from widgets.window import MainWindow

WAIT = 30_000
WRITTEN = Signature((tuple(Point(10.0 * n, 20.0 + 9 * (n % 3), 0.5, 10 * n) for n in range(20)),), 600, 200, "pen")


@dataclass
class Bench:
    qtbot: QtBot
    signing: SigningPresenter
    reader: DeviceThread
    screen: list[CustomerScreen]
    written: list[Signature] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    pressed: list[tuple[Signature | None, Fingerprint]] = field(default_factory=list)

    def ask(self, finger: bool = True, too: bool = False) -> None:
        self.signing.ask(
            "送达回证",
            "签字确认。",
            self.written.append,
            self.why.append,
            (),
            (lambda signature, finger: self.pressed.append((signature, finger))) if finger else None,
            too=too,
        )
        self.qtbot.waitUntil(lambda: self.signing.dialog is not None, timeout=WAIT)

    @property
    def dialog(self) -> SignHereDialog | SignWaitDialog:
        assert self.signing.dialog is not None
        return self.signing.dialog

    def offered(self) -> bool:
        here = isinstance(self.dialog, SignHereDialog)
        found = self.dialog.findChild(QPushButton, "paper_finger" if here else "sign_wait_finger")
        assert found is not None
        return not found.isHidden()

    def said(self) -> str:
        name = "paper_finger_state" if isinstance(self.dialog, SignHereDialog) else "sign_wait_finger_state"
        found = self.dialog.findChild(QLabel, name)
        assert found is not None
        return found.text()

    def press(self) -> None:
        self.dialog.activateWindow()
        self.qtbot.waitUntil(self.dialog.isActiveWindow, timeout=WAIT)
        QTest.keyClick(self.dialog, Qt.Key.Key_F)  # type: ignore[call-overload]

    def fault(self, name: str, times: int = 1) -> None:
        cast(EmulatedFingerprintReader, self.reader.device).emulator.faults.set(name, times)

    def hears(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.said(), timeout=WAIT)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    pad, reader = DeviceThread(SurfacePad()), DeviceThread(open_device("emulated://fingerprint"))
    pad.start()
    reader.start()
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    screens: list[CustomerScreen] = []
    surface = cast(SurfacePad, pad.device)
    signing = SigningPresenter(window, lambda: pad, surface, lambda: screens[0] if screens else None, reader)
    yield Bench(qtbot, signing, reader, screens)
    signing.cancel()
    reader.stop()
    pad.stop()


def test_a_finger_is_pressed_instead_and_a_poor_one_is_taken_again_with_the_reason(bench: Bench) -> None:
    bench.ask()
    assert bench.offered()
    bench.fault("poor")
    bench.press()
    bench.hears("没有采到指纹：指纹不清楚")
    bench.fault("faint")
    bench.press()
    bench.hears("质量只有 23 分")
    assert bench.pressed == []
    assert bench.signing.asking, "a poor print signs nothing, and the question stands"
    bench.press()
    bench.qtbot.waitUntil(lambda: bool(bench.pressed), timeout=WAIT)
    ((signature, finger),) = bench.pressed
    assert signature is None
    assert finger.quality == 82
    assert not bench.signing.asking
    assert (bench.written, bench.why) == ([], [])


@pytest.mark.parametrize(
    ("fault", "words"),
    [(UNPLUGGED, "指纹仪没有连接"), ("crash-at-finger", "指纹程序意外退出"), ("garbage", "不符合约定")],
    ids=["unplugged", "crash", "garbage"],
)
def test_a_reader_that_fails_in_the_middle_leaves_the_signature(bench: Bench, fault: str, words: str) -> None:
    bench.ask()
    if fault == UNPLUGGED:
        cast(EmulatedFingerprintReader, bench.reader.device).drill(UNPLUGGED, True)
    else:
        bench.fault(fault)
    bench.press()
    bench.hears(words)
    assert "也可以签字" in bench.said()
    assert isinstance(bench.dialog, SignHereDialog)
    bench.dialog.page.signed.emit(WRITTEN)
    bench.qtbot.waitUntil(lambda: not bench.signing.asking, timeout=WAIT)
    assert (bench.written, bench.pressed) == ([WRITTEN], [])


def test_whoever_signs_while_the_reader_waits_has_signed(bench: Bench) -> None:
    bench.ask()
    bench.fault("no-finger", -1)
    bench.press()
    bench.hears("平放在指纹仪上")
    assert isinstance(bench.dialog, SignHereDialog)
    bench.dialog.page.signed.emit(WRITTEN)
    bench.qtbot.waitUntil(lambda: not bench.signing.asking, timeout=WAIT)
    assert bench.written == [WRITTEN]
    bench.fault("no-finger", 0)
    bench.ask()  # what the reader was still at belongs to nobody now
    assert (bench.said(), bench.pressed) == ("", [])


def test_on_the_citizen_s_screen_the_clerk_asks_for_the_finger(bench: Bench) -> None:
    screen = CustomerScreen("大厅", "A03")
    bench.qtbot.addWidget(screen)
    screen.show()
    bench.screen.append(screen)
    bench.ask()
    bench.qtbot.waitUntil(lambda: screen.page == "sign_page", timeout=WAIT)
    assert isinstance(bench.dialog, SignWaitDialog)
    assert bench.offered()
    assert screen.sign.finger.isHidden()
    bench.press()
    bench.qtbot.waitUntil(lambda: bool(bench.pressed), timeout=WAIT)
    bench.qtbot.waitUntil(lambda: screen.page != "sign_page", timeout=WAIT)


def test_without_a_reader_or_where_a_finger_is_not_enough_nobody_is_asked_for_one(bench: Bench) -> None:
    bench.ask(finger=False)
    assert not bench.offered()
    bench.signing.press()
    assert bench.said() == ""
    bench.dialog.reject()
    bench.qtbot.waitUntil(lambda: not bench.signing.asking, timeout=WAIT)
    bench.reader.swap(AbsentDevice(DeviceKind.FINGERPRINT))
    bench.qtbot.waitUntil(lambda: bench.reader.absent, timeout=WAIT)
    bench.ask()
    assert not bench.offered()
    bench.press()
    assert bench.signing.asking


def test_where_the_rule_wants_both_the_finger_is_pressed_after_the_name(bench: Bench) -> None:
    bench.fault("faint")
    bench.ask(too=True)
    assert isinstance(bench.dialog, SignHereDialog)
    bench.dialog.page.signed.emit(WRITTEN)
    bench.qtbot.waitUntil(lambda: isinstance(bench.signing.dialog, SignWaitDialog), timeout=WAIT)
    bench.hears("质量只有 23 分")
    assert (bench.written, bench.pressed) == ([], []), "signed, and not yet pressed"
    bench.press()
    bench.qtbot.waitUntil(lambda: bool(bench.pressed), timeout=WAIT)
    ((signature, finger),) = bench.pressed
    assert (signature, finger.quality) == (WRITTEN, 82)
    assert bench.written == []
    assert not bench.signing.asking


def test_a_reader_that_fails_beside_the_name_leaves_the_signature_alone(bench: Bench) -> None:
    cast(EmulatedFingerprintReader, bench.reader.device).drill(UNPLUGGED, True)
    bench.ask(too=True)
    assert isinstance(bench.dialog, SignHereDialog)
    bench.dialog.page.signed.emit(WRITTEN)
    bench.qtbot.waitUntil(lambda: isinstance(bench.signing.dialog, SignWaitDialog), timeout=WAIT)
    bench.hears("只用签字（Esc）")
    bench.dialog.reject()
    assert (bench.written, bench.pressed) == ([WRITTEN], [])
    assert not bench.signing.asking
    bench.reader.swap(AbsentDevice(DeviceKind.FINGERPRINT))
    bench.qtbot.waitUntil(lambda: bench.reader.absent, timeout=WAIT)
    bench.ask(too=True)
    assert isinstance(bench.dialog, SignHereDialog)
    bench.dialog.page.signed.emit(WRITTEN)
    bench.qtbot.waitUntil(lambda: len(bench.written) == 2, timeout=WAIT)


def test_the_end_of_the_day_takes_a_finger_that_is_waited_for_away(bench: Bench) -> None:
    bench.fault("no-finger", -1)
    bench.ask(too=True)
    assert isinstance(bench.dialog, SignHereDialog)
    bench.dialog.page.signed.emit(WRITTEN)
    bench.qtbot.waitUntil(lambda: isinstance(bench.signing.dialog, SignWaitDialog), timeout=WAIT)
    bench.signing.cancel()
    assert not bench.signing.asking
    assert (bench.written, bench.pressed) == ([], [])
