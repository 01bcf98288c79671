"""Official forms on paper: whole, or their values alone onto paper on which the form is printed already."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QObject

from app.domain.official import Shift
from app.presenters.desk import Desk
from app.presenters.print_desk import PrintDesk
from app.services.official_forms import PAPER_KIND, FillOfficial, Wanted
from widgets.dialogs.preprinted import PreprintedDialog
from widgets.views import Tone
from widgets.window import MainWindow

_ORDER = "official"


class OfficialPrinting(QObject):
    """Each time asked is one copy, a job of the print desk."""

    def __init__(self, window: MainWindow, desk: Desk, service: FillOfficial, printing: PrintDesk) -> None:
        super().__init__()
        self._window, self._desk, self._service, self._printing = window, desk, service, printing

    @property
    def possible(self) -> bool:
        """Is there a printer for sheets?"""
        return bool(self._printing.sheet_printer(PAPER_KIND))

    def print(self, wanted: Wanted, make: Callable[[], bytes]) -> None:
        """Make a PDF in a worker and give it to the print desk."""

        def ready() -> tuple[bytes, str, str]:
            pdf = make()
            return pdf, self._service.next_job(wanted, pdf), self._service.title(wanted)[0]

        def send(made: tuple[bytes, str, str]) -> None:
            pdf, job_id, title = made
            if self._printing.print_pdf(job_id, PAPER_KIND, title, pdf):
                self._desk.tell(Tone.SUCCESS, self.tr("表样已送打印机"), "", self.tr("再按一次打印，就再打一份。"))

        self._desk.tasks.run(ready, send, order=_ORDER)

    def preprinted(self, wanted: Wanted, values: Mapping[str, str], title: str) -> None:
        """Ask for this printer's offset, then print the values alone."""
        printer = self._printing.sheet_printer(PAPER_KIND)
        if not printer:
            return
        service = self._service

        def open_dialog(shift: Shift) -> None:
            dialog = PreprintedDialog(title, shift, self._window)
            dialog.trial_requested.connect(lambda s: self._print_shifted(wanted, None, s))
            dialog.print_requested.connect(lambda s: self._print_shifted(wanted, values, s))
            dialog.open_once()

        self._desk.tasks.run(lambda: service.shift(printer), open_dialog)

    def _print_shifted(self, wanted: Wanted, values: Mapping[str, str] | None, shift: Shift) -> None:
        """values: None prints the trial's frames. The offset is kept for this printer with either."""
        service, printer = self._service, self._printing.sheet_printer(PAPER_KIND)

        def make() -> bytes:
            service.keep_shift(printer, shift)
            return service.trial(wanted, shift) if values is None else service.values_only(wanted, values, shift)

        self.print(wanted, make)
