"""The bridge's way to the window's devices: through their own threads, after whatever the clerk asked for before."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.bridge.lines import ABSENT, BUSY, CANCELLED, Cancel, EachFrame, Loaned, SlotState, Then, Work
from app.workers.camera_thread import CameraThread
from app.workers.device_thread import DeviceThread
from devices.absent import AbsentDevice
from devices.base import Device
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply


class _Look(QObject):
    """One look through a camera, on the event loop."""

    def __init__(self, thread: CameraThread, each: EachFrame, then: Then, taken_over: Callable[[], bool]) -> None:
        super().__init__()
        self._thread = thread
        self._each = each
        self._then: Then | None = then
        self._taken_over = taken_over
        thread.frame.connect(self._frame)
        thread.ended.connect(self._ended)
        thread.start_stream()

    def end(self, reply: Reply[Any]) -> None:
        """Say how it ended, once; let the camera go unless the clerk has begun to look through it meanwhile."""
        then, self._then = self._then, None
        if then is None:
            return
        self._thread.frame.disconnect(self._frame)
        self._thread.ended.disconnect(self._ended)
        if not self._taken_over():
            self._thread.stop_stream()
        then(reply)

    def _frame(self, _: QImage, frame: Frame) -> None:
        done = self._each(frame.picture)
        if not self._taken_over():
            self._thread.taken()
        if done:
            self.end(Reply(Outcome.OK, ""))

    def _ended(self, reply: Reply[Any]) -> None:
        self.end(reply if reply.outcome is not Outcome.OK else CANCELLED)


class WindowLines(QObject):
    """As app.bridge.lines.Lines. Asked from the bridge's thread; all that touches Qt happens on the event loop."""

    _asked = pyqtSignal(object)

    def __init__(
        self,
        devices: Mapping[str, DeviceThread | CameraThread],
        looking: Callable[[str], bool],
        parent: QObject | None = None,
        pad: Callable[[], DeviceThread] | None = None,
    ) -> None:
        """looking: is the clerk looking through the camera of this slot? pad: who owns what people sign on now; None
        for the signature pad's place alone."""
        super().__init__(parent)
        self._devices = devices
        self._looking = looking
        self._pad = pad
        self._asked.connect(lambda work: work())
        self._lights: dict[str, Reply[Any]] = {}
        self._looks: dict[int, _Look] = {}
        self._numbers = itertools.count()
        for slot, thread in devices.items():
            thread.light.connect(lambda reply, slot=slot: self._light(slot, reply))

    def states(self) -> tuple[SlotState, ...]:
        unseen: Reply[Any] = Reply(Outcome.UNKNOWN)
        lights = self._lights
        return tuple(
            SlotState(
                slot,
                str(device.kind),
                str(lights.get(slot, unseen).outcome),
                lights.get(slot, unseen).detail,
            )
            for slot, device in ((slot, _device(self._owner(slot) or thread)) for slot, thread in self._devices.items())
            if device.uri != AbsentDevice(device.kind).uri
        )

    def call(self, slot: str, work: Work, then: Then) -> Cancel:
        thread = self._owner(slot)
        if not isinstance(thread, DeviceThread) or thread.absent:
            then(ABSENT)
            return lambda: None
        loaned = Loaned(work)
        self._asked.emit(lambda: thread.call(loaned, then))
        return loaned.cancel

    def watch(self, slot: str, each: EachFrame, then: Then) -> Cancel:
        thread = self._devices.get(slot)
        if not isinstance(thread, CameraThread) or thread.absent:
            then(ABSENT)
            return lambda: None
        # Held here, so that it dies on the event loop; the bridge's thread knows its number only.
        number = next(self._numbers)

        def begin() -> None:
            if thread.streaming:
                then(BUSY)
                return
            self._looks[number] = _Look(thread, each, ended, lambda: self._looking(slot))

        def ended(reply: Reply[Any]) -> None:
            self._looks.pop(number).deleteLater()
            then(reply)

        def end() -> None:
            if look := self._looks.get(number):
                look.end(CANCELLED)

        self._asked.emit(begin)
        return lambda: self._asked.emit(end)

    def _owner(self, slot: str) -> DeviceThread | CameraThread | None:
        return self._pad() if slot == "signature_pad" and self._pad is not None else self._devices.get(slot)

    def _light(self, slot: str, reply: Reply[Any]) -> None:
        # Another thread reads it: a new one each time, none is ever changed.
        self._lights = {**self._lights, slot: reply}


def _device(thread: DeviceThread | CameraThread) -> Device:
    return thread.device
