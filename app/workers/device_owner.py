"""Who owns a driver: a thread of its own, watched from the event loop, replaced when its driver hangs."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal, pyqtSlot

from app.workers.back_off import BackOff
from app.workers.ownership import NotOwner, Turn, guard
from devices.absent import AbsentDevice
from devices.base import Device, DeviceKind
from devices.outcome import Outcome, Reply

log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[Any], Reply[T]]

CHECK_MILLISECONDS = 500
MOST_ABANDONED = 3
"""So many threads may hang in one device's driver; with more the program itself must be opened anew."""
_DONE_SOMETHING = frozenset(
    {
        DeviceKind.RECEIPT_PRINTER,
        DeviceKind.PRINTER,
        DeviceKind.CARD_PRINTER,
        DeviceKind.PAYMENT_TERMINAL,
        DeviceKind.QUEUE_CALLER,
    }
)
"""Kinds whose call may have had its effect although its driver never came back."""


class Call:
    """One call asked of a device. `cancel` is for the event loop: the clerk left what had asked."""

    def __init__(self, owner: DeviceOwner, work: Work[Any], then: Callable[[Reply[Any]], None]) -> None:
        self._owner = owner
        self.held: list[Any] = [work, then]
        self.reply: Reply[Any] | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """End it soon with CANCELLED, whether it waits or runs; harmless when it is over."""
        self._owner.cancel(self)


class DeviceOwner(QObject):
    """Owns one device: every call to the driver is made on its own thread, asserted by app.workers.ownership.

    A driver that does not come back within its call's time and a grace loses its thread: the call is answered, the
    light says so, and a new thread starts with a fresh driver, sooner when somebody asks by hand. An absent device
    costs no thread. `light` carries the latest Reply of open or probe. All methods are for the event loop.
    """

    light = pyqtSignal(object)
    _ended = pyqtSignal(object)

    def __init__(
        self, device: Device, parent: QObject | None = None, fresh: Callable[[], Device] | None = None
    ) -> None:
        """fresh: makes the driver anew after it hung; without it a hung device stays out of order."""
        super().__init__(parent)
        self._fresh = fresh
        self._turn = Turn(device)
        self._started = False
        self._hung: list[Turn] = []
        self._again_at: float | None = None
        self._back_off = BackOff()
        self._calls: deque[Call] = deque()
        self._running: Call | None = None
        self._wake = threading.Condition()
        self._nudged = False
        # Queued, so that an answer given on the loop itself comes after `call` has returned.
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        self._watch = QTimer(self)
        self._watch.setInterval(CHECK_MILLISECONDS)
        self._watch.timeout.connect(self.check)

    # -------------------------------------------------------------------------------------------- for the event loop

    @property
    def device(self) -> Device:
        """The driver in use. Its attributes may be read anywhere; its calls belong to the thread."""
        return self._turn.device

    @property
    def absent(self) -> bool:
        """Nothing stands here, or its driver cannot be loaded: no thread is needed to say so."""
        return isinstance(self._turn.device, AbsentDevice)

    @property
    def busy(self) -> bool:
        """Is a call under way?"""
        return self._running is not None

    def start(self) -> None:
        """Open the device and keep it."""
        self._started = True
        if self.absent:
            self.light.emit(self.device.open())
            return
        self._spawn()
        self._watch.start()

    def isFinished(self) -> bool:
        """Has the thread ended?"""
        thread = self._turn.thread
        return thread is None or not thread.is_alive()

    def leave(self) -> None:
        """Begin to end: the running call is cancelled, nothing more is taken. Never waits."""
        self._started = False
        self._watch.stop()
        with self._wake:
            self._turn.leaving = True
            self._wake.notify_all()
        _cancel(self._turn.device)

    def stop(self) -> None:
        """End the running call, close the device, end the thread. Waits at most 5 s; a hung driver is left behind."""
        self.leave()
        thread = self._turn.thread
        if thread is not None:
            thread.join(5)
            if thread.is_alive():
                self._turn.abandoned = True
                log.error("%s hangs in %s at the end", self.device.uri, self._turn.doing or "its own work")
        with self._wake:
            waiting, self._calls = list(self._calls), deque()
        for call in waiting:
            self._answer(call, Reply(Outcome.CANCELLED))

    def nudge(self) -> None:
        """Look now: something was plugged in or out, or a person asked."""
        self._back_off.reset()
        if self._again_at is not None:
            self._again_at = time.monotonic()
            self.check()
        with self._wake:
            self._nudged = True
            self._wake.notify_all()

    def swap(self, device: Device, fresh: Callable[[], Device] | None = None) -> None:
        """Own another device from now on: the present one is let go. Never waits: the new thread does."""
        before, started = self._turn, self._started
        self._fresh, self._again_at = fresh, None
        with self._wake:
            before.leaving = before.abandoned = True
            running, self._running = self._running, None
            self._turn = Turn(device)
            self._wake.notify_all()
        _cancel(before.device)
        if running is not None:
            self._answer(running, Reply(Outcome.CANCELLED))
        if started:
            self._watch.stop()
            if self.absent:
                self.light.emit(device.open())
            else:
                self._spawn(after=before.thread)
                self._watch.start()

    def call(self, work: Work[T], then: Callable[[Reply[T]], None]) -> Call:
        """Run work(device) on the thread, then hand its Reply to `then` on the event loop.

        Both die there: see app.workers.tasks.
        """
        call = Call(self, work, then)
        if self.absent or (self._started and self._given_up):
            reply: Reply[Any] = self.device.open() if self.absent else _GIVEN_UP
            self._answer(call, reply)
            return call
        with self._wake:
            self._calls.append(call)
            self._wake.notify_all()
        if self._again_at is not None:
            self.nudge()  # asked by hand: no waiting for the back-off
        return call

    def cancel(self, call: Call) -> None:
        """See Call.cancel."""
        call.cancelled = True
        with self._wake:
            waiting = call in self._calls
            if waiting:
                self._calls.remove(call)
            running = self._running is call
        if waiting:
            self._answer(call, Reply(Outcome.CANCELLED, detail="操作已取消"))
        elif running:
            _cancel(self._turn.device)

    @pyqtSlot()
    def check(self) -> None:
        """Look after the thread: once every half a second."""
        turn, running = self._turn, self._running
        if running is not None and running.cancelled:
            _cancel(turn.device)  # a driver forgets a cancel that comes just before its call
        if turn.overdue and not turn.over:
            self._abandon(turn)
        elif self._again_at is None and turn.thread is not None and not turn.thread.is_alive() and not turn.over:
            log.error("the thread of %s ended by itself", turn.device.uri)
            self._again_at = time.monotonic() + self._back_off.next()
        self._hung = [one for one in self._hung if one.thread is not None and one.thread.is_alive()]
        if self._again_at is not None and time.monotonic() >= self._again_at and len(self._hung) < MOST_ABANDONED:
            self._again_at = None
            self._turn = Turn(self._fresh() if self._fresh is not None else turn.device)
            self._spawn()

    @property
    def _given_up(self) -> bool:
        return self._turn.abandoned and (self._fresh is None or len(self._hung) >= MOST_ABANDONED)

    def _abandon(self, turn: Turn) -> None:
        with self._wake:
            turn.abandoned = True
            running, self._running = self._running, None
            self._wake.notify_all()
        log.error("%s did not come back from %s; its thread is left behind", turn.device.uri, turn.doing)
        _cancel(turn.device)
        self._hung.append(turn)
        if running is not None:
            outcome = Outcome.UNKNOWN if turn.device.kind in _DONE_SOMETHING else Outcome.TIMEOUT
            self._answer(running, Reply(outcome, detail="设备的驱动没有响应，请到设备处查看结果"))
        if self._given_up:
            self.light.emit(_GIVEN_UP)
            with self._wake:
                waiting, self._calls = list(self._calls), deque()
            for call in waiting:
                self._answer(call, _GIVEN_UP)
        else:
            self.light.emit(Reply(Outcome.TIMEOUT, detail="设备的驱动没有响应，正在重新启动它"))
        if self._fresh is not None:
            self._again_at = time.monotonic() + self._back_off.next()

    def _spawn(self, after: threading.Thread | None = None) -> None:
        turn = self._turn
        guard(turn.device, turn)
        turn.thread = threading.Thread(
            target=self._run, args=(turn, after), name=f"device {turn.device.kind}", daemon=True
        )
        turn.thread.start()

    @pyqtSlot(object)
    def _deliver(self, call: Call) -> None:
        _, then = call.held
        call.held.clear()
        then(call.reply)

    def _answer(self, call: Call, reply: Reply[Any]) -> None:
        """Once only: a driver that comes back after it was given up has been answered for."""
        with self._wake:
            if call.reply is not None:
                return
            call.reply = reply
        self._ended.emit(call)

    # ------------------------------------------------------------------------------------------ on the owning thread

    def _run(self, turn: Turn, after: threading.Thread | None) -> None:
        if after is not None:
            after.join(5)  # the same port may still be held by what stood here before
        try:
            if not turn.over:
                self.live(turn)
        except Exception:
            log.exception("the thread of %s", turn.device.uri)
            self.say(turn, self.light, Reply(Outcome.FAULT, detail="程序内部错误，设备正在重新启动"))
            self.let_go(turn)

    def live(self, turn: Turn) -> None:
        """The thread's work until turn.over; the device is closed in the end."""
        raise NotImplementedError

    def let_go(self, turn: Turn) -> None:
        """Close the device; a driver that raises even then is written down."""
        try:
            turn.device.close()
        except (Exception, SystemExit):
            log.exception("closing %s", turn.device.uri)

    def say(self, turn: Turn, signal: Any, *values: Any) -> None:
        """Emit a signal, unless this thread is not heard any more."""
        if not turn.abandoned:
            signal.emit(*values)

    def guarded(self, turn: Turn, work: Work[T]) -> Reply[T]:
        """The driver's call; one that raises is a defect of the driver."""
        try:
            return work(turn.device)
        except NotOwner:
            raise
        except (Exception, SystemExit) as exc:
            log.exception("driver of %s raised", turn.device.uri)
            return Reply(Outcome.FAULT, detail=f"驱动程序出错（{type(exc).__name__}）")

    def take(self, turn: Turn, seconds: float) -> tuple[Call | None, bool]:
        """The next call, waiting so many seconds at most; and whether somebody wants the device looked at."""
        with self._wake:
            if not (self._calls or self._nudged or turn.over):
                self._wake.wait(seconds)
            if turn.over:
                return None, False
            nudged, self._nudged = self._nudged, False
            if self._calls:
                self._running = self._calls.popleft()
                return self._running, nudged
            return None, nudged

    def carry_out(self, turn: Turn, call: Call, opened: Reply[Any]) -> Reply[Any]:
        """Run a call taken, and answer it."""
        if call.cancelled:
            reply: Reply[Any] = Reply(Outcome.CANCELLED, detail="操作已取消")
        elif opened.ok:
            reply = self.guarded(turn, call.held[0])
        else:
            reply = Reply(opened.outcome, detail=opened.detail)
        with self._wake:
            if self._running is call:
                self._running = None
        self._answer(call, reply)
        return reply


_GIVEN_UP: Reply[Any] = Reply(
    Outcome.FAULT, detail="设备的驱动一再没有响应。请办完手上的事，再关闭并重新打开“一窗”；还不行请找运维人员"
)


def _cancel(device: Device) -> None:
    try:
        device.cancel()
    except Exception:
        log.exception("cancelling %s", device.uri)
