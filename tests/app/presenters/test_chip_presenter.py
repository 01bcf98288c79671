"""Ctrl+F2: a chip's checks under the person, progress, cancelling, and the dialog for what opens it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.demo.passports import demo_issuers
from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.identity.chip.keeper import IssuerKeeper
from app.presenters.chip import ChipPresenter
from app.presenters.desk import Desk
from app.presenters.who import WhoPresenter
from app.services.check_chip import CheckChip
from app.services.duty import Duty
from app.services.identify import Identify
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.absent import AbsentDevice
from devices.base import DeviceKind
from devices.emulators.identity.driver import EmulatedPassportReader
from devices.registry import open_device
from widgets.dialogs.chip_key import ChipKeyDialog
from widgets.window import MainWindow

WAIT = 30_000


@dataclass
class Room:
    window: MainWindow
    desk: Desk
    chip: ChipPresenter
    device: EmulatedPassportReader

    def said(self) -> str:
        return "\n".join(
            label.text() for label in self.window.who.findChildren(QLabel) if label.isVisibleTo(self.window)
        )

    def notice(self) -> str:
        return self.window.notice.title() + self.window.notice.words()

    def read(self, qtbot: QtBot) -> None:
        with qtbot.waitSignal(self.chip.read, timeout=WAIT):
            self.chip.start()


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tasks = TaskRunner()
    clock, duty = SystemClock(), Duty(Clerk("0001", "演示员", True))
    desk = Desk(clock, tasks, window.notice)
    device = open_device("emulated://passport-reader?person=wang-ji")
    assert isinstance(device, EmulatedPassportReader)
    thread = DeviceThread(device)
    service = CheckChip(clock, duty, IssuerKeeper(tmp_path, clock, base=demo_issuers))
    who = WhoPresenter(window.who, desk, Identify(clock, duty), DeviceThread(AbsentDevice(DeviceKind.ID_READER)))
    chip = ChipPresenter(window, desk, service, thread, lambda: True)
    thread.start()
    desk.begin()
    yield Room(window, desk, chip, device)
    assert who is not None
    chip.cancel()
    thread.stop()
    tasks.close()


def test_a_genuine_chip_stands_under_the_person(room: Room, qtbot: QtBot) -> None:
    heard: list[str] = []
    room.chip.told.connect(lambda step, percent: heard.append(step))
    room.read(qtbot)
    qtbot.waitUntil(lambda: "核验通过" in room.said(), timeout=WAIT)
    said = room.said()
    assert "王𠮷" in said
    assert "防复制：芯片认证" in said
    assert "演示用签发国证书" in said
    assert "核验通过" in room.notice()
    assert {"opening", "portrait", "proving"} <= set(heard)
    # The whole number stands nowhere.
    zone = room.desk.visit.chip.reading.zone if room.desk.visit.chip else None
    assert zone is not None
    assert zone[1][:9] not in said
    room.desk.begin()
    assert "核验通过" not in room.said()


def test_a_copied_chip_is_said_and_gives_nothing(room: Room, qtbot: QtBot) -> None:
    room.device.emulator.faults.set("cloned")
    room.read(qtbot)
    qtbot.waitUntil(lambda: "不通过" in room.said(), timeout=WAIT)
    said = room.said()
    assert "芯片不能证明自己，是复制的芯片" in said
    assert "身份尚未确认" in said
    assert not room.desk.visit.form.facts


def test_esc_ends_the_reading(room: Room, qtbot: QtBot) -> None:
    room.device.emulator.chips.slot.slow_seconds = 0.2
    room.device.emulator.faults.set("slow")
    room.chip.start()
    qtbot.waitUntil(lambda: "正在" in room.said(), timeout=WAIT)
    room.chip.cancel()
    qtbot.waitUntil(lambda: "已取消" in room.notice(), timeout=WAIT)
    assert room.desk.visit.chip is None


def test_a_reader_without_zone_asks(room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(room.device), "has_zone", False)
    room.chip.start()
    dialog = room.window.findChild(ChipKeyDialog)
    assert dialog is not None
    go = dialog.findChild(type(dialog._go), "chip_key_go")
    assert go is not None
    assert not go.isEnabled()
    dialog.birth.setText("1990-02-15")
    dialog.number.setText("E12345678")
    assert not go.isEnabled(), "a date lacks"
    dialog.number.clear()
    dialog.can.setText("123456")
    assert go.isEnabled()
    with qtbot.waitSignal(room.chip.read, timeout=WAIT):
        QTest.keyClick(dialog.can, Qt.Key.Key_Return)
    assert room.desk.visit.chip is not None
    assert room.desk.visit.chip.reading.opened_by == "PACE"
    qtbot.waitUntil(lambda: "核验通过" in room.said(), timeout=WAIT)


def test_without_a_reader_there_is_nothing_to_press(room: Room) -> None:
    absent = DeviceThread(AbsentDevice(DeviceKind.PASSPORT_READER))
    assert room.chip.possible()
    assert not ChipPresenter(room.window, room.desk, room.chip._service, absent, lambda: True).possible()
