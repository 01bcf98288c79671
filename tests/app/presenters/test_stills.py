"""F6 takes what the camera can do best: the document camera's still, not the smaller live picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from desk_parts import BUNDLE, Parts
from pytestqt.qtbot import QtBot

from app.materials.page import locate_page
from app.presenters.desk import Desk
from app.presenters.materials import MaterialsPresenter
from app.services.capture_material import CapturedPage, CaptureMaterial
from app.services.reuse import Reuse
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.tasks import TaskRunner
from devices.base import Picture
from devices.emulators.imaging.driver import EmulatedDocumentCamera
from devices.registry import open_device
from widgets.window import MainWindow

WAIT = 30_000
MATERIAL = "floor_plan"


class Recording(CaptureMaterial):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.vault, parts.clock)
        self.given: list[Picture] = []
        self.breaks = False

    def take(self, picture: Picture) -> CapturedPage:
        self.given.append(picture)
        if self.breaks:
            raise MemoryError
        return super().take(picture)


class Room:
    def __init__(self, parts: Parts) -> None:
        self.window = MainWindow()
        self.window.show()
        self.tasks = TaskRunner()
        self.desk = Desk(parts.clock, self.tasks, self.window.notice)
        self.device = open_device("emulated://document-camera")
        assert isinstance(self.device, EmulatedDocumentCamera)
        self.device.emulator.size = (1296, 972)  # small pages: the machine has better to do
        self.thread = CameraThread(self.device)
        self.analyser = FrameAnalyser(locate_page)
        self.source = CameraSource({"document_camera": self.thread}, "document_camera", self.analyser)
        self.capture = Recording(parts)
        sounds: Any = type("Ear", (), {"play": staticmethod(lambda _: None)})()
        self.materials = MaterialsPresenter(
            self.window.materials,
            self.window.preview,
            self.desk,
            self.capture,
            self.source,
            self.analyser,
            Reuse(parts.store, parts.vault, parts.clock, parts.counter.duty),
            sounds,
        )
        self.desk.change(parts.choose.add(self.desk.visit, BUNDLE))
        self.thread.start()
        self.analyser.start()

    def look(self, qtbot: QtBot) -> None:
        self.materials.capture(MATERIAL)
        qtbot.waitUntil(lambda: self.materials._last is not None, timeout=WAIT)

    def seen(self) -> npt.NDArray[np.int64]:
        frame = self.materials._last
        assert frame is not None
        return frame.picture.astype(int)

    def pages(self) -> int:
        return len(self.desk.visit.checklist.material(MATERIAL).pages)

    def close(self) -> None:
        self.materials.stop()
        self.thread.stop()
        self.analyser.stop()
        self.tasks.close()
        self.window.close()


@pytest.fixture
def room(qtbot: QtBot, parts: Parts) -> Iterator[Room]:
    made = Room(parts)
    yield made
    made.close()


def test_the_still_is_kept_and_not_the_live_picture(room: Room, qtbot: QtBot) -> None:
    room.look(qtbot)
    room.materials.capture_next()
    qtbot.waitUntil(lambda: room.pages() == 1, timeout=WAIT)
    assert room.capture.given[0].shape[:2] == (972, 1296), "the live picture is half as wide"


def test_a_turned_picture_is_turned_in_the_still_too(room: Room, qtbot: QtBot) -> None:
    room.source.mirror(True)
    room.look(qtbot)
    room.materials.capture_next()
    qtbot.waitUntil(lambda: room.pages() == 1, timeout=WAIT)
    seen, still = room.seen(), cv2.resize(room.capture.given[0], (648, 486)).astype(int)
    assert abs(still - seen).mean() < abs(still[:, ::-1] - seen).mean() / 2, "as it was seen, and not the other way"


def test_a_held_picture_is_what_is_taken(room: Room, qtbot: QtBot) -> None:
    room.look(qtbot)
    room.source.freeze(True)
    room.materials.capture_next()
    qtbot.waitUntil(lambda: room.pages() == 1, timeout=WAIT)
    assert room.capture.given[0].shape[:2] == (486, 648)


def test_a_still_that_fails_leaves_the_picture_that_was_seen(room: Room, qtbot: QtBot) -> None:
    room.look(qtbot)
    room.device.emulator.faults.set("torn")  # type: ignore[attr-defined]
    room.materials.capture_next()
    qtbot.waitUntil(lambda: room.pages() == 1, timeout=WAIT)
    assert room.capture.given[0].shape[:2] == (486, 648)


def test_a_still_that_was_given_up_is_not_kept(room: Room, qtbot: QtBot) -> None:
    room.look(qtbot)
    room.device.emulator.faults.set("slow")  # type: ignore[attr-defined]
    room.materials.capture_next()
    room.materials.stop()
    qtbot.waitUntil(lambda: not room.materials._taking, timeout=WAIT)
    assert room.capture.given == []
    assert room.pages() == 0


def test_after_a_page_that_broke_the_next_is_taken(room: Room, qtbot: QtBot) -> None:
    room.capture.breaks = True
    room.look(qtbot)
    room.materials.capture_next()
    qtbot.waitUntil(lambda: len(room.capture.given) == 1 and not room.tasks.busy, timeout=WAIT)
    room.capture.breaks = False
    room.materials.capture_next()
    qtbot.waitUntil(lambda: room.pages() == 1, timeout=WAIT)
