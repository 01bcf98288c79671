"""Official forms on paper: whole, or their values alone onto paper on which the form is printed already."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QObject

from app.domain.official import Shift
from app.presenters.desk import Desk
from app.services.official_forms import FillOfficial, Wanted
from app.services.print_papers import PrintPapers
from app.workers.device_thread import DeviceThread
from devices.outcome import Outcome, Reply
from widgets.dialogs.confirm import confirm
from widgets.dialogs.preprinted import PreprintedDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

_ORDER = "official"


class OfficialPrinting(QObject):
    """Each time asked is one copy; a try without an answer asks the clerk, and is never printed twice unasked."""

    def __init__(
        self, window: MainWindow, desk: Desk, service: FillOfficial, papers: PrintPapers, printer: DeviceThread | None
    ) -> None:
        super().__init__()
        self._window, self._desk, self._service = window, desk, service
        self._papers, self._printer = papers, printer
        self._copies: dict[str, int] = {}

    def forget(self) -> None:
        """The next visitor: copies count from one again."""
        self._copies = {}

    def print(self, wanted: Wanted, make: Callable[[], bytes]) -> None:
        """Make a PDF in a worker and print it."""
        if self._printer is not None:
            self._desk.tasks.run(make, lambda pdf: self._send(wanted, pdf), order=_ORDER)

    def preprinted(self, wanted: Wanted, values: Mapping[str, str], title: str) -> None:
        """Ask for this printer's offset, then print the values alone."""
        if self._printer is None:
            return
        service, printer = self._service, self._printer.device.uri

        def open_dialog(shift: Shift) -> None:
            dialog = PreprintedDialog(title, shift, self._window)
            dialog.trial_requested.connect(lambda s: self._print_shifted(wanted, None, s))
            dialog.print_requested.connect(lambda s: self._print_shifted(wanted, values, s))
            dialog.open_once()

        self._desk.tasks.run(lambda: service.shift(printer), open_dialog)

    def _print_shifted(self, wanted: Wanted, values: Mapping[str, str] | None, shift: Shift) -> None:
        """values: None prints the trial's frames. The offset is kept for this printer with either."""
        if self._printer is None:
            return
        service, printer = self._service, self._printer.device.uri

        def make() -> bytes:
            service.keep_shift(printer, shift)
            return service.trial(wanted, shift) if values is None else service.values_only(wanted, values, shift)

        self.print(wanted, make)

    def _send(self, wanted: Wanted, pdf: bytes) -> None:
        base = self._service.job_id(wanted, pdf, 0)
        copy = self._copies.get(base, 0) + 1
        job_id, title = self._service.job_id(wanted, pdf, copy), wanted.form

        def done(reply: Reply[str]) -> None:
            if reply.ok:
                self._copies[base] = copy
                self._desk.tell(Tone.SUCCESS, self.tr("表样已送打印机"), "", self.tr("再按一次打印，就再打一份。"))
            elif reply.outcome is Outcome.UNKNOWN:
                self._ask_whether_printed(wanted, pdf, base, copy, reply)
            else:
                todo = self.tr("处理打印机后再按打印。")
                self._desk.tell(Tone.ERROR, self.tr("打印机没有打印"), reply.detail, todo)

        assert self._printer is not None  # noqa: S101 - callers have looked
        self._printer.call(
            lambda device: self._papers.print_once(job_id, job_id, lambda: device.print_pdf(pdf, job_id, title)), done
        )

    def _ask_whether_printed(self, wanted: Wanted, pdf: bytes, base: str, copy: int, reply: Reply[str]) -> None:
        job_id = self._service.job_id(wanted, pdf, copy)
        came_out = confirm(
            self._window,
            self.tr("打印机没有答复"),
            self.tr("{0}。请看一下：纸出来了吗？").format(core_words(reply.detail)),
            self.tr("已出纸"),
            self.tr("没有出纸"),
        )
        if came_out:
            self._copies[base] = copy
            self._desk.tasks.run(lambda: self._papers.confirm(job_id), lambda _: None)
        else:
            self._desk.tasks.run(lambda: self._papers.forget(job_id), lambda _: self._send(wanted, pdf))
