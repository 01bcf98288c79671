"""The thread of a device that is asked: readers, printers, pads, callers. Cameras: app.workers.camera_thread."""

from __future__ import annotations

from app.workers.device_owner import Call, DeviceOwner, Work
from app.workers.ownership import Turn
from devices.base import Device
from devices.outcome import Outcome, Reply

__all__ = ["PROBE_SECONDS", "Call", "DeviceThread", "Work"]

PROBE_SECONDS = 5.0
"""How long an idle device goes unasked before its light is refreshed."""
SOON_SECONDS = 0.5
"""After a call that says something of the device itself the light is refreshed so soon."""
_TELLING = frozenset({Outcome.OUT_OF_PAPER, Outcome.TIMEOUT, Outcome.UNKNOWN, Outcome.BUSY})


class DeviceThread(DeviceOwner):
    """Opens its device, runs the calls it is given in order, probes it while idle, tries again what failed, closes it.

    A driver that raises is a defect of the driver: it becomes FAULT on its own light and stops nothing else.
    """

    def live(self, turn: Turn) -> None:
        self._keep(turn)
        self.let_go(turn)

    def _keep(self, turn: Turn) -> None:
        opened = self.guarded(turn, lambda device: device.open())
        self.say(turn, self.light, opened)
        wait = self._pause(opened)
        while not turn.over:
            call, _ = self.take(turn, wait)
            if turn.over:
                return
            if call is None:
                opened = self._refresh(turn, opened)
                wait = self._pause(opened)
                continue
            if not opened.ok and not call.cancelled:
                opened = self._refresh(turn, opened)
            reply = self.carry_out(turn, call, opened)
            if opened.ok and reply.outcome in (Outcome.DISCONNECTED, Outcome.FAULT):
                opened = Reply(reply.outcome, detail=reply.detail)
                self.say(turn, self.light, opened)
            wait = SOON_SECONDS if opened.ok and reply.outcome in _TELLING else self._pause(opened)

    def _pause(self, opened: Reply[str]) -> float:
        if opened.ok:
            self._back_off.reset()
            return PROBE_SECONDS
        return self._back_off.next(opened.outcome)

    def _refresh(self, turn: Turn, opened: Reply[str]) -> Reply[str]:
        """Probe an open device; close and open again one that was lost."""
        if opened.ok:
            now = self.guarded(turn, lambda device: device.probe())
        else:
            self.guarded(turn, _close)
            now = self.guarded(turn, lambda device: device.open())
        if (now.outcome, now.detail) != (opened.outcome, opened.detail):
            self.say(turn, self.light, now)
        return now


def _close(device: Device) -> Reply[str]:
    device.close()
    return Reply(Outcome.OK, "")
