"""From plugging in to the light, place by place, beside a bare opening of the same device in the same run.

What is plugged is an emulator on the real wire, announced by a name in a folder that is looked at, as USB, serial and
camera nodes are; devices of the network have no such name and are tried every 5 s at most.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import standins
from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QApplication

from app.domain.case import Window
from app.presenters.screen_devices import nudge, owners_of
from app.settings import Settings
from app.workers.presence import LOOK_SECONDS, PresenceWatch
from devices.emulators.drills import UNPLUGGED
from devices.emulators.emulated import EmulatedDevice
from devices.outcome import Reply
from devices.registry import open_device
from devices.slots import SLOTS

WAIT = 60.0


def bare(uri: str) -> float:
    """Seconds that opening and one look take, with nobody around it."""
    device = open_device(uri)
    began = time.perf_counter()
    opened = device.open()
    device.probe()
    took = time.perf_counter() - began
    device.close()
    assert opened.ok, opened
    return took


def test_from_plug_to_light(qapp: QApplication, tmp_path: Path) -> None:
    def until(true: Callable[[], bool], what: str) -> None:
        late = time.monotonic() + WAIT
        while not true():
            assert time.monotonic() < late, what
            qapp.processEvents()
            time.sleep(0.002)

    nodes = tmp_path / "by-id"
    nodes.mkdir()
    with standins.registered(tmp_path / "registry"):
        uris = standins.full_counter(tmp_path / "devices")
        alone = {slot: bare(uri) for slot, uri in uris.items() if uri.startswith("emulated:")}
        parent = QObject()
        window = Window("S01", "一号窗口", "政务服务中心", "330502")
        settings = Settings(window, "http://127.0.0.1:9/", "bench", devices=MappingProxyType(uris))
        owners = owners_of(settings, parent, real=False)
        lights: dict[str, Reply[Any]] = {}
        for slot, owner in owners.items():
            owner.light.connect(lambda reply, slot=slot: lights.__setitem__(slot, reply))
            owner.start()
        watch = PresenceWatch(parent, (nodes,))
        watch.changed.connect(lambda names: nudge(owners.values(), names))
        watch.start()
        took: dict[str, float] = {}
        try:

            def light(slot: str, ok: bool) -> Callable[[], bool]:
                return lambda: lights[slot].ok is ok

            until(lambda: len(lights) == len(owners) and all(reply.ok for reply in lights.values()), "the start")
            for slot in alone:
                device = owners[slot].device
                assert isinstance(device, EmulatedDevice)
                device.drill(UNPLUGGED, True)
                owners[slot].nudge()
                until(light(slot, False), f"{slot} is out")
                device.drill(UNPLUGGED, False)
                plugged = time.perf_counter()
                (nodes / f"usb-{slot}").touch()
                until(light(slot, True), f"{slot} is in")
                took[slot] = time.perf_counter() - plugged
        finally:
            watch.stop()
            for owner in owners.values():
                owner.leave()
            for owner in owners.values():
                owner.stop()
    print("\nkind place                  bare s  plug to light s")
    for slot, seconds in took.items():
        print(f"{SLOTS[slot].number:>4} {slot:<22} {alone[slot]:6.2f}  {seconds:6.2f}")
    print(
        f"     median                 {statistics.median(alone.values()):6.2f}  {statistics.median(took.values()):6.2f}"
    )
    # One look at the folder, and what the device itself takes; twice that for a machine that does other things.
    assert statistics.median(took.values()) < 2 * (LOOK_SECONDS + statistics.median(alone.values()))
