"""Rigs of category A: what says who somebody is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from devices.base import Device
from devices.drivers.passport import SerialPassportReader
from devices.drivers.pcsc import PcscSmartCard
from devices.drivers.sdt import SdtReader
from devices.drivers.sdt_usb import UsbConnection
from devices.emulators.card_reader import CardReaderEmulator
from devices.emulators.cards import Psam
from devices.emulators.driver_identity import PassportEmulator
from devices.emulators.faults import Faults
from devices.emulators.mrz_emulator import passport_zone
from devices.emulators.people import demo_people
from devices.emulators.sam_usb import UsbSamEmulator
from devices.kinds.identity import PassportReader, SmartCardReader
from devices.outcome import Reply
from devices.registry import open_device

WANG = demo_people()["wang-ji"]
CHALLENGE = bytes.fromhex("0084000008")
NEEDS_HARDWARE = {"pcsc-passport": "pcsc-passport:none-such"}

Made = tuple[Device, Faults, str]
"""A device, its faults, and the fault that makes its work wait."""


def sdt_usb(stack: ExitStack, folder: Path) -> Made:
    sam = UsbSamEmulator()
    sam.start()
    stack.callback(sam.stop)
    sam.place(WANG.card)
    return SdtReader("sdt+usb:", UsbConnection(backend=sam.backend)), sam.faults, "no-card"


def emulated_id_reader_usb(stack: ExitStack, folder: Path) -> Made:
    return _emulated("emulated://id-reader-usb?person=wang-ji")


def pcsc(stack: ExitStack, folder: Path) -> Made:
    emulator = CardReaderEmulator()
    emulator.start()
    stack.callback(emulator.stop)
    emulator.place(Psam())
    return PcscSmartCard("pcsc:", "", api=emulator.api), emulator.faults, "no-card"


def emulated_smart_card(stack: ExitStack, folder: Path) -> Made:
    return _emulated("emulated://smart-card?card=psam")


def mrz_serial(stack: ExitStack, folder: Path) -> Made:
    emulator = PassportEmulator()
    emulator.start()
    stack.callback(emulator.stop)

    class Swiped(SerialPassportReader):
        """A person swipes whenever a zone is asked for."""

        def read_zone(self, timeout: float = 10.0) -> Reply[Any]:
            emulator.zones.lay(passport_zone(WANG), after=0.1)
            return super().read_zone(timeout)

    return Swiped("mrz+serial:x", emulator.zones.path), emulator.faults, "no-card"


def emulated_passport_reader(stack: ExitStack, folder: Path) -> Made:
    return _emulated("emulated://passport-reader?person=wang-ji")


def work(device: SmartCardReader | PassportReader, timeout: float) -> Reply[Any]:
    """What a device of its kind is there for."""
    if isinstance(device, PassportReader):
        return device.read_zone(timeout)
    connected = device.connect_card(timeout)
    if not connected.ok:
        return connected
    reply = device.transmit(CHALLENGE, timeout)
    device.release_card()
    return reply


def _emulated(uri: str) -> Made:
    device = open_device(uri)
    return device, device.emulator.faults, "no-card"  # type: ignore[attr-defined]


BUILDERS: dict[str, tuple[str, Callable[[ExitStack, Path], Made]]] = {
    "sdt+usb": ("sdt+usb", sdt_usb),
    "emulated-id-reader-usb": ("emulated", emulated_id_reader_usb),
    "pcsc": ("pcsc", pcsc),
    "emulated-smart-card": ("emulated", emulated_smart_card),
    "mrz+serial": ("mrz+serial", mrz_serial),
    "emulated-passport-reader": ("emulated", emulated_passport_reader),
}
