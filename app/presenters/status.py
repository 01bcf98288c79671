"""The status bar: device lights, connection, outbox, clock; and the outbox list."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer, pyqtSignal

from app.domain.clock import shanghai
from app.presenters.desk import Desk
from app.presenters.outbox import OutboxPresenter
from app.presenters.words import light_view
from app.server.errors import CaptivePortal
from app.services.duty import Duty
from app.sync.engine import SyncReport
from app.sync.switch import UploadSwitch
from app.workers.camera_thread import CameraThread
from app.workers.device_thread import DeviceThread
from app.workers.sync_thread import SyncThread
from devices.outcome import Reply
from offline_db.outbox import OutboxCounts
from offline_db.store import Store
from widgets.views import LightView, Tone
from widgets.window import MainWindow

SLOT_NAMES = {
    "id_reader": QT_TRANSLATE_NOOP("StatusPresenter", "读卡器"),
    "camera": QT_TRANSLATE_NOOP("StatusPresenter", "扫码摄像头"),
    "document_camera": QT_TRANSLATE_NOOP("StatusPresenter", "高拍仪"),
    "document_camera_side": QT_TRANSLATE_NOOP("StatusPresenter", "高拍仪副头"),
    "scanner": QT_TRANSLATE_NOOP("StatusPresenter", "扫描仪"),
    "receipt_printer": QT_TRANSLATE_NOOP("StatusPresenter", "凭条打印机"),
    "printer": QT_TRANSLATE_NOOP("StatusPresenter", "打印机"),
    "receipt_printer_2": QT_TRANSLATE_NOOP("StatusPresenter", "备用凭条打印机"),
    "printer_2": QT_TRANSLATE_NOOP("StatusPresenter", "备用打印机"),
    "fingerprint": QT_TRANSLATE_NOOP("StatusPresenter", "指纹仪"),
    "rating_device": QT_TRANSLATE_NOOP("StatusPresenter", "评价器"),
    "customer_screen": QT_TRANSLATE_NOOP("StatusPresenter", "群众屏"),
    "queue_caller": QT_TRANSLATE_NOOP("StatusPresenter", "叫号"),
    "payment_terminal": QT_TRANSLATE_NOOP("StatusPresenter", "刷卡终端"),
    "payment_code": QT_TRANSLATE_NOOP("StatusPresenter", "扫码收款"),
}


class StatusPresenter(QObject):
    """`synced` carries each SyncReport after the bar has been changed."""

    synced = pyqtSignal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        store: Store,
        sync: SyncThread,
        threads: Mapping[str, DeviceThread | CameraThread],
        duty: Duty,
        switch: UploadSwitch,
        pause_reminder_hours: int = 0,
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._store = store
        self.outbox = OutboxPresenter(window, desk, store, sync, duty, self.refresh, switch, pause_reminder_hours)
        self.outbox.noted.connect(self._show_outbox)
        self._counts = OutboxCounts(0, 0)
        self.lights: dict[str, Reply[str]] = {}
        self.report: SyncReport | None = None
        self.waiting = 0
        for slot, thread in threads.items():
            # Lamps stand in the slots' order from the start, whoever answers first.
            window.status.set_light(LightView(slot, self.tr(SLOT_NAMES[slot]), "unknown", words=self.tr("检查中")))
            thread.light.connect(lambda reply, slot=slot: self._light(slot, reply))
        sync.report.connect(self._reported)
        window.status.set_connection("checking", "")
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._tick()
        self.refresh()

    @property
    def online(self) -> bool:
        return self.report is not None and self.report.online

    def stop(self) -> None:
        """The window closes: the clock stands still."""
        self._clock.stop()

    def refresh(self) -> None:
        """Count the outbox again, off the event loop."""
        self._desk.tasks.run(self._store.counts, self._counted)

    def _counted(self, counts: OutboxCounts) -> None:
        self.waiting = counts.waiting
        self._counts = counts
        self._show_outbox()

    def _show_outbox(self) -> None:
        note, attention = self.outbox.note()
        self._window.status.set_outbox(self._counts.waiting, self._counts.parked, note, attention=attention)

    def _light(self, slot: str, reply: Reply[str]) -> None:
        self.lights[slot] = reply
        self._window.status.set_light(light_view(slot, self.tr(SLOT_NAMES[slot]), reply))

    def _reported(self, report: SyncReport) -> None:
        before, self.report = self.report, report
        if before is None or (before.online, before.portal) != (report.online, report.portal):
            since = f"{shanghai(self._desk.clock.now()):%H:%M}"
            words = (self.tr("{0} 起") if report.online else self.tr("{0} 起，可继续受理")).format(since)
            state = "portal" if report.portal else "online" if report.online else "offline"
            self._window.status.set_connection(state, words)
            if report.portal:
                error = CaptivePortal()
                self._desk.tell(Tone.WARNING, error.title, error.what, error.todo)
        self.refresh()
        self.outbox.run_ended()
        self.synced.emit(report)

    def _tick(self) -> None:
        self.outbox.tick()
        self._window.status.set_clock(f"{shanghai(self._desk.clock.now()):%m-%d %H:%M}")
