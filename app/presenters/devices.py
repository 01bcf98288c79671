"""Ctrl+Shift+D: the device panel: how each device is, connecting it again, trying it out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from app.documents.receipt import trial_strip
from app.documents.trial import trial_page
from app.domain.case import AuditEvent
from app.domain.clock import isoformat, parse_iso, shanghai
from app.domain.person import mask_name
from app.presenters.around_words import device_row
from app.presenters.desk import Desk
from app.services.duty import Duty
from app.workers.camera_thread import CameraThread
from app.workers.device_thread import DeviceThread
from devices.absent import AbsentDevice
from devices.base import Device, DeviceKind
from devices.kinds.identity import CardReading
from devices.outcome import Outcome, Reply
from widgets.dialogs.devices import DevicesDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

KEY = "devices.seen"
LOOK_SECONDS = 5.0
"""How long a camera is looked through when it is tried."""
READ_SECONDS = 5.0


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
        threads: Mapping[str, DeviceThread | CameraThread],
        names: Mapping[str, str],
        duty: Duty,
    ) -> None:
        """names: what each slot is called."""
        super().__init__()
        self._window = window
        self._desk = desk
        self._records = records
        self._threads = threads
        self._names = names
        self._duty = duty
        self._replies: dict[str, Reply[str]] = {}
        self._seen: dict[str, str] = {}
        self._live = ""
        self._frames = 0
        self._since = 0.0
        self._only_connect = False
        self.dialog = DevicesDialog(window)
        self.dialog.reconnect.connect(self.reconnect)
        self.dialog.trial.connect(self.trial)
        self.dialog.stopped.connect(self._stop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._stop)
        for slot, thread in threads.items():
            thread.light.connect(lambda reply, slot=slot: self._light(slot, reply))
            if isinstance(thread, CameraThread):
                thread.frame.connect(lambda image, _, slot=slot: self._frame(slot, image))
                thread.ended.connect(lambda reply, slot=slot: self._ended(slot, reply))
        desk.tasks.run(lambda: records.setting(KEY), self._remember)

    def open(self, slot: str = "") -> None:
        """Show the panel. slot: the device to mark."""
        self.dialog.set_result("", Tone.NEUTRAL)
        self._show(slot)
        self.dialog.open()

    def reconnect(self, slot: str) -> None:
        """Close and open the device again."""
        thread = self._threads[slot]
        self.dialog.set_result(self.tr("正在重新连接…"), Tone.INFO)
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
        kind = thread.device.kind
        now = shanghai(self._desk.clock.now())
        job = f"trial-{slot}-{isoformat(self._desk.clock.now())}"
        if kind is DeviceKind.ID_READER:
            self.dialog.set_result(self.tr("请把证件放到读卡器上…"), Tone.INFO)
            thread.call(lambda device: device.read_card(READ_SECONDS), lambda reply: self._card(slot, reply))
            return
        self.dialog.set_result(self.tr("正在试打…"), Tone.INFO)

        def done(reply: Reply[str]) -> None:
            self._note(slot, reply)
            self._tell(reply, self.tr("已送打印机：请看纸上的字是否清楚、左右是否完整。"))

        work: Callable[[], Any]
        if kind is DeviceKind.RECEIPT_PRINTER:
            width = getattr(thread.device, "width_dots", 576)
            work = lambda: trial_strip(width, f"{now:%Y-%m-%d %H:%M:%S}")  # noqa: E731
            send = lambda made: thread.call(lambda d: d.print_picture(made, job), done)  # noqa: E731
        else:
            title = self.tr("试打")
            work = lambda: trial_page(now)  # noqa: E731
            send = lambda made: thread.call(lambda d: d.print_pdf(made, job, title), done)  # noqa: E731
        self._desk.tasks.run(work, send)

    def _card(self, slot: str, reply: Reply[CardReading]) -> None:
        self._note(slot, reply)
        if reply.ok:
            card = reply.unwrap().card
            name = mask_name(card.name or card.name_en or "")
            words = self.tr("读卡正常：{0}（{1}）").format(core_words(card.type.label), name)
            self.dialog.set_result(words, Tone.SUCCESS)
        elif reply.outcome is Outcome.NOT_PRESENT:
            self.dialog.set_result(self.tr("读卡器正常，只是没有放证件。放上证件再试一次。"), Tone.INFO)
        else:
            self._tell(reply, "")

    def _look(self, slot: str, thread: CameraThread, only_connect: bool) -> None:
        if thread.streaming:
            self.dialog.set_result(self.tr("正在使用中，画面在主屏右下角。"), Tone.INFO)
            return
        self._live, self._frames, self._since, self._only_connect = slot, 0, time.monotonic(), only_connect
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
        """End a trial of a camera; the stream's end then says how it was."""
        thread = self._threads.get(self._live)
        self._timer.stop()
        if isinstance(thread, CameraThread):
            thread.stop_stream()

    def _ended(self, slot: str, reply: Reply[Any]) -> None:
        if slot != self._live:
            return
        frames, lasted = self._frames, max(time.monotonic() - self._since, 0.001)
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
        self._replies[slot] = reply
        if reply.ok:
            self._saw(slot)
        if self.dialog.isVisible():
            self._show()

    def _saw(self, slot: str) -> None:
        self._seen[slot] = isoformat(self._desk.clock.now())
        text = json.dumps(self._seen)
        self._desk.tasks.run(lambda: self._records.set_setting(KEY, text), lambda _: None, order="settings")

    def _remember(self, text: str | None) -> None:
        """What was seen before this start; what has been seen since is newer."""
        try:
            known = json.loads(text or "{}")
            before = {str(slot): isoformat(parse_iso(at)) for slot, at in known.items()}
        except (ValueError, AttributeError, TypeError):
            before = {}  # a convenience: damaged, it begins anew
        self._seen = {**before, **self._seen}

    def _show(self, slot: str = "") -> None:
        rows = []
        for name, thread in self._threads.items():
            device = thread.camera if isinstance(thread, CameraThread) else thread.device
            configured = device.uri != AbsentDevice(device.kind).uri
            reply = self._replies.get(name)
            rows.append(device_row(name, self._names[name], device.kind, reply, self._when(name), configured))
        self.dialog.set_rows(rows, slot)

    def _when(self, slot: str) -> str:
        at = self._seen.get(slot)
        if at is None:
            return ""
        then, now = shanghai(parse_iso(at)), shanghai(self._desk.clock.now())
        return f"{then:%H:%M}" if then.date() == now.date() else f"{then:%m-%d %H:%M}"
