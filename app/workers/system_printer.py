"""Printers that only the operating system knows, through Qt: `system:HP LaserJet`, `system:` for the usual one.

Here and not in devices/, which knows no Qt. It runs on the printer's own thread: Qt allows painting on a QPrinter
outside the event loop. Pages are drawn by pypdfium2 at the printer's resolution, so that the paper is the PDF, whatever
the printer's driver makes of fonts.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable

from PyQt6.QtCore import QMarginsF, QRect, QSizeF
from PyQt6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter
from PyQt6.QtPrintSupport import QPrinter, QPrinterInfo

from app.documents.locks import PDFIUM
from devices.base import DeviceKind
from devices.discovery import Found
from devices.done_jobs import DoneJobs
from devices.drivers.output import ipp
from devices.failure import NOT_OPEN
from devices.kinds.output import PLAIN, PageSetup, Printer
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

_MOST_DPI = 300
"""A page of A4 is 26 MB at 300 dots an inch; type is no sharper to the eye above it."""
_LOOK = "可能已经打印，请到打印机处查看"
_SIDES = {
    "one": QPrinter.DuplexMode.DuplexNone,
    "long": QPrinter.DuplexMode.DuplexLongSide,
    "short": QPrinter.DuplexMode.DuplexShortSide,
}
MakePrinter = Callable[[str], QPrinter | None]
"""A printer by its name, "" for the usual one; None when the system does not know it."""


class SystemPrinter(Printer):
    """OK means taken by the operating system's own queue, which says nothing after that: the remark tells. A job id
    that ended in OK is not sent again."""

    def __init__(self, uri: str, name: str, setup: PageSetup = PLAIN, make: MakePrinter | None = None) -> None:
        super().__init__(uri)
        self._name = name
        self._setup = setup
        self._make = make or _by_name
        self._opened = False
        self._done = DoneJobs()

    def open(self) -> Reply[str]:
        reply = self._look()
        self._opened = reply.ok
        return reply

    def close(self) -> None:
        self._opened = False

    def probe(self) -> Reply[str]:
        return self._look() if self._opened else Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)

    def print_pdf(self, pdf: bytes, job_id: str, title: str, setup: PageSetup = PLAIN) -> Reply[str]:
        """As Printer. ValueError when pdf is none. A cancel between two pages takes the job back from the system's
        queue; where pages may have left already, that is UNKNOWN."""
        if not pdf.startswith(b"%PDF-"):
            raise ValueError("not a PDF")
        if not self._opened:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        if job_id in self._done:
            return Reply(Outcome.OK, "", "此前已打印，未重复发送")
        self._cancelled.clear()
        printer = self._make(self._name)
        if printer is None:
            return self._missing()
        printer.setDocName(title or job_id)
        self._dress(printer, setup)
        reply = self._paint(printer, pdf)
        if reply.ok:
            self._done.add(job_id)
        return reply

    def _look(self) -> Reply[str]:
        printer = self._make(self._name)
        if printer is None or not printer.isValid():
            return self._missing()
        if printer.printerState() is QPrinter.PrinterState.Error:
            return Reply(Outcome.FAULT, detail="系统报告打印机故障，请查看打印机")
        return Reply(Outcome.OK, printer.printerName() or "系统打印机")

    def _missing(self) -> Reply[str]:
        words = f"系统中没有打印机“{self._name}”" if self._name else "系统没有设置默认打印机"
        return Reply(Outcome.DISCONNECTED, detail=f"{words}，请在系统设置中添加")

    def _dress(self, printer: QPrinter, setup: PageSetup) -> None:
        copies = setup.copies if setup.copies > 1 else self._setup.copies
        printer.setCopyCount(copies)
        if sides := setup.sides or self._setup.sides:
            printer.setDuplex(_SIDES[sides])
        printer.setFullPage(True)
        printer.setPageMargins(QMarginsF(0, 0, 0, 0))

    def _paint(self, printer: QPrinter, pdf: bytes) -> Reply[str]:
        import pypdfium2 as pdfium  # the window starts without it

        with PDFIUM:
            try:
                document = pdfium.PdfDocument(pdf)
            except pdfium.PdfiumError as error:
                raise ValueError("not a PDF") from error
        painter = QPainter()
        try:
            for number in range(len(document)):
                if self._cancelled.is_set():
                    return self._stopped(printer, painter, number)
                self._page_size(printer, document, number)
                if not (painter.begin(printer) if number == 0 else printer.newPage()):
                    return self._refused(number)
                page = _drawn(document, number, min(printer.resolution(), _MOST_DPI))
                whole = printer.pageLayout().fullRectPixels(printer.resolution())
                painter.drawImage(QRect(0, 0, whole.width(), whole.height()), page)
            taken = painter.end()
        finally:
            if painter.isActive():
                painter.end()
            with PDFIUM:
                document.close()
        if not taken or printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            return Reply(Outcome.UNKNOWN, detail=f"系统没有确认打印任务，{_LOOK}")
        return Reply(Outcome.OK, "", "已交给系统打印队列，不反馈打印结果")

    def _page_size(self, printer: QPrinter, document: object, number: int) -> None:
        with PDFIUM:
            width, height = document[number].get_size()  # type: ignore[index]
        wide = width > height
        size = QPageSize(
            QSizeF(*sorted((width, height))), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch
        )
        printer.setPageSize(size)
        printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)

    def _stopped(self, printer: QPrinter, painter: QPainter, pages: int) -> Reply[str]:
        if not pages or printer.abort():
            return Reply(Outcome.CANCELLED, detail="已取消打印") if not pages else _unsure("已取消打印")
        return _unsure("已取消打印")

    def _refused(self, pages: int) -> Reply[str]:
        if pages:
            return _unsure("系统中途拒绝了打印任务")
        return Reply(Outcome.FAULT, detail="系统没有接受打印任务，请检查系统的打印设置")


def _unsure(why: str) -> Reply[str]:
    return Reply(Outcome.UNKNOWN, detail=f"{why}，{_LOOK}")


def _drawn(document: object, number: int, dpi: int) -> QImage:
    """A page as a picture, white where it is bare."""
    with PDFIUM:
        bitmap = document[number].render(scale=dpi / 72)  # type: ignore[index]
        # pdfium draws BGR or BGRx by itself, depending on the page.
        pixels = bitmap.to_numpy()
        high, wide, channels = pixels.shape
        form = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_BGR888, 4: QImage.Format.Format_RGB32}
        return QImage(pixels.tobytes(), wide, high, channels * wide, form[channels]).copy()


def _by_name(name: str) -> QPrinter | None:
    info = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    return None if info.isNull() else QPrinter(info, QPrinter.PrinterMode.HighResolution)


def system_printers() -> tuple[str, ...]:
    """The names of the printers that the operating system knows, for the settings. May take seconds: not for the event
    loop."""
    return tuple(QPrinterInfo.availablePrinterNames())


def discover(kind: DeviceKind) -> list[Found]:
    """The printers that only the operating system knows: queues of CUPS are found by their own driver, which hears how
    jobs end. None without the window's application: Qt asks through it."""
    if kind is not DeviceKind.PRINTER or QGuiApplication.instance() is None:
        return []
    queues = {queue.name for queue in ipp.list_queues().value or ()}
    names = [name for name in system_printers() if name not in queues]
    return [Found(f"system:{urllib.parse.quote(name)}", name, "经操作系统打印，不反馈打印结果") for name in names]


def open_driver(uri: str) -> SystemPrinter:
    """The driver of a `system:` URI. BadInput when it is malformed. Options: sides (one, long, short), copies (1–9)."""
    parsed = DeviceUri.parse(uri, ["sides", "copies"])
    if parsed.host:
        raise bad_uri(uri, "指向其他计算机", "写作 system:打印机名。")
    sides = parsed.options.get("sides", "")
    if sides and sides not in _SIDES:
        raise bad_uri(uri, "的单双面设置不正确", "可用：one、long、short。")
    return SystemPrinter(uri, parsed.path, PageSetup(sides=sides, copies=parsed.integer("copies", 1, 1, 9)))
