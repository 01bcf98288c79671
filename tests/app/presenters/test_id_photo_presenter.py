"""证件照 at the counter: real driver on the emulated camera, real dialog, real vault; keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_parts import Parts
from photo_kit import Hall, hall, shared_nowhere
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.material import MaterialStatus
from app.identity.photo.rules import photo_rules
from app.presenters.desk import Desk
from app.presenters.id_photo import IdPhotoPresenter
from app.services.id_photo import KEPT, IdPhotos
from app.workers.camera_thread import CameraThread
from app.workers.tasks import TaskRunner
from devices.emulators.people import demo_people
from devices.registry import open_device
from widgets.dialogs.id_photo import IdPhotoDialog
from widgets.window import MainWindow

WAIT = 30_000
PASSPORT, CARD = "11330500002601176Q3000109034", "11330500002601176Q3000709003"


class Room:
    def __init__(self, qtbot: QtBot, parts: Parts, photos: IdPhotos | None = None) -> None:
        self.qtbot, self.parts = qtbot, parts
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.show()
        self.tasks = TaskRunner()
        self.desk = Desk(parts.clock, self.tasks, self.window.notice)
        self.camera = CameraThread(open_device(f"emulated://camera?clip={parts.world.portrait}"))  # type: ignore[arg-type]
        self.camera.start()
        service = photos or IdPhotos(
            parts.store, parts.vault, parts.clock, parts.counter.duty, photo_rules(), shared_nowhere(parts)
        )
        self.photo = IdPhotoPresenter(self.window, self.desk, {"portrait_camera": self.camera}, service, lambda: True)
        self.photo.analyser.start()

    def visitor(self) -> None:
        card = demo_people()["wang-ji"].card
        self.desk.begin()
        self.desk.change(self.parts.identify.apply(self.desk.visit, card, "test:"))

    def choose(self, start: str) -> None:
        code = min(code for code in self.parts.catalog.items if code.startswith(start))
        self.desk.change(self.parts.choose.add(self.desk.visit, code))

    def status(self) -> MaterialStatus:
        return self.desk.visit.checklist.material("portrait_receipt").status

    def pages(self) -> list[tuple[int, int]]:
        return [(page.width, page.height) for page in self.desk.visit.checklist.material("portrait_receipt").pages]

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=WAIT)

    def opened(self) -> IdPhotoDialog:
        self.photo.open()
        assert self.photo.dialog is not None
        return self.photo.dialog

    def shoot(self, dialog: IdPhotoDialog) -> None:
        button = dialog.findChild(QPushButton, "photo_shoot")
        take = dialog.findChild(QPushButton, "photo_take")
        assert button is not None
        assert take is not None
        self.until(button.isEnabled)
        QTest.keyClick(dialog, Qt.Key.Key_Space)  # type: ignore[call-overload]
        self.until(lambda: take.isVisible() and take.isEnabled())

    def end(self) -> None:
        self.photo.stop()
        self.camera.stop()
        self.photo.analyser.stop()
        self.tasks.close()


@pytest.fixture
def room(qtbot: QtBot, parts: Parts) -> Iterator[Room]:
    made = Room(qtbot, parts)
    yield made
    made.end()


def test_taken_once_used_for_all_also_for_what_is_chosen_later(room: Room) -> None:
    room.visitor()
    room.choose(PASSPORT)
    dialog = room.opened()
    first = dialog.findChildren(QLabel)
    room.until(lambda: any("白色" in label.text() for label in dialog.findChildren(QLabel)))
    assert first
    room.shoot(dialog)
    assert not dialog.consent.isChecked(), "nobody agreed yet"
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # type: ignore[call-overload]
    room.until(lambda: room.status() is MaterialStatus.CAPTURED)
    room.until(lambda: room.photo.dialog is None)
    assert room.pages() == [(390, 567)]
    assert room.parts.store.settings_under(KEPT) == {}
    later = "11330500MB1Y06333P3000122037"  # another department's, another material
    room.choose(later)
    guide = "portrait_photo"
    room.until(lambda: room.desk.visit.checklist.material(guide).status is MaterialStatus.CAPTURED)
    used = [event.subject for event in room.desk.visit.events if event.action == "photo.used"]
    assert used == ["portrait_receipt", guide]
    room.desk.change(room.parts.capture.drop(room.desk.visit, guide, 0))
    room.qtbot.wait(200)
    assert room.desk.visit.checklist.material(guide).status is MaterialStatus.MISSING, "taken off by hand stays off"


def test_kept_with_consent_used_next_time_and_deleted_on_wish(room: Room) -> None:
    room.visitor()
    room.choose(CARD)
    dialog = room.opened()
    room.shoot(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_C)  # type: ignore[call-overload]
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # type: ignore[call-overload]
    room.until(lambda: bool(room.parts.store.settings_under(KEPT)))
    room.visitor()
    room.choose(CARD)
    assert room.status() is MaterialStatus.MISSING, "not by itself: somebody must look whether it is still them"
    dialog = room.opened()
    kept = dialog.findChild(QPushButton, "photo_use_kept")
    take = dialog.findChild(QPushButton, "photo_take")
    assert kept is not None
    assert take is not None
    room.until(kept.isVisible)
    QTest.keyClick(dialog, Qt.Key.Key_K)  # type: ignore[call-overload]
    room.until(lambda: take.isVisible() and take.isEnabled())
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # type: ignore[call-overload]
    room.until(lambda: room.status() is MaterialStatus.CAPTURED)
    [used] = [event for event in room.desk.visit.events if event.action == "photo.used"]
    assert used.details["source"] == "kept"
    room.until(lambda: room.photo.dialog is None)
    dialog = room.opened()
    gone = dialog.findChild(QPushButton, "photo_withdraw")
    assert gone is not None
    room.until(gone.isVisible)
    gone.click()
    room.until(lambda: not gone.isVisible())
    assert room.parts.store.settings_under(KEPT) == {}


def test_the_next_visitor_gets_nothing_of_it(room: Room) -> None:
    room.visitor()
    room.choose(CARD)
    dialog = room.opened()
    room.shoot(dialog)
    room.visitor()
    assert room.photo.dialog is None
    room.choose(CARD)
    room.qtbot.wait(200)
    assert room.status() is MaterialStatus.MISSING


@pytest.fixture
def two_windows(tmp_path: Path, parts: Parts) -> Iterator[Hall]:
    with hall(tmp_path, parts) as made:
        yield made


def press(dialog: IdPhotoDialog, key: Qt.Key) -> None:
    QTest.keyClick(dialog, key)  # type: ignore[call-overload]


def label(dialog: IdPhotoDialog, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_taken_here_for_all_windows_used_and_deleted_at_another(qtbot: QtBot, two_windows: Hall) -> None:
    first = Room(qtbot, two_windows.a.parts, two_windows.a.photos)
    queued: list[bool] = []
    first.photo.queued.connect(lambda: queued.append(True))
    try:
        first.visitor()
        first.choose(CARD)
        dialog = first.opened()
        assert not dialog.share.isEnabled(), "nothing is lent that is not kept"
        first.shoot(dialog)
        press(dialog, Qt.Key.Key_A)
        assert not dialog.share.isChecked()
        press(dialog, Qt.Key.Key_C)
        assert not dialog.share.isChecked(), "the second is agreed to by itself"
        press(dialog, Qt.Key.Key_A)
        press(dialog, Qt.Key.Key_Return)
        first.until(lambda: bool(queued))
        assert two_windows.a.engine.run_once().pushed == 1
    finally:
        first.end()
    second = Room(qtbot, two_windows.b.parts, two_windows.b.photos)
    try:
        second.visitor()
        second.choose(PASSPORT)
        dialog = second.opened()
        second.until(lambda: "平台存有" in label(dialog, "photo_kept_line"))
        assert "示范大厅 1 号窗口" in label(dialog, "photo_kept_line")
        press(dialog, Qt.Key.Key_K)
        take = dialog.findChild(QPushButton, "photo_take")
        assert take is not None
        second.until(lambda: take.isVisible() and take.isEnabled())
        press(dialog, Qt.Key.Key_Return)
        second.until(lambda: second.status() is MaterialStatus.CAPTURED and second.photo.dialog is None)
        assert second.pages() == [(390, 567)]
        [used] = [event for event in second.desk.visit.events if event.action == "photo.used"]
        assert used.details["source"] == "platform"
        assert second.parts.store.settings_under(KEPT) == {}, "no copy of the shot stays here"
        dialog = second.opened()
        gone = dialog.findChild(QPushButton, "photo_withdraw")
        assert gone is not None
        second.until(gone.isVisible)
        gone.click()
        second.until(lambda: "已经删除" in label(dialog, "photo_note"))
        assert two_windows.kept() == [("withdrawn", 0)]
    finally:
        second.end()


def test_without_the_platform_it_says_so_and_offers_what_lies_here(qtbot: QtBot, two_windows: Hall) -> None:
    room = Room(qtbot, two_windows.a.parts, two_windows.a.photos)
    try:
        room.visitor()
        room.choose(CARD)
        dialog = room.opened()
        room.shoot(dialog)
        press(dialog, Qt.Key.Key_C)
        press(dialog, Qt.Key.Key_A)
        press(dialog, Qt.Key.Key_Return)
        room.until(lambda: bool(room.parts.store.settings_under(KEPT)) and room.photo.dialog is None)
        two_windows.server.stop()
        dialog = room.opened()
        room.until(lambda: "取不到：平台连接不上" in label(dialog, "photo_kept_line"))
        assert "本机存有" in label(dialog, "photo_kept_line")
        kept, gone = dialog.findChild(QPushButton, "photo_use_kept"), dialog.findChild(QPushButton, "photo_withdraw")
        assert kept is not None
        assert gone is not None
        assert kept.isVisible()
        gone.click()
        room.until(lambda: "一连上就删除平台的" in label(dialog, "photo_note"))
        assert room.parts.store.settings_under(KEPT) == {}
        two_windows.server.start()
    finally:
        room.end()
