"""`emulated://…` for what makes pictures.

emulated://scanner?pages=3&duplex=1&folder=DIR&refill=1&fault=…   folder: pictures to scan instead of drawn pages
emulated://document-camera?head=0&clip=PATH&side=PATH&fault=…     the makers' loopback service; head 1: the side head
emulated://face-camera?clip=PATH&ir=PATH&fault=…                  drawn faces where there are no clips
"""

from __future__ import annotations

import threading
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from devices.base import Device, Picture
from devices.drivers import doccam, escl, face_camera
from devices.emulators.doccam_service import DoccamEmulator
from devices.emulators.drawn import face
from devices.emulators.driver import EmulatedDevice
from devices.emulators.escl_scanner import EsclEmulator
from devices.emulators.mjpeg import MjpegEmulator
from devices.failure import NOT_OPEN
from devices.kinds.biometric import FaceCamera
from devices.kinds.imaging import Camera, Frame, ScannedPage, Scanner, ScanSettings, ScanSource
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

_FPS = 15.0


class EmulatedScanner(EmulatedDevice[EsclEmulator, Scanner], Scanner):
    """emulator.load(sheets) fills its feeder."""

    def sources(self) -> Reply[tuple[ScanSource, ...]]:
        return self._driver.sources() if self._driver else _not_open()

    def scan(self, settings: ScanSettings, page: Callable[[ScannedPage], None], timeout: float = 120.0) -> Reply[int]:
        return self._driver.scan(settings, page, timeout) if self._driver else _not_open()


class EmulatedDocumentCamera(EmulatedDevice[DoccamEmulator, Camera], Camera):
    """One head of the service."""

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        return self._driver.read_frame(timeout) if self._driver else _not_open()

    def take_still(self, timeout: float = 10.0) -> Reply[Frame]:
        return self._driver.take_still(timeout) if self._driver else _not_open()


class FaceEmulator:
    """Two streams of one moment: the colour eye, whose faults these are, and the infrared one."""

    def __init__(self, clip: Path | None = None, infrared: Path | None = None) -> None:
        self.colour = MjpegEmulator(clip or DrawnFace(infrared=False))
        self.infrared = MjpegEmulator(infrared or DrawnFace(infrared=True))
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
        return self._driver.read_frame(timeout) if self._driver else _not_open()

    def read_infrared(self, timeout: float = 1.0) -> Reply[Picture]:
        return self._driver.read_infrared(timeout) if self._driver else _not_open()


class DrawnFace(Camera):
    """A camera before which somebody stands who was never born."""

    def __init__(self, infrared: bool) -> None:
        super().__init__("drawn:face")
        self._infrared = infrared
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
        return Reply(Outcome.OK, Frame(face(moment, infrared=self._infrared), self._index - 1, time.monotonic()))


def _scanner(parsed: DeviceUri) -> Device:
    folder = parsed.options.get("folder", "")
    emulator = EsclEmulator(
        parsed.integer("pages", 3, 0, 200),
        Path(folder) if folder else None,
        refill=parsed.flag("refill", True),
        duplex=parsed.flag("duplex", True),
    )
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedScanner(parsed.text, emulator, lambda started: escl.open_driver(started.url))


def _document_camera(parsed: DeviceUri) -> Device:
    emulator = DoccamEmulator((_path(parsed, "clip"), _path(parsed, "side")))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    head = parsed.integer("head", 0, 0, 1)
    return EmulatedDocumentCamera(
        parsed.text, emulator, lambda started: doccam.open_driver(f"{started.url}?camidx={head}")
    )


def _face_camera(parsed: DeviceUri) -> Device:
    emulator = FaceEmulator(_path(parsed, "clip"), _path(parsed, "ir"))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedFaceCamera(parsed.text, emulator, lambda started: face_camera.open_driver(started.url))


def _path(parsed: DeviceUri, option: str) -> Path | None:
    text = parsed.options.get(option, "")
    return Path(text) if text else None


def _not_open() -> Reply[Any]:
    return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)


KINDS: dict[str, tuple[tuple[str, ...], Callable[[DeviceUri], Device]]] = {
    "scanner": (("pages", "folder", "refill", "duplex", "fault"), _scanner),
    "document-camera": (("head", "clip", "side", "fault"), _document_camera),
    "face-camera": (("clip", "ir", "fault"), _face_camera),
}
