"""Devices that the bridge itself opens, where no window runs: one thread owns each, as in the window."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping

from app.bridge.lines import Cancel, EachFrame, Loaned, SlotState, Then, Work
from devices.base import Device
from devices.kinds.imaging import Camera
from devices.outcome import Outcome, Reply

log = logging.getLogger(__name__)

_PROBE_SECONDS = 5.0
_CANCELLED: Reply[str] = Reply(Outcome.CANCELLED, detail="已取消")
_ABSENT: Reply[str] = Reply(Outcome.DISCONNECTED, detail="未配置此设备")


class _Owner(threading.Thread):
    """Opens a device, runs what it is given in order, probes it while idle. A camera is opened for each look only, so
    that its lamp tells the truth."""

    def __init__(self, slot: str, device: Device) -> None:
        super().__init__(name=f"bridge-{slot}", daemon=True)
        self.device = device
        self.light: Reply[str] = Reply(Outcome.UNKNOWN)
        self.jobs: queue.Queue[tuple[Loaned, Then] | None] = queue.Queue()

    def run(self) -> None:
        camera = isinstance(self.device, Camera)
        self.light = self._guard(lambda device: device.open())
        while True:
            if camera:
                self.device.close()
            try:
                job = self.jobs.get(timeout=_PROBE_SECONDS)
            except queue.Empty:
                if not camera or not self.light.ok:
                    self._look()
                continue
            if job is None:
                break
            if camera or not self.light.ok:
                self._look()
            work, then = job
            then(self._guard(work) if self.light.ok else self.light)
        self.device.close()

    def _look(self) -> None:
        if self.light.ok and not isinstance(self.device, Camera):
            self.light = self._guard(lambda device: device.probe())
        else:
            self.device.close()
            self.light = self._guard(lambda device: device.open())

    def _guard(self, work: Callable[[Device], Reply[str]]) -> Reply[str]:
        try:
            reply = work(self.device)
        except Exception as error:  # a driver's defect costs its own light, nothing else
            log.exception("driver of %s raised", self.device.uri)
            reply = Reply(Outcome.FAULT, detail=f"驱动程序出错（{type(error).__name__}）")
        if reply.outcome in (Outcome.DISCONNECTED, Outcome.FAULT):
            self.light = Reply(reply.outcome, detail=reply.detail)
        return reply


class OwnLines:
    """As app.bridge.lines.Lines. devices: by slot of the settings. `close` ends the threads."""

    def __init__(self, devices: Mapping[str, Device]) -> None:
        self._owners = {slot: _Owner(slot, device) for slot, device in devices.items()}
        for owner in self._owners.values():
            owner.start()

    def states(self) -> tuple[SlotState, ...]:
        return tuple(
            SlotState(slot, str(owner.device.kind), str(owner.light.outcome), owner.light.detail)
            for slot, owner in self._owners.items()
        )

    def call(self, slot: str, work: Work, then: Then) -> Cancel:
        owner = self._owners.get(slot)
        if owner is None:
            then(_ABSENT)
            return lambda: None
        loaned = Loaned(work, _CANCELLED)
        owner.jobs.put((loaned, then))
        return loaned.cancel

    def watch(self, slot: str, each: EachFrame, then: Then) -> Cancel:
        over = threading.Event()

        def look(camera: Camera) -> Reply[str]:
            while not over.is_set():
                reply = camera.read_frame(1.0)
                if reply.ok:
                    if each(reply.unwrap().picture):
                        return Reply(Outcome.OK, "")
                elif reply.outcome is not Outcome.TIMEOUT:
                    return Reply(reply.outcome, detail=reply.detail)
            return _CANCELLED

        stop = self.call(slot, look, then)

        def cancel() -> None:
            over.set()
            stop()

        return cancel

    def close(self) -> None:
        for owner in self._owners.values():
            owner.jobs.put(None)
            owner.device.cancel()
        for owner in self._owners.values():
            owner.join(5)
