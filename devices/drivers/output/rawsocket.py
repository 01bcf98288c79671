"""Page printers on a raw TCP port (AppSocket, JetDirect) that take PDF: `socket://192.168.1.60:9100`."""

from __future__ import annotations

from devices.done_jobs import DoneJobs
from devices.drivers.links.tcp import Lost, TcpWire
from devices.failure import NOT_OPEN, Failure
from devices.kinds.output import PLAIN, PageSetup, Printer
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

_CONNECT = 3.0
_PROBE = 1.5


class RawSocketPrinter(Printer):
    """One connection a job: the printer takes the bytes until we hang up, and hangs up when it has them all.

    That is the only acknowledgement raw printing has: OK means taken by the printer. A job id that ended in OK is not
    sent again.
    """

    def __init__(self, uri: str, address: tuple[str, int], wait: float = 30.0) -> None:
        """wait: seconds to wait for the printer to hang up."""
        super().__init__(uri)
        self._address = address
        self._wait = wait
        self.patience = wait + 60.0  # the bytes go first, at the printer's own pace
        self._opened = False
        self._done = DoneJobs()

    def open(self) -> Reply[str]:
        reply = self._reach(_CONNECT)
        self._opened = reply.ok
        return reply

    def close(self) -> None:
        self._opened = False

    def probe(self) -> Reply[str]:
        """Connects and hangs up; printers take that for no job."""
        return self._reach(_PROBE) if self._opened else Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)

    def print_pdf(self, pdf: bytes, job_id: str, title: str, setup: PageSetup = PLAIN) -> Reply[str]:
        """As Printer; raw printing has no place for a title or a setup and gives no reference. ValueError when pdf is
        none.

        A cancel after the first byte gives UNKNOWN: the printer may print what it has.
        """
        if not pdf.startswith(b"%PDF-"):
            raise ValueError("not a PDF")
        if not self._opened:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        if job_id in self._done:
            return Reply(Outcome.OK, "", "此前已打印，未重复发送")
        self._cancelled.clear()
        try:
            wire = TcpWire(self._address, _CONNECT, self._cancelled)
        except Failure as failure:
            return failure.reply
        try:
            wire.send(pdf)
            taken = wire.finish(self._wait)
        except Lost as lost:
            return self._unknown(lost.detail) if wire.sent else Reply(Outcome.DISCONNECTED, detail=lost.detail)
        except Failure as failure:
            return self._unknown("已取消等待") if wire.sent else failure.reply
        finally:
            wire.close()
        if not taken:
            return self._unknown("文件已发送，打印机没有确认")
        self._done.add(job_id)
        return Reply(Outcome.OK, "")

    def _unknown(self, why: str) -> Reply[str]:
        return Reply(Outcome.UNKNOWN, detail=f"{why}，可能已经打印，请到打印机处查看")

    def _reach(self, timeout: float) -> Reply[str]:
        try:
            TcpWire(self._address, timeout, self._cancelled).close()
        except Failure as failure:
            return failure.reply
        return Reply(Outcome.OK, f"网络打印机 {self._address[0]}:{self._address[1]}")


def open_driver(uri: str) -> RawSocketPrinter:
    """The driver of a `socket:` URI. BadInput when it is malformed. Options: wait (seconds, 1–600)."""
    parsed = DeviceUri.parse(uri, ["wait"])
    return RawSocketPrinter(uri, parsed.address(9100), parsed.number("wait", 30.0, 1, 600))
