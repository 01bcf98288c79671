"""The manager looks after the window's clerks."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from app.domain.clerk import Clerk
from app.domain.errors import YichuangError
from app.presenters.desk import Desk, error_line
from app.services.clerks import Clerks
from widgets.dialogs.clerks import ClerksDialog
from widgets.dialogs.confirm import confirm
from widgets.dialogs.sign_in import ClerkView
from widgets.views import Tone
from widgets.window import MainWindow


class ClerksPresenter(QObject):
    """Register, give a new PIN, let go; each is in the audit trail."""

    def __init__(self, window: MainWindow, desk: Desk, clerks: Clerks) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._clerks = clerks
        self._dialog: ClerksDialog | None = None
        self._asking = False
        desk.tasks.failed.connect(self._failed)

    def open(self) -> None:
        """The list. It is made anew each time: a one-time PIN must not be read by who opens it next."""
        dialog = ClerksDialog(self._window)
        dialog.enrolled.connect(self._enrol)
        dialog.reset.connect(self._reset)
        dialog.retired.connect(self._retire)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()
        dialog.begin()
        self._fill()

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _fill(self) -> None:
        self._desk.tasks.run(self._clerks.known, self._show)

    def _show(self, known: tuple[Clerk, ...]) -> None:
        if self._dialog is not None:
            self._dialog.set_clerks([ClerkView(clerk.number, clerk.name) for clerk in known])

    def _enrol(self, number: str, name: str) -> None:
        said = self.tr("{0}已登记，首次口令 {1}。请当面告知本人。")
        self._run(lambda: self._clerks.enrol(number, name), lambda pin: self._told(said.format(name, pin)))

    def _reset(self, number: str) -> None:
        said = self.tr("工号 {0} 的口令已重设为 {1}。请当面告知本人。")
        self._run(lambda: self._clerks.reset_pin(number), lambda pin: self._told(said.format(number, pin)))

    def _retire(self, number: str) -> None:
        if confirm(
            self._dialog,
            self.tr("停用这位窗口人员？"),
            self.tr("停用后不能再登录；以前经办的记录都保留。"),
            self.tr("停用"),
            danger=True,
        ):
            said = self.tr("工号 {0} 已停用。").format(number)
            self._run(lambda: self._clerks.retire(number), lambda _: self._told(said))

    def _run(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._asking = True
        self._desk.tasks.run(work, then)

    def _told(self, words: str) -> None:
        self._asking = False
        if self._dialog is not None:
            self._dialog.say(words, Tone.SUCCESS)
            self._dialog.begin()
            self._fill()

    def _failed(self, error: YichuangError) -> None:
        if self._asking and self._dialog is not None:
            self._asking = False
            self._dialog.say(error_line(error), Tone.ERROR)
