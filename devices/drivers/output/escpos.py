"""Receipt printers that speak ESC/POS: `escpos+tcp://192.168.1.50:9100`, `escpos+serial:///dev/ttyUSB1?baud=19200`,
`escpos+usb:04b8:0e15`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from devices.base import DeviceKind, Picture
from devices.discovery import Found, found_on_ports
from devices.done_jobs import DoneJobs
from devices.drivers.links.tcp import Lost, TcpWire
from devices.drivers.output.escpos_wire import SerialWire, Status, Wire, ask_status, encode_picture
from devices.failure import NOT_OPEN, Failure
from devices.kinds.output import ReceiptPrinter
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri, scheme_of

_SILENT = "打印机没有应答状态查询，请检查打印机是否正常"
_LOOK = "可能已经打印，请查看打印机"

Connect = Callable[[float, threading.Event], Wire]
"""Opens the wire within so many seconds; the event cancels its waits. Failure: DISCONNECTED, BUSY."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for a connection, for the first status answer before and after a job, for each further one."""

    connect: float = 3.0
    before: float = 2.0
    after: float = 5.0
    further: float = 1.0


_PROBE = Patience(connect=0.7, before=0.5, further=0.3)


class EscposPrinter(ReceiptPrinter):
    """One connection a job, so that an idle one cannot die unnoticed and other windows can print too.

    The printer's state is asked before a job (nothing is sent to one that is silent, out of paper or open) and after
    it. A job id that ended in OK is not printed again.
    """

    def __init__(
        self,
        uri: str,
        name: str,
        connect: Connect,
        width_dots: int = 576,
        answers: bool = True,
        patience: Patience | None = None,
    ) -> None:
        """answers: False for a model that never answers status questions; each of its jobs ends UNKNOWN."""
        super().__init__(uri)
        self.width_dots = width_dots
        self._name = name
        self._connect = connect
        self._answers = answers
        self._patience = patience or Patience()
        self._opened = False
        self._done = DoneJobs()

    def open(self) -> Reply[str]:
        """A printer without paper opens; `probe` and printing say what it lacks."""
        reply = self._state(self._patience)
        self._opened = reply.outcome in (Outcome.OK, Outcome.OUT_OF_PAPER)
        return Reply(Outcome.OK, self._name, reply.detail) if self._opened else reply

    def close(self) -> None:
        self._opened = False

    def probe(self) -> Reply[str]:
        if not self._opened:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        return self._state(_PROBE)

    def print_picture(self, picture: Picture, job_id: str) -> Reply[str]:
        """As ReceiptPrinter; the value is job_id. ValueError when the picture is no BGR picture or too wide.

        TIMEOUT: the printer was silent before the job and nothing was sent. A cancel after the first byte gives
        UNKNOWN, for part of the receipt may be out.
        """
        if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3 or not picture.size:
            raise ValueError("not a BGR picture")
        if picture.shape[1] > self.width_dots:
            raise ValueError(f"{picture.shape[1]} columns on a paper of {self.width_dots}")
        if not self._opened:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        if job_id in self._done:
            return Reply(Outcome.OK, job_id, "此前已打印，未重复打印")
        self._cancelled.clear()
        try:
            wire = self._connect(self._patience.connect, self._cancelled)
        except Failure as failure:
            return failure.reply
        try:
            reply = self._print(wire, encode_picture(picture), job_id)
        finally:
            wire.close()
        if reply.ok:
            self._done.add(job_id)
        return reply

    def _print(self, wire: Wire, job: bytes, job_id: str) -> Reply[str]:
        wait = self._patience
        try:
            if self._answers and (refusal := _refusal(ask_status(wire, wait.before, wait.further))):
                return refusal
        except Lost as lost:
            return Reply(Outcome.DISCONNECTED, detail=lost.detail)
        except Failure as failure:
            return failure.reply
        before = wire.sent
        try:
            wire.send(job)
            status = ask_status(wire, wait.after, wait.further) if self._answers else None
            if status is not None:
                wire.finish(0.5)
        except (Lost, Failure) as trouble:
            if wire.sent > before:
                return Reply(Outcome.UNKNOWN, detail=f"{trouble.detail}，{_LOOK}")
            outcome = trouble.outcome if isinstance(trouble, Failure) else Outcome.DISCONNECTED
            return Reply(outcome, detail=trouble.detail)
        if status is None:
            why = "打印机收到内容后没有应答" if self._answers else "此型号打印机不反馈打印结果"
            return Reply(Outcome.UNKNOWN, detail=f"{why}，{_LOOK}")
        refusal = _refusal(status)
        if refusal:
            return Reply(refusal.outcome, detail=f"打印过程中：{refusal.detail}。请核对凭条是否完整", partly=True)
        return Reply(Outcome.OK, job_id, _remark(status))

    def _state(self, wait: Patience) -> Reply[str]:
        self._cancelled.clear()
        try:
            wire = self._connect(wait.connect, self._cancelled)
        except Failure as failure:
            return failure.reply
        try:
            if not self._answers:
                return Reply(Outcome.OK, self._name, "此型号打印机不反馈状态")
            status = ask_status(wire, wait.before, wait.further)
            refusal = _refusal(status)
            return refusal or Reply(Outcome.OK, self._name, _remark(status))
        except Lost as lost:
            return Reply(Outcome.DISCONNECTED, detail=lost.detail)
        except Failure as failure:
            return failure.reply
        finally:
            wire.close()


def _refusal(status: Status | None) -> Reply[str] | None:
    """Why the printer would not print now; None when nothing speaks against it."""
    if status is None:
        return Reply(Outcome.TIMEOUT, detail=_SILENT)
    if status.paper_end:
        return Reply(Outcome.OUT_OF_PAPER, detail="打印机缺纸，请换纸")
    if status.cover_open:
        return Reply(Outcome.FAULT, detail="打印机上盖未合上")
    if status.error:
        return Reply(Outcome.FAULT, detail="打印机报告故障，请检查切刀和卡纸")
    if status.offline:
        return Reply(Outcome.FAULT, detail="打印机处于脱机状态")
    return None


def _remark(status: Status | None) -> str:
    if status is None or status.paper_end is None:
        return "打印机未报告纸张状态"
    return "纸将用完" if status.paper_low else ""


def open_driver(uri: str) -> EscposPrinter:
    """The driver of an `escpos+tcp:`, `escpos+serial:` or `escpos+usb:` URI. BadInput when it is malformed.

    Options: width (dots a line, 576 for 80 mm, 384 for 58 mm), status (0: the model never answers status questions);
    serial: baud (9600), flow (none, rtscts, xonxoff); usb: serial (the device's own number, where two are alike).
    """
    common = ["width", "status"]
    if scheme_of(uri) == "escpos+usb":
        return usb_driver(uri)
    if DeviceUri.parse(uri, [*common, "baud", "flow"]).scheme == "escpos+serial":
        parsed = DeviceUri.parse(uri, [*common, "baud", "flow"])
        port, baud = parsed.file, parsed.integer("baud", 9600, 1200, 921600)
        flow = parsed.options.get("flow", "none")
        if flow not in ("none", "rtscts", "xonxoff"):
            raise bad_uri(uri, "的流控方式不正确", "可用：none、rtscts、xonxoff。")
        name = f"凭条打印机 {port}"

        def connect(timeout: float, cancelled: threading.Event) -> Wire:
            return SerialWire(port, baud, flow, cancelled)
    else:
        parsed = DeviceUri.parse(uri, common)
        address = parsed.address(9100)
        name = f"凭条打印机 {address[0]}:{address[1]}"

        def connect(timeout: float, cancelled: threading.Event) -> Wire:
            return TcpWire(address, timeout, cancelled)

    width = parsed.integer("width", 576, 8, 1280)
    return EscposPrinter(uri, name, connect, width, parsed.flag("status", True))


def usb_driver(uri: str, backend: object = None) -> EscposPrinter:
    """The driver of an `escpos+usb:` URI: vendor and product in hex, or nothing for the only printer on USB.
    backend: of pyusb; None for the machine's own."""
    from devices.drivers.output.escpos_usb import UsbAddress, UsbWire

    parsed = DeviceUri.parse(uri, ["width", "status", "serial"])
    address = UsbAddress.parse(parsed)

    def connect(timeout: float, cancelled: threading.Event) -> Wire:
        return UsbWire(address, cancelled, backend)

    width = parsed.integer("width", 576, 8, 1280)
    return EscposPrinter(uri, f"凭条打印机 USB {address}".rstrip(), connect, width, parsed.flag("status", True))


def discover(kind: DeviceKind) -> list[Found]:
    """Every serial port could have a printer behind it. Those on a network are named by hand."""
    if kind is not DeviceKind.RECEIPT_PRINTER:
        return []
    return found_on_ports("escpos+serial", "串口凭条打印机")
