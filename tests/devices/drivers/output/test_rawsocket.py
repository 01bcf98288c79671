"""Raw page printing against an emulator that keeps the bytes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.drivers.output.rawsocket import RawSocketPrinter, open_driver
from devices.emulators.output.page_printer import PagePrinterEmulator
from devices.outcome import Outcome

SMALL = "%PDF-1.7\n受理通知书 𠮷\n%%EOF".encode()
LARGE = b"%PDF-1.7\n" + bytes(range(256)) * 40_000


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[PagePrinterEmulator]:
    emulator = PagePrinterEmulator(tmp_path / "打印")
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def printer(emulator: PagePrinterEmulator) -> RawSocketPrinter:
    driver = open_driver("socket://{}:{}?wait=1".format(*emulator.address))
    driver.open().unwrap()
    return driver


def jobs(emulator: PagePrinterEmulator) -> list[bytes]:
    return [path.read_bytes() for path in sorted(emulator.out.glob("*.pdf"))]


def test_the_printer_gets_every_byte_once(emulator: PagePrinterEmulator, printer: RawSocketPrinter) -> None:
    assert printer.print_pdf(SMALL, "a", "通知书").ok
    assert printer.print_pdf(LARGE, "b", "通知书").ok
    assert printer.print_pdf(LARGE, "b", "通知书").ok
    assert jobs(emulator) == [SMALL, LARGE]


def test_probing_prints_nothing(emulator: PagePrinterEmulator, printer: RawSocketPrinter) -> None:
    assert all(printer.probe().ok for _ in range(3))
    printer.print_pdf(SMALL, "a", "")
    assert jobs(emulator) == [SMALL]


# Hanging up after every byte has come is how raw printing says yes; so "hang-up" needs a job that is still coming.
@pytest.mark.parametrize(
    ("fault", "pdf", "papers"),
    [("drop", SMALL, 0), ("drop", LARGE, 0), ("hang-up", LARGE, 0), ("silent", SMALL, 1), ("silent", LARGE, 1)],
    ids=["drop-small", "drop-large", "hang-up-large", "silent-small", "silent-large"],
)
def test_what_is_not_acknowledged_is_unknown(
    emulator: PagePrinterEmulator, printer: RawSocketPrinter, fault: str, papers: int, pdf: bytes
) -> None:
    emulator.faults.set(fault)
    reply = printer.print_pdf(pdf, "a", "")
    assert reply.outcome is Outcome.UNKNOWN
    assert "可能已经打印" in reply.detail
    assert len(jobs(emulator)) == papers
    emulator.faults.clear()
    assert printer.print_pdf(pdf, "a", "").ok
    assert len(jobs(emulator)) == papers + 1


def test_switched_off(emulator: PagePrinterEmulator, printer: RawSocketPrinter) -> None:
    emulator.stop()
    reply = printer.print_pdf(SMALL, "a", "")
    assert reply.outcome is Outcome.DISCONNECTED
    assert "拒绝连接" in reply.detail


@pytest.mark.parametrize("fault", ["silent", "stall"])
def test_cancel_after_the_first_byte_is_unknown(emulator: PagePrinterEmulator, fault: str) -> None:
    driver = open_driver("socket://{}:{}?wait=60".format(*emulator.address))
    driver.open().unwrap()
    emulator.faults.set(fault)
    threading.Timer(0.3, driver.cancel).start()
    begun = time.monotonic()
    assert driver.print_pdf(LARGE, "a", "").outcome is Outcome.UNKNOWN
    assert time.monotonic() - begun < 8


def test_what_is_no_pdf_is_refused(printer: RawSocketPrinter) -> None:
    with pytest.raises(ValueError, match="PDF"):
        printer.print_pdf(b"hello", "a", "")
