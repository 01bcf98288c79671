"""Ctrl+F2: a chip's checks under the person, progress, cancelling, and the dialog for what opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from emrtd_kit import AT, ZONE, chip_of, trust
from pcscd_kit import PrivatePcscd, need_pcscd
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.demo.passports import demo_issuers
from app.domain.clerk import Clerk
from app.domain.clock import Clock, FixedClock, SystemClock
from app.identity.chip.keeper import IssuerKeeper
from app.identity.chip.verdict import Check, Judgement, Result
from app.identity.mrz.build import Document, build
from app.identity.mrz.layout import Format
from app.identity.mrz.parse import Mrz, parse
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
from devices.drivers.identity.passport import PcscPassportReader
from devices.emulators.identity.card_reader import CardReaderEmulator
from devices.emulators.identity.driver import EmulatedPassportReader
from devices.emulators.identity.emrtd_chip import FAULTS
from devices.emulators.identity.emrtd_plan import Plan
from devices.emulators.identity.mrz_emulator import passport_zone
from devices.emulators.people import demo_people
from devices.registry import open_device
from widgets.dialogs.chip_key import ChipKeyDialog
from widgets.window import MainWindow

WAIT = 30_000


@dataclass
class Room:
    window: MainWindow
    desk: Desk
    chip: ChipPresenter
    device: Any

    def said(self) -> str:
        return "\n".join(
            label.text() for label in self.window.who.findChildren(QLabel) if label.isVisibleTo(self.window)
        )

    def notice(self) -> str:
        return self.window.notice.title() + self.window.notice.words()

    def read(self, qtbot: QtBot) -> None:
        with qtbot.waitSignal(self.chip.read, timeout=WAIT):
            self.chip.start()


def _room(qtbot: QtBot, device: Any, clock: Clock, keeper: IssuerKeeper) -> Iterator[Room]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tasks = TaskRunner()
    duty = Duty(Clerk("0001", "演示员", True))
    desk = Desk(clock, tasks, window.notice)
    thread = DeviceThread(device)
    service = CheckChip(clock, duty, keeper)
    who = WhoPresenter(window.who, desk, Identify(clock, duty), DeviceThread(AbsentDevice(DeviceKind.ID_READER)))
    chip = ChipPresenter(window, desk, service, thread, lambda: True)
    thread.start()
    desk.begin()
    yield Room(window, desk, chip, device)
    assert who is not None
    chip.cancel()
    thread.stop()
    tasks.close()


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    device = open_device("emulated://passport-reader?person=wang-ji")
    assert isinstance(device, EmulatedPassportReader)
    clock = SystemClock()
    yield from _room(qtbot, device, clock, IssuerKeeper(tmp_path, clock, base=demo_issuers))


@pytest.fixture
def counter_reader() -> Iterator[CardReaderEmulator]:
    """A PC/SC reader as at the counter: a real pcscd, a passport's chip on it through vpcd."""
    need_pcscd()
    service = PrivatePcscd()
    service.start()
    emulator = CardReaderEmulator(service.port, FAULTS)
    emulator.start()
    yield emulator
    emulator.stop()
    service.stop()


@pytest.fixture
def counter(qtbot: QtBot, tmp_path: Path, counter_reader: CardReaderEmulator) -> Iterator[Room]:
    device = PcscPassportReader("pcsc-passport:", counter_reader.which, api=counter_reader.api)
    yield from _room(qtbot, device, FixedClock(AT), IssuerKeeper(tmp_path, FixedClock(AT), base=trust))


def test_on_a_real_reader_the_camera_s_zone_opens_the_chip(
    counter: Room, counter_reader: CardReaderEmulator, qtbot: QtBot
) -> None:
    counter_reader.place(chip_of())
    with qtbot.waitSignal(counter.chip.read, timeout=WAIT):
        counter.chip.follow(parse(ZONE, AT.date()))
    checked = counter.desk.visit.chip
    assert checked is not None
    assert (checked.reading.opened_by, checked.reading.verdict.judgement) == ("PACE", Judgement.GENUINE)
    assert counter.desk.visit.known_number == "U12345678"
    qtbot.waitUntil(lambda: "核验通过" in counter.said(), timeout=WAIT)
    # An older one that knows only BAC: the same key.
    counter.desk.begin()
    counter_reader.place(chip_of(Plan(pace=())))
    with qtbot.waitSignal(counter.chip.read, timeout=WAIT):
        counter.chip.follow(parse(ZONE, AT.date()))
    checked = counter.desk.visit.chip
    assert checked is not None
    assert (checked.reading.opened_by, checked.reading.verdict.trusted) == ("BAC", True)


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


def _zone(room: Room) -> Mrz:
    return parse(passport_zone(demo_people()["wang-ji"]), dt.date(2026, 11, 22))


def test_a_zone_read_by_a_camera_opens_the_chip_unasked(room: Room, qtbot: QtBot) -> None:
    with qtbot.waitSignal(room.chip.read, timeout=WAIT):
        room.chip.follow(_zone(room))
    qtbot.waitUntil(lambda: "核验通过" in room.said(), timeout=WAIT)
    checked = room.desk.visit.chip
    assert checked is not None
    assert checked.reading.verdict.line(Check.ZONE).result is Result.PASSED, "the page was compared with the chip"
    room.chip.follow(_zone(room))
    assert room.chip._call is None, "the same document again: it was read"


def test_no_chip_there_is_no_trouble_and_ctrl_f2_asks_nothing_later(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(room.device), "has_zone", False)
    monkeypatch.setattr("app.presenters.chip.FOLLOW_SECONDS", 0.2)
    room.device.emulator.faults.set("no-card")
    before = room.notice()
    room.chip.follow(_zone(room))
    qtbot.waitUntil(lambda: room.chip._call is None, timeout=WAIT)
    assert (room.notice(), room.desk.visit.chip) == (before, None)
    room.device.emulator.faults.clear()
    room.read(qtbot)
    assert room.window.findChild(ChipKeyDialog) is None, "nothing is typed again"
    assert room.desk.visit.chip is not None
    room.desk.begin()
    room.chip.start()
    assert room.window.findChild(ChipKeyDialog) is not None, "the next visitor's zone is not known"


def test_another_documents_chip_on_the_reader_is_told(room: Room, qtbot: QtBot) -> None:
    zone = _zone(room)
    other = build(
        Document(Format.TD3, "P", zone.issuer, "E99999999", zone.nationality, "LI", "SI", "900101", "M", "330101")
    )
    with qtbot.waitSignal(room.chip.read, timeout=WAIT):
        room.chip.follow(parse(other, dt.date(2026, 11, 22)))
    assert "打不开这个芯片" in room.notice()
    assert not room.desk.visit.form.facts


def test_a_visa_and_a_zone_whose_digits_fail_open_nothing(room: Room) -> None:
    lines = _zone(room).lines
    digit = str((int(lines[1][9]) + 1) % 10)
    wrong = parse((lines[0], lines[1][:9] + digit + lines[1][10:]), dt.date(2026, 11, 22))
    visa = build(Document(Format.MRVA, "V", "UTO", "E99999999", "UTO", "LI", "SI", "900101", "M", "330101"))
    for zone in (wrong, parse(visa, dt.date(2026, 11, 22))):
        room.chip.follow(zone)
        assert (room.chip._call, room.chip._zone) == (None, ())


def test_without_a_reader_there_is_nothing_to_press(room: Room) -> None:
    absent = DeviceThread(AbsentDevice(DeviceKind.PASSPORT_READER))
    assert room.chip.possible()
    assert not ChipPresenter(room.window, room.desk, room.chip._service, absent, lambda: True).possible()
