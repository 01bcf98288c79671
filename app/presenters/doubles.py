"""Ctrl+D in my cases: what a person says of a case that another window may have accepted too."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from app.domain.double import Decision
from app.domain.errors import YichuangError
from app.presenters.desk import Desk, error_line
from app.presenters.double_words import double_view
from app.server.errors import TryLater, Unreachable
from app.services.duty import Duty
from app.services.my_cases import CaseDetail, MyCases
from widgets.dialogs.double import DoubleDialog
from widgets.views import Tone


class DoublesPresenter(QObject):
    """One pair after the other. The platform hears it first: nothing is noted that it does not know."""

    def __init__(
        self, parent: QWidget, desk: Desk, service: MyCases, duty: Duty, settled: Callable[[str], object]
    ) -> None:
        """settled: called with the case's id once the platform has taken the word."""
        super().__init__(parent)
        self._desk = desk
        self._service = service
        self._duty = duty
        self._settled = settled
        self._detail: CaseDetail | None = None
        self.dialog = DoubleDialog(parent)
        self.dialog.decided.connect(self._decide)

    def open(self, detail: CaseDetail) -> None:
        """Ask about the first open pair of the case; nothing when there is none."""
        if detail.open_double is None:
            return
        self._detail = detail
        self.dialog.set_view(double_view(detail, detail.open_double))
        self.dialog.open()

    def _decide(self, said: str) -> None:
        detail = self._detail
        if detail is None or detail.open_double is None:
            return
        double, clerk = detail.open_double, self._duty.clerk

        def tell() -> YichuangError | None:
            try:
                self._service.settle_double(detail, double, Decision(said), clerk)
            except YichuangError as error:
                return error  # told in the dialog that asks
            return None

        def told(error: YichuangError | None) -> None:
            if error is not None:
                self.dialog.set_busy(False)
                away = isinstance(error, Unreachable | TryLater)
                words = self.tr("现在连不上平台，还没有记下；联网后请再选一次。") if away else error_line(error)
                self.dialog.set_message(words, Tone.ERROR)
                return
            self.dialog.accept()
            self._settled(detail.case.case_id)

        self._desk.tasks.run(tell, told, order="double")
