"""D. What somebody enters something with: signature, code, PIN."""

from __future__ import annotations

import abc
import hmac
from dataclasses import dataclass
from typing import NoReturn

from app.domain.signature import Signature
from devices.base import Device, DeviceKind
from devices.outcome import Reply


class SignaturePad(Device):
    """Kind 10. A pen tablet or signature screen; `sign` runs until the person has confirmed, or gave up.

    A tablet or touch screen of this computer is no driver but a window (app.workers.surface_pad): Qt hears its pen.
    """

    kind = DeviceKind.SIGNATURE_PAD

    @abc.abstractmethod
    def sign(self, prompt: str, timeout: float = 120.0) -> Reply[Signature]:
        """Show prompt and wait. DENIED_BY_USER: the person refused. NOT_PRESENT: nothing was written in time."""


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """A code's content as the scanner gave it, prefix and suffix taken off. symbology: as zxing-cpp names it, "" where
    the scanner does not say."""

    text: str
    symbology: str = ""


class CodeScanner(Device):
    """Kind 11. A hand or desk scanner that reports codes by itself."""

    kind = DeviceKind.CODE_SCANNER

    @abc.abstractmethod
    def read_code(self, timeout: float = 1.0) -> Reply[ScannedCode]:
        """The next code, in the order scanned. NOT_PRESENT: none within timeout seconds. UNREADABLE: a torn one."""


class Pin:
    """Digits that somebody entered in secret. Whatever prints or stores it gets dots; `digits` alone tells them."""

    __slots__ = ("_digits",)

    def __init__(self, digits: str) -> None:
        """ValueError: no digits, or something else among them."""
        if not (digits.isascii() and digits.isdecimal()):
            raise ValueError("digits only")
        self._digits = digits

    def digits(self) -> str:
        """The digits themselves: for the one call that needs them, never for keeping."""
        return self._digits

    def __len__(self) -> int:
        return len(self._digits)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pin) and hmac.compare_digest(self._digits, other._digits)

    def __hash__(self) -> NoReturn:
        raise TypeError("a PIN is no key")

    def __repr__(self) -> str:
        return "Pin(••••)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a PIN is not stored")


class PinPad(Device):
    """Kind 12. Takes a number from the person without the clerk's seeing it."""

    kind = DeviceKind.PIN_PAD

    @abc.abstractmethod
    def read_pin(self, prompt: str = "", shortest: int = 6, longest: int = 6, timeout: float = 30.0) -> Reply[Pin]:
        """Ask for digits. DENIED_BY_USER: the person pressed cancel. NOT_PRESENT: nothing in time. The value never
        reaches a log, a detail or an audit trail."""
