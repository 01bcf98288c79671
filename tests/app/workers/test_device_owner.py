"""Ownership, hanging drivers, back-off, cancelling, and 24 places of which the empty ones cost nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import standins
from pytestqt.qtbot import QtBot

from app.workers import ownership
from app.workers.back_off import BackOff
from app.workers.camera_thread import CameraThread
from app.workers.device_thread import DeviceThread
from app.workers.ownership import NotOwner
from app.workers.presence import PresenceWatch
from devices.absent import AbsentDevice
from devices.base import DeviceKind
from devices.emulators.identity.sam import SamEmulator
from devices.outcome import Outcome, Reply
from devices.registry import open_device

LONG = 30_000


@pytest.fixture(autouse=True)
def _standins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ownership, "GRACE_SECONDS", 0.2)
    monkeypatch.setattr(ownership, "LIMITS", {"open": 5.0, "close": 5.0, "probe": 0.3})
    with standins.registered(tmp_path / "registry"):
        yield


class Watched:
    """A place, its thread and what its light said."""

    def __init__(self, slot: str) -> None:
        self.state = standins.state(slot)
        make = lambda: open_device(f"standin://{slot}")  # noqa: E731
        kind = CameraThread if slot == "camera" else DeviceThread
        self.thread: Any = kind(make(), None, fresh=make)
        self.lights: list[Reply[str]] = []
        self.thread.light.connect(self.lights.append)
        self.answers: list[Reply[Any]] = []

    def read(self, timeout: float = 0.3) -> Any:
        return self.thread.call(lambda device: device.read_card(timeout), self.answers.append)

    @property
    def well(self) -> bool:
        return bool(self.lights) and self.lights[-1].ok


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[Watched]:
    made = Watched("id_reader")
    made.thread.start()
    qtbot.waitUntil(lambda: made.well, timeout=LONG)
    yield made
    made.state.well()
    made.thread.stop()


def test_a_call_from_another_thread_is_a_defect(reader: Watched, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotOwner, match="read_card"):
        reader.thread.device.read_card()
    with pytest.raises(NotOwner, match="close"):
        reader.thread.device.close()
    assert "called outside its own thread" in caplog.text
    reader.thread.device.cancel()  # this one may


def test_in_production_the_call_goes_on_and_the_log_names_the_place(
    reader: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.warns(NotOwner):
        assert reader.thread.device.read_card().outcome is Outcome.NOT_PRESENT
    assert "test_in_production" in caplog.text


def test_a_hung_driver_loses_its_thread_and_a_fresh_one_takes_over(reader: Watched, qtbot: QtBot) -> None:
    hung = reader.thread.device
    reader.state.hanging = True
    reader.read()
    qtbot.waitUntil(lambda: reader.answers != [], timeout=LONG)
    assert reader.answers[0].outcome is Outcome.TIMEOUT
    assert any(light.outcome is Outcome.TIMEOUT for light in reader.lights)
    reader.state.hanging = False
    qtbot.waitUntil(lambda: reader.well and reader.thread.device is not hung, timeout=LONG)
    reader.read()
    qtbot.waitUntil(lambda: len(reader.answers) == 2, timeout=LONG)
    assert reader.answers[1].outcome is Outcome.NOT_PRESENT
    before = len(reader.lights)
    reader.state.let_go.set()  # the first one comes back after all: nobody hears it
    qtbot.waitUntil(lambda: sum(t.name.startswith("device ") for t in threading.enumerate()) == 1, timeout=LONG)
    assert len(reader.answers) == 2
    assert all(light.ok for light in reader.lights[before:])


def test_a_printer_that_hangs_may_have_printed(qtbot: QtBot) -> None:
    made = Watched("printer")
    made.thread.start()
    try:
        qtbot.waitUntil(lambda: made.well, timeout=LONG)
        made.thread.device.patience = 0.2
        made.state.hanging = True
        made.thread.call(lambda device: device.print_pdf(b"%PDF-", "1", ""), made.answers.append)
        qtbot.waitUntil(lambda: made.answers != [], timeout=LONG)
        assert made.answers[0].outcome is Outcome.UNKNOWN
    finally:
        made.state.well()
        made.thread.stop()


def test_threads_left_behind_are_bounded_and_then_the_program_asks_to_be_opened_anew(
    reader: Watched, qtbot: QtBot
) -> None:
    reader.state.hanging = True

    def again() -> bool:
        reader.thread.nudge()  # by hand: no waiting for the back-off
        return "重新打开" in reader.lights[-1].detail

    qtbot.waitUntil(again, timeout=LONG)
    assert reader.lights[-1].outcome is Outcome.FAULT
    made = reader.state.made
    reader.thread.nudge()
    reader.read()
    qtbot.waitUntil(lambda: bool(reader.answers) and "重新打开" in reader.answers[-1].detail, timeout=LONG)
    assert reader.state.made == made, "no further thread was begun"
    reader.state.well()
    qtbot.waitUntil(lambda: reader.well, timeout=LONG)


def test_a_driver_that_raises_hides_no_other(reader: Watched, qtbot: QtBot) -> None:
    other = Watched("pin_pad")
    other.thread.start()
    try:
        reader.state.raising = True
        reader.read()
        qtbot.waitUntil(lambda: reader.lights[-1].outcome is Outcome.FAULT, timeout=LONG)
        qtbot.waitUntil(lambda: other.well, timeout=LONG)
        reader.state.raising = False
        qtbot.waitUntil(lambda: reader.well, timeout=LONG)
    finally:
        other.thread.stop()


def test_a_call_that_was_left_is_cancelled_whether_it_waits_or_runs(qtbot: QtBot) -> None:
    sam = SamEmulator()
    sam.start()
    thread = DeviceThread(open_device(f"sdt://{sam.path}"))
    answers: dict[str, Outcome] = {}
    thread.start()
    try:
        running = thread.call(lambda d: d.read_card(60), lambda r: answers.update(first=r.outcome))
        waiting = thread.call(lambda d: d.read_card(60), lambda r: answers.update(second=r.outcome))
        qtbot.waitUntil(lambda: thread.busy, timeout=LONG)
        waiting.cancel()
        qtbot.waitUntil(lambda: answers.get("second") is Outcome.CANCELLED, timeout=LONG)
        running.cancel()
        qtbot.waitUntil(lambda: answers.get("first") is Outcome.CANCELLED, timeout=LONG)
        running.cancel()  # over: harmless
    finally:
        thread.stop()
        sam.stop()


def test_a_camera_that_hangs_comes_back_with_its_stream(qtbot: QtBot) -> None:
    made = Watched("camera")
    frames: list[object] = []
    made.thread.frame.connect(lambda image, frame: (frames.append(frame), made.thread.taken()))
    made.thread.start()
    try:
        made.thread.start_stream()
        qtbot.waitUntil(lambda: len(frames) > 2, timeout=LONG)
        made.state.hanging = True
        qtbot.waitUntil(lambda: made.lights[-1].outcome is Outcome.TIMEOUT, timeout=LONG)
        made.state.hanging = False
        seen = len(frames)
        qtbot.waitUntil(lambda: len(frames) > seen + 2, timeout=LONG)
    finally:
        made.state.well()
        made.thread.stop()


def test_calls_to_a_camera_go_between_its_frames(qtbot: QtBot) -> None:
    made = Watched("camera")
    made.thread.frame.connect(lambda image, frame: made.thread.taken())
    made.thread.start()
    try:
        for streaming in (False, True):
            if streaming:
                made.thread.start_stream()
            made.thread.call(lambda camera: camera.modes(), made.answers.append)
            qtbot.waitUntil(lambda n=streaming: len(made.answers) == n + 1, timeout=LONG)
        assert {reply.outcome for reply in made.answers} == {Outcome.NOT_PRESENT}
    finally:
        made.thread.stop()


def test_an_empty_place_costs_no_thread_and_still_answers(qtbot: QtBot) -> None:
    before = threading.active_count()
    thread = DeviceThread(AbsentDevice(DeviceKind.SCANNER))
    lights: list[Reply[str]] = []
    answers: list[Reply[Any]] = []
    thread.light.connect(lights.append)
    thread.start()
    thread.call(lambda device: device.sources(), answers.append)
    qtbot.waitUntil(lambda: bool(lights and answers), timeout=LONG)
    assert {answers[0].outcome, lights[0].outcome} == {Outcome.DISCONNECTED}
    assert threading.active_count() == before
    thread.stop()


def test_another_device_takes_the_place_while_the_window_stands(reader: Watched, qtbot: QtBot) -> None:
    other = standins.state("passport_reader")
    reader.thread.swap(open_device("standin://passport_reader"))
    qtbot.waitUntil(lambda: reader.well and other.opened == 1, timeout=LONG)
    reader.thread.swap(AbsentDevice(DeviceKind.ID_READER))
    assert reader.lights[-1].outcome is Outcome.DISCONNECTED
    assert reader.thread.absent


def test_waiting_grows_to_half_a_minute_and_no_two_devices_agree() -> None:
    long = BackOff(lambda: 0.0)
    assert [long.next() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    long.reset()
    assert long.next() == 1
    away = BackOff(lambda: 0.0)
    assert [away.next(Outcome.DISCONNECTED) for _ in range(4)] == [1, 2, 4, 5]
    assert BackOff(lambda: 1.0).next() == 0.75


def test_plugging_in_is_seen_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    """A port that appears is opened without waiting for the next turn; pulling it shows as soon."""
    ports = tmp_path / "by-id"
    ports.mkdir()
    sam = SamEmulator()
    sam.start()
    link = ports / "usb-reader"
    thread = DeviceThread(open_device(f"sdt://{link}"))
    lights: list[Reply[str]] = []
    thread.light.connect(lights.append)
    watch = PresenceWatch(None, (ports,))
    watch.changed.connect(lambda _: thread.nudge())
    thread.start()
    watch.start()
    try:
        qtbot.waitUntil(lambda: bool(lights) and lights[-1].outcome is Outcome.DISCONNECTED, timeout=LONG)
        thread._back_off._failures = 50  # as after hours
        qtbot.wait(1200)  # the turn that was planned before passes; the next is seconds away
        began = time.monotonic()
        link.symlink_to(sam.path)
        qtbot.waitUntil(lambda: lights[-1].ok, timeout=LONG)
        print(f"\nplug to light: {time.monotonic() - began:.2f} s")
    finally:
        watch.stop()
        thread.stop()
        sam.stop()
