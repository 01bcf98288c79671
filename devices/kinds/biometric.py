"""B. What captures somebody's finger or face."""

from __future__ import annotations

import abc
from dataclasses import dataclass

from devices.base import Device, DeviceKind, Picture
from devices.kinds.imaging import Camera
from devices.outcome import Reply


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A finger as captured. template: the vendor's or ISO/IEC 19794-2 features; quality 0–100 as the device judges."""

    template: bytes
    format: str
    quality: int


class FingerprintReader(Device):
    """Kind 4. Works through a vendor library in a process of its own; templates never reach a log."""

    kind = DeviceKind.FINGERPRINT

    @abc.abstractmethod
    def capture(self, timeout: float = 10.0) -> Reply[Fingerprint]:
        """Wait for a finger up to timeout seconds. UNREADABLE: too wet, dry or short."""

    @abc.abstractmethod
    def match(self, captured: Fingerprint, template: bytes) -> Reply[float]:
        """How alike a captured finger and a template (as on an ID card: 512 bytes a finger, GA/T 1012) are, 0 to 1."""


class FaceCamera(Camera):
    """Kind 6. A camera with a second, infrared eye, for telling a face from a picture of one."""

    kind = DeviceKind.FACE_CAMERA

    @abc.abstractmethod
    def read_infrared(self, timeout: float = 1.0) -> Reply[Picture]:
        """The infrared view that belongs to the last frame, uint8 (height, width, 3). NOT_PRESENT: it has none."""
