"""The status bar: device lights, connection, outbox, clock; and the outbox list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from app.domain.clock import shanghai
from app.presenters.desk import Desk
from app.presenters.outbox import OutboxPresenter
from app.presenters.screen_devices import ALWAYS_SHOWN, GROUP_NAMES, SLOT_NAMES, Owner
from app.presenters.words import light_view
from app.server.errors import CaptivePortal
from app.services.duty import Duty
from app.sync.engine import SyncReport
from app.sync.switch import UploadSwitch
from app.workers.sync_thread import SyncThread
from devices.absent import EMPTY
from devices.outcome import Reply
from devices.slots import SLOTS
from offline_db.outbox import OutboxCounts
from offline_db.store import Store
from widgets.views import LightView, Tone
from widgets.window import MainWindow


class StatusPresenter(QObject):
    """`synced` carries each SyncReport after the bar has been changed."""

    synced = pyqtSignal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        store: Store,
        sync: SyncThread,
        threads: Mapping[str, Owner],
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
        self._threads = threads
        for slot, thread in threads.items():
            if self._shown(slot):
                # Lamps stand in the slots' order from the start, whoever answers first.
                self._lamp(LightView(slot, self.tr(SLOT_NAMES[slot]), "unknown", words=self.tr("检查中")))
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

    @property
    def all_ready(self) -> bool:
        """Has every device that has a lamp said that it works?"""
        shown = [slot for slot in self._threads if self._shown(slot)]
        return all(slot in self.lights and self.lights[slot].ok for slot in shown)

    def _shown(self, slot: str) -> bool:
        """Has this place a lamp? One that is empty has none, unless every counter has such a device."""
        return slot in ALWAYS_SHOWN or self._threads[slot].device.uri != EMPTY

    def _light(self, slot: str, reply: Reply[str]) -> None:
        if self._shown(slot):
            self.lights[slot] = reply
            self._lamp(light_view(slot, self.tr(SLOT_NAMES[slot]), reply))
        else:
            self.lights.pop(slot, None)
            self._window.status.lights.drop_light(slot)

    def _lamp(self, light: LightView) -> None:
        group = SLOTS[light.id].category
        self._window.status.set_light(replace(light, group=group, group_name=self.tr(GROUP_NAMES[group])))

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
