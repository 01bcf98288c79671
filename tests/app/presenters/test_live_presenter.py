"""Around the live pictures: camera, hold, turn, interruption, sounds; remembered, and told in words."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest
from PyQt6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.domain.clock import FixedClock
from app.presenters.desk import Desk
from app.presenters.live import LivePresenter
from app.presenters.sounds import Sounds
from app.workers import camera_thread
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.tasks import TaskRunner
from devices.kinds.imaging import Camera, Frame
from devices.outcome import Outcome, Reply
from widgets.preview import Film
from widgets.window import MainWindow

NOW = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)


class Plug(Camera):
    def __init__(self) -> None:
        super().__init__("test:")
        self.pulled = False

    def open(self) -> Reply[str]:
        return Reply(Outcome.DISCONNECTED, detail="找不到摄像头") if self.pulled else Reply(Outcome.OK, "plug")

    def close(self) -> None:
        return

    def probe(self) -> Reply[str]:
        return self.open()

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        time.sleep(0.005)
        if self.pulled:
            return Reply(Outcome.DISCONNECTED, detail="摄像头画面中断，请检查连接")
        return Reply(Outcome.OK, Frame(np.full((40, 80, 3), 90, np.uint8), 0, time.monotonic()))


@dataclass
class Papers:
    """What the store keeps for the program."""

    texts: dict[str, str] = field(default_factory=dict)

    def setting(self, key: str) -> str | None:
        return self.texts.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.texts[key] = value


class Ear:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def play(self, name: str) -> None:
        self.heard.append(name)


class Counter:
    """One window with two cameras; a second one over the same papers is the next start."""

    def __init__(self, qtbot: QtBot, papers: Papers) -> None:
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.show()
        self.plug = Plug()
        self.threads = {"camera": CameraThread(self.plug), "document_camera": CameraThread(Plug())}
        self.analyser = FrameAnalyser(lambda _: None)
        self.source = CameraSource(self.threads, "camera", self.analyser)
        self.tasks = TaskRunner()
        desk = Desk(FixedClock(NOW), self.tasks, self.window.notice)
        self.ear = Ear()
        self.sounds = Sounds(self.ear)
        preview = self.window.preview
        self.source.frame.connect(lambda image, frame: (preview.set_frame(image, (80, 40), frame.at), self.taken()))
        shown = [("codes", preview, self.source)]
        self.live = LivePresenter(shown, desk, papers, self.sounds)  # type: ignore[arg-type]
        for thread in self.threads.values():
            thread.start()

    def taken(self) -> None:
        self.source.taken()

    def words(self) -> str:
        return self.window.notice.title() + self.window.notice.words()

    def tool(self, name: str) -> QToolButton:
        found = self.window.preview.findChild(QToolButton, f"preview_{name}")
        assert found is not None
        return found

    def broken(self) -> str:
        found = self.window.preview.findChild(Film)
        assert found is not None
        return found.broken

    def close(self) -> None:
        self.source.stop_stream()
        for thread in self.threads.values():
            thread.stop()
        self.tasks.close()


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def counter(qtbot: QtBot, papers: Papers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monkeypatch.setattr(camera_thread, "RETRY_SECONDS", 0.02)
    made = Counter(qtbot, papers)
    qtbot.waitUntil(lambda: not made.tasks.busy)
    yield made
    made.close()


def test_nothing_happens_without_a_live_picture(counter: Counter) -> None:
    counter.live.switch()
    counter.live.freeze()
    counter.live.mirror()
    assert (counter.source.slot, counter.source.frozen, counter.source.mirrored) == ("camera", False, False)
    assert not counter.live.active


def test_keys_and_buttons_switch_hold_and_turn_and_the_buttons_show_it(qtbot: QtBot, counter: Counter) -> None:
    counter.source.start_stream()
    qtbot.waitUntil(lambda: counter.tool("freeze").isVisible())
    assert counter.live.several
    counter.live.freeze()
    assert counter.tool("freeze").isChecked()
    counter.tool("freeze").click()
    assert not counter.source.frozen
    counter.tool("mirror").click()
    assert counter.threads["camera"].mirrored
    assert counter.tool("mirror").isChecked()
    counter.tool("camera-next").click()
    assert counter.source.slot == "document_camera"
    assert "已换到高拍仪" in counter.words()
    counter.source.stop_stream()
    assert not counter.tool("freeze").isVisible()


def test_what_was_chosen_is_there_at_the_next_start(qtbot: QtBot, counter: Counter, papers: Papers) -> None:
    counter.source.start_stream()
    qtbot.waitUntil(lambda: counter.live.active)
    counter.live.mirror()
    counter.live.switch()
    counter.live.mute()
    qtbot.waitUntil(lambda: not counter.tasks.busy)
    again = Counter(qtbot, papers)
    try:
        qtbot.waitUntil(lambda: again.source.slot == "document_camera")
        assert again.source.mirrored_slots == ("camera",)
        assert again.sounds.muted
    finally:
        again.close()


@pytest.mark.parametrize(
    "text", ["no json", "[]", '{"slots": 3}', '{"slots": {"codes": "gone"}, "mirrored": ["gone"]}']
)
def test_a_choice_that_cannot_be_read_is_left_out(qtbot: QtBot, text: str) -> None:
    made = Counter(qtbot, Papers({"live.pictures": text}))
    try:
        qtbot.waitUntil(lambda: not made.tasks.busy)
        assert (made.source.slot, made.source.mirrored_slots) == ("camera", ())
    finally:
        made.close()


def test_an_unplugged_camera_is_told_in_picture_and_words_and_again_when_it_is_back(
    qtbot: QtBot, counter: Counter
) -> None:
    counter.source.start_stream()
    qtbot.waitUntil(lambda: counter.window.preview.is_live())
    counter.plug.pulled = True
    qtbot.waitUntil(lambda: counter.broken() == "画面中断")
    assert "扫码摄像头画面中断" in counter.words()
    assert "自动恢复" in counter.words()
    counter.plug.pulled = False
    qtbot.waitUntil(lambda: counter.broken() == "")
    assert "画面已恢复" in counter.words()


def test_muting_is_heard_as_silence_and_unmuting_as_a_sound(counter: Counter) -> None:
    counter.live.mute()
    assert (counter.ear.heard, "已关闭" in counter.words()) == ([], True)
    counter.live.mute()
    assert (counter.ear.heard, "已打开" in counter.words()) == (["ok"], True)
