"""Live streams: fitted off the loop, turned, held, broken off and back, and changed to another camera."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.workers import camera_thread
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import CameraThread, FrameAnalyser, view_of
from devices.kinds.imaging import Camera, Frame
from devices.outcome import Outcome, Reply


class Plug(Camera):
    """A camera whose plug can be pulled. Each picture is `shade` all over, its left half black."""

    def __init__(self, shade: int = 200, pulled: bool = False) -> None:
        super().__init__("test:")
        self.shade = shade
        self.pulled = pulled
        self.silent = False
        self.opened = 0
        self.index = 0

    def open(self) -> Reply[str]:
        if self.pulled:
            return Reply(Outcome.DISCONNECTED, detail="找不到摄像头")
        self.opened += 1
        return Reply(Outcome.OK, "plug")

    def close(self) -> None:
        return

    def probe(self) -> Reply[str]:
        return self.open()

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        time.sleep(0.005)
        if self.pulled:
            return Reply(Outcome.DISCONNECTED, detail="摄像头画面中断，请检查连接")
        if self.silent:
            return Reply(Outcome.TIMEOUT, detail="摄像头没有新画面")
        picture = np.full((40, 80, 3), self.shade, np.uint8)
        picture[:, :40] = 0
        self.index += 1
        return Reply(Outcome.OK, Frame(picture, self.index, time.monotonic()))


class Watcher:
    """What came through the signals of a stream."""

    def __init__(self, stream: CameraThread | CameraSource) -> None:
        self.frames: list[tuple[Any, Frame]] = []
        self.broken: list[Outcome] = []
        self.ended: list[Outcome] = []
        self._stream = stream
        stream.frame.connect(self._frame)
        stream.interrupted.connect(lambda reply: self.broken.append(reply.outcome))
        stream.ended.connect(lambda reply: self.ended.append(reply.outcome))

    def _frame(self, image: Any, frame: Frame) -> None:
        self.frames.append((image, frame))
        self._stream.taken()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_thread, "RETRY_SECONDS", 0.02)


@pytest.fixture
def plugs() -> dict[str, Plug]:
    return {"camera": Plug(200), "document_camera": Plug(90)}


@pytest.fixture
def threads(qtbot: QtBot, plugs: dict[str, Plug]) -> Iterator[dict[str, CameraThread]]:
    made = {slot: CameraThread(plug) for slot, plug in plugs.items()}
    for thread in made.values():
        thread.start()
    yield made
    for thread in made.values():
        thread.stop()


@pytest.fixture
def analyser() -> Iterator[FrameAnalyser]:
    made = FrameAnalyser(lambda picture: int(picture.max()))
    made.start()
    yield made
    made.stop()


def test_the_picture_is_fitted_into_its_room_and_keeps_its_sides() -> None:
    picture = np.full((1080, 1920, 3), (10, 20, 30), np.uint8)
    view = view_of(picture, (394, 300))
    assert (view.width(), view.height()) == (394, 222)
    colour = view.pixelColor(200, 100)
    assert (colour.blue(), colour.green(), colour.red()) == (10, 20, 30)
    assert (view_of(picture, (0, 0)).width(), view_of(picture[:20, :30], (394, 300)).width()) == (1920, 30)


def test_an_unplugged_camera_is_told_once_and_comes_back_by_itself(
    qtbot: QtBot, threads: dict[str, CameraThread], plugs: dict[str, Plug]
) -> None:
    thread, plug = threads["camera"], plugs["camera"]
    seen = Watcher(thread)
    lights: list[bool] = []
    thread.light.connect(lambda reply: lights.append(reply.ok))
    thread.start_stream()
    qtbot.waitUntil(lambda: len(seen.frames) > 2)
    lights.clear()
    plug.pulled = True
    qtbot.waitUntil(lambda: bool(seen.broken))
    qtbot.wait(100)
    assert seen.broken == [Outcome.DISCONNECTED]
    assert lights == [False]
    assert thread.streaming
    assert not seen.ended
    before = len(seen.frames)
    plug.pulled = False
    qtbot.waitUntil(lambda: len(seen.frames) > before)
    assert seen.broken == [Outcome.DISCONNECTED, Outcome.OK]
    assert lights == [False, True]


def test_esc_ends_a_broken_stream_at_once(
    qtbot: QtBot, threads: dict[str, CameraThread], plugs: dict[str, Plug]
) -> None:
    thread = threads["camera"]
    seen = Watcher(thread)
    thread.start_stream()
    qtbot.waitUntil(lambda: bool(seen.frames))
    plugs["camera"].pulled = True
    qtbot.waitUntil(lambda: bool(seen.broken))
    thread.stop_stream()
    qtbot.waitUntil(lambda: seen.ended == [Outcome.CANCELLED])
    assert seen.broken == [Outcome.DISCONNECTED]


def test_a_picture_that_stands_still_is_not_passed_off_as_live(
    qtbot: QtBot, threads: dict[str, CameraThread], plugs: dict[str, Plug]
) -> None:
    seen = Watcher(threads["camera"])
    threads["camera"].start_stream()
    qtbot.waitUntil(lambda: bool(seen.frames))
    plugs["camera"].silent = True
    qtbot.waitUntil(lambda: seen.broken == [Outcome.TIMEOUT])
    plugs["camera"].silent = False
    qtbot.waitUntil(lambda: seen.broken == [Outcome.TIMEOUT, Outcome.OK])


def test_a_camera_that_never_was_there_ends_the_stream(qtbot: QtBot) -> None:
    thread = CameraThread(Plug(pulled=True))
    seen = Watcher(thread)
    thread.start()
    try:
        thread.start_stream()
        qtbot.waitUntil(lambda: seen.ended == [Outcome.DISCONNECTED])
        assert not seen.broken
    finally:
        thread.stop()


def test_mirrored_holds_for_screen_analyser_and_capture(
    qtbot: QtBot, threads: dict[str, CameraThread], analyser: FrameAnalyser
) -> None:
    source = CameraSource(threads, "camera", analyser)
    seen = Watcher(source)
    analysed: list[Frame] = []
    analyser.analysed.connect(lambda _, frame: analysed.append(frame))
    source.mirror(True)
    source.start_stream()
    qtbot.waitUntil(lambda: len(seen.frames) > 1 and len(analysed) > 1)
    image, frame = seen.frames[-1]
    assert frame.picture[20, 5].tolist() == [200, 200, 200]
    assert image.pixelColor(5, 20).red() == 200
    assert analysed[-1].picture[20, 5].tolist() == [200, 200, 200]
    assert source.mirrored_slots == ("camera",)


def test_a_held_picture_gets_no_successor_until_it_is_let_go(
    qtbot: QtBot, threads: dict[str, CameraThread], analyser: FrameAnalyser
) -> None:
    source = CameraSource(threads, "camera", analyser)
    seen = Watcher(source)
    source.freeze(True)
    assert not source.frozen  # nothing to hold yet
    source.start_stream()
    qtbot.waitUntil(lambda: len(seen.frames) > 2)
    source.freeze(True)
    held = len(seen.frames)
    qtbot.wait(80)
    assert len(seen.frames) == held
    source.freeze(False)
    qtbot.waitUntil(lambda: len(seen.frames) > held)
    source.freeze(True)
    source.stop_stream()
    source.start_stream()
    assert not source.frozen  # the next picture begins live


def test_another_camera_takes_over_without_a_word_of_the_first(
    qtbot: QtBot, threads: dict[str, CameraThread], analyser: FrameAnalyser
) -> None:
    source = CameraSource(threads, "camera", analyser)
    seen = Watcher(source)
    source.start_stream()
    qtbot.waitUntil(lambda: bool(seen.frames))
    source.switch()
    seen.frames.clear()
    qtbot.waitUntil(lambda: len(seen.frames) > 2)
    assert {int(frame.picture.max()) for _, frame in seen.frames} == {90}
    assert (source.slot, source.streaming, seen.ended) == ("document_camera", True, [])
    qtbot.waitUntil(lambda: not threads["camera"].streaming)
    source.switch()
    source.use("no such slot")
    assert source.slot == "camera"
    source.stop_stream()
    source.stop_stream()
    assert seen.ended == [Outcome.CANCELLED]


def test_two_purposes_of_one_camera_do_not_see_each_others_frames(
    qtbot: QtBot, threads: dict[str, CameraThread], analyser: FrameAnalyser
) -> None:
    one = {"camera": threads["camera"]}
    codes, pages = CameraSource(one, "camera", analyser), CameraSource(one, "camera", analyser)
    of_codes, of_pages = Watcher(codes), Watcher(pages)
    codes.start_stream()
    qtbot.waitUntil(lambda: bool(of_codes.frames))
    codes.stop_stream()
    pages.start_stream()
    of_codes.frames.clear()
    qtbot.waitUntil(lambda: len(of_pages.frames) > 2)
    assert not of_codes.frames
    assert (codes.streaming, pages.streaming) == (False, True)
    assert (codes.several, of_codes.ended) == (False, [Outcome.CANCELLED])


def test_no_picture_is_fitted_on_the_event_loop(
    qtbot: QtBot, threads: dict[str, CameraThread], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Watcher(threads["camera"])
    where: set[int] = set()
    real = view_of

    def noted(*arguments: Any) -> Any:
        where.add(threading.get_ident())
        return real(*arguments)

    monkeypatch.setattr(camera_thread, "view_of", noted)
    threads["camera"].set_room(20, 20)
    threads["camera"].start_stream()
    qtbot.waitUntil(lambda: len(seen.frames) > 2)
    assert seen.frames[-1][0].width() == 20
    assert threading.get_ident() not in where


def test_wanted_again_while_it_closes_it_goes_on(
    qtbot: QtBot, threads: dict[str, CameraThread], plugs: dict[str, Plug], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clerk who takes one page after the other is quicker than a camera closes."""
    thread, plug = threads["camera"], plugs["camera"]
    seen = Watcher(thread)
    closing, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        closing.set()
        assert go_on.wait(60)

    thread.start_stream()
    qtbot.waitUntil(lambda: bool(seen.frames), timeout=20000)
    monkeypatch.setattr(plug, "close", slowly)
    thread.stop_stream()
    qtbot.waitUntil(closing.is_set, timeout=20000)
    thread.start_stream()
    before = len(seen.frames)
    go_on.set()
    qtbot.waitUntil(lambda: len(seen.frames) > before + 2, timeout=20000)
    assert thread.streaming
    assert seen.ended == []


def test_a_camera_that_does_not_answer_when_it_is_opened_is_told(
    qtbot: QtBot, threads: dict[str, CameraThread], plugs: dict[str, Plug], monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = threads["camera"]
    seen = Watcher(thread)
    told: list[str] = []
    thread.ended.connect(lambda reply: told.append(reply.detail))
    monkeypatch.setattr(plugs["camera"], "open", lambda: Reply(Outcome.TIMEOUT, detail="摄像头没有答复"))
    thread.start_stream()
    qtbot.waitUntil(lambda: bool(seen.ended), timeout=20000)
    assert (seen.ended, told) == ([Outcome.TIMEOUT], ["摄像头没有答复"])
