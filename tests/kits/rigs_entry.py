"""Rigs of category D: signature pad, code scanner, PIN pad; and H, the clerk's key."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from rigs import Build, Rig
from softhsm_kit import PIN, softhsm

from app.demo.clerk_ca import ClerkCa, key_pem
from app.domain.clock import SystemClock
from devices.base import Device
from devices.drivers.entry.scanner_wedge import WedgeScanner
from devices.emulators.entry.clerk_key import FAULTS as KEY_FAULTS
from devices.emulators.entry.pinpad import FAULTS as PIN_FAULTS
from devices.emulators.entry.pinpad import PinPadEmulator
from devices.emulators.entry.scanner_serial import FAULTS as SCANNER_FAULTS
from devices.emulators.entry.scanner_serial import SerialScannerEmulator
from devices.emulators.entry.signpad_ws import FAULTS as SIGN_FAULTS
from devices.emulators.entry.signpad_ws import SigningServiceEmulator
from devices.emulators.faults import Faults
from devices.kinds.clerk_key import ClerkKey
from devices.kinds.entry import CodeScanner, PinPad, SignaturePad
from devices.outcome import Reply
from devices.registry import open_device

CODE = "WX0320261121002"


def _signpad(stack: ExitStack, folder: Path) -> Rig:
    emulator = SigningServiceEmulator()
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device("signpad+ws://{}:{}".format(*emulator.address)), emulator.faults, "waiting")


def _scanner(stack: ExitStack, folder: Path) -> Rig:
    emulator = SerialScannerEmulator()
    emulator.present(CODE.encode())
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device(f"scanner+serial://{emulator.path}"), emulator.faults, "silent")


def _wedge(stack: ExitStack, folder: Path) -> Rig:
    """The window's keys, pressed here by a thread every 50 ms as long as the desk scanner sees its code."""
    device, faults, over = open_device("wedge:"), Faults(("silent",)), threading.Event()
    assert isinstance(device, WedgeScanner)

    def type_on() -> None:
        while not over.wait(0.05):
            if device.listening and not faults.on("silent"):
                now = time.monotonic()
                for number, char in enumerate(CODE + "\r"):
                    device.press(char, now + number / 500)
                device.end()

    thread = threading.Thread(target=type_on, daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(over.set)
    return Rig(device, faults, "silent")


def _pinpad(stack: ExitStack, folder: Path) -> Rig:
    emulator = PinPadEmulator("246810")
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device(f"pinpad+serial://{emulator.path}"), emulator.faults, "idle")


def _softhsm(stack: ExitStack, folder: Path) -> Rig:
    now, key = SystemClock().now(), ec.generate_private_key(ec.SECP256R1())
    ca = ClerkCa.make(now)
    return Rig(open_device(softhsm(stack, folder, key_pem(key, ca.issue(key, "0001", "演示员", now)))))


def _emulated(uri: str, slow: str) -> Build:
    def build(stack: ExitStack, folder: Path) -> Rig:
        device = open_device(uri)
        return Rig(device, device.emulator.faults, slow)  # type: ignore[attr-defined]

    return build


RIGS: dict[str, tuple[str, Build]] = {
    "signpad+ws": ("signpad+ws", _signpad),
    "scanner+serial": ("scanner+serial", _scanner),
    "wedge": ("wedge", _wedge),
    "pinpad+serial": ("pinpad+serial", _pinpad),
    "emulated-signature-pad": ("emulated", _emulated("emulated://signature-pad", "waiting")),
    "emulated-code-scanner": ("emulated", _emulated(f"emulated://code-scanner?code={CODE}", "silent")),
    "emulated-pin-pad": ("emulated", _emulated("emulated://pin-pad?digits=246810", "idle")),
    "pkcs11": ("pkcs11", _softhsm),
    "emulated-clerk-key": ("emulated", _emulated(f"emulated://clerk-key?pin={PIN}", "pulled")),
}
NEEDS_HARDWARE: dict[str, str] = {}
NEVER_WAITS = {"pkcs11", "emulated-clerk-key"}
FAULTS = {
    "signpad+ws": SIGN_FAULTS,
    "scanner+serial": SCANNER_FAULTS,
    "pinpad+serial": PIN_FAULTS,
    "emulated-clerk-key": KEY_FAULTS,
}


def work(device: Device, timeout: float) -> Reply[Any] | None:
    """What a device of category D is there for; None: it is of another."""
    if isinstance(device, SignaturePad):
        return device.sign("请签字", timeout)
    if isinstance(device, CodeScanner):
        return device.read_code(timeout)
    if isinstance(device, PinPad):
        return device.read_pin("请输入查询密码", timeout=timeout)
    if isinstance(device, ClerkKey):
        entered = device.enter(PIN)
        return device.sign(b"\x01", b"work") if entered.ok else entered
    return None
