"""Receipt printing over USB: pyusb's real upper half on a bus whose only device draws receipts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.domain.errors import BadInput
from devices.drivers.output.escpos import EscposPrinter, Patience, open_driver, usb_driver
from devices.emulators.output.escpos_printer import EscposPrinterEmulator
from devices.emulators.output.usb_printer import SERIAL, UsbBus
from devices.outcome import Outcome, Reply

PICTURE = np.repeat((np.random.default_rng(4).random((400, 576, 1)) > 0.5), 3, axis=2).astype(np.uint8) * np.uint8(255)
QUICK = Patience(before=0.7, after=0.7, further=0.3)


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[EscposPrinterEmulator]:
    made = EscposPrinterEmulator(tmp_path / "out")
    made.start()
    yield made
    made.stop()


def driver(bus: UsbBus, uri: str = "escpos+usb:04b8:0e15") -> EscposPrinter:
    made = usb_driver(uri, bus)
    made._patience = QUICK
    return made


def came(emulator: EscposPrinterEmulator) -> list[bytes]:
    return [
        cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR).tobytes() for path in sorted(emulator.out.glob("*"))
    ]


@pytest.mark.parametrize("uri", ["escpos+usb:04B8:0e15", "escpos+usb:", f"escpos+usb:?serial={SERIAL}"])
def test_the_paper_shows_the_picture(emulator: EscposPrinterEmulator, uri: str) -> None:
    bus = UsbBus(emulator)
    printer = driver(bus, uri)
    printer.open().unwrap()
    assert printer.print_picture(PICTURE, "a") == Reply(Outcome.OK, "a")
    assert printer.probe().ok
    assert came(emulator) == [PICTURE.tobytes()]
    # Whoever else prints finds the device free between two jobs.
    assert bus.released == 3


def test_the_kernel_gets_its_device_back(emulator: EscposPrinterEmulator) -> None:
    bus = UsbBus(emulator, kernel=True)
    assert driver(bus).open().ok
    assert bus.kernel


def test_taken_by_another_program(emulator: EscposPrinterEmulator) -> None:
    assert driver(UsbBus(emulator, taken=True)).open().outcome is Outcome.BUSY


@pytest.mark.parametrize("uri", ["escpos+usb:04b8:0000", "escpos+usb:?serial=other"])
def test_not_the_one_that_is_there(emulator: EscposPrinterEmulator, uri: str) -> None:
    assert driver(UsbBus(emulator), uri).open().outcome is Outcome.DISCONNECTED


def test_unplugged_and_plugged_in_again(emulator: EscposPrinterEmulator) -> None:
    printer = driver(UsbBus(emulator))
    printer.open().unwrap()
    emulator.stop()
    assert printer.probe().outcome is Outcome.DISCONNECTED
    assert printer.print_picture(PICTURE, "a").outcome is Outcome.DISCONNECTED
    emulator.start()
    assert printer.print_picture(PICTURE, "a").ok


@pytest.mark.parametrize("fault", ["drop", "silent"])
def test_what_nobody_can_know_is_unknown(emulator: EscposPrinterEmulator, fault: str) -> None:
    printer = driver(UsbBus(emulator))
    printer.open().unwrap()
    emulator.faults.set(fault)
    assert printer.print_picture(PICTURE, "a").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("fault", "outcome"), [("paper-out", Outcome.OUT_OF_PAPER), ("cover-open", Outcome.FAULT), ("error", Outcome.FAULT)]
)
@pytest.mark.parametrize("mute", [False, True])
def test_the_port_speaks_for_a_printer_that_does_not(
    emulator: EscposPrinterEmulator, fault: str, outcome: Outcome, mute: bool
) -> None:
    printer = driver(UsbBus(emulator))
    printer.open().unwrap()
    if mute:
        emulator.faults.set("mute")
    emulator.faults.set(fault)
    assert printer.print_picture(PICTURE, "a").outcome is outcome
    assert came(emulator) == []


def test_a_port_that_sees_nothing_wrong_proves_nothing(emulator: EscposPrinterEmulator) -> None:
    printer = driver(UsbBus(emulator))
    printer.open().unwrap()
    emulator.faults.set("mute")
    assert printer.print_picture(PICTURE, "a").outcome is Outcome.TIMEOUT


def test_a_printer_without_a_way_back(emulator: EscposPrinterEmulator) -> None:
    bus = UsbBus(emulator, two_way=False)
    printer = driver(bus, "escpos+usb:?status=0")
    printer.open().unwrap()
    assert printer.print_picture(PICTURE, "a").outcome is Outcome.UNKNOWN
    assert driver(bus).open().outcome is Outcome.TIMEOUT


def test_cancel_ends_the_wait(emulator: EscposPrinterEmulator) -> None:
    printer = driver(UsbBus(emulator))
    printer.open().unwrap()
    emulator.faults.set("mute")
    printer._patience = Patience(before=60)
    timer = threading.Timer(0.3, printer.cancel)
    timer.start()
    assert printer.print_picture(PICTURE, "a").outcome is Outcome.CANCELLED
    timer.join()


@pytest.mark.parametrize("uri", ["escpos+usb:04b8", "escpos+usb://04b8/0e15", "escpos+usb:x:y", "escpos+usb:?baud=1"])
def test_malformed_addresses(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(uri)
