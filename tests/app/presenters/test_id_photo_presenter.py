"""证件照 at the counter: real driver on the emulated camera, real dialog, real vault; keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from desk_parts import Parts
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
    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        self.qtbot, self.parts = qtbot, parts
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.show()
        self.tasks = TaskRunner()
        self.desk = Desk(parts.clock, self.tasks, self.window.notice)
        self.camera = CameraThread(open_device(f"emulated://camera?clip={parts.world.portrait}"))  # type: ignore[arg-type]
        self.camera.start()
        service = IdPhotos(parts.store, parts.vault, parts.clock, parts.counter.duty, photo_rules())
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


@pytest.fixture
def room(qtbot: QtBot, parts: Parts) -> Iterator[Room]:
    made = Room(qtbot, parts)
    yield made
    made.photo.stop()
    made.camera.stop()
    made.photo.analyser.stop()
    made.tasks.close()


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
