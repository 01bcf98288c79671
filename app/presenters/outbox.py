"""F9: what waits, how it is getting on, what was refused and why; holding the upload back and letting it go."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Literal

from PyQt6.QtCore import QObject, pyqtSignal

from app.domain.case import AuditEvent
from app.domain.sending import Backlog, Drain
from app.presenters.around_words import waiting_row
from app.presenters.desk import Desk
from app.presenters.upload_words import left_words, pace_words, permille, since_words, size_words
from app.services.duty import Duty
from app.sync.progress import Meter, Pace
from app.sync.switch import EVERYTHING, UploadSwitch
from app.workers.sync_thread import SyncThread
from offline_db.outbox import OutboxCounts
from offline_db.store import Store
from widgets.dialogs.outbox import OutboxDialog
from widgets.views import OutboxRow, Tone
from widgets.window import MainWindow

SHOWN = 300
"""Entries listed at most, what needs a person first: nobody reads ten thousand lines, and they are slow to draw."""
_REREAD = 1.0
_LONG = 20
"""Entries from which on the status bar tells the time that is left."""


class OutboxPresenter(QObject):
    """The dialog lives from its first opening on. `noted`: what the status bar says of the upload has changed.
    `list_made`: the dialog is there now."""

    noted = pyqtSignal()
    list_made = pyqtSignal()

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        store: Store,
        sync: SyncThread,
        duty: Duty,
        recount: Callable[[], object],
        switch: UploadSwitch,
        pause_reminder_hours: int = 0,
    ) -> None:
        """recount: brings the status bar up to date. pause_reminder_hours: 0 reminds of no pause."""
        super().__init__()
        self._window = window
        self._desk = desk
        self._store = store
        self._sync = sync
        self._duty = duty
        self._recount = recount
        self._switch = switch
        self._remind = dt.timedelta(hours=pause_reminder_hours)
        self._reminded: dt.datetime | None = None
        self._dialog: OutboxDialog | None = None
        self._meter = Meter()
        self._pace: Pace | None = None
        self._reread = 0.0
        sync.started_run.connect(lambda: self._meter.begin(time.monotonic()))
        sync.progress.connect(self._progress)

    @property
    def dialog(self) -> OutboxDialog:
        """The dialog, made when it is first needed."""
        if self._dialog is None:
            self._dialog = OutboxDialog(self._window)
            self._dialog.upload_now.connect(lambda: self._sync.kick(urgent=True))
            self._dialog.resend.connect(lambda op: self._settle(op, "resend"))
            self._dialog.withdraw.connect(lambda op: self._settle(op, "withdraw"))
            self._dialog.pause_toggled.connect(self.toggle_pause)
            self._dialog.files_wait_toggled.connect(self._hold_files)
            self.list_made.emit()
        return self._dialog

    def open(self) -> None:
        """Show the list."""
        self.dialog.set_loading()
        self.tick()
        self._show_switch()
        self.dialog.open()
        self.refresh()

    def refresh(self) -> None:
        """Read again what is on show."""
        if self._dialog is None or not self._dialog.isVisible():
            return
        lets_out = self._switch.lets_out()
        held = [kind for kind in EVERYTHING if kind not in lets_out]

        def read() -> tuple[list[OutboxRow], OutboxCounts, Backlog]:
            waiting = self._store.waiting_list(SHOWN)
            heads = self._store.case_heads({operation.case_id for operation in waiting})
            rows = [waiting_row(operation, heads.get(operation.case_id), held) for operation in waiting]
            return rows, self._store.counts(), self._store.backlog()

        self._reread = time.monotonic()
        self._desk.tasks.run(read, self._show, order="outbox.rows")

    def run_ended(self) -> None:
        """A run of the upload is over."""
        self._pace = None
        if self._dialog is not None:
            self._dialog.set_progress(0, 0)
        self.noted.emit()
        self.refresh()

    def tick(self) -> None:
        """A second has passed: the countdowns, and the reminder of a pause."""
        if self._dialog is not None:
            self._dialog.tick(self._desk.clock.now().timestamp())
        since, now = self._switch.paused_since, self._desk.clock.now()
        if since is None or not self._remind:
            self._reminded = None
        elif now - (self._reminded or since) >= self._remind:
            self._reminded = now
            hours = int((now - since).total_seconds() // 3600)
            self._desk.tell(
                Tone.WARNING,
                self.tr("上传已暂停 {0} 小时").format(hours),
                self.tr("办件都在本机，平台还没有收到。"),
                self.tr("按 Ctrl+F9 继续上传。"),
            )

    def note(self) -> tuple[str, bool]:
        """What the status bar says of the upload beside the counts, and whether it waits for the clerk."""
        if self._switch.paused_since is not None:
            return self.tr("上传已暂停"), True
        if self._pace is not None and self._pace.drain.left.entries >= _LONG:
            return self.tr("上传中 {0}").format(left_words(self._pace)).strip(), False
        if self._switch.files_wait:
            return self.tr("只传办件"), False
        return "", False

    def toggle_pause(self) -> None:
        """Ctrl+F9: hold the upload back, or go on with it."""
        now, pausing = self._desk.clock.now(), self._switch.paused_since is None
        event = AuditEvent(now, self._duty.clerk, "upload.pause" if pausing else "upload.resume", "outbox", {})

        def change() -> None:
            if pausing:
                self._switch.pause(now)
            else:
                self._switch.resume()
            self._store.append_audit(event)

        def done(_: object) -> None:
            self._show_switch()
            if pausing:
                title = self.tr("上传已暂停")
                self._desk.tell(Tone.INFO, title, self.tr("受理照常，办件存在本机。"), self.tr("再按 Ctrl+F9 继续。"))
            else:
                self._desk.tell(Tone.SUCCESS, self.tr("继续上传"))
                self._sync.kick(urgent=True)

        self._desk.tasks.run(change, done, order="upload.switch")

    def _hold_files(self, wait: bool) -> None:
        def done(_: object) -> None:
            self._show_switch()
            if not wait:
                self._sync.kick(urgent=True)

        self._desk.tasks.run(lambda: self._switch.set_files_wait(wait), done, order="upload.switch")

    def _show_switch(self) -> None:
        since = self._switch.paused_since
        if self._dialog is not None:
            self._dialog.set_switch(since_words(since) if since else "", files_wait=self._switch.files_wait)
        self.noted.emit()
        self.refresh()

    def _show(self, found: tuple[list[OutboxRow], OutboxCounts, Backlog]) -> None:
        rows, counts, backlog = found
        if self._dialog is not None:
            files = f"{backlog.files}", size_words(backlog.bytes)
            self._dialog.set_rows(rows, counts.waiting, counts.parked, files if backlog.files else None)

    def _settle(self, op_id: str, action: Literal["resend", "withdraw"]) -> None:
        event = AuditEvent(self._desk.clock.now(), self._duty.clerk, f"outbox.{action}", op_id, {})

        def done(_: object) -> None:
            self._recount()
            self.refresh()
            self._sync.kick()

        self._desk.tasks.run(lambda: self._store.settle(op_id, action, event), done)

    def _progress(self, drain: Drain) -> None:
        now = time.monotonic()
        self._pace = self._meter.look(drain, now)
        self.noted.emit()
        if self._dialog is None or not self._dialog.isVisible():
            return
        moving = bool(drain.left.entries) and bool(self._switch.lets_out())
        self._dialog.set_progress(permille(self._pace), 1000 if moving else 0, pace_words(self._pace))
        if now - self._reread >= _REREAD:
            self.refresh()
