"""The manager makes the recovery code; one is reminded of while there is none."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from app.domain.errors import YichuangError
from app.presenters.desk import Desk, error_line
from app.services.recovery import Recovery
from widgets.dialogs.recovery import RecoveryDialog
from widgets.views import Tone
from widgets.window import MainWindow


class RecoveryPresenter(QObject):
    """Answers the action recovery_code. recovery: None where the store opens without a PIN."""

    def __init__(self, window: MainWindow, desk: Desk, recovery: Recovery | None) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._recovery = recovery
        self.dialog: RecoveryDialog | None = None
        self._asking = False
        desk.tasks.failed.connect(self._failed)

    def possible(self) -> bool:
        """A manager of a working profile is on duty."""
        return self._recovery is not None and self._recovery.possible

    def remind(self) -> None:
        """Somebody came on duty. While there is no code, a manager is led to it once on this machine; after that it is
        said in a line, because a visitor may be standing there."""
        recovery = self._recovery
        if recovery is None or not recovery.possible or not recovery.lacks:
            return

        def told(first: bool) -> None:
            if first:
                self.open()
                return
            title, what = self.tr("本机还没有恢复码"), self.tr("所有人都忘了口令时，没有传出的办件会打不开。")
            self._desk.tell(Tone.WARNING, title, what, self.tr("有空时按 Ctrl+Shift+K 生成。"))

        self._desk.tasks.run(recovery.first_offer, told)

    def open(self) -> None:
        """A fresh code, shown until it is typed back or left for later."""
        recovery = self._recovery
        if recovery is None or self.dialog is not None:
            return

        def show(code: str) -> None:
            dialog = RecoveryDialog(self._window, replaces=not recovery.lacks)
            dialog.set_code(code)
            dialog.typed.connect(lambda typed: self._keep(recovery, code, typed))
            dialog.finished.connect(self._closed)
            self.dialog = dialog
            dialog.open()

        self._desk.tasks.run(recovery.make, show)

    def close(self) -> None:
        """The screen locks, or somebody else comes on duty: the code goes."""
        if self.dialog is not None:
            self.dialog.reject()

    def _keep(self, recovery: Recovery, code: str, typed: str) -> None:
        self._asking = True

        def kept(_: object) -> None:
            self._asking = False
            self.close()
            self._desk.tell(Tone.SUCCESS, self.tr("恢复码已保存"), "", self.tr("请把抄好的纸封好，交管理员保管。"))

        self._desk.tasks.run(lambda: recovery.keep(code, typed), kept)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _failed(self, error: YichuangError) -> None:
        if self._asking and self.dialog is not None:
            self._asking = False
            self.dialog.say(error_line(error))
