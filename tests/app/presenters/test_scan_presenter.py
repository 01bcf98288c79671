"""Shift+F6: pages of a scanner become pages of a material; jam, cancel, empty feeder and undo, on a real wire."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from desk_parts import BUNDLE, Parts
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from pytestqt.qtbot import QtBot

from app.presenters.desk import Desk
from app.presenters.scanning import KEY, ScanPresenter
from app.services.capture_material import CaptureMaterial
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.absent import AbsentDevice
from devices.base import DeviceKind
from devices.emulators.imaging.driver import EmulatedScanner
from devices.kinds.imaging import ScanColour
from devices.registry import open_device
from widgets.scan_menu import ScanOptions
from widgets.views import Tone
from widgets.window import MainWindow

WAIT = 30_000
MATERIAL = "floor_plan"


class Materials(QObject):
    """What the scan needs of the camera's presenter."""

    page_kept = pyqtSignal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.stopped = 0

    def stop(self) -> None:
        self.stopped += 1


@dataclass
class Room:
    window: MainWindow
    desk: Desk
    scan: ScanPresenter
    scanner: EmulatedScanner
    materials: Materials
    read: list[str] = field(default_factory=list)
    open: bool = True
    heard: list[Tone] = field(default_factory=list)

    def pages(self) -> int:
        return len(self.desk.visit.checklist.material(MATERIAL).pages)

    def message(self) -> str:
        return self.window.preview._message.text()

    def notice(self) -> str:
        return self.window.notice.title() + self.window.notice.words()

    def begin(self, qtbot: QtBot) -> None:
        self.scan.scan_material(MATERIAL)
        qtbot.waitUntil(lambda: not self.scan.active, timeout=WAIT)


@pytest.fixture
def room(qtbot: QtBot, parts: Parts) -> Iterator[Room]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tasks = TaskRunner()
    desk = Desk(parts.clock, tasks, window.notice)
    device = open_device("emulated://scanner?pages=3")
    assert isinstance(device, EmulatedScanner)
    thread = DeviceThread(device)
    heard: list[Tone] = []
    sounds: Any = type("Ear", (), {"play": staticmethod(heard.append)})()
    materials = Materials()
    may = {"keep": lambda: True}
    scan = ScanPresenter(
        window.materials,
        window.preview,
        desk,
        CaptureMaterial(parts.vault, parts.clock),
        materials,  # type: ignore[arg-type]
        thread,
        parts.store,
        sounds,
        lambda: may["keep"](),
    )
    made = Room(window, desk, scan, device, materials, heard=heard)
    may["keep"] = lambda: made.open
    materials.page_kept.connect(lambda material, _: made.read.append(material))
    scan.options = ScanOptions(dpi=75)  # small pages: the machine has better to do
    desk.change(parts.choose.add(desk.visit, BUNDLE))
    thread.start()
    yield made
    scan.stop()
    thread.stop()
    tasks.close()


def test_the_feeder_becomes_pages_of_one_material_and_one_undo_takes_them_back(room: Room, qtbot: QtBot) -> None:
    before = room.desk.visit
    room.begin(qtbot)
    assert room.pages() == 3
    assert "已扫描 3 页" in room.message()
    assert room.read == [MATERIAL] * 3, "each page goes to those who read pages"
    assert room.window.preview.is_live(), "the last page stands there"
    assert room.materials.stopped == 1, "the camera gives way"
    assert room.desk.undo()
    assert room.desk.visit.checklist == before.checklist, "a stack of paper was one step"
    assert room.desk.redo()
    assert room.pages() == 3


def test_an_empty_feeder_means_the_glass(room: Room, qtbot: QtBot) -> None:
    room.scanner.emulator.faults.set("empty")
    room.begin(qtbot)
    assert room.pages() == 1


def test_what_was_chosen_is_taken_and_nothing_else(room: Room, qtbot: QtBot) -> None:
    room.scanner.emulator.faults.set("empty")
    room.scan.options = ScanOptions("feeder", dpi=75)
    room.begin(qtbot)
    assert room.pages() == 0
    assert "没有扫到材料" in room.notice()
    assert "送纸器里没有纸" in room.notice()


def test_a_jam_keeps_what_came_and_says_where_to_go_on(room: Room, qtbot: QtBot) -> None:
    room.scanner.emulator.fault_after = 2
    room.scanner.emulator.faults.set("jam")
    room.begin(qtbot)
    assert room.pages() == 2
    assert "卡纸" in room.notice()
    assert "前 2 页已经保存" in room.notice()
    assert "从第 3 页接着扫描" in room.notice()
    assert room.heard == [Tone.WARNING]
    room.scanner.emulator.faults.clear()
    room.scanner.emulator.load(1)
    room.begin(qtbot)
    assert room.pages() == 3
    assert room.desk.undo()
    assert room.pages() == 2, "the second scan was a step of its own"


def test_escape_ends_a_scanner_that_says_nothing(room: Room, qtbot: QtBot) -> None:
    room.scanner.emulator.faults.set("mute")
    room.scan.scan_material(MATERIAL)
    qtbot.waitUntil(lambda: any("NextDocument" in asked for asked in room.scanner.emulator.asked), timeout=WAIT)
    room.scan.scan_material(MATERIAL)
    assert "正在扫描" in room.notice(), "one scan at a time"
    room.scan.stop()
    qtbot.waitUntil(lambda: not room.scan.active, timeout=WAIT)
    assert "扫描已取消" in room.message()
    assert room.pages() == 0


def test_the_next_visitor_gets_no_page_of_the_last(room: Room, qtbot: QtBot) -> None:
    room.scanner.emulator.faults.set("slow", 2)
    room.scan.scan_material(MATERIAL)
    room.desk.begin()
    qtbot.waitUntil(lambda: not room.scan.active, timeout=WAIT)
    assert not room.desk.visit.checklist.materials


def test_an_accepted_case_takes_no_page_more(room: Room, qtbot: QtBot) -> None:
    room.scan.scan_material(MATERIAL)
    room.open = False
    qtbot.waitUntil(lambda: not room.scan.active, timeout=WAIT)
    assert room.pages() == 0
    assert "没有收入" in room.notice()
    assert not room.scan.possible()


def test_what_the_clerk_typed_meanwhile_is_a_step_of_its_own(room: Room, qtbot: QtBot, parts: Parts) -> None:
    room.scan.scan_material(MATERIAL)
    qtbot.waitUntil(lambda: room.pages() == 1, timeout=WAIT)
    ticked = parts.capture.tick(room.desk.visit, MATERIAL, 0)
    room.desk.change(ticked)
    qtbot.waitUntil(lambda: not room.scan.active, timeout=WAIT)
    assert room.pages() == 3
    room.desk.undo()
    assert room.pages() == 1, "the pages after the change"
    room.desk.undo()
    assert room.pages() == 1
    assert not any(room.desk.visit.checklist.material(MATERIAL).ticked), "the change"
    room.desk.undo()
    assert room.pages() == 0


def test_the_way_of_scanning_is_chosen_by_key_and_remembered(room: Room, qtbot: QtBot, parts: Parts) -> None:
    room.scan.choose_options()
    qtbot.waitUntil(room.scan.menu.isVisible, timeout=WAIT)
    assert next(action.text() for action in room.scan.menu.actions() if action.isChecked()).startswith("自动")
    qtbot.keyClick(room.scan.menu, Qt.Key.Key_H)
    assert room.scan.options.colour == ScanColour.GREY
    kept = {"source": "", "colour": "grey", "dpi": 75}
    qtbot.waitUntil(lambda: json.loads(parts.store.setting(KEY) or "{}") == kept, timeout=WAIT)
    room.scan._remember(json.dumps({"source": "feeder_duplex", "colour": "grey", "dpi": 600}))
    assert room.scan.options == ScanOptions("feeder_duplex", "grey", 600)
    for damaged in ("[]", "{", '{"dpi": "x"}', '{"source": "moon"}', '{"dpi": 999}'):
        room.scan._remember(damaged)
        assert room.scan.options == ScanOptions("feeder_duplex", "grey", 600)


def test_a_counter_without_a_scanner_offers_none(qtbot: QtBot, room: Room, parts: Parts) -> None:
    bare = ScanPresenter(
        room.window.materials,
        room.window.preview,
        room.desk,
        CaptureMaterial(parts.vault, parts.clock),
        room.materials,  # type: ignore[arg-type]
        DeviceThread(AbsentDevice(DeviceKind.SCANNER)),
        parts.store,
        type("Ear", (), {"play": staticmethod(room.heard.append)})(),  # type: ignore[arg-type]
        lambda: True,
    )
    assert not bare.possible()
    assert not room.window.materials._scan.isVisible()
    bare.scan_material(MATERIAL)
    assert not bare.active


def test_unplugged_while_scanning_keeps_what_came(room: Room, qtbot: QtBot) -> None:
    room.scanner.emulator.faults.set("drop")
    room.begin(qtbot)
    assert room.pages() == 0
    assert "断开" in room.notice()
    room.scanner.emulator.faults.clear()
    room.scanner.emulator.load(3)  # the sheet that went through is laid in again
    room.begin(qtbot)
    assert room.pages() == 3
