"""D. What somebody enters something with: signature, code, PIN."""

from __future__ import annotations

import abc
from dataclasses import dataclass

from devices.base import Device, DeviceKind, Picture
from devices.outcome import Reply


@dataclass(frozen=True, slots=True)
class PenPoint:
    """x, y: 0 to 1 of the pad's width and height, from the upper left. pressure 0 to 1 (1 where none is known).
    at: seconds since the first point. down: False lifts the pen after the last point."""

    x: float
    y: float
    pressure: float
    at: float
    down: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as written (points with pressure and timing, ISO/IEC 19794-7 has the same) and as drawn (BGR)."""

    strokes: tuple[tuple[PenPoint, ...], ...]
    picture: Picture


class SignaturePad(Device):
    """Kind 10. A pen tablet or signature screen; `sign` runs until the person has confirmed, or gave up."""

    kind = DeviceKind.SIGNATURE_PAD

    @abc.abstractmethod
    def sign(self, prompt: str, timeout: float = 120.0) -> Reply[Signature]:
        """Show prompt and wait. DENIED_BY_USER: the person refused. NOT_PRESENT: nothing was written in time."""


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """A code's content as the scanner gave it, prefix and suffix taken off."""

    text: str
    symbology: str = ""


class CodeScanner(Device):
    """Kind 11. A hand or desk scanner that reports codes by itself."""

    kind = DeviceKind.CODE_SCANNER

    @abc.abstractmethod
    def read_code(self, timeout: float = 1.0) -> Reply[ScannedCode]:
        """The next code, in the order scanned. NOT_PRESENT: none within timeout seconds. UNREADABLE: a torn one."""


class PinPad(Device):
    """Kind 12. Takes a number from the person without the clerk's seeing it."""

    kind = DeviceKind.PIN_PAD

    @abc.abstractmethod
    def read_pin(self, prompt: str, shortest: int = 6, longest: int = 6, timeout: float = 30.0) -> Reply[str]:
        """Ask for digits. DENIED_BY_USER: the person pressed cancel. NOT_PRESENT: nothing in time. The value never
        reaches a log, a detail or an audit trail."""
