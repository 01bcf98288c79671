"""The thread that owns a device: every call to the driver is made here and nowhere else."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, QThread, pyqtSignal, pyqtSlot

from devices.base import Device
from devices.outcome import Outcome, Reply

log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[Any], Reply[T]]

PROBE_SECONDS = 5.0
"""How long an idle device goes unasked before its light is refreshed: hot-plugging shows within this time."""


class DeviceThread(QThread):
    """Owns one device: opens it, runs the calls it is given in order, probes it while idle, closes it.

    `light` carries the latest Reply of open or probe. A driver that raises is a defect of the driver: it becomes
    FAULT on its own light and stops nothing else.
    """

    light = pyqtSignal(object)
    _ended = pyqtSignal(object)

    def __init__(self, device: Device, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.device = device
        self._queue: queue.Queue[list[Any] | None] = queue.Queue()
        self._ended.connect(self._deliver)

    def call(self, work: Work[T], then: Callable[[Reply[T]], None]) -> None:
        """Run work(device) on this thread, then hand its Reply to `then` on the event loop.

        Both die there: see app.workers.tasks.
        """
        self._queue.put([work, then])

    def stop(self) -> None:
        """End the running call, close the device, end the thread."""
        self._queue.put(None)
        self.device.cancel()
        self.wait(5000)

    def run(self) -> None:
        opened = self._guard(lambda device: device.open())
        self.light.emit(opened)
        while True:
            try:
                held = self._queue.get(timeout=PROBE_SECONDS)
            except queue.Empty:
                opened = self._refresh(opened)
                continue
            if held is None:
                break
            if not opened.ok:
                opened = self._refresh(opened)
            reply = self._guard(held[0]) if opened.ok else Reply(opened.outcome, detail=opened.detail)
            held.append(reply)
            self._ended.emit(held)
            if reply.outcome in (Outcome.DISCONNECTED, Outcome.FAULT):
                opened = Reply(reply.outcome, detail=reply.detail)
                self.light.emit(opened)
        try:
            self.device.close()
        except Exception:
            log.exception("closing %s", self.device.uri)

    def _refresh(self, opened: Reply[str]) -> Reply[str]:
        """Probe an open device; close and open again one that was lost."""
        if opened.ok:
            now = self._guard(lambda device: device.probe())
        else:
            self._guard(_close)
            now = self._guard(lambda device: device.open())
        if (now.outcome, now.detail) != (opened.outcome, opened.detail):
            self.light.emit(now)
        return now

    def _guard(self, work: Work[T]) -> Reply[T]:
        try:
            return work(self.device)
        except Exception as exc:
            log.exception("driver of %s raised", self.device.uri)
            return Reply(Outcome.FAULT, detail=f"驱动程序出错（{type(exc).__name__}）")

    @pyqtSlot(object)
    def _deliver(self, held: list[Any]) -> None:
        _, then, reply = held
        held.clear()
        then(reply)


def _close(device: Device) -> Reply[str]:
    device.close()
    return Reply(Outcome.OK, "")
