"""`emulated://…` for what makes pictures.

emulated://camera?clip=PATH&light=2&fault=…
emulated://scanner?pages=3&duplex=1&folder=DIR&refill=1&fault=…   folder: pictures to scan instead of drawn pages
emulated://document-camera?head=0&clip=PATH&side=PATH&fault=…     the makers' loopback service; head 1: the side head
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from devices.base import Capability, Device
from devices.drivers.imaging import camera, camera_live, doccam, escl
from devices.emulators.emulated import EmulatedDevice, Kinds, file_of, not_open
from devices.emulators.imaging.doccam_service import DoccamEmulator
from devices.emulators.imaging.escl_scanner import EsclEmulator
from devices.emulators.imaging.mjpeg import MjpegEmulator
from devices.kinds.imaging import Camera, CameraMode, Frame, ScannedPage, Scanner, ScanSettings, ScanSource
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri


class EmulatedCamera(EmulatedDevice[MjpegEmulator, Camera], Camera):
    def open(self) -> Reply[str]:
        reply = super().open()
        if reply.ok:
            self.capabilities |= {Capability.EXPOSURE, Capability.FOCUS, Capability.MODES}
        return reply

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        return self._driver.read_frame(timeout) if self._driver else not_open()

    def set_exposure(self, stops: float) -> Reply[str]:
        """Beside the stream, as a control of a UVC camera is."""
        if not self._driver:
            return not_open()
        self.emulator.exposure = stops
        return Reply(Outcome.OK, self.uri)

    def set_focus(self, distance: float | None) -> Reply[str]:
        """As `set_exposure`."""
        if not self._driver:
            return not_open()
        self.emulator.focus = distance
        return Reply(Outcome.OK, self.uri)

    def modes(self) -> Reply[tuple[CameraMode, ...]]:
        """The clip's own size, and half of it."""
        if not self._driver:
            return not_open()
        wide, high = self.emulator.size
        modes = tuple(CameraMode(wide // part, high // part, 15.0) for part in (1, 2)) if wide and high else ()
        return Reply(Outcome.OK, modes) if modes else super().modes()

    def set_mode(self, mode: CameraMode) -> Reply[CameraMode]:
        """Frames change their size soon, as those of a network camera do that is set by its own page."""
        offered = self.modes()
        if offered.value is None:
            return Reply(offered.outcome, detail=offered.detail)
        taken = camera_live.nearest_mode(offered.value, mode)
        self.emulator.part = offered.value.index(taken) + 1
        return Reply(Outcome.OK, taken)


class EmulatedScanner(EmulatedDevice[EsclEmulator, Scanner], Scanner):
    """emulator.load(sheets) fills its feeder."""

    def sources(self) -> Reply[tuple[ScanSource, ...]]:
        return self._driver.sources() if self._driver else not_open()

    def scan(self, settings: ScanSettings, page: Callable[[ScannedPage], None], timeout: float = 120.0) -> Reply[int]:
        return self._driver.scan(settings, page, timeout) if self._driver else not_open()


class EmulatedDocumentCamera(EmulatedDevice[DoccamEmulator, Camera], Camera):
    """One head of the service."""

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        return self._driver.read_frame(timeout) if self._driver else not_open()

    def take_still(self, timeout: float = 10.0) -> Reply[Frame]:
        return self._driver.take_still(timeout) if self._driver else not_open()


def _camera(parsed: DeviceUri) -> Device:
    clip = parsed.options.get("clip", "")
    if not clip:
        raise bad_uri(parsed.text, "缺少参数 clip", "请写明视频或图片文件的路径。")
    light = parsed.number("light", 0.0, -8, 8)
    emulator = MjpegEmulator(Path(clip), loop=parsed.flag("loop", True), light=light)
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedCamera(parsed.text, emulator, lambda started: camera.open_driver(started.url))


def _scanner(parsed: DeviceUri) -> Device:
    emulator = EsclEmulator(
        parsed.integer("pages", 3, 0, 200),
        file_of(parsed, "folder"),
        refill=parsed.flag("refill", True),
        duplex=parsed.flag("duplex", True),
    )
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedScanner(parsed.text, emulator, lambda started: escl.open_driver(started.url))


def _document_camera(parsed: DeviceUri) -> Device:
    emulator = DoccamEmulator((file_of(parsed, "clip"), file_of(parsed, "side")))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    head = parsed.integer("head", 0, 0, 1)
    return EmulatedDocumentCamera(
        parsed.text, emulator, lambda started: doccam.open_driver(f"{started.url}?camidx={head}")
    )


KINDS: Kinds = {
    "camera": (("clip", "loop", "light", "fault"), _camera),
    "scanner": (("pages", "folder", "refill", "duplex", "fault"), _scanner),
    "document-camera": (("head", "clip", "side", "fault"), _document_camera),
}
