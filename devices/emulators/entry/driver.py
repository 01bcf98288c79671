"""`emulated://signature-pad`, `code-scanner`, `pin-pad`: what somebody enters something with.

emulated://signature-pad?after=1.5&fault=…
emulated://code-scanner?code=TEXT&suffix=crlf&fault=…   code: left before the scanner, which reads it again and again
emulated://pin-pad?digits=246810&after=1&fault=…        digits: entered whenever the pad asks
"""

from __future__ import annotations

import re

from app.domain.signature import Signature
from devices.base import Device
from devices.drivers.entry import pinpad_serial, scanner_serial, signpad_ws
from devices.emulators.emulated import EmulatedDevice, Kinds, not_open
from devices.emulators.entry.pinpad import PinPadEmulator
from devices.emulators.entry.scanner_serial import SerialScannerEmulator
from devices.emulators.entry.signpad_ws import SigningServiceEmulator
from devices.kinds.entry import CodeScanner, Pin, PinPad, ScannedCode, SignaturePad
from devices.outcome import Reply
from devices.uri import DeviceUri, bad_uri


class EmulatedSignaturePad(EmulatedDevice[SigningServiceEmulator, SignaturePad], SignaturePad):
    def sign(self, prompt: str = "", timeout: float = 120.0) -> Reply[Signature]:
        return self._driver.sign(prompt, timeout) if self._driver else not_open()


class EmulatedCodeScanner(EmulatedDevice[SerialScannerEmulator, CodeScanner], CodeScanner):
    """emulator.scan(bytes) pulls the trigger once."""

    def read_code(self, timeout: float = 1.0) -> Reply[ScannedCode]:
        return self._driver.read_code(timeout) if self._driver else not_open()


class EmulatedPinPad(EmulatedDevice[PinPadEmulator, PinPad], PinPad):
    """emulator.enter(digits) types and confirms."""

    def read_pin(self, prompt: str = "", shortest: int = 6, longest: int = 6, timeout: float = 30.0) -> Reply[Pin]:
        return self._driver.read_pin(prompt, shortest, longest, timeout) if self._driver else not_open()


def _signature_pad(parsed: DeviceUri) -> Device:
    emulator = SigningServiceEmulator(parsed.number("after", 0.0, 0, 3600))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedSignaturePad(
        parsed.text, emulator, lambda started: signpad_ws.open_driver("signpad+ws://{}:{}".format(*started.address))
    )


def _code_scanner(parsed: DeviceUri) -> Device:
    suffix = parsed.options.get("suffix", "cr")
    emulator = SerialScannerEmulator(suffix=scanner_serial.wire_bytes(parsed, "suffix", "cr"))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    emulator.present(parsed.options.get("code", "").encode())
    return EmulatedCodeScanner(
        parsed.text,
        emulator,
        lambda started: scanner_serial.open_driver(f"scanner+serial://{started.path}?suffix={suffix}"),
    )


def _pin_pad(parsed: DeviceUri) -> Device:
    digits = parsed.options.get("digits", "")
    if digits and not re.fullmatch(r"[0-9]{1,12}", digits):
        raise bad_uri(parsed.text, "的参数 digits 应为 1–12 位数字")
    emulator = PinPadEmulator(digits, parsed.number("after", 0.0, 0, 3600))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedPinPad(
        parsed.text, emulator, lambda started: pinpad_serial.open_driver(f"pinpad+serial://{started.path}")
    )


KINDS: Kinds = {
    "signature-pad": (("after", "fault"), _signature_pad),
    "code-scanner": (("code", "suffix", "fault"), _code_scanner),
    "pin-pad": (("digits", "after", "fault"), _pin_pad),
}
