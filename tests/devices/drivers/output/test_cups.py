"""Through a real CUPS server to a printer that speaks IPP: another program reads what we write, and answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from private_cups import PrivateCups

from devices.drivers.output import ipp_card
from devices.drivers.output.ipp import IppPrinter, list_queues, open_driver
from devices.drivers.output.ipp_queue import Pace
from devices.drivers.output.pwg_raster import encode_raster
from devices.emulators.output.card_printer import CardPrinterEmulator
from devices.emulators.output.ipp_printer import IppPrinterEmulator
from devices.kinds.output import PageSetup
from devices.outcome import Outcome

PDF = b"%PDF-1.7 " + b"<< /Type /Page >> " * 3 + bytes(range(256)) * 200 + b"\n%%EOF\n"


@pytest.fixture(scope="module")
def cups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateCups]:
    made = PrivateCups(tmp_path_factory.mktemp("cups"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[IppPrinterEmulator]:
    made = IppPrinterEmulator(tmp_path / "out", page_seconds=0.02)
    made.start()
    yield made
    made.stop()


def queue(cups: PrivateCups, emulator: IppPrinterEmulator, name: str) -> IppPrinter:
    cups.add(name, "ipp://{}:{}/ipp/print".format(*emulator.address))
    made = open_driver(f"cups://127.0.0.1:{cups.port}/{name}?wait=60")
    made.open().unwrap()
    return made


def test_a_paper_goes_through_byte_for_byte_and_once(cups: PrivateCups, emulator: IppPrinterEmulator) -> None:
    printer = queue(cups, emulator, "front")
    reply = printer.print_pdf(PDF, "a", "受理通知书 㛃𠮷", PageSetup(media="A5", sides="long"))
    assert reply.ok, (reply, cups.log())
    assert [path.read_bytes() for path in emulator.out.iterdir()] == [PDF]
    later = open_driver(printer.uri)
    later.open().unwrap()
    assert "未重复" in later.print_pdf(PDF, "a", "受理通知书 㛃𠮷").detail
    assert len(list(emulator.out.iterdir())) == 1
    assert printer.probe().ok
    printer.close()


def test_queues_are_found_by_name(cups: PrivateCups, emulator: IppPrinterEmulator) -> None:
    queue(cups, emulator, "office").close()
    found = {one.name: one for one in list_queues("127.0.0.1", cups.port).unwrap()}
    assert found["office"].description == "前台打印机"
    assert found["office"].ready
    assert found["office"].uri == f"cups://127.0.0.1:{cups.port}/office"
    assert open_driver(found["office"].uri).open().ok
    assert list_queues("127.0.0.1", 9).outcome is Outcome.DISCONNECTED


def test_a_queue_that_is_not_there(cups: PrivateCups) -> None:
    reply = open_driver(f"cups://127.0.0.1:{cups.port}/nobody").open()
    assert reply.outcome is Outcome.FAULT
    assert "没有这个打印队列" in reply.detail


def test_paper_that_ends_behind_the_server_is_known(cups: PrivateCups, emulator: IppPrinterEmulator) -> None:
    """The server knows the reason and not how much is out: the clerk is asked, and nothing comes out by itself."""
    printer = queue(cups, emulator, "empty")
    emulator.faults.set("runs-out")
    reply = printer.print_pdf(PDF, "a", "")
    assert reply.outcome is Outcome.OUT_OF_PAPER or reply.outcome is Outcome.UNKNOWN, (reply, cups.log())
    assert "缺纸" in reply.detail
    assert reply.partly or reply.outcome is Outcome.UNKNOWN
    emulator.refill()
    time.sleep(1.5)
    assert not emulator.out.exists()
    printer.close()


def test_a_card_goes_through_as_raster(cups: PrivateCups, tmp_path: Path) -> None:
    import numpy as np

    emulator = CardPrinterEmulator(tmp_path / "cards", page_seconds=0.02)
    emulator.start()
    try:
        cups.add("cards", "ipp://{}:{}/ipp/print".format(*emulator.address))
        printer = ipp_card.open_driver(f"card+cups://127.0.0.1:{cups.port}/cards")
        printer.open().unwrap()
        front = np.full((638, 1011, 3), 90, np.uint8)
        reply = printer.print_card(front, front, "a")
        assert reply.ok, (reply, cups.log())
        assert emulator.jobs[-1].data == encode_raster([front, front], 300, ipp_card.MEDIA)
        printer.close()
    finally:
        emulator.stop()


def test_a_printer_that_is_switched_off(cups: PrivateCups, emulator: IppPrinterEmulator) -> None:
    printer = queue(cups, emulator, "gone")
    printer._queue._pace = Pace(whole=3.0)
    emulator.stop()
    reply = printer.print_pdf(PDF, "a", "")
    assert not reply.ok
    assert reply.detail
    printer.close()
