"""Wishes about the light reach the camera, step by step, and end with the look."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
from pytestqt.qtbot import QtBot

from app.domain.light import ExposureHint
from app.licences.decode import decode_still
from app.licences.live import LiveDecoder
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.exposure import LEAST, MOST, SETTLE_SECONDS, ExposureControl
from devices.emulators.imaging.driver import EmulatedCamera
from devices.kinds.imaging import Camera, Frame
from devices.outcome import Outcome, Reply
from devices.registry import open_device

TEXT = "YC1:" + "6BF+70790T9WJWG.FKY*4GO0.O1CV2" * 2


class Watch:
    now = 50.0

    def __call__(self) -> float:
        return self.now


class Dial(Camera):
    """A camera that notes what it is asked for."""

    def __init__(self, able: bool = True) -> None:
        super().__init__("test:")
        self.able = able
        self.asked: list[float] = []
        self.index = 0
        self.pace = threading.Event()

    def open(self) -> Reply[str]:
        return Reply(Outcome.OK, "dial")

    def close(self) -> None:
        self.asked.append(float("nan"))

    def probe(self) -> Reply[str]:
        return self.open()

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        self.pace.wait(0.005)
        self.index += 1
        return Reply(Outcome.OK, Frame(np.zeros((4, 4, 3), np.uint8), self.index, 0.0))

    def set_exposure(self, stops: float) -> Reply[str]:
        self.asked.append(stops)
        return Reply(Outcome.OK, "dial") if self.able else super().set_exposure(stops)


def follow(control: ExposureControl, watch: Watch, stops: float, wait: float = SETTLE_SECONDS + 0.01) -> None:
    watch.now += wait
    control.follow(ExposureHint(stops, watch.now))


def test_a_step_follows_only_when_the_last_one_shows() -> None:
    dial, watch = Dial(), Watch()
    control = ExposureControl(dial, watch)
    follow(control, watch, -1)
    follow(control, watch, -1, SETTLE_SECONDS / 2)
    follow(control, watch, -1, SETTLE_SECONDS / 4)
    assert dial.asked == [-1]
    follow(control, watch, -1)
    follow(control, watch, 0)
    assert dial.asked == [-1, -2]
    follow(control, watch, 0.5)
    assert dial.asked == [-1, -2, -1.5]
    control.follow(None)
    control.follow(None)
    control.back()
    assert dial.asked == [-1, -2, -1.5, 0]


def test_there_is_an_end_in_both_directions() -> None:
    dial, watch = Dial(), Watch()
    control = ExposureControl(dial, watch)
    for _ in range(9):
        follow(control, watch, -1)
    for _ in range(9):
        follow(control, watch, 2)
    assert (min(dial.asked), max(dial.asked), len(dial.asked)) == (LEAST, MOST, 4 + 3)


def test_what_was_wished_of_the_last_look_is_not_asked_of_this_one() -> None:
    dial, watch = Dial(), Watch()
    before = ExposureHint(-1, watch.now)
    watch.now += 0.1
    control = ExposureControl(dial, watch)
    watch.now += 5
    control.follow(before)
    assert dial.asked == []


def test_a_camera_without_the_control_is_asked_once() -> None:
    dial, watch = Dial(able=False), Watch()
    control = ExposureControl(dial, watch)
    for _ in range(4):
        follow(control, watch, -1)
    control.back()
    assert dial.asked == [-1]


def test_the_stream_asks_the_camera_and_gives_it_back_before_it_closes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.workers.exposure.SETTLE_SECONDS", 0.0)
    dial = Dial()
    analyser = FrameAnalyser(lambda _: None, exposure=lambda: ExposureHint(-1, float("inf")))
    thread = CameraThread(dial, analyser)
    thread.start()
    try:
        qtbot.waitUntil(lambda: len(dial.asked) == 1, timeout=20_000)  # closed after the first look at it
        dial.asked.clear()
        thread.start_stream()
        qtbot.waitUntil(lambda: LEAST in dial.asked, timeout=20_000)
        thread.frozen = True
        qtbot.waitUntil(lambda: dial.asked[-1] == 0, timeout=20_000)
        thread.frozen = False
        qtbot.waitUntil(lambda: dial.asked[-1] == LEAST, timeout=20_000)
        thread.use(None)
        qtbot.waitUntil(lambda: dial.asked[-1] == 0, timeout=20_000)
        thread.use(analyser)
        qtbot.waitUntil(lambda: dial.asked[-1] == LEAST, timeout=20_000)
        with qtbot.waitSignal(thread.ended, timeout=20_000):
            thread.stop_stream()
    finally:
        thread.stop()
    assert dial.asked[-2] == 0
    assert np.isnan(dial.asked[-1])


def test_a_wish_that_raises_does_not_end_the_stream(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> ExposureHint | None:
        raise ValueError("broken")

    dial = Dial()
    thread = CameraThread(dial, FrameAnalyser(lambda _: None, exposure=broken))
    thread.start()
    try:
        thread.start_stream()
        qtbot.waitUntil(lambda: dial.index > 5, timeout=20_000)
        assert thread.streaming
    finally:
        thread.stop()
    assert "exposure of camera" in caplog.text


@pytest.fixture
def burnt(tmp_path: Path) -> Iterator[EmulatedCamera]:
    """A bright phone before a camera that exposes for the dim hall around it, two and a half stops too much."""
    modules = np.pad(np.array([list(row) for row in segno.make(TEXT, micro=False).matrix], np.uint8), 4)
    picture = np.full((720, 1280, 3), 25, np.uint8)
    shown = (210 - 140 * np.kron(modules, np.ones((7, 7)))).astype(np.uint8)
    picture[120 : 120 + len(shown), 400 : 400 + len(shown)] = shown[..., None]
    path = tmp_path / "phone.png"
    path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    camera = open_device(f"emulated://camera?clip={path}&light=2.5")
    assert isinstance(camera, EmulatedCamera)
    yield camera
    camera.close()


def test_a_burnt_out_phone_cannot_be_read_without_the_hint(burnt: EmulatedCamera) -> None:
    assert burnt.open().ok
    seen = burnt.read_frame(20).unwrap().picture
    assert decode_still(seen) == []
    assert int(seen[180:320, 460:600].min()) > 250


def test_a_burnt_out_phone_is_read_because_the_decoder_asks_for_less_light(qtbot: QtBot, burnt: EmulatedCamera) -> None:
    texts: list[str] = []
    with LiveDecoder() as live:
        analyser = FrameAnalyser(live.read, exposure=lambda: live.exposure)
        analyser.analysed.connect(lambda codes, _: texts.extend(code.text for code in codes))
        thread = CameraThread(burnt, analyser)
        thread.frame.connect(lambda image, frame: thread.taken())
        analyser.start()
        thread.start()
        try:
            thread.start_stream()
            qtbot.waitUntil(lambda: bool(texts), timeout=30_000)
            assert burnt.emulator.exposure < 0
            with qtbot.waitSignal(thread.ended, timeout=20_000):
                thread.stop_stream()
        finally:
            thread.stop()
            analyser.stop()
    assert set(texts) == {TEXT}
    assert burnt.emulator.exposure == 0
