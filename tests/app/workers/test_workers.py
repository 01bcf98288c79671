"""Worker threads: who runs where, what happens when a driver breaks, stale frames dropped."""

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from mortal import Mortal
from pytestqt.qtbot import QtBot

from app.workers.camera_thread import CameraThread, FrameAnalyser, as_image
from app.workers.device_thread import DeviceThread
from app.workers.sync_thread import SyncThread
from devices.kinds.identity import IdReader
from devices.kinds.imaging import Camera, Frame
from devices.outcome import Outcome, Reply


class Reader(IdReader):
    """Records the thread of each call; `break_next` makes the next call raise."""

    def __init__(self) -> None:
        super().__init__("test:")
        self.threads: set[int] = set()
        self.opened = 0
        self.closed = 0
        self.break_next = False

    def open(self) -> Reply[str]:
        self.threads.add(threading.get_ident())
        self.opened += 1
        return Reply(Outcome.OK, "reader")

    def close(self) -> None:
        self.closed += 1

    def probe(self) -> Reply[str]:
        return Reply(Outcome.OK, "reader")

    def read_card(self, timeout: float = 5.0) -> Reply:  # type: ignore[type-arg]
        self.threads.add(threading.get_ident())
        if self.break_next:
            self.break_next = False
            raise RuntimeError("driver bug")
        return Reply(Outcome.NOT_PRESENT, detail="没有卡")


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def thread(reader: Reader) -> Iterator[DeviceThread]:
    made = DeviceThread(reader)
    made.start()
    yield made
    made.stop()


def test_every_call_is_made_on_the_one_thread_and_answered_on_the_loop(
    qtbot: QtBot, reader: Reader, thread: DeviceThread
) -> None:
    answers: list[tuple[Reply, int]] = []  # type: ignore[type-arg]
    for _ in range(3):
        thread.call(lambda d: d.read_card(), lambda r: answers.append((r, threading.get_ident())))
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert len(reader.threads) == 1
    assert threading.get_ident() not in reader.threads
    assert {ident for _, ident in answers} == {threading.get_ident()}


def test_a_driver_that_raises_is_a_fault_and_is_opened_anew(qtbot: QtBot, reader: Reader, thread: DeviceThread) -> None:
    reader.break_next = True
    answers: list[Reply] = []  # type: ignore[type-arg]
    with qtbot.waitSignal(thread.light, check_params_cb=lambda r: r.outcome is Outcome.FAULT):
        thread.call(lambda d: d.read_card(), answers.append)
    thread.call(lambda d: d.read_card(), answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert [a.outcome for a in answers] == [Outcome.FAULT, Outcome.NOT_PRESENT]
    assert reader.opened == 2


def test_the_device_is_closed_when_the_thread_stops(qtbot: QtBot, reader: Reader) -> None:
    made = DeviceThread(reader)
    with qtbot.waitSignal(made.light):
        made.start()
    made.stop()
    assert reader.closed == 1
    assert made.isFinished()


def test_analyser_drops_stale_frames_and_survives_a_bad_one(qtbot: QtBot) -> None:
    gate = threading.Event()

    def analyse(picture: np.ndarray) -> int:  # type: ignore[type-arg]
        gate.wait(5)
        value = int(picture[0, 0, 0])
        if value == 0:
            raise ValueError("bad frame")
        return value

    seen: list[int] = []
    analyser = FrameAnalyser(analyse)
    analyser.analysed.connect(lambda result, frame: seen.append(result))
    analyser.start()
    frames = [Frame(np.full((2, 2, 3), n, np.uint8), n, 0.0) for n in range(10)]
    analyser.offer(frames[0])
    time.sleep(0.1)
    for frame in frames[1:]:
        analyser.offer(frame)
    gate.set()
    qtbot.waitUntil(lambda: seen == [9])
    analyser.stop()
    assert analyser.isFinished()


class Numbered(Camera):
    """Gives numbered pictures, as many as it is allowed to."""

    def __init__(self) -> None:
        super().__init__("test:")
        self.asked = 0
        self._allowed = threading.Semaphore(0)

    def open(self) -> Reply[str]:
        return Reply(Outcome.OK, "numbered")

    def close(self) -> None:
        return

    def probe(self) -> Reply[str]:
        return self.open()

    def give(self, frames: int) -> None:
        self._allowed.release(frames)

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        if not self._allowed.acquire(timeout=0.01):
            return Reply(Outcome.TIMEOUT)
        self.asked += 1
        return Reply(Outcome.OK, Frame(np.full((2, 2, 3), self.asked - 1, np.uint8), self.asked - 1, time.monotonic()))


def test_a_slow_analyser_always_goes_on_with_the_newest_frame(qtbot: QtBot) -> None:
    """However long a look takes and however many frames come meanwhile: the next look is at the last of them."""
    camera = Numbered()
    looked: list[int] = []
    go_on = threading.Semaphore(0)

    def analyse(picture: np.ndarray) -> None:  # type: ignore[type-arg]
        looked.append(int(picture[0, 0, 0]))
        go_on.acquire(timeout=30)

    class Counted(FrameAnalyser):
        offered = 0

        def offer(self, frame: Frame) -> None:
            super().offer(frame)
            self.offered += 1

    analyser = Counted(analyse)
    thread = CameraThread(camera, analyser)
    thread.frame.connect(lambda image, frame: thread.taken())
    analyser.start()
    thread.start()
    total = 1
    try:
        thread.start_stream()
        camera.give(1)
        qtbot.waitUntil(lambda: looked == [0], timeout=30_000)
        for frames in (1, 2, 7, 30, 1, 90):
            total += frames
            camera.give(frames)
            qtbot.waitUntil(lambda: analyser.offered == total, timeout=30_000)  # noqa: B023
            go_on.release()
            qtbot.waitUntil(lambda: looked[-1] == total - 1, timeout=30_000)  # noqa: B023
    finally:
        go_on.release(10)
        thread.stop()
        analyser.stop()
    # Nothing in between was looked at: work on what nobody sees any more would make the next look late.
    assert looked == [0, 1, 3, 10, 40, 41, 131]


class Clip(Camera):
    def __init__(self, length: int) -> None:
        super().__init__("test:")
        self.left = length
        self.closed = False

    def open(self) -> Reply[str]:
        return Reply(Outcome.OK, "clip")

    def close(self) -> None:
        self.closed = True

    def probe(self) -> Reply[str]:
        return self.open()

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        if not self.left:
            return Reply(Outcome.NOT_PRESENT)
        self.left -= 1
        return Reply(Outcome.OK, Frame(np.zeros((4, 4, 3), np.uint8), self.left, 0.0))


def test_camera_waits_for_the_screen_and_says_how_it_ended(qtbot: QtBot) -> None:
    camera = Clip(5)
    thread = CameraThread(camera)
    shown: list[int] = []
    thread.frame.connect(lambda image, frame: shown.append(frame.index))
    with qtbot.waitSignal(thread.light) as light:
        thread.start()
    assert light.args[0].ok
    assert camera.closed
    assert not shown
    with qtbot.waitSignal(thread.ended) as ended:
        thread.start_stream()
    # The screen never said `taken`, so it was given one frame only.
    assert shown == [4]
    assert ended.args[0].outcome is Outcome.NOT_PRESENT
    assert not thread.streaming
    camera.left = 1_000_000
    with qtbot.waitSignal(thread.ended) as ended:
        thread.start_stream()
        qtbot.waitUntil(lambda: len(shown) == 2)
        thread.stop_stream()
    assert ended.args[0].outcome is Outcome.CANCELLED
    thread.stop()
    assert thread.isFinished()


def test_picture_to_image_keeps_colour_order() -> None:
    picture = np.zeros((3, 5, 3), np.uint8)
    picture[:, :] = (10, 20, 30)
    colour = as_image(picture).pixelColor(2, 1)
    assert (colour.blue(), colour.green(), colour.red()) == (10, 20, 30)


class Engine:
    def __init__(self) -> None:
        self.runs = 0
        self.patient: list[bool] = []
        self.closed = False

    def run_once(self, progress: object = None, *, patient: bool = False) -> int:
        self.runs += 1
        self.patient.append(patient)
        if self.runs == 1:
            raise RuntimeError("our own bug")
        return self.runs

    def next_wait(self) -> float:
        return 30.0

    def close(self) -> None:
        self.closed = True


def test_sync_goes_on_after_a_defect_and_can_be_kicked(qtbot: QtBot) -> None:
    engine = Engine()
    thread = SyncThread(engine)
    with qtbot.waitSignal(thread.started_run):
        thread.start()
    qtbot.waitUntil(lambda: engine.runs == 1)
    with qtbot.waitSignal(thread.report, timeout=5000) as report:
        thread.kick(urgent=True)
    assert report.args[0] >= 2
    assert engine.patient == [True, False]
    thread.stop()
    assert thread.isFinished()
    assert engine.closed, "a long upload must hear of the end"


def test_what_a_device_call_holds_dies_on_the_loop(qtbot: QtBot, thread: DeviceThread) -> None:
    deaths: list[int] = []
    done: list[object] = []

    def ask() -> None:
        held = Mortal(deaths)
        thread.call(lambda reader: reader.read_card() if held else None, lambda _: done.append(bool(held)))

    for number in range(1, 101):
        ask()
        qtbot.waitUntil(lambda number=number: len(done) == number)
    assert set(deaths) == {threading.get_ident()}
    assert len(deaths) == 100
