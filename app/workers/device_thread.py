"""The thread of a device that is asked: readers, printers, pads, callers. Cameras: app.workers.camera_thread."""

from __future__ import annotations

from app.workers.device_owner import Call, DeviceOwner, Work
from app.workers.ownership import Turn
from devices.base import Device
from devices.outcome import Outcome, Reply

__all__ = ["PROBE_SECONDS", "Call", "DeviceThread", "Work"]

PROBE_SECONDS = 5.0
"""How long an idle device goes unasked at most before its light is refreshed (Device.probe_seconds may be less)."""
SOON_SECONDS = 0.5
"""After a call that says something of the device itself the light is refreshed so soon."""
_LOST = frozenset({Outcome.DISCONNECTED, Outcome.FAULT, Outcome.TIMEOUT})
"""After these the device is closed and opened again. A printer that stands open (OUT_OF_PAPER) or is BUSY is not."""
_TELLING = frozenset({Outcome.OUT_OF_PAPER, Outcome.TIMEOUT, Outcome.UNKNOWN, Outcome.BUSY})


class DeviceThread(DeviceOwner):
    """Opens its device, runs the calls it is given in order, probes it while idle, tries again what failed, closes it.

    A driver that raises is a defect of the driver: it becomes FAULT on its own light and stops nothing else.
    """

    def live(self, turn: Turn) -> None:
        self._keep(turn)
        self.let_go(turn)

    def _keep(self, turn: Turn) -> None:
        light = _Light(self.guarded(turn, lambda device: device.open()))
        self.say(turn, self.light, light.reply)
        wait = self._pause(light)
        while not turn.over:
            call, _ = self.take(turn, wait)
            if turn.over:
                return
            if call is None:
                self._refresh(turn, light)
                wait = self._pause(light)
                continue
            if not light.open and not call.cancelled:
                self._refresh(turn, light)
            reply = self.carry_out(turn, call, Reply(Outcome.OK, "") if light.open else light.reply)
            if light.open and reply.outcome in (Outcome.DISCONNECTED, Outcome.FAULT):
                light.reply, light.open = Reply(reply.outcome, detail=reply.detail), False
                self.say(turn, self.light, light.reply)
            wait = SOON_SECONDS if light.open and reply.outcome in _TELLING else self._pause(light)

    def _pause(self, light: _Light) -> float:
        if not light.open:
            return self._back_off.next(light.reply.outcome)
        self._back_off.reset()
        # Opened with a remark (no paper): what it means for the light is told by the probe.
        soon = light.reply.ok and light.reply.detail and light.fresh
        return SOON_SECONDS if soon else min(self.device.probe_seconds, PROBE_SECONDS)

    def _refresh(self, turn: Turn, light: _Light) -> None:
        """Probe an open device; close and open again one that was lost. One that is there and cannot (no paper) stays
        open: opened again it would say that it is well."""
        before = light.reply
        if light.open:
            light.reply = self.guarded(turn, lambda device: device.probe())
            light.open, light.fresh = light.reply.outcome not in _LOST, False
        else:
            self.guarded(turn, _close)
            light.reply = self.guarded(turn, lambda device: device.open())
            light.open = light.fresh = light.reply.ok
        if (light.reply.outcome, light.reply.detail) != (before.outcome, before.detail):
            self.say(turn, self.light, light.reply)


class _Light:
    """What is known of the device. fresh: it was opened and not yet probed."""

    def __init__(self, reply: Reply[str]) -> None:
        self.reply = reply
        self.open = self.fresh = reply.ok


def _close(device: Device) -> Reply[str]:
    device.close()
    return Reply(Outcome.OK, "")
