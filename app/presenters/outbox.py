"""F9: what waits, how it is getting on, what was refused and why."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from PyQt6.QtCore import QObject

from app.domain.case import AuditEvent, OutboxState
from app.presenters.around_words import waiting_row
from app.presenters.desk import Desk
from app.services.duty import Duty
from app.workers.sync_thread import SyncThread
from offline_db.store import Store
from widgets.dialogs.outbox import OutboxDialog
from widgets.views import OutboxRow
from widgets.window import MainWindow

_OPEN = (OutboxState.PENDING, OutboxState.INFLIGHT, OutboxState.RETRY, OutboxState.PARKED)


class OutboxPresenter(QObject):
    """The dialog lives from its first opening on."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        store: Store,
        sync: SyncThread,
        duty: Duty,
        recount: Callable[[], object],
    ) -> None:
        """recount: brings the status bar up to date."""
        super().__init__()
        self._window = window
        self._desk = desk
        self._store = store
        self._sync = sync
        self._duty = duty
        self._recount = recount
        self._dialog: OutboxDialog | None = None
        self._began = 0.0
        sync.started_run.connect(self._run_began)
        sync.progress.connect(self._progress)

    @property
    def dialog(self) -> OutboxDialog:
        """The dialog, made when it is first needed."""
        if self._dialog is None:
            self._dialog = OutboxDialog(self._window)
            self._dialog.upload_now.connect(lambda: self._sync.kick(urgent=True))
            self._dialog.resend.connect(lambda op: self._settle(op, "resend"))
            self._dialog.withdraw.connect(lambda op: self._settle(op, "withdraw"))
        return self._dialog

    def open(self) -> None:
        """Show the list."""
        self.dialog.set_loading()
        self.tick()
        self.dialog.open()
        self.refresh()

    def refresh(self) -> None:
        """Read again what is on show."""
        if self._dialog is None or not self._dialog.isVisible():
            return

        def rows() -> list[OutboxRow]:
            waiting = self._store.outbox(_OPEN)
            return [waiting_row(operation, self._store.case(operation.case_id)) for operation in waiting]

        self._desk.tasks.run(rows, self._dialog.set_rows)

    def run_ended(self) -> None:
        """A run of the upload is over."""
        if self._dialog is not None:
            self._dialog.set_progress(0, 0)
        self.refresh()

    def tick(self) -> None:
        """A second has passed: the countdowns."""
        if self._dialog is not None:
            self._dialog.tick(self._desk.clock.now().timestamp())

    def _settle(self, op_id: str, action: Literal["resend", "withdraw"]) -> None:
        event = AuditEvent(self._desk.clock.now(), self._duty.clerk, f"outbox.{action}", op_id, {})

        def done(_: object) -> None:
            self._recount()
            self.refresh()
            self._sync.kick()

        self._desk.tasks.run(lambda: self._store.settle(op_id, action, event), done)

    def _run_began(self) -> None:
        self._began = time.monotonic()

    def _progress(self, done: int, total: int) -> None:
        if self._dialog is None or not self._dialog.isVisible():
            return
        lasted = time.monotonic() - self._began
        self._dialog.set_progress(done, total, self._left(done, total, lasted))
        self.refresh()

    def _left(self, done: int, total: int, lasted: float) -> str:
        """How far it is and how long it may still take, by the pace so far."""
        seconds = lasted / done * (total - done) if done else 0.0
        words = self.tr("已传 {0}，还有 {1}").format(done, total - done)
        if done >= total:
            return words
        if seconds < 60:
            return self.tr("{0}，约还需 {1} 秒").format(words, max(round(seconds), 1))
        return self.tr("{0}，约还需 {1} 分钟").format(words, -(-round(seconds) // 60))
