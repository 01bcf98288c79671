"""`emulated://signature-pad`, `code-scanner`, `pin-pad`, `clerk-key`: what somebody enters something with.

emulated://signature-pad?after=1.5&fault=…
emulated://code-scanner?code=TEXT&suffix=crlf&fault=…   code: left before the scanner, which reads it again and again
emulated://pin-pad?digits=246810&after=1&fault=…        digits: entered whenever the pad asks
emulated://clerk-key?file=PEM&pin=20260808&serial=…&fault=…     file: private key and certificates, the holder's first
"""

from __future__ import annotations

import re

from app.domain.signature import Signature
from devices.base import Device
from devices.drivers.entry import pinpad_serial, scanner_serial, signpad_ws
from devices.drivers.entry.pkcs11_key import Pkcs11Key
from devices.emulators.emulated import EmulatedDevice, Kinds, file_of, not_open
from devices.emulators.entry.clerk_key import ClerkKeyEmulator
from devices.emulators.entry.pinpad import PinPadEmulator
from devices.emulators.entry.scanner_serial import SerialScannerEmulator
from devices.emulators.entry.signpad_ws import SigningServiceEmulator
from devices.kinds.clerk_key import ClerkKey, Entered, KeyCertificate, KeyToken
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


class EmulatedClerkKey(EmulatedDevice[ClerkKeyEmulator, ClerkKey], ClerkKey):
    """emulator.carry(file, serial) plugs another key in; its fault `pulled` takes it out."""

    def token(self) -> Reply[KeyToken]:
        return self._driver.token() if self._driver else not_open()

    def certificates(self) -> Reply[tuple[KeyCertificate, ...]]:
        return self._driver.certificates() if self._driver else not_open()

    def enter(self, pin: str) -> Reply[Entered]:
        return self._driver.enter(pin) if self._driver else not_open()

    def sign(self, certificate: bytes, data: bytes) -> Reply[bytes]:
        return self._driver.sign(certificate, data) if self._driver else not_open()

    def leave(self) -> Reply[bool]:
        return self._driver.leave() if self._driver else not_open()


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


def _clerk_key(parsed: DeviceUri) -> Device:
    emulator = ClerkKeyEmulator(
        file_of(parsed, "file"), parsed.options.get("pin", ""), serial=parsed.options.get("serial", "")
    )
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedClerkKey(parsed.text, emulator, lambda started: Pkcs11Key("pkcs11:", started.host))


KINDS: Kinds = {
    "signature-pad": (("after", "fault"), _signature_pad),
    "code-scanner": (("code", "suffix", "fault"), _code_scanner),
    "pin-pad": (("digits", "after", "fault"), _pin_pad),
    "clerk-key": (("file", "pin", "serial", "fault"), _clerk_key),
}
