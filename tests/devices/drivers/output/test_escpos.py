"""Receipt printing over TCP and serial against an emulator that draws what it gets."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from devices.base import Picture
from devices.drivers.links.tcp import TcpWire
from devices.drivers.output.escpos import EscposPrinter, Patience, open_driver
from devices.drivers.output.escpos_wire import BAND, Wire, encode_picture
from devices.emulators.links.serial_bridge import SerialBridge
from devices.emulators.output.escpos_printer import EscposPrinterEmulator
from devices.outcome import Outcome, Reply


def picture(rows: int = 300, columns: int = 576, seed: int = 1) -> Picture:
    """Black and white noise: any shift, gap or swap shows."""
    bits = np.random.default_rng(seed).random((rows, columns, 1)) > 0.5
    return np.repeat(bits, 3, axis=2).astype(np.uint8) * np.uint8(255)


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[EscposPrinterEmulator]:
    emulator = EscposPrinterEmulator(tmp_path / "凭条")
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def printer(emulator: EscposPrinterEmulator) -> EscposPrinter:
    def connect(timeout: float, cancelled: threading.Event) -> Wire:
        return TcpWire(emulator.address, timeout, cancelled)

    # As at the counter, but quicker to give up.
    patience = Patience(before=0.7, after=0.7, further=0.3)
    driver = EscposPrinter("escpos+tcp://x", "凭条打印机", connect, patience=patience)
    driver.open().unwrap()
    return driver


def printed(emulator: EscposPrinterEmulator) -> list[Picture]:
    return [
        np.asarray(cv2.imdecode(np.fromfile(p, np.uint8), cv2.IMREAD_COLOR), np.uint8)
        for p in sorted(emulator.out.glob("*"))
    ]


@pytest.mark.parametrize("rows", [1, BAND, BAND + 1, 5 * BAND + 7])
def test_the_paper_shows_the_picture(emulator: EscposPrinterEmulator, printer: EscposPrinter, rows: int) -> None:
    sent = picture(rows)
    assert printer.print_picture(sent, "job") == Reply(Outcome.OK, "job")
    (paper,) = printed(emulator)
    assert np.array_equal(paper, sent)


def test_the_paper_shows_the_picture_sent_by_serial_line(emulator: EscposPrinterEmulator) -> None:
    bridge = SerialBridge(emulator.address)
    bridge.start()
    driver = open_driver(f"escpos+serial://{bridge.path}?baud=115200&flow=rtscts")
    driver.open().unwrap()
    sent = picture(200)
    assert driver.print_picture(sent, "job").ok
    assert np.array_equal(printed(emulator)[0], sent)
    driver.close()
    bridge.stop()
    assert driver.open().outcome is Outcome.DISCONNECTED


def test_narrow_pictures_are_padded_to_whole_bytes(emulator: EscposPrinterEmulator, printer: EscposPrinter) -> None:
    sent = picture(10, 13)
    printer.print_picture(sent, "job").unwrap()
    (paper,) = printed(emulator)
    assert np.array_equal(paper[:, :13], sent)
    assert (paper[:, 13:] == 255).all()


def test_colours_become_black_and_white_at_middle_grey(emulator: EscposPrinterEmulator, printer: EscposPrinter) -> None:
    sent = np.zeros((1, 8, 3), np.uint8)
    sent[0] = [[v, v, v] for v in (0, 127, 128, 255)] + [[0, 0, 255], [255, 255, 0], [0, 255, 255], [255, 0, 0]]
    printer.print_picture(sent, "job").unwrap()
    assert [int(p[0]) for p in printed(emulator)[0][0]] == [0, 0, 255, 255, 0, 255, 255, 0]


def test_bytes_are_those_of_python_escpos() -> None:
    from escpos.printer import Dummy

    sent = picture(300, 100)
    reference = Dummy()
    reference.hw("INIT")
    reference.image(Image.fromarray(sent), impl="bitImageRaster", fragment_height=BAND)
    reference.cut()
    assert encode_picture(sent) == reference.output


def test_each_job_is_cut(emulator: EscposPrinterEmulator, printer: EscposPrinter) -> None:
    sent = [picture(40, seed=n) for n in range(3)]
    for n, page in enumerate(sent):
        printer.print_picture(page, f"job-{n}").unwrap()
    assert all(np.array_equal(a, b) for a, b in zip(printed(emulator), sent, strict=True))


def test_a_job_that_is_done_is_not_printed_twice(emulator: EscposPrinterEmulator, printer: EscposPrinter) -> None:
    assert printer.print_picture(picture(), "job").ok
    again = printer.print_picture(picture(), "job")
    assert again.ok
    assert "未重复" in again.detail
    assert len(printed(emulator)) == 1
    assert printer.print_picture(picture(), "reprint-1").ok
    assert len(printed(emulator)) == 2


@pytest.mark.parametrize(
    ("fault", "outcome", "papers"),
    [
        ("paper-out", Outcome.OUT_OF_PAPER, 0),
        ("runs-out", Outcome.OUT_OF_PAPER, 0),
        ("cover-open", Outcome.FAULT, 0),
        ("error", Outcome.FAULT, 0),
        ("mute", Outcome.TIMEOUT, 0),
        ("silent", Outcome.UNKNOWN, 1),
        ("drop", Outcome.UNKNOWN, 0),
        ("stall", Outcome.UNKNOWN, 0),
        ("paper-low", Outcome.OK, 1),
        ("no-paper-sensor", Outcome.OK, 1),
    ],
)
def test_faults(
    emulator: EscposPrinterEmulator, printer: EscposPrinter, fault: str, outcome: Outcome, papers: int
) -> None:
    emulator.faults.set(fault)
    reply = printer.print_picture(picture(), "job")
    assert reply.outcome is outcome, reply.detail
    assert reply.detail
    assert len(printed(emulator)) == papers
    emulator.faults.clear()
    again = printer.print_picture(picture(), "job")
    assert again.ok
    # Only a job known to be out is not repeated.
    assert len(printed(emulator)) == (papers if outcome is Outcome.OK else papers + 1)


def test_unknown_paper_is_not_no_paper(emulator: EscposPrinterEmulator, printer: EscposPrinter) -> None:
    emulator.faults.set("no-paper-sensor")
    reply = printer.probe()
    assert reply.ok
    assert "未报告" in reply.detail
    emulator.faults.clear()
    emulator.faults.set("paper-low")
    assert printer.probe().detail == "纸将用完"


def test_chatter_is_not_taken_for_an_answer(emulator: EscposPrinterEmulator, printer: EscposPrinter) -> None:
    emulator.faults.set("chatter")
    assert printer.probe() == Reply(Outcome.OK, "凭条打印机")
    assert printer.print_picture(picture(), "job").ok
    emulator.faults.set("paper-out")
    assert printer.probe().outcome is Outcome.OUT_OF_PAPER


def test_a_printer_without_paper_opens_and_its_probe_says_so(emulator: EscposPrinterEmulator) -> None:
    driver = open_driver("escpos+tcp://{}:{}".format(*emulator.address))
    emulator.faults.set("paper-out")
    assert driver.open().ok
    assert driver.probe().outcome is Outcome.OUT_OF_PAPER
    emulator.faults.clear()
    emulator.faults.set("cover-open")
    assert driver.open().outcome is Outcome.FAULT
    assert driver.probe().outcome is Outcome.DISCONNECTED


def test_a_model_without_status_ends_unknown_and_prints(emulator: EscposPrinterEmulator) -> None:
    emulator.faults.set("mute")
    driver = open_driver("escpos+tcp://{}:{}?status=0".format(*emulator.address))
    assert driver.open().ok
    assert driver.probe().ok
    reply = driver.print_picture(picture(), "job")
    assert reply.outcome is Outcome.UNKNOWN
    deadline = time.monotonic() + 10
    while not printed(emulator) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(printed(emulator)) == 1


def test_switched_off_between_two_jobs(emulator: EscposPrinterEmulator, printer: EscposPrinter) -> None:
    emulator.stop()
    reply = printer.print_picture(picture(), "job")
    assert reply.outcome is Outcome.DISCONNECTED
    assert "拒绝连接" in reply.detail
    assert printer.probe().outcome is Outcome.DISCONNECTED


def test_cancel_before_the_first_byte(emulator: EscposPrinterEmulator, printer: EscposPrinter) -> None:
    emulator.faults.set("mute")
    threading.Timer(0.3, printer.cancel).start()
    assert printer.print_picture(picture(), "job").outcome is Outcome.CANCELLED
    assert not printed(emulator)


def test_cancel_on_the_way_is_unknown(emulator: EscposPrinterEmulator, printer: EscposPrinter) -> None:
    emulator.faults.set("stall")
    # Larger than the buffers of both ends, so that sending itself has to wait.
    sent = np.zeros((150_000, 576, 3), np.uint8)
    threading.Timer(1.0, printer.cancel).start()
    begun = time.monotonic()
    reply = printer.print_picture(sent, "job")
    assert reply.outcome is Outcome.UNKNOWN
    assert time.monotonic() - begun < 8


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((5, 577, 3), np.uint8),
        np.zeros((5, 10), np.uint8),
        np.zeros((5, 10, 4), np.uint8),
        np.zeros((0, 10, 3), np.uint8),
        np.zeros((5, 10, 3), np.float64),
    ],
)
def test_what_is_no_receipt_is_refused(printer: EscposPrinter, wrong: Picture) -> None:
    with pytest.raises(ValueError, match=r"picture|columns"):
        printer.print_picture(wrong, "job")


def test_58_mm(emulator: EscposPrinterEmulator) -> None:
    driver = open_driver("escpos+tcp://{}:{}?width=384".format(*emulator.address))
    assert driver.width_dots == 384
    driver.open().unwrap()
    with pytest.raises(ValueError, match="384"):
        driver.print_picture(picture(10, 385), "job")
    assert driver.print_picture(picture(10, 384), "job").ok


def test_an_address_that_does_not_exist() -> None:
    reply = open_driver("escpos+tcp://printer.invalid").open()
    assert reply.outcome is Outcome.DISCONNECTED
    assert "printer.invalid" in reply.detail
