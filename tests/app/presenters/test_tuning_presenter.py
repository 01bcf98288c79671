"""Light, focus and head of the camera on show, through the real driver on an emulated camera; kept for each camera."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from app.domain.clock import FixedClock
from app.presenters.desk import Desk
from app.presenters.tuning import KEY, TuningPresenter
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.tasks import TaskRunner
from devices.base import Capability
from devices.emulators.imaging.driver import EmulatedCamera
from devices.kinds.imaging import Frame
from devices.registry import open_device
from widgets.window import MainWindow

NOW = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)
WAIT = 30_000


class Papers:
    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def setting(self, key: str) -> str | None:
        return self.texts.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.texts[key] = value


class Room:
    """A window with a document camera of two heads."""

    def __init__(self, qtbot: QtBot, papers: Papers, uris: dict[str, str]) -> None:
        self.qtbot = qtbot
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.show()
        self.threads = {slot: CameraThread(open_device(uri)) for slot, uri in uris.items()}  # type: ignore[arg-type]
        self.source = CameraSource(self.threads, "document_camera", FrameAnalyser(lambda _: None))
        self.tasks = TaskRunner()
        self.desk = Desk(FixedClock(NOW), self.tasks, self.window.notice)
        self.light = self.sharp = 0.0
        self.source.frame.connect(self._seen)
        shown = [("pages", self.window.preview, self.source)]
        self.tuning = TuningPresenter(shown, self.desk, papers, lambda source, slot: source.use(slot))  # type: ignore[arg-type]
        for thread in self.threads.values():
            thread.start()
        qtbot.waitUntil(lambda: not self.tasks.busy, timeout=WAIT)
        self.source.start_stream()
        qtbot.waitUntil(lambda: self.light > 0, timeout=WAIT)

    def _seen(self, image: object, frame: Frame) -> None:
        self.light = float(frame.picture.mean())
        self.sharp = float(cv2.Laplacian(frame.picture, cv2.CV_64F).var())
        self.window.preview.set_frame(image, at=frame.at)  # type: ignore[arg-type]
        self.window.preview.set_tools(live=True)
        self.source.taken()

    def camera(self) -> EmulatedCamera:
        device = self.threads[self.source.slot].device
        assert isinstance(device, EmulatedCamera)
        return device

    def slide(self, name: str) -> QSlider:
        popup = self.tuning.popup
        assert popup is not None
        found = popup.findChild(QSlider, f"tuning_{name}")
        assert found is not None
        return found

    def close(self) -> None:
        self.source.stop_stream()
        for thread in self.threads.values():
            thread.stop()
        self.tasks.close()


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "page.png"
    page = np.full((240, 320, 3), 120, np.uint8)
    page[::8] = 40
    cv2.imwrite(str(path), page)
    return path


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def room(qtbot: QtBot, papers: Papers, clip: Path) -> Iterator[Room]:
    made = Room(
        qtbot,
        papers,
        {
            "document_camera": f"emulated://camera?clip={clip}",
            "document_camera_side": f"emulated://camera?clip={clip}&light=1",
        },
    )
    yield made
    made.close()


def test_light_and_focus_are_set_by_keys_and_seen_in_the_picture(room: Room, qtbot: QtBot) -> None:
    before, sharp = room.light, room.sharp
    room.tuning.open()
    popup = room.tuning.popup
    assert popup is not None
    assert room.slide("exposure").hasFocus()
    for _ in range(4):
        qtbot.keyClick(room.slide("exposure"), Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: room.light < 0.7 * before, timeout=WAIT)
    assert room.camera().emulator.exposure == -1.0, "four steps of a quarter stop"
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    assert room.slide("focus").hasFocus()
    for _ in range(20):
        qtbot.keyClick(room.slide("focus"), Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: room.sharp < 0.5 * sharp, timeout=WAIT)
    qtbot.keyClick(popup, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: room.camera().emulator.focus is None, timeout=WAIT)
    assert room.camera().emulator.exposure == -1.0, "A gives back the line it stands on, not the other"


def test_what_was_set_is_there_again_for_this_camera_alone(
    room: Room, papers: Papers, qtbot: QtBot, clip: Path
) -> None:
    room.tuning.open()
    room.slide("exposure").setValue(-8)
    qtbot.waitUntil(lambda: room.camera().emulator.exposure == -2.0, timeout=WAIT)
    room.source.use("document_camera_side")
    qtbot.waitUntil(lambda: room.source.slot == "document_camera_side" and room.source.streaming, timeout=WAIT)
    assert room.slide("exposure").value() == 0, "the side head has a light of its own"
    qtbot.waitUntil(lambda: KEY in papers.texts and not room.tasks.busy, timeout=WAIT)
    room.source.stop_stream()
    again = Room(qtbot, papers, {"document_camera": f"emulated://camera?clip={clip}"})
    try:
        qtbot.waitUntil(lambda: again.camera().emulator.exposure == -2.0, timeout=WAIT)
    finally:
        again.close()


def test_a_digit_chooses_the_head(room: Room, qtbot: QtBot) -> None:
    before = room.light
    room.tuning.open()
    popup = room.tuning.popup
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_2)
    assert room.source.slot == "document_camera_side"
    qtbot.waitUntil(lambda: room.light > 1.3 * before, timeout=WAIT)
    side = popup.findChild(QPushButton, "tuning_head_document_camera_side")
    assert side is not None
    assert side.isChecked()


def test_a_camera_that_has_nothing_to_set_is_offered_nothing(qtbot: QtBot, papers: Papers, clip: Path) -> None:
    room = Room(qtbot, papers, {"document_camera": f"file://{clip}"})
    try:
        tool = room.window.preview.findChild(QToolButton, "preview_tune")
        assert tool is not None
        assert Capability.EXPOSURE not in room.source.capabilities
        assert not tool.isVisible()
        room.tuning.open()
        assert room.slide("exposure").isHidden()
        assert room.slide("focus").isHidden()
    finally:
        room.close()


def test_a_choice_that_cannot_be_read_is_none(qtbot: QtBot, papers: Papers, clip: Path) -> None:
    papers.texts[KEY] = '{"x": 3}'
    room = Room(qtbot, papers, {"document_camera": f"emulated://camera?clip={clip}"})
    try:
        assert room.source.tuning.exposure is None
    finally:
        room.close()
