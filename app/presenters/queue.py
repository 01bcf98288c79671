"""Ctrl+N, Ctrl+Shift+N, Ctrl+Shift+G: 叫号, 重呼, 过号."""

from __future__ import annotations

import re

from PyQt6.QtCore import QObject, pyqtSignal

from app.domain.case import AuditEvent, Window
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.services.duty import Duty
from app.workers.device_thread import DeviceThread
from devices.outcome import Outcome, Reply
from offline_db.store import Store
from widgets.dialogs.queue_number import QueueNumberDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

SHOWN = "queue.shown"
"""The store's setting: the number called last, so that counting goes on after a restart."""
_DIGITS = re.compile(r"(.*?)(\d+)")
_COUNTER = re.compile(r"0*(\d+)")


class QueuePresenter(QObject):
    """Numbers come from the hall's queue where the caller keeps one, and from the clerk otherwise or while the queue
    cannot be reached. `shown` carries each number that was called."""

    shown = pyqtSignal(str)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        main: MainPresenter,
        device: DeviceThread,
        store: Store,
        duty: Duty,
        place: Window,
    ) -> None:
        super().__init__()
        self._window, self._desk, self._main, self._device = window, desk, main, device
        self._store, self._duty = store, duty
        self.counter = counter_of(place)
        self.number = ""
        self._busy = False
        main.add("call_next", self.call_next, self._can_call)
        main.add("call_again", self.call_again, lambda: bool(self.number) and self._can_call())
        main.add("call_missed", self.miss, lambda: bool(self.number) and self._can_call())
        device.light.connect(lambda _: main.enable())
        desk.tasks.run(lambda: store.setting(SHOWN), self._remember)

    def call_next(self) -> None:
        """The next number from the queue; without a queue the clerk is asked for it."""
        device = self._device
        if device.absent or self._busy:
            return
        if not self._duty.serving:
            self._desk.tell(Tone.WARNING, self.tr("本窗口暂停服务"), "", self.tr("按 Ctrl+Shift+S 恢复服务后再叫号。"))
            return
        if not device.device.keeps_queue:  # type: ignore[attr-defined]
            self._ask("")
            return
        self._set_busy(True)
        device.call(lambda driver: driver.next_number(self.counter), self._next)

    def call_again(self) -> None:
        """重呼: the same number once more."""
        if self.number and not self._busy:
            self._call(self.number, again=True)

    def miss(self) -> None:
        """过号: who was called did not come."""
        device, number = self._device, self.number
        if device.absent or not number or self._busy:
            return

        def done(reply: Reply[str]) -> None:
            self._set_busy(False)
            # A caller without a queue has nothing to strike out; the number is over at this counter all the same.
            if not reply.ok and reply.outcome is not Outcome.NOT_PRESENT:
                self._desk.tell(Tone.WARNING, self.tr("过号没有登记上"), core_words(reply.detail))
                return
            self._note("queue.missed", number)
            self._show("")
            todo = self.tr("按 Ctrl+N 叫下一位。")
            self._desk.tell(Tone.INFO, self.tr("{0} 已过号").format(number), "", todo)

        self._set_busy(True)
        device.call(lambda driver: driver.miss_number(number, self.counter), done)

    def _next(self, reply: Reply[str]) -> None:
        self._set_busy(False)
        if reply.ok:
            self._call(reply.unwrap(), again=False)
        elif reply.outcome is Outcome.NOT_PRESENT:
            self._desk.tell(Tone.INFO, self.tr("现在没有人排队"), core_words(reply.detail))
        elif reply.outcome is Outcome.UNKNOWN:
            self._desk.tell(Tone.WARNING, self.tr("没有取到号"), core_words(reply.detail))
        else:
            self._ask(core_words(reply.detail))

    def _ask(self, why: str) -> None:
        dialog = QueueNumberDialog(following(self._last), why, self._window)
        dialog.called.connect(lambda number: self._call(number, again=False))
        dialog.open_once()

    def _call(self, number: str, again: bool) -> None:
        device = self._device
        if device.absent or self._busy:
            return

        def done(reply: Reply[str]) -> None:
            self._set_busy(False)
            if reply.ok:
                self._note("queue.called", number, again=again)
                self._desk.tell(Tone.SUCCESS, self.tr("已叫 {0}").format(number))
            else:
                # The number stays the clerk's: it was taken from the queue, and a shout does as well.
                todo = self.tr("按 Ctrl+Shift+N 重呼，或者口头叫号。")
                self._desk.tell(Tone.WARNING, self.tr("{0} 没有叫出去").format(number), core_words(reply.detail), todo)
            self._show(number)

        self._set_busy(True)
        device.call(lambda driver: driver.call_number(number, self.counter, again), done)

    def _show(self, number: str) -> None:
        self.number = number
        self._last = number or self._last
        self._window.header.set_number(number)
        self._main.enable()
        self.shown.emit(number)
        last = self._last
        self._desk.tasks.run(lambda: self._store.set_setting(SHOWN, last), lambda _: None, order=SHOWN)

    _last = ""

    def _remember(self, number: str | None) -> None:
        self._last = self._last or number or ""

    def _note(self, action: str, number: str, again: bool = False) -> None:
        details = {"counter": self.counter, **({"again": True} if again else {})}
        event = AuditEvent(self._desk.clock.now(), self._duty.clerk, action, number, details)
        self._desk.tasks.run(lambda: self._store.append_audit(event), lambda _: None)

    def _can_call(self) -> bool:
        return not self._device.absent and not self._busy

    def _set_busy(self, on: bool) -> None:
        self._busy = on
        self._main.enable()


def following(number: str) -> str:
    """The number after this one, in its shape: A012 → A013, 099 → 100."""
    match = _DIGITS.fullmatch(number)
    return f"{match[1]}{int(match[2]) + 1:0{len(match[2])}d}" if match else ""


def counter_of(place: Window) -> str:
    """What people are called to: the digits in the window's name, e.g. 综合窗口 03 → 3; else its id."""
    found = _COUNTER.search(place.name) or _COUNTER.search(place.id)
    return found[1] if found else place.id
