"""What every device offers, whatever its kind. The kinds stand in devices/kinds, a module a category.

A driver is used by one thread, the one that opened it; `cancel` alone may be called from another. No method raises
for what hardware does: the outcome says it. Constructors only parse the URI; `open` touches the hardware.
Times are in seconds, pictures are uint8 BGR arrays of shape (height, width, 3).
"""

from __future__ import annotations

import abc
import threading
from collections.abc import Callable
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from devices.outcome import Reply

Picture = npt.NDArray[np.uint8]


class DeviceKind(StrEnum):
    """What a driver is, a class of devices/kinds each. Where it stands: devices/slots.py."""

    ID_READER = "id_reader"
    PASSPORT_READER = "passport_reader"
    SMART_CARD = "smart_card"
    FINGERPRINT = "fingerprint"
    CAMERA = "camera"
    FACE_CAMERA = "face_camera"
    SCANNER = "scanner"
    SIGNATURE_PAD = "signature_pad"
    CODE_SCANNER = "code_scanner"
    PIN_PAD = "pin_pad"
    RECEIPT_PRINTER = "receipt_printer"
    PRINTER = "printer"
    CARD_PRINTER = "card_printer"
    RATING_DEVICE = "rating_device"
    CUSTOMER_SCREEN = "customer_screen"
    QUEUE_CALLER = "queue_caller"
    PAYMENT_TERMINAL = "payment_terminal"
    CLERK_KEY = "clerk_key"


class Capability(StrEnum):
    """What one model has and another of its kind lacks. A driver package may add words of its own."""

    EXPOSURE = "exposure"
    FOCUS = "focus"
    MODES = "modes"
    STILL = "still"
    """A camera whose still is finer than its live picture."""
    INFRARED = "infrared"
    FINGERPRINT = "fingerprint"
    """An ID reader that also hands out the fingerprints on the card."""
    ZONE = "zone"
    CHIP = "chip"
    FEEDER = "feeder"
    DUPLEX = "duplex"
    PRESSURE = "pressure"
    STATUS = "status"
    """A printer that tells about paper and cover; silence of one without it means nothing."""
    CUTTER = "cutter"
    COLOUR = "colour"
    PICTURE = "picture"
    SPEECH = "speech"
    REFUND = "refund"


class Device(abc.ABC):
    """What every driver offers."""

    kind: DeviceKind
    capabilities: frozenset[str] = frozenset()
    """What this very device offers beyond the least of its kind (`Capability`); true from `open` on, read from any
    thread, so a driver replaces the set rather than change it."""
    patience: float = 60.0
    """Seconds that a call without a `timeout` of its own may take; who takes longer counts as hung and is replaced.
    A driver whose work takes longer (a printer's `wait`) says so here."""

    probe_seconds: float = 600.0
    """Less than the owner's own pace (5 s) where something must be noticed sooner: a key that is pulled out."""

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


DriverFactory = Callable[[str], Device]
"""What an entry point of the group `yichuang.devices` names: takes the URI, gives the driver, touches no hardware.
BadInput when the URI is malformed."""
