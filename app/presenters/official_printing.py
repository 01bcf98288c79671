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

    def print(self, wanted: Wanted, make: Callable[[], bytes]) -> None:
        """Make a PDF in a worker and print it."""

        def ready() -> tuple[bytes, str]:
            pdf = make()
            return pdf, self._service.next_job(wanted, pdf)

        if self._printer is not None:
            self._desk.tasks.run(ready, lambda made: self._send(wanted, *made), order=_ORDER)

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

    def _send(self, wanted: Wanted, pdf: bytes, job_id: str) -> None:
        def done(reply: Reply[str]) -> None:
            if reply.ok:
                self._desk.tell(Tone.SUCCESS, self.tr("表样已送打印机"), "", self.tr("再按一次打印，就再打一份。"))
            elif reply.outcome is Outcome.UNKNOWN:
                self._ask_whether_printed(wanted, pdf, job_id, reply)
            else:
                todo = self.tr("处理打印机后再按打印。")
                self._desk.tell(Tone.ERROR, self.tr("打印机没有打印"), reply.detail, todo)

        assert self._printer is not None  # noqa: S101 - callers have looked
        self._printer.call(
            lambda device: self._papers.print_once(job_id, job_id, lambda: device.print_pdf(pdf, job_id, wanted.form)),
            done,
        )

    def _ask_whether_printed(self, wanted: Wanted, pdf: bytes, job_id: str, reply: Reply[str]) -> None:
        """Only a person can see whether paper came out; printing twice is worse than asking."""
        came_out = confirm(
            self._window,
            self.tr("打印机没有答复"),
            self.tr("{0}。请看一下：纸出来了吗？").format(core_words(reply.detail)),
            self.tr("已出纸"),
            self.tr("没有出纸"),
        )
        papers = self._papers
        if came_out:
            self._desk.tasks.run(lambda: papers.confirm(job_id), lambda _: None)
        else:
            self._desk.tasks.run(lambda: papers.forget(job_id), lambda _: self._send(wanted, pdf, job_id))
