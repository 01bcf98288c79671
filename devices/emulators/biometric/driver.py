"""`emulated://…` for what captures somebody's finger or face.

emulated://fingerprint?fault=…
emulated://face-camera?clip=PATH&ir=PATH&fault=…        drawn faces where there are no clips; person=0…2 says whose,
                                                        acts=1 that the head is turned now and then
"""

from __future__ import annotations

import threading
import time
import urllib.parse
from pathlib import Path

from app.domain.errors import BadInput
from devices.base import Device, Picture
from devices.drivers.biometric import face_camera
from devices.drivers.biometric.fingerprint_host import HostedFingerprintReader
from devices.emulators.biometric.fingerprint_host import FingerprintEmulator
from devices.emulators.emulated import EmulatedDevice, Kinds, file_of, not_open
from devices.emulators.imaging.drawn import face, turned
from devices.emulators.imaging.head import BUILDS, Build
from devices.emulators.imaging.mjpeg import MjpegEmulator
from devices.kinds.biometric import FaceCamera, Fingerprint, FingerprintReader
from devices.kinds.imaging import Camera, Frame
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

_FPS = 15.0


class EmulatedFingerprintReader(EmulatedDevice[FingerprintEmulator, FingerprintReader], FingerprintReader):
    def capture(self, timeout: float = 10.0) -> Reply[Fingerprint]:
        return self._driver.capture(timeout) if self._driver else not_open()

    def match(self, captured: Fingerprint, template: bytes) -> Reply[float]:
        return self._driver.match(captured, template) if self._driver else not_open()


class FaceEmulator:
    """Two streams of one moment: the colour eye, whose faults these are, and the infrared one."""

    def __init__(
        self, clip: Path | None = None, infrared: Path | None = None, build: Build = BUILDS[0], acts: bool = False
    ) -> None:
        self.colour = MjpegEmulator(clip or DrawnFace(False, build, acts))
        self.infrared = MjpegEmulator(infrared or DrawnFace(True, build, acts))
        self.faults = self.colour.faults

    def start(self) -> None:
        self.colour.start()
        self.infrared.start()

    def stop(self) -> None:
        self.colour.stop()
        self.infrared.stop()

    @property
    def url(self) -> str:
        """What the driver is given."""
        parts = {"colour": self.colour.url, "infrared": self.infrared.url}
        return "face:?" + urllib.parse.urlencode(parts)


class EmulatedFaceCamera(EmulatedDevice[FaceEmulator, FaceCamera], FaceCamera):
    """emulator.infrared.faults breaks the second eye alone."""

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        return self._driver.read_frame(timeout) if self._driver else not_open()

    def read_infrared(self, timeout: float = 1.0) -> Reply[Picture]:
        return self._driver.read_infrared(timeout) if self._driver else not_open()


class DrawnFace(Camera):
    """A camera before which somebody stands who was never born."""

    def __init__(self, infrared: bool, build: Build = BUILDS[0], acts: bool = False) -> None:
        super().__init__("drawn:face")
        self._infrared = infrared
        self._build = build
        self._acts = acts
        self._index = 0
        self._next = 0.0
        self._pause = threading.Event()

    def open(self) -> Reply[str]:
        self._index, self._next = 0, time.monotonic()
        return Reply(Outcome.OK, self.uri)

    def close(self) -> None:
        return

    def probe(self) -> Reply[str]:
        return Reply(Outcome.OK, self.uri)

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        now = time.monotonic()
        self._next = max(self._next + 1 / _FPS, now)
        self._pause.wait(self._next - now)
        # Both eyes see one moment: the clock is the computer's, not the stream's.
        self._index += 1
        moment = round(time.monotonic() * _FPS) / _FPS
        yaw = turned(moment) if self._acts else 0
        picture = face(moment, infrared=self._infrared, build=self._build, yaw=yaw)
        return Reply(Outcome.OK, Frame(picture, self._index - 1, time.monotonic()))


def _fingerprint(parsed: DeviceUri) -> Device:
    emulator = FingerprintEmulator()
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedFingerprintReader(
        parsed.text, emulator, lambda started: HostedFingerprintReader(parsed.text, started.command)
    )


def _face_camera(parsed: DeviceUri) -> Device:
    who = parsed.options.get("person", "0")
    if who not in map(str, range(len(BUILDS))):
        raise BadInput("地址写错了", f"person 应为 0 到 {len(BUILDS) - 1}", "请改正设备地址。")
    build, acts = BUILDS[int(who)], parsed.options.get("acts") == "1"
    emulator = FaceEmulator(file_of(parsed, "clip"), file_of(parsed, "ir"), build, acts)
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedFaceCamera(parsed.text, emulator, lambda started: face_camera.open_driver(started.url))


KINDS: Kinds = {
    "fingerprint": (("fault",), _fingerprint),
    "face-camera": (("clip", "ir", "person", "acts", "fault"), _face_camera),
}
