"""C. What makes pictures: cameras, document cameras 高拍仪, scanners."""

from __future__ import annotations

import abc
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from devices.base import Device, DeviceKind, Picture
from devices.outcome import Outcome, Reply


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a camera. index counts from 0 at open; at: time.monotonic() when it arrived."""

    picture: Picture
    index: int
    at: float


@dataclass(frozen=True, slots=True)
class CameraMode:
    """A picture size in pixels and rate in frames a second that a camera offers."""

    width: int
    height: int
    fps: float


class Camera(Device):
    """Kinds 5, 7, 8. Gives pictures: a UVC camera, a document camera's head, a network stream, a clip."""

    kind = DeviceKind.CAMERA

    @abc.abstractmethod
    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        """The next frame, freshest first: frames that piled up are dropped. NOT_PRESENT: the clip has ended."""

    def set_exposure(self, stops: float) -> Reply[str]:
        """Expose the frames from soon on by so many stops (powers of two of the light) otherwise than the camera
        itself would; 0 gives the choice back, as closing does. NOT_PRESENT: this camera has nothing to set."""
        return Reply(Outcome.NOT_PRESENT, detail="此摄像头不能调节曝光")

    def modes(self) -> Reply[tuple[CameraMode, ...]]:
        """What the open camera offers, largest first. NOT_PRESENT: nothing to choose."""
        return Reply(Outcome.NOT_PRESENT, detail="此摄像头没有可选的画面大小")

    def set_mode(self, mode: CameraMode) -> Reply[CameraMode]:
        """Change to the nearest mode; the value is what the camera took. Frames go on from the next read."""
        return Reply(Outcome.NOT_PRESENT, detail="此摄像头没有可选的画面大小")

    def set_focus(self, distance: float | None) -> Reply[str]:
        """Focus by hand, 0 (far) to 1 (near); None: autofocus. NOT_PRESENT: fixed focus."""
        return Reply(Outcome.NOT_PRESENT, detail="此摄像头不能调节对焦")

    def take_still(self, timeout: float = 10.0) -> Reply[Frame]:
        """The finest picture that the camera can take now, where its live picture is smaller; else its next frame."""
        return self.read_frame(timeout)


class ScanSource(StrEnum):
    """Where a scanner takes its pages from."""

    GLASS = "glass"
    FEEDER = "feeder"
    FEEDER_DUPLEX = "feeder_duplex"


class ScanColour(StrEnum):
    """How a page is scanned."""

    COLOUR = "colour"
    GREY = "grey"
    LINE_ART = "line_art"


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How to scan. dpi: dots an inch, the nearest that the scanner has."""

    source: ScanSource = ScanSource.GLASS
    colour: ScanColour = ScanColour.COLOUR
    dpi: int = 300


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page, uint8 BGR (height, width, 3), and what it was really scanned at."""

    picture: Picture
    dpi: int


class Scanner(Device):
    """Kind 9. A flat-bed or feeding scanner (SANE, eSCL/AirScan)."""

    kind = DeviceKind.SCANNER

    @abc.abstractmethod
    def sources(self) -> Reply[tuple[ScanSource, ...]]:
        """What this scanner can take pages from."""

    @abc.abstractmethod
    def scan(self, settings: ScanSettings, page: Callable[[ScannedPage], None], timeout: float = 120.0) -> Reply[int]:
        """Scan the glass, or every sheet in the feeder; each page is handed to `page` as soon as it is there, on this
        thread. The value is how many. NOT_PRESENT: the feeder is empty. OUT_OF_PAPER never. FAULT with `partly` when it
        jammed after some pages: those handed over are good. timeout: seconds a page."""
