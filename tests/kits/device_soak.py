"""Devices that fail at random for a while, under their owners; every light must tell the truth soon after.

Whatever emulator the tree has joins by itself, with the faults that devices/emulators/drills.py names for its kind; the
other kinds are stand-ins that are unplugged, raise or hang.
"""

from __future__ import annotations

import gc
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import standins
from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QApplication

from app.domain.case import Window
from app.presenters.screen_devices import Owner, owners_of
from app.settings import Settings
from app.workers.camera_thread import CameraThread
from app.workers.device_thread import DeviceThread
from devices.emulators.drills import DRILLS, UNPLUGGED
from devices.emulators.emulated import EmulatedDevice
from devices.outcome import Outcome, Reply
from devices.slots import SLOTS

HEAL_SECONDS = 45.0
"""Within so long after all faults ended every light is green: on a loaded machine; what was seen is printed."""


@dataclass
class Report:
    """What a soak saw. healed: seconds until every light told the truth again."""

    faults: int = 0
    lights: int = 0
    calls: int = 0
    healed: float = 0.0
    stuck: list[str] = field(default_factory=list)
    resident: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    emulated: int = 0


class DeviceSoak:
    """25 places, their owners and whoever breaks them."""

    def __init__(self, app: QApplication, folder: Path, seed: int) -> None:
        self._app = app
        self._rng = random.Random(seed)
        self._parent = QObject()
        self.report = Report()
        uris = standins.full_counter(folder)
        window = Window("S01", "一号窗口", "政务服务中心", "330502")
        settings = Settings(window, "http://127.0.0.1:9/", "soak", devices=MappingProxyType(uris))
        self.owners: dict[str, Owner] = owners_of(settings, self._parent, real=False)
        self.report.emulated = sum(isinstance(owner.device, EmulatedDevice) for owner in self.owners.values())
        self.lights: dict[str, Reply[Any]] = {}
        self._broken: dict[str, Callable[[], None]] = {}
        for slot, owner in self.owners.items():
            owner.light.connect(lambda reply, slot=slot: self._light(slot, reply))
            owner.start()

    def run(self, seconds: float) -> Report:
        """Break and mend at random, ask for work meanwhile; then mend all and wait for the lights."""
        everywhere = len(self.owners)
        self._until(lambda: len(self.lights) == everywhere and all(r.ok for r in self.lights.values()), HEAL_SECONDS)
        self._measure()
        ends = time.monotonic() + seconds
        next_look = time.monotonic() + seconds / 4
        while time.monotonic() < ends:
            self._one()
            self._spin(self._rng.uniform(0.02, 0.2))
            if time.monotonic() > next_look:
                next_look += seconds / 4
                self._measure()
        for mend in self._broken.values():
            mend()
        self._broken.clear()
        for slot in SLOTS:
            standins.state(slot).well()
        began = time.monotonic()
        self._until(lambda: all(reply.ok for reply in self.lights.values()), HEAL_SECONDS)
        self.report.healed = time.monotonic() - began
        for owner in self.owners.values():
            if isinstance(owner, CameraThread):
                owner.stop_stream()
        self._until(lambda: threading.active_count() <= self.report.threads[0], 10)
        self.report.stuck = [slot for slot, reply in self.lights.items() if not reply.ok]
        self._measure()
        return self.report

    def lose(self, slot: str) -> None:
        """Pull an emulator's cable, wait until its light says so, put it in again. Nobody tells its owner."""
        device = self.owners[slot].device
        assert isinstance(device, EmulatedDevice)
        self._until(lambda: len(self.lights) == len(self.owners) and all(r.ok for r in self.lights.values()), 45)
        device.drill(UNPLUGGED, True)
        self.owners[slot].nudge()
        self._until(lambda: not self.lights[slot].ok, 30)
        device.drill(UNPLUGGED, False)

    def close(self) -> None:
        for owner in self.owners.values():
            owner.leave()
        for owner in self.owners.values():
            owner.stop()

    def _one(self) -> None:
        slot = self._rng.choice(sorted(self.owners))
        if slot in self._broken:
            self._broken.pop(slot)()
        elif self._rng.random() < 0.6:
            self._break(slot)
            self.report.faults += 1
        self._ask(self._rng.choice(sorted(self.owners)))

    def _break(self, slot: str) -> None:
        device = self.owners[slot].device
        if isinstance(device, EmulatedDevice):
            name = self._rng.choice(sorted(DRILLS[str(device.kind)]))
            device.drill(name, True)
            # The owner may have replaced a driver that hung: the fault ends with it.
            self._broken[slot] = lambda: device.drill(name, False)
            return
        own = standins.state(slot)
        setattr(own, self._rng.choice(("unplugged", "raising", "hanging")), True)
        self._broken[slot] = own.well

    def _ask(self, slot: str) -> None:
        owner = self.owners[slot]
        if isinstance(owner, CameraThread):
            (owner.stop_stream if owner.streaming else owner.start_stream)()
            owner.taken()
        elif isinstance(owner, DeviceThread):
            self.report.calls += 1
            owner.call(_work, lambda reply: None)

    def _light(self, slot: str, reply: Reply[Any]) -> None:
        self.report.lights += 1
        self.lights[slot] = reply

    def _measure(self) -> None:
        gc.collect()
        self.report.resident.append(int(Path("/proc/self/statm").read_text().split()[1]) * 4096)
        self.report.threads.append(threading.active_count())

    def _spin(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self._app.processEvents()
            time.sleep(0.005)

    def _until(self, true: Callable[[], bool], seconds: float) -> None:
        # Seconds that this loop had a turn in: a machine that stood still for a minute has healed nothing meanwhile.
        for _ in range(round(seconds / 0.05)):
            if true():
                return
            self._spin(0.05)


def _work(device: Any) -> Reply[Any]:
    """Something short of its kind, where it is known how to ask without paper; else its probe."""
    if hasattr(device, "read_card"):
        reply: Reply[Any] = device.read_card(0.2)
        return reply
    state: Reply[str] = device.probe()
    return state if isinstance(state, Reply) else Reply(Outcome.FAULT)
