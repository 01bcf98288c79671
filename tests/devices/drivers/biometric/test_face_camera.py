"""Two eyes as one camera: frames of one moment belong together, half a device is not well."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest

from app.domain.errors import BadInput
from devices.drivers.biometric.face_camera import PairedFaceCamera, open_driver
from devices.emulators.biometric.driver import EmulatedFaceCamera
from devices.kinds.imaging import Camera, Frame
from devices.outcome import Outcome, Reply
from devices.registry import open_device


class Eye(Camera):
    """Gives frames that arrived at these moments; each is as light as its moment is late."""

    def __init__(self, *moments: float, opens: bool = True) -> None:
        super().__init__("eye:")
        self.moments = deque(moments)
        self.opens = opens
        self.closed = 0

    def open(self) -> Reply[str]:
        return Reply(Outcome.OK, "eye") if self.opens else Reply(Outcome.DISCONNECTED, detail="找不到摄像头")

    def close(self) -> None:
        self.closed += 1

    def probe(self) -> Reply[str]:
        return self.open()

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        if not self.moments:
            return Reply(Outcome.TIMEOUT, detail="摄像头没有新画面")
        at = self.moments.popleft()
        return Reply(Outcome.OK, Frame(np.full((2, 2, 3), round(at * 100), np.uint8), 0, at))


def paired(colour: Eye, infrared: Eye | None) -> PairedFaceCamera:
    ticks = iter(range(1000))
    camera = PairedFaceCamera("face:", colour, infrared, clock=lambda: float(next(ticks)))
    camera.open()
    return camera


def test_the_nearest_moment_belongs() -> None:
    camera = paired(Eye(1.00, 1.50), Eye(0.98, 1.03, 1.45, 1.52))
    camera.read_frame().unwrap()
    assert camera.read_infrared(9).unwrap()[0, 0, 0] == 98, "what it had seen before is nearer than what came after"
    camera.read_frame().unwrap()
    assert camera.read_infrared(9).unwrap()[0, 0, 0] == 152


def test_moments_too_far_apart_do_not_belong_together() -> None:
    camera = paired(Eye(1.0), Eye(0.5, 1.4))
    camera.read_frame().unwrap()
    assert camera.read_infrared(9).outcome is Outcome.TIMEOUT
    assert paired(Eye(), Eye(1.0)).read_infrared(9).outcome is Outcome.TIMEOUT, "without a frame nothing belongs to it"


def test_a_second_eye_that_stands_still_does_not_stop_the_first() -> None:
    camera = paired(Eye(1.0, 1.1), Eye())
    assert camera.read_frame().ok
    assert camera.read_frame().ok
    assert camera.read_infrared(3).outcome is Outcome.TIMEOUT


def test_half_a_device_is_not_well() -> None:
    colour = Eye(1.0)
    camera = PairedFaceCamera("face:", colour, Eye(opens=False))
    reply = camera.open()
    assert (reply.outcome, reply.detail) == (Outcome.DISCONNECTED, "红外镜头：找不到摄像头")
    assert colour.closed == 1, "its lamp goes out"
    assert camera.probe().outcome is Outcome.DISCONNECTED


def test_a_camera_with_one_eye_says_so() -> None:
    camera = paired(Eye(1.0), None)
    camera.read_frame().unwrap()
    assert camera.read_infrared().outcome is Outcome.NOT_PRESENT


def test_a_drawn_face_with_both_eyes_over_the_wire() -> None:
    camera = open_device("emulated://face-camera")
    assert isinstance(camera, EmulatedFaceCamera)
    camera.open().unwrap()
    for _ in range(3):
        colour = camera.read_frame(20).unwrap().picture
        infrared = camera.read_infrared(20).unwrap()
        assert colour.shape == infrared.shape == (480, 640, 3)
        assert infrared[10, 10].max() < 60 < colour[10, 10].min(), "dark behind the face, and light in colour"
    camera.emulator.infrared.faults.set("drop")
    while camera.probe().ok:
        camera.read_infrared(1)
    assert "红外镜头" in camera.probe().detail
    camera.close()


@pytest.mark.parametrize("uri", ["face:", "face:?infrared=file:x.png", "face:?colour=sane:x", "face:?colour=nothing"])
def test_malformed(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(uri)
