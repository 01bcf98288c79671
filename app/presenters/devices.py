"""Ctrl+Shift+D: the device panel: how each device is, connecting it again, trying it out, choosing another."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, Protocol

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.case import AuditEvent
from app.domain.clock import isoformat, parse_iso, shanghai
from app.presenters.desk import Desk
from app.presenters.device_setup import DeviceSetup
from app.presenters.device_trials import Trial, trial_of, trial_words
from app.presenters.device_words import device_row
from app.presenters.screen_devices import Owner
from app.services.device_settings import DeviceSettings
from app.services.duty import Duty
from app.workers.camera_thread import CameraThread, as_image
from app.workers.device_owner import Call
from app.workers.device_thread import DeviceThread
from devices.base import Device
from devices.outcome import Outcome, Reply
from widgets.dialogs.devices import DevicesDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

KEY = "devices.seen"
LOOK_SECONDS = 5.0
"""How long a camera is looked through when it is tried."""


class Records(Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def append_audit(self, event: AuditEvent) -> None: ...


class DevicesPresenter(QObject):
    """Listens to every light, remembers when each device last worked, over restarts too.

    `changed` follows a reply of a device that was connected again: slot and Reply.
    """

    changed = pyqtSignal(str, object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        records: Records,
        threads: Mapping[str, Owner],
        duty: Duty,
        settings: DeviceSettings | None = None,
        *,
        real: bool = True,
    ) -> None:
        """settings: where a choice of devices is kept; None: it cannot be changed here. real: no emulators."""
        super().__init__()
        self._window = window
        self._desk = desk
        self._records = records
        self._threads = threads
        self._duty = duty
        self._replies: dict[str, Reply[str]] = {}
        self._since: dict[str, str] = {}
        self._seen: dict[str, str] = {}
        self._known = False
        self._call: Call | None = None
        self._live = ""
        self._frames = 0
        self._began = 0.0
        self._only_connect = False
        self.dialog = DevicesDialog(window)
        self.dialog.reconnect.connect(self.reconnect)
        self.dialog.trial.connect(self.trial)
        self.dialog.stopped.connect(self._stop)
        self.setup = DeviceSetup(self.dialog, desk, threads, settings, real=real) if settings is not None else None
        if self.setup is not None:
            self.dialog.setup.connect(self.setup.open)
            self.setup.changed.connect(lambda slot: self._show(slot))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._stop)
        for slot, thread in threads.items():
            thread.light.connect(lambda reply, slot=slot: self._light(slot, reply))
            if isinstance(thread, CameraThread):
                thread.frame.connect(lambda image, _, slot=slot: self._frame(slot, image))
                thread.ended.connect(lambda reply, slot=slot: self._ended(slot, reply))
        desk.tasks.run(lambda: records.setting(KEY), self._remember, order="settings")

    def open(self, slot: str = "") -> None:
        """Show the panel. slot: the device to mark; else the first that wants something."""
        self.dialog.set_result("", Tone.NEUTRAL)
        holder = self._duty.holder
        self.dialog.set_choosing(self.setup is not None and holder is not None and holder.manager)
        self._show(slot or self._first_in_trouble())
        self.dialog.open()

    def reconnect(self, slot: str) -> None:
        """Close and open the device again."""
        thread = self._threads[slot]
        self.dialog.set_result(self.tr("正在重新连接…"), Tone.INFO)
        thread.nudge()
        if isinstance(thread, CameraThread):
            self._look(slot, thread, only_connect=True)
            return

        def reopen(device: Device) -> Reply[str]:
            device.close()
            return device.open()

        def done(reply: Reply[str]) -> None:
            self._light(slot, reply)
            self.changed.emit(slot, reply)
            self._tell(reply, self.tr("已经连上。"))

        thread.call(reopen, done)

    def trial(self, slot: str) -> None:
        """Read a card, print a line, look through the camera."""
        thread = self._threads[slot]
        if isinstance(thread, CameraThread):
            self._look(slot, thread, only_connect=False)
            return
        if self._call is not None:
            return  # the one under way first
        trial = trial_of(thread.device.kind)
        self.dialog.set_result(trial_words(trial.asks), Tone.INFO)
        device, clock = thread.device, self._desk.clock
        self._desk.tasks.run(lambda: trial.prepare(device, clock), lambda made: self._try(slot, thread, trial, made))

    def _try(self, slot: str, thread: DeviceThread, trial: Trial, made: object) -> None:
        if not self.dialog.isVisible():
            return  # left meanwhile
        self._call = thread.call(lambda device: trial.run(device, made), lambda reply: self._tried(slot, trial, reply))

    def _tried(self, slot: str, trial: Trial, reply: Reply[Any]) -> None:
        self._call = None
        self._note(slot, reply)
        if reply.ok:
            told = trial.told(reply.unwrap())
            self.dialog.set_result(told.words, Tone.SUCCESS)
            if told.picture is not None and self.dialog.isVisible():
                self.dialog.set_frame(as_image(told.picture))
        elif reply.outcome is Outcome.NOT_PRESENT and trial.nothing:
            self.dialog.set_result(trial_words(trial.nothing), Tone.INFO)
        elif reply.outcome is Outcome.CANCELLED:
            self.dialog.set_result(self.tr("已停止。"), Tone.NEUTRAL)
        else:
            self._tell(reply, "")

    def _look(self, slot: str, thread: CameraThread, only_connect: bool) -> None:
        if thread.streaming:
            self.dialog.set_result(self.tr("正在使用中，画面在主屏右下角。"), Tone.INFO)
            return
        self._live, self._frames, self._began, self._only_connect = slot, 0, time.monotonic(), only_connect
        self.dialog.set_result(self.tr("正在打开画面…"), Tone.INFO)
        self._timer.start(round(LOOK_SECONDS * 1000))
        thread.start_stream()

    def _frame(self, slot: str, image: QImage) -> None:
        if slot != self._live:
            return
        self._frames += 1
        if self._only_connect:
            self._stop()
            return
        if self._frames == 1:
            self.dialog.set_result(self.tr("正在看画面，按 Esc 停止。"), Tone.INFO)
        self.dialog.set_frame(image)
        thread = self._threads[slot]
        if isinstance(thread, CameraThread):
            thread.taken()

    def _stop(self) -> None:
        """The panel is left, or Esc: end what it asked for. A camera's end then says how it was."""
        if self._call is not None:
            self._call.cancel()
        thread = self._threads.get(self._live)
        self._timer.stop()
        if isinstance(thread, CameraThread):
            thread.stop_stream()

    def _ended(self, slot: str, reply: Reply[Any]) -> None:
        if slot != self._live:
            return
        frames, lasted = self._frames, max(time.monotonic() - self._began, 0.001)
        self._live = ""
        self._timer.stop()
        self.dialog.set_live(False)
        well = Reply(Outcome.OK, "") if frames else reply
        self._note(slot, well)
        if frames and self._only_connect:
            self.dialog.set_result(self.tr("已经连上。"), Tone.SUCCESS)
        elif frames:
            words = self.tr("画面正常，每秒约 {0} 帧。").format(max(round(frames / lasted), 1))
            self.dialog.set_result(words, Tone.SUCCESS)
        else:
            self._tell(reply, "")

    def _tell(self, reply: Reply[Any], good: str) -> None:
        if reply.ok:
            self.dialog.set_result(good, Tone.SUCCESS)
            return
        words = core_words(reply.detail) or self.tr("没有成功，设备没有说明原因。")
        self.dialog.set_result(words, Tone.WARNING)

    def _note(self, slot: str, reply: Reply[Any]) -> None:
        """Trying a device out is written down: a card may have been read."""
        at = self._desk.clock.now()
        event = AuditEvent(at, self._duty.clerk, "device.tried", slot, {"outcome": str(reply.outcome)})
        if reply.ok:
            self._saw(slot)
        self._desk.tasks.run(lambda: self._records.append_audit(event), lambda _: None)

    def _light(self, slot: str, reply: Reply[str]) -> None:
        before = self._replies.get(slot)
        self._replies[slot] = reply
        if before is None or before.outcome is not reply.outcome:
            self._since[slot] = isoformat(self._desk.clock.now())
        if reply.ok:
            self._saw(slot)
        if self.dialog.isVisible():
            self._show()

    def _saw(self, slot: str) -> None:
        self._seen[slot] = isoformat(self._desk.clock.now())
        if self._known:
            self._keep()

    def _keep(self) -> None:
        text = json.dumps(self._seen)
        self._desk.tasks.run(lambda: self._records.set_setting(KEY, text), lambda _: None, order="settings")

    def _remember(self, text: str | None) -> None:
        """What was seen before this start; what has been seen since is newer, and is not written before this is known:
        it would take the place of what stands there."""
        try:
            known = json.loads(text or "{}")
            before = {str(slot): isoformat(parse_iso(at)) for slot, at in known.items()}
        except (ValueError, AttributeError, TypeError):
            before = {}  # a convenience: damaged, it begins anew
        self._known, news = True, bool(self._seen)
        self._seen = {**before, **self._seen}
        if news:
            self._keep()
        if self.dialog.isVisible():
            self._show()

    def _show(self, slot: str = "") -> None:
        rows = [
            device_row(
                name,
                thread.device,
                self._replies.get(name),
                self._when(self._since.get(name)),
                self._when(self._seen.get(name)),
            )
            for name, thread in self._threads.items()
        ]
        self.dialog.set_rows(rows, slot)

    def _first_in_trouble(self) -> str:
        for slot, reply in self._replies.items():
            if not reply.ok and not self._threads[slot].absent:
                return slot
        return ""

    def _when(self, at: str | None) -> str:
        if at is None:
            return ""
        then, now = shanghai(parse_iso(at)), shanghai(self._desk.clock.now())
        return f"{then:%H:%M}" if then.date() == now.date() else f"{then:%m-%d %H:%M}"
