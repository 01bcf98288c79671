"""A printer through Qt: the paper is the PDF, in its size, and what the system does not say is not called printed."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PyQt6.QtPrintSupport import QPrinter
from reportlab.pdfgen.canvas import Canvas

from app.domain.errors import BadInput
from app.workers.system_printer import MakePrinter, SystemPrinter
from devices.kinds.output import PageSetup, Printer
from devices.outcome import Outcome, Reply
from devices.registry import open_device

pytestmark = pytest.mark.usefixtures("qapp")

A4, A5, WIDE = (595.3, 841.9), (419.5, 595.3), (841.9, 595.3)


def paper(*sizes: tuple[float, float]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, (width, height) in enumerate(sizes):
        canvas.setPageSize((width, height))
        # A bar in the corner at the bottom left, another length on each page.
        canvas.rect(20, 20, 60 + 40 * number, 30, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def to_file(path: Path) -> MakePrinter:
    def make(name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setResolution(200)
        return printer

    return make


def opened(make: MakePrinter, setup: PageSetup | None = None) -> SystemPrinter:
    made = SystemPrinter("system:x", "x", setup or PageSetup(), make)
    made.open().unwrap()
    return made


def ink(pdf: bytes, page: int) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """A page's size in points, and the box of what is dark on it."""
    document = pdfium.PdfDocument(pdf)
    size = document[page].get_size()
    dark = np.argwhere(document[page].render(scale=1).to_numpy()[:, :, 0] < 128)
    document.close()
    return tuple(map(round, size)), (*dark.min(axis=0), *dark.max(axis=0))


def test_each_page_comes_out_in_its_own_size(tmp_path: Path) -> None:
    sent = paper(A4, A5, WIDE)
    printer = opened(to_file(tmp_path / "out.pdf"))
    reply = printer.print_pdf(sent, "a", "受理通知书")
    assert reply == Reply(Outcome.OK, "", "已交给系统打印队列，不反馈打印结果")
    came = (tmp_path / "out.pdf").read_bytes()
    for page in range(3):
        (size, box), (wanted_size, wanted_box) = ink(came, page), ink(sent, page)
        assert np.abs(np.subtract(size, wanted_size)).max() <= 1, (page, size, wanted_size)
        assert np.abs(np.subtract(box, wanted_box)).max() <= 2, (page, box, wanted_box)


def test_the_same_job_is_not_sent_twice(tmp_path: Path) -> None:
    printer = opened(to_file(tmp_path / "out.pdf"))
    assert printer.print_pdf(paper(A4), "a", "").ok
    (tmp_path / "out.pdf").unlink()
    assert "未重复" in printer.print_pdf(paper(A4), "a", "").detail
    assert not (tmp_path / "out.pdf").exists()


def test_it_prints_on_its_own_thread(tmp_path: Path) -> None:
    """As app.workers.device_thread does it."""
    said: list[Reply[str]] = []

    def work() -> None:
        printer = opened(to_file(tmp_path / "out.pdf"))
        said.append(printer.print_pdf(paper(A4), "a", ""))
        printer.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert said[0].ok
    assert (tmp_path / "out.pdf").stat().st_size > 500


class Records(QPrinter):
    """Qt's printers into a file know no copies: what it is told is written down."""

    def __init__(self) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.told: dict[str, object] = {}

    def setCopyCount(self, count: int) -> None:
        self.told["copies"] = count

    def setDuplex(self, duplex: QPrinter.DuplexMode) -> None:
        self.told["sides"] = duplex

    def setDocName(self, name: str | None) -> None:
        self.told["name"] = name


def test_how_pages_come_out_is_told_to_the_system(tmp_path: Path) -> None:
    made: list[Records] = []

    def make(name: str) -> QPrinter:
        printer = Records()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        made.append(printer)
        return printer

    printer = opened(make, PageSetup(sides="long", copies=2))
    printer.print_pdf(paper(A4), "a", "受理通知书 T01").unwrap()
    assert made[-1].told == {"copies": 2, "sides": QPrinter.DuplexMode.DuplexLongSide, "name": "受理通知书 T01"}
    printer.print_pdf(paper(A4), "b", "", PageSetup(sides="one", copies=3)).unwrap()
    assert made[-1].told == {"copies": 3, "sides": QPrinter.DuplexMode.DuplexNone, "name": "b"}


class Odd(QPrinter):
    """Refuses a further page, or says at its end that it failed."""

    refuses = False
    state = QPrinter.PrinterState.Idle

    def newPage(self) -> bool:
        return not self.refuses and super().newPage()

    def printerState(self) -> QPrinter.PrinterState:
        return self.state


def odd(path: Path, **said: object) -> MakePrinter:
    def make(name: str) -> QPrinter:
        printer = Odd(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        for key, value in said.items():
            setattr(printer, key, value)
        return printer

    return make


def test_refused_on_the_way_is_unknown(tmp_path: Path) -> None:
    printer = opened(odd(tmp_path / "out.pdf", refuses=True))
    assert printer.print_pdf(paper(A4, A4), "a", "").outcome is Outcome.UNKNOWN


def test_a_queue_that_aborted_is_unknown(tmp_path: Path) -> None:
    printer = opened(odd(tmp_path / "out.pdf", state=QPrinter.PrinterState.Aborted))
    assert printer.print_pdf(paper(A4), "a", "").outcome is Outcome.UNKNOWN


def test_a_printer_that_reports_an_error_does_not_open(tmp_path: Path) -> None:
    printer = SystemPrinter("system:x", "x", make=odd(tmp_path / "o.pdf", state=QPrinter.PrinterState.Error))
    assert printer.open().outcome is Outcome.FAULT


def test_cancelled_between_pages(tmp_path: Path) -> None:
    class Stops(Odd):
        def newPage(self) -> bool:
            printer.cancel()
            return super().newPage()

    def make(name: str) -> QPrinter:
        made = Stops(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / "out.pdf"))
        return made

    printer = opened(make)
    assert printer.print_pdf(paper(A4, A4, A4), "a", "").outcome is Outcome.UNKNOWN


def test_a_printer_that_the_system_does_not_know() -> None:
    printer = open_device("system:没有这台打印机")
    assert isinstance(printer, Printer)
    assert "没有这台打印机" in printer.open().detail
    assert printer.open().outcome is Outcome.DISCONNECTED
    assert printer.print_pdf(b"%PDF-1.7", "a", "").outcome is Outcome.DISCONNECTED


def test_a_file_that_is_no_pdf_is_a_defect(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="PDF"):
        opened(to_file(tmp_path / "o.pdf")).print_pdf(b"%PDF-1.7 nothing", "a", "")


@pytest.mark.parametrize("uri", ["system://host/x", "system:x?sides=both", "system:x?copies=0", "system:x?tray=1"])
def test_malformed_addresses(uri: str) -> None:
    with pytest.raises(BadInput):
        open_device(uri)
