"""One abstract class a kind of device.

A driver is used by one thread, the one that opened it; `cancel` alone may be called from another. No method raises
for what hardware does: the outcome says it. Constructors only parse the URI; `open` touches the hardware.
Times are in seconds, pictures are uint8 BGR arrays of shape (height, width, 3).
"""

from __future__ import annotations

import abc
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from app.domain.person import IdCard
from devices.outcome import Outcome, Reply

Picture = npt.NDArray[np.uint8]


class DeviceKind(StrEnum):
    ID_READER = "id_reader"
    CAMERA = "camera"
    RECEIPT_PRINTER = "receipt_printer"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a camera. index counts from 0 at open; at: time.monotonic() when it arrived."""

    picture: Picture
    index: int
    at: float


@dataclass(frozen=True, slots=True)
class CardReading:
    """A card as read: the text, and the photo as the chip holds it (1,024 bytes WLT; decoding is a vendor plug-in)."""

    card: IdCard
    photo_wlt: bytes
    sam_id: str


class Device(abc.ABC):
    """What every driver offers."""

    kind: DeviceKind

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self._cancelled = threading.Event()

    @abc.abstractmethod
    def open(self) -> Reply[str]:
        """Connect. The value names the device (model, serial number) for its light. Opening twice is harmless."""

    @abc.abstractmethod
    def close(self) -> None:
        """Release the hardware. Never raises; closing twice is harmless; the driver may be opened again."""

    @abc.abstractmethod
    def probe(self) -> Reply[str]:
        """Is it there and well, without disturbing work? Takes at most 2 s. The value describes the device."""

    def cancel(self) -> None:
        """Make the running call return CANCELLED soon. The only method another thread may call."""
        self._cancelled.set()


class IdReader(Device):
    """Reads resident ID cards and residence permits through a SAM module (GA/T 467-2019)."""

    kind = DeviceKind.ID_READER

    @abc.abstractmethod
    def read_card(self, timeout: float = 5.0) -> Reply[CardReading]:
        """Wait for a card up to timeout seconds and read it.

        NOT_PRESENT: no card came. UNREADABLE: a card is there and refuses. TIMEOUT: the reader stopped answering.
        FAULT: the reader reports a fault or breaks the protocol. DISCONNECTED: the line is dead.
        """


class Camera(Device):
    """Gives pictures: a UVC camera, a document camera's head, a network stream, a clip."""

    kind = DeviceKind.CAMERA

    @abc.abstractmethod
    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        """The next frame, freshest first: frames that piled up are dropped. NOT_PRESENT: the clip has ended."""

    def set_exposure(self, stops: float) -> Reply[str]:
        """Expose the frames from soon on by so many stops (powers of two of the light) otherwise than the camera
        itself would; 0 gives the choice back, as closing does. NOT_PRESENT: this camera has nothing to set."""
        return Reply(Outcome.NOT_PRESENT, detail="此摄像头不能调节曝光")


class ReceiptPrinter(Device):
    """A thermal printer of 80 or 58 mm."""

    kind = DeviceKind.RECEIPT_PRINTER
    width_dots: int = 576
    """Dots a line: 576 for 80 mm, 384 for 58 mm."""

    @abc.abstractmethod
    def print_picture(self, picture: Picture, job_id: str) -> Reply[str]:
        """Print a picture of at most width_dots columns and cut. OUT_OF_PAPER only when the printer says so;
        UNKNOWN when the picture was sent and the printer then fell silent. `partly` when it stopped on the way."""


class Printer(Device):
    """A page printer."""

    kind = DeviceKind.PRINTER

    @abc.abstractmethod
    def print_pdf(self, pdf: bytes, job_id: str, title: str) -> Reply[str]:
        """Send a PDF. The value is the printer's own job reference, if it gives one. UNKNOWN as for ReceiptPrinter."""


class AbsentDevice(Device):
    """Stands where no device is configured, so that nobody checks for None: every call says DISCONNECTED."""

    def __init__(self, kind: DeviceKind, detail: str = "未配置此设备") -> None:
        super().__init__("absent:")
        self.kind = kind
        self._reply: Reply[Any] = Reply(Outcome.DISCONNECTED, detail=detail)

    def open(self) -> Reply[str]:
        return self._reply

    def close(self) -> None:
        return

    def probe(self) -> Reply[str]:
        return self._reply

    def read_card(self, timeout: float = 5.0) -> Reply[CardReading]:
        return self._reply

    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        return self._reply

    def set_exposure(self, stops: float) -> Reply[str]:
        return self._reply

    def print_picture(self, picture: Picture, job_id: str) -> Reply[str]:
        return self._reply

    def print_pdf(self, pdf: bytes, job_id: str, title: str) -> Reply[str]:
        return self._reply


DriverFactory = Callable[[str], Device]
"""What an entry point of the group `yichuang.devices` names: takes the URI, gives the driver, touches no hardware.
BadInput when the URI is malformed."""
