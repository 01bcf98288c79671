"""Rigs of kinds 4 and 16–19: fingerprint, rating device, customer screen, caller, payment."""

from __future__ import annotations

import stat
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rigs import Rig

from devices.base import Device
from devices.drivers.interaction.screen import SecondScreen
from devices.emulators.biometric.fingerprint_host import FAULTS as FINGER_FAULTS
from devices.emulators.biometric.fingerprint_host import FingerprintEmulator
from devices.emulators.faults import Faults
from devices.emulators.interaction.counter_emulators import FAULTS as COUNTER_FAULTS
from devices.emulators.interaction.counter_emulators import RATING_FAULTS, CallerEmulator, RatingEmulator
from devices.emulators.interaction.display_emulator import FAULTS as DISPLAY_FAULTS
from devices.emulators.interaction.display_emulator import DisplayEmulator
from devices.emulators.interaction.queue_service import FAULTS as QUEUE_FAULTS
from devices.emulators.interaction.queue_service import QueueServiceEmulator
from devices.emulators.payment.pay_service import FAULTS as PAY_FAULTS
from devices.emulators.payment.pay_service import PayServiceEmulator
from devices.emulators.payment.pos_emulator import FAULTS as POS_FAULTS
from devices.emulators.payment.pos_emulator import PosEmulator
from devices.kinds.biometric import FingerprintReader
from devices.kinds.interaction import CustomerScreen, QueueCaller, RatingDevice
from devices.kinds.payment import PaymentTerminal
from devices.outcome import Reply
from devices.registry import open_device

SECRET = b"a-secret-of-both-sides"
_order = iter(range(1_000_000))

FAULTS = {
    "fingerprint+host": FINGER_FAULTS,
    "rating+serial": RATING_FAULTS,
    "display+serial": DISPLAY_FAULTS,
    "caller+serial": COUNTER_FAULTS,
    "caller+tcp": QUEUE_FAULTS,
    "pos+serial": POS_FAULTS,
    "pay+http": PAY_FAULTS,
}
NEVER_WAITS = {"display+serial", "emulated-customer-display", "screen"}
"""What is only told things has no wait to cancel."""


def work(device: Device, timeout: float) -> Reply[Any] | None:
    """What a device of these kinds is there for; None of others."""
    if isinstance(device, FingerprintReader):
        return device.capture(timeout)
    if isinstance(device, RatingDevice):
        return device.ask_rating("测试员㛃", "𠮷祥理发店开办", timeout)
    if isinstance(device, CustomerScreen):
        return device.show_lines(("欢迎光临", "请稍候"))
    if isinstance(device, QueueCaller):
        return device.next_number("03", timeout) if device.keeps_queue else device.call_number("A012", "03")
    if isinstance(device, PaymentTerminal):
        return device.pay(1000, f"C-{next(_order)}", "134512345678901234", timeout)
    return None


def _started(stack: ExitStack, emulator: Any) -> Any:
    emulator.start()
    stack.callback(emulator.stop)
    return emulator


def host_script(folder: Path, command: tuple[str, ...]) -> Path:
    """A program that a URI can name: the emulated host as a file of its own."""
    script = folder / "host"
    script.write_text('#!/bin/sh\nexec {} "$@"\n'.format(" ".join(f"'{part}'" for part in command)), encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def fingerprint(stack: ExitStack, folder: Path) -> Rig:
    emulator = FingerprintEmulator()
    stack.callback(emulator.stop)  # keeps the emulator, whose folder goes with it
    device = open_device(f"fingerprint+host:{host_script(folder, emulator.command)}?timeout=2")
    return Rig(device, emulator.faults, "no-finger")


def rating(stack: ExitStack, folder: Path) -> Rig:
    emulator = _started(stack, RatingEmulator(auto=4, after=0.05))
    return Rig(open_device(f"rating+serial://{emulator.path}"), emulator.faults, "no-key")


def display(stack: ExitStack, folder: Path) -> Rig:
    emulator = _started(stack, DisplayEmulator())
    return Rig(open_device(f"display+serial://{emulator.path}"), emulator.faults, "")


class OneScreen:
    """A program's side of the second screen."""

    def __init__(self) -> None:
        self.name = "HDMI-1"
        self.shown: list[object] = []

    def screen_name(self) -> str:
        return self.name

    def show_picture(self, picture: object) -> None:
        self.shown.append(picture)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        self.shown.append(lines)


def screen(stack: ExitStack, folder: Path) -> Rig:
    device = open_device("screen:2")
    assert isinstance(device, SecondScreen)
    device.attach(OneScreen())
    return Rig(device, None, "")


def caller_serial(stack: ExitStack, folder: Path) -> Rig:
    emulator = _started(stack, CallerEmulator())
    return Rig(open_device(f"caller+serial://{emulator.path}"), emulator.faults, "mute")


def caller_tcp(stack: ExitStack, folder: Path) -> Rig:
    emulator = _started(stack, QueueServiceEmulator(endless=True))
    return Rig(open_device("caller+tcp://{}:{}".format(*emulator.address)), emulator.faults, "mute")


def engine(folder: Path) -> Path:
    """A speech engine that writes down what it is told to say; told so by a file, it hangs."""
    script = folder / "engine"
    script.write_text(
        f"#!{sys.executable} -S\nimport os, sys, time\nhere = os.path.dirname(os.path.abspath(__file__))\n"
        "open(os.path.join(here, 'said.txt'), 'a', encoding='utf-8').write(sys.argv[-1] + '\\n')\n"
        "while os.path.exists(os.path.join(here, 'hang')): time.sleep(0.05)\n"
        "sys.exit(os.path.exists(os.path.join(here, 'fail')))\n",
        encoding="utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


class EngineFaults(Faults):
    """Switched by a file beside the engine."""

    def __init__(self, folder: Path) -> None:
        super().__init__({"hang", "fail"})
        self._folder = folder

    def set(self, name: str, times: int = -1) -> None:
        super().set(name, times)
        (self._folder / name).touch()

    def clear(self) -> None:
        super().clear()
        for name in self.known:
            (self._folder / name).unlink(missing_ok=True)


def speech(stack: ExitStack, folder: Path) -> Rig:
    return Rig(open_device(f"speech:{engine(folder)}"), EngineFaults(folder), "hang")


def pos(stack: ExitStack, folder: Path) -> Rig:
    emulator = _started(stack, PosEmulator())
    return Rig(open_device(f"pos+serial://{emulator.path}"), emulator.faults, "no-card")


def pay_http(stack: ExitStack, folder: Path) -> Rig:
    key = folder / "pay.key"
    key.write_bytes(SECRET + b"\n")
    emulator = _started(stack, PayServiceEmulator(SECRET))
    return Rig(open_device(f"{emulator.url}?secret={key}"), emulator.faults, "pending")


def emulated(uri: str, slow: str) -> Any:
    def build(stack: ExitStack, folder: Path) -> Rig:
        device = open_device(uri)
        return Rig(device, device.emulator.faults, slow)  # type: ignore[attr-defined]

    return build


RIGS: dict[str, tuple[str, Any]] = {
    "fingerprint+host": ("fingerprint+host", fingerprint),
    "emulated-fingerprint": ("emulated", emulated("emulated://fingerprint", "no-finger")),
    "rating+serial": ("rating+serial", rating),
    "emulated-rating-device": ("emulated", emulated("emulated://rating-device?grade=5&after=0.05", "no-key")),
    "display+serial": ("display+serial", display),
    "emulated-customer-display": ("emulated", emulated("emulated://customer-display", "")),
    "screen": ("screen", screen),
    "caller+serial": ("caller+serial", caller_serial),
    "emulated-number-display": ("emulated", emulated("emulated://number-display", "mute")),
    "caller+tcp": ("caller+tcp", caller_tcp),
    "emulated-queue-caller": ("emulated", emulated("emulated://queue-caller", "mute")),
    "speech": ("speech", speech),
    "pos+serial": ("pos+serial", pos),
    "emulated-payment-terminal": ("emulated", emulated("emulated://payment-terminal", "no-card")),
    "pay+http": ("pay+http", pay_http),
    "emulated-payment-code": ("emulated", emulated("emulated://payment-code", "pending")),
}
NEEDS_HARDWARE = {"pay+https": "pay+https://127.0.0.1:1/v1"}
