"""Live cameras over a real MJPEG stream, and the UVC driver's refusals."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from numbered_clips import ClipMaker, number_of

from devices.drivers.imaging.camera import open_driver
from devices.emulators.imaging.mjpeg import MjpegEmulator
from devices.kinds.imaging import Camera
from devices.outcome import Outcome


@pytest.fixture
def emulator(make_clip: ClipMaker) -> Iterator[MjpegEmulator]:
    emulator = MjpegEmulator(make_clip(frames=60, fps=20))
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def camera(emulator: MjpegEmulator) -> Iterator[Camera]:
    driver = open_driver(emulator.url)
    driver.open().unwrap()
    yield driver
    driver.close()


def test_frames_come_in_order_and_once(camera: Camera) -> None:
    frames = [camera.read_frame(5).unwrap() for _ in range(10)]
    numbers = [number_of(frame.picture) for frame in frames]
    assert numbers == sorted(set(numbers))
    assert [frame.index for frame in frames] == sorted({frame.index for frame in frames})


def first_of(url: str) -> int:
    """What somebody sees first who looks now."""
    driver = open_driver(url)
    driver.open().unwrap()
    try:
        return number_of(driver.read_frame(5).unwrap().picture)
    finally:
        driver.close()


def seen_up_to(camera: Camera, number: int) -> int:
    while (seen := number_of(camera.read_frame(5).unwrap().picture)) < number:
        pass
    return seen


def test_who_looks_again_sees_what_is_there_now(camera: Camera, emulator: MjpegEmulator, make_clip: ClipMaker) -> None:
    seen = seen_up_to(camera, 20)
    camera.close()
    assert first_of(emulator.url) > seen, "not the picture that was seen last"
    emulator.show(make_clip("b.avi", frames=10))
    assert first_of(emulator.url) < 10, "not one more of what was taken away"
    emulator.show(make_clip("c.avi", frames=10))
    emulator.show(make_clip("d.avi", frames=5))
    assert first_of(emulator.url) < 5


def test_frames_that_piled_up_are_dropped(camera: Camera) -> None:
    before = camera.read_frame(5).unwrap()
    time.sleep(1.0)
    after = camera.read_frame(5).unwrap()
    assert number_of(after.picture) - number_of(before.picture) >= 10
    assert after.index - before.index >= 10
    assert time.monotonic() - after.at < 1.0


def test_a_picture_is_given_once(camera: Camera, emulator: MjpegEmulator) -> None:
    emulator.faults.set("stall")
    while (reply := camera.read_frame(0.5)).ok:
        pass
    assert reply.outcome is Outcome.TIMEOUT


def test_a_stream_that_breaks_off_is_disconnected(camera: Camera, emulator: MjpegEmulator) -> None:
    emulator.faults.set("drop")
    while (reply := camera.read_frame(5)).ok:
        pass
    assert reply.outcome is Outcome.DISCONNECTED
    assert camera.read_frame().outcome is Outcome.DISCONNECTED
    assert camera.probe().outcome is Outcome.DISCONNECTED
    emulator.faults.clear()
    assert camera.open().ok
    assert camera.read_frame(5).ok


def test_probe_tells_a_stalled_stream(camera: Camera, emulator: MjpegEmulator) -> None:
    assert camera.probe().unwrap().endswith("320×240")
    emulator.faults.set("stall")
    camera.read_frame(5).unwrap()
    time.sleep(2.2)
    assert camera.probe().outcome in (Outcome.TIMEOUT, Outcome.DISCONNECTED)


def test_cancel(camera: Camera, emulator: MjpegEmulator) -> None:
    emulator.faults.set("stall")
    while camera.read_frame(0.3).ok:
        pass
    threading.Timer(0.2, camera.cancel).start()
    assert camera.read_frame(60).outcome in (Outcome.CANCELLED, Outcome.DISCONNECTED)


@pytest.mark.parametrize("fault", ["not-found"])
def test_what_is_no_stream_is_a_fault(emulator: MjpegEmulator, fault: str) -> None:
    emulator.faults.set(fault)
    assert open_driver(emulator.url).open().outcome is Outcome.FAULT


def test_garbage_gives_no_picture_and_no_crash(emulator: MjpegEmulator) -> None:
    emulator.faults.set("garbage")
    driver = open_driver(emulator.url)
    outcomes = {driver.open().outcome, driver.read_frame(0.5).outcome}
    assert outcomes <= {Outcome.OK, Outcome.FAULT, Outcome.TIMEOUT, Outcome.DISCONNECTED}
    assert not driver.read_frame(0.2).ok
    driver.close()


def test_switched_off(emulator: MjpegEmulator) -> None:
    emulator.stop()
    reply = open_driver(emulator.url).open()
    assert reply.outcome is Outcome.DISCONNECTED
    assert "127.0.0.1" in reply.detail


def test_messages_hold_no_password(emulator: MjpegEmulator) -> None:
    driver = open_driver(emulator.url.replace("//", "//clerk:geheim@") + "?token=geheim")
    replies = [driver.open(), driver.probe()]
    assert not any("geheim" in reply.detail + (reply.value or "") for reply in replies)
    driver.close()


def test_a_uvc_camera_that_is_not_there() -> None:
    driver = open_driver("v4l2:///dev/video-none?width=1920&height=1080&fps=30")
    assert driver.open().outcome is Outcome.DISCONNECTED
    assert driver.read_frame().outcome is Outcome.DISCONNECTED
    driver.close()


def test_a_device_that_is_no_camera() -> None:
    assert open_driver("v4l2:///dev/null").open().outcome is Outcome.FAULT
