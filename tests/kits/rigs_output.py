"""Rigs of what brings something onto paper or plastic, for test_device_contract."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rigs import Build, Rig

from devices.drivers.output.escpos import usb_driver
from devices.emulators.output.card_printer import CardPrinterEmulator
from devices.emulators.output.escpos_printer import EscposPrinterEmulator
from devices.emulators.output.ipp_printer import FAULTS as IPP_FAULTS
from devices.emulators.output.ipp_printer import IppPrinterEmulator
from devices.emulators.output.usb_printer import UsbBus
from devices.registry import open_device


def _ipp(stack: ExitStack, folder: Path) -> Rig:
    emulator = IppPrinterEmulator(folder)
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device("ipp://{}:{}/ipp/print?wait=3".format(*emulator.address)), emulator.faults, "stall")


def _card(stack: ExitStack, folder: Path) -> Rig:
    emulator = CardPrinterEmulator(folder)
    emulator.start()
    stack.callback(emulator.stop)
    uri = "card+ipp://{}:{}/ipp/print?wait=3".format(*emulator.address)
    return Rig(open_device(uri), emulator.faults, "stall")


def _usb(stack: ExitStack, folder: Path) -> Rig:
    emulator = EscposPrinterEmulator(folder)
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(usb_driver("escpos+usb:", UsbBus(emulator)), emulator.faults, "mute")


def _emulated(uri: str, slow: str) -> Build:
    def build(stack: ExitStack, folder: Path) -> Rig:
        device: Any = open_device(uri.format(folder))
        return Rig(device, device.emulator.faults, slow)

    return build


RIGS: dict[str, tuple[str, Build]] = {
    "ipp": ("ipp", _ipp),
    "card+ipp": ("card+ipp", _card),
    "escpos+usb": ("escpos+usb", _usb),
    "emulated-printer-ipp": ("emulated", _emulated("emulated://printer?out={}&wait=3&wire=ipp", "stall")),
    "emulated-receipt-printer-usb": ("emulated", _emulated("emulated://receipt-printer?out={}&wire=usb", "mute")),
    "emulated-card-printer": ("emulated", _emulated("emulated://card-printer?out={}", "stall")),
}
FAULTS = {"ipp": IPP_FAULTS}
NEEDS_HARDWARE = {
    "ipps": "ipps://127.0.0.1:9/ipp/print",
    "cups": "cups://127.0.0.1:9/office",
    "card+ipps": "card+ipps://127.0.0.1:9/ipp/print",
    "card+cups": "card+cups://127.0.0.1:9/cards",
}
"""Whose tests beside their drivers need a certificate or a server of their own: here, that they are not there."""
NEVER_WAITS: set[str] = set()
