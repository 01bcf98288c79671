"""Rigs of kinds 1–3 besides the serial ID reader: on USB, PC/SC cards, passports."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import cv2
import numpy as np
from rigs import Build, Rig

from devices.base import Device
from devices.drivers.identity.passport import CameraPassportReader, PcscPassportReader, SerialPassportReader
from devices.drivers.identity.passport_wedge import GrabbedPassportReader, WedgePassportReader
from devices.drivers.identity.pcsc import PcscSmartCard
from devices.drivers.identity.sdt import SdtReader
from devices.drivers.identity.sdt_usb import UsbConnection
from devices.emulators.identity.card_reader import FAULTS as CARD_FAULTS
from devices.emulators.identity.card_reader import CardReaderEmulator
from devices.emulators.identity.cards import Psam, emrtd_of
from devices.emulators.identity.driver import PassportEmulator, typed
from devices.emulators.identity.mrz_emulator import FAULTS as MRZ_FAULTS
from devices.emulators.identity.mrz_emulator import passport_zone
from devices.emulators.identity.mrz_keys import MrzKeysEmulator
from devices.emulators.identity.sam_usb import FAULTS as USB_FAULTS
from devices.emulators.identity.sam_usb import UsbSamEmulator
from devices.emulators.imaging.mjpeg import FAULTS as STREAM_FAULTS
from devices.emulators.imaging.mjpeg import MjpegEmulator
from devices.emulators.people import demo_people
from devices.kinds.identity import ChipReader, PassportReader
from devices.outcome import Reply
from devices.registry import open_device

WANG = demo_people()["wang-ji"]
SELECT_MASTER_FILE = bytes.fromhex("00A40000023F00")

FAULTS = {
    "sdt+usb": USB_FAULTS,
    "pcsc": CARD_FAULTS,
    "pcsc-passport": CARD_FAULTS,
    "mrz+serial": MRZ_FAULTS,
    "mrz+camera": STREAM_FAULTS,
    "mrz+wedge-grabbed": MRZ_FAULTS,
}
NEEDS_HARDWARE: dict[str, str] = {}
NEVER_WAITS: set[str] = set()


def sdt_usb(stack: ExitStack, folder: Path) -> Rig:
    sam = UsbSamEmulator()
    sam.start()
    stack.callback(sam.stop)
    sam.place(WANG.card)
    return Rig(SdtReader("sdt+usb:", UsbConnection(backend=sam.backend)), sam.faults, "no-card")


def emulated_id_reader_usb(stack: ExitStack, folder: Path) -> Rig:
    return _emulated("emulated://id-reader-usb?person=wang-ji")


def pcsc(stack: ExitStack, folder: Path) -> Rig:
    emulator = CardReaderEmulator()
    emulator.start()
    stack.callback(emulator.stop)
    emulator.place(Psam())
    return Rig(PcscSmartCard("pcsc:", "", api=emulator.api), emulator.faults, "no-card")


def pcsc_passport(stack: ExitStack, folder: Path) -> Rig:
    emulator = CardReaderEmulator()
    emulator.start()
    stack.callback(emulator.stop)
    emulator.place(emrtd_of(passport_zone(WANG)))
    return Rig(PcscPassportReader("pcsc-passport:", "", api=emulator.api), emulator.faults, "no-card")


def emulated_smart_card(stack: ExitStack, folder: Path) -> Rig:
    return _emulated("emulated://smart-card?card=psam")


def mrz_serial(stack: ExitStack, folder: Path) -> Rig:
    emulator = PassportEmulator()
    emulator.start()
    stack.callback(emulator.stop)

    class Swiped(SerialPassportReader):
        """A person swipes whenever a zone is asked for."""

        def read_zone(self, timeout: float = 10.0) -> Reply[Any]:
            emulator.zones.lay(passport_zone(WANG), after=0.1)
            return super().read_zone(timeout)

    return Rig(Swiped("mrz+serial:x", emulator.zones.path), emulator.faults, "no-card")


def mrz_wedge(stack: ExitStack, folder: Path) -> Rig:
    """The window's keys: a person swipes whenever a zone is asked for, and the rig types what the reader would."""
    emulator = MrzKeysEmulator()

    class Swiped(WedgePassportReader):
        def read_zone(self, timeout: float = 10.0) -> Reply[Any]:
            swipe = threading.Timer(0.1, self._swipe)
            swipe.start()
            try:
                return super().read_zone(timeout)
            finally:
                swipe.join()

        def _swipe(self) -> None:
            if emulator.faults.on("no-card"):
                return
            for number, char in enumerate("\r".join(passport_zone(WANG)) + "\r"):
                self.press(char, number / 500)
            self.end()

    return Rig(Swiped("mrz+wedge:"), emulator.faults, "no-card")


def mrz_camera(stack: ExitStack, folder: Path) -> Rig:
    """A full-page reader that is a camera; what finds the zone is the app's and stands aside here."""
    page = folder / "page.png"
    page.write_bytes(cv2.imencode(".png", np.zeros((48, 64, 3), np.uint8))[1].tobytes())
    emulator = MjpegEmulator(page)
    emulator.start()
    stack.callback(emulator.stop)
    device = open_device(f"mrz+camera:?camera={quote(emulator.url, safe='')}")
    assert isinstance(device, CameraPassportReader)
    # The stream stalls after its fifth frame only: nothing is to be found in those before.
    device.attach(lambda _: None if emulator.faults.on("stall") else passport_zone(WANG))
    return Rig(device, emulator.faults, "stall")


def mrz_wedge_grabbed(stack: ExitStack, folder: Path) -> Rig:
    emulator = PassportEmulator(zones=typed)
    emulator.start()
    stack.callback(emulator.stop)

    class Swiped(GrabbedPassportReader):
        def read_zone(self, timeout: float = 10.0) -> Reply[Any]:
            emulator.zones.lay(passport_zone(WANG), after=0.1)
            return super().read_zone(timeout)

    return Rig(Swiped("mrz+wedge:x", emulator.zones.path, grab=False), emulator.faults, "no-card")


def emulated_passport_reader(stack: ExitStack, folder: Path) -> Rig:
    return _emulated("emulated://passport-reader?person=wang-ji")


def emulated_typing_passport_reader(stack: ExitStack, folder: Path) -> Rig:
    return _emulated("emulated://passport-reader?person=wang-ji&wire=wedge")


def work(device: Device, timeout: float) -> Reply[Any] | None:
    """What a device of these kinds is there for; None of others."""
    if isinstance(device, PassportReader) and device.has_zone:
        return device.read_zone(timeout)
    if not isinstance(device, ChipReader):
        return None
    connected = device.connect_card(timeout)
    if not connected.ok:
        return connected
    reply = device.transmit(SELECT_MASTER_FILE, timeout)
    device.release_card()
    return reply


def _emulated(uri: str) -> Rig:
    device = open_device(uri)
    return Rig(device, device.emulator.faults, "no-card")  # type: ignore[attr-defined]


RIGS: dict[str, tuple[str, Build]] = {
    "sdt+usb": ("sdt+usb", sdt_usb),
    "emulated-id-reader-usb": ("emulated", emulated_id_reader_usb),
    "pcsc": ("pcsc", pcsc),
    "emulated-smart-card": ("emulated", emulated_smart_card),
    "mrz+serial": ("mrz+serial", mrz_serial),
    "pcsc-passport": ("pcsc-passport", pcsc_passport),
    "emulated-passport-reader": ("emulated", emulated_passport_reader),
    "mrz+camera": ("mrz+camera", mrz_camera),
    "mrz+wedge": ("mrz+wedge", mrz_wedge),
    "mrz+wedge-grabbed": ("mrz+wedge", mrz_wedge_grabbed),
    "emulated-typing-passport-reader": ("emulated", emulated_typing_passport_reader),
}
