"""The exposure of UVC cameras: in their own hands, in ours, and given back."""

from __future__ import annotations

import threading
import time
from typing import Any

import cv2
import numpy as np
import pytest

from devices.drivers.imaging import camera as cameras
from devices.drivers.imaging.camera_live import LiveCamera
from devices.drivers.imaging.uvc_exposure import MANUAL, UvcExposure
from devices.failure import Failure
from devices.outcome import Outcome

AUTO = 3.0
"""V4L2_EXPOSURE_APERTURE_PRIORITY, as most UVC cameras call their automatic."""


class Controls:
    """A capture with the controls of a camera; its pictures are as light as its exposure."""

    def __init__(self, mode: float = AUTO, exposure: float = 160.0, refuses: tuple[int, ...] = ()) -> None:
        self.values = {cv2.CAP_PROP_AUTO_EXPOSURE: mode, cv2.CAP_PROP_EXPOSURE: exposure}
        self.refuses = refuses
        self.released = threading.Event()
        self.reading = threading.Lock()

    def get(self, control: int) -> float:
        return self.values.get(control, -1.0)

    def set(self, control: int, value: float) -> bool:
        assert not self.released.is_set()
        if control in self.refuses or (control == cv2.CAP_PROP_EXPOSURE and self.mode != MANUAL):
            return False
        self.values[control] = value
        return True

    def isOpened(self) -> bool:
        return True

    def read(self) -> tuple[bool, Any]:
        time.sleep(0.002)
        return True, np.full((4, 4, 3), min(round(self.exposure), 255), np.uint8)

    def release(self) -> None:
        self.released.set()

    @property
    def mode(self) -> float:
        return self.values[cv2.CAP_PROP_AUTO_EXPOSURE]

    @property
    def exposure(self) -> float:
        return self.values[cv2.CAP_PROP_EXPOSURE]


def test_by_stops_from_what_the_camera_chose() -> None:
    controls, expose = Controls(), UvcExposure()
    assert expose(controls, -1)  # type: ignore[arg-type]
    assert (controls.mode, controls.exposure) == (MANUAL, 80)
    assert expose(controls, -3)  # type: ignore[arg-type]
    assert controls.exposure == 20
    assert expose(controls, 0.5)  # type: ignore[arg-type]
    assert controls.exposure == 226
    assert expose(controls, -20)  # type: ignore[arg-type]
    assert controls.exposure == 1, "0 is no exposure"
    assert expose(controls, 0)  # type: ignore[arg-type]
    assert controls.mode == AUTO


def test_an_exposure_that_the_site_has_fixed_comes_back() -> None:
    controls, expose = Controls(mode=MANUAL), UvcExposure()
    assert expose(controls, -2)  # type: ignore[arg-type]
    assert controls.exposure == 40
    assert expose(controls, 0)  # type: ignore[arg-type]
    assert (controls.mode, controls.exposure) == (MANUAL, 160)


@pytest.mark.parametrize(
    "controls",
    [
        Controls(exposure=-1.0),
        Controls(exposure=0.0),
        Controls(mode=-1.0),
        Controls(refuses=(cv2.CAP_PROP_AUTO_EXPOSURE,)),
        Controls(refuses=(cv2.CAP_PROP_EXPOSURE,)),
    ],
)
def test_a_camera_without_such_controls_stays_as_it_is(controls: Controls) -> None:
    before = dict(controls.values)
    assert not UvcExposure()(controls, -1)  # type: ignore[arg-type]
    assert controls.values == before
    assert UvcExposure()(controls, 0)  # type: ignore[arg-type]


def live(controls: Controls, able: bool = True) -> LiveCamera:
    return LiveCamera(
        "test:",
        "test",
        lambda _: controls,  # type: ignore[arg-type, return-value]
        lambda: Failure(Outcome.FAULT, ""),
        exposer=UvcExposure if able else None,
    )


def shade(camera: LiveCamera, wanted: int) -> int:
    """The lightness of the pictures, once it is as wanted or 20 s have gone by."""
    until, seen = time.monotonic() + 20, -1
    while seen != wanted and time.monotonic() < until:
        seen = int(camera.read_frame(20).unwrap().picture[0, 0, 0])
    return seen


def test_the_pictures_follow_and_closing_gives_the_choice_back() -> None:
    controls = Controls()
    camera = live(controls)
    assert camera.set_exposure(-1).outcome is Outcome.DISCONNECTED
    assert camera.open().ok
    assert shade(camera, 160) == 160
    assert camera.set_exposure(-1).ok
    assert shade(camera, 80) == 80
    camera.close()
    assert controls.released.wait(20)
    assert controls.mode == AUTO


def test_a_camera_that_refuses_says_so_from_then_on() -> None:
    controls = Controls(refuses=(cv2.CAP_PROP_EXPOSURE,))
    camera = live(controls)
    assert camera.open().ok
    camera.set_exposure(-1)
    until = time.monotonic() + 20
    while (reply := camera.set_exposure(-1)).ok and time.monotonic() < until:
        camera.read_frame(20).unwrap()
    assert reply.outcome is Outcome.NOT_PRESENT
    assert controls.mode == AUTO
    camera.close()


def test_network_cameras_have_no_such_control() -> None:
    controls = Controls()
    camera = live(controls, able=False)
    assert camera.open().ok
    assert camera.set_exposure(-1).outcome is Outcome.NOT_PRESENT
    camera.close()


def test_uvc_cameras_are_made_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    controls = Controls()
    monkeypatch.setattr(cameras.cv2, "VideoCapture", lambda *_: controls)
    camera = cameras.open_driver("v4l2:///dev/video0")
    assert camera.open().ok
    assert camera.set_exposure(-2).ok
    assert isinstance(camera, LiveCamera)
    assert shade(camera, 40) == 40
    camera.close()
