"""A counter with all its places filled: the emulator of a kind where there is one, else a stand-in of its contract.

A stand-in can be unplugged, hang in a call until it is let go, raise, or leave the program. Its scheme is `standin`,
found through the registry like a vendor's.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from app.domain.errors import BadInput
from devices.absent import CONTRACTS
from devices.base import Device, DeviceKind
from devices.emulators.emulated import EmulatedDevice
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from devices.registry import open_device
from devices.slots import SLOTS
from devices.uri import DeviceUri


@dataclass
class State:
    """How the stand-in of a place behaves. calls: threads that called it; made: how many drivers were made for it."""

    unplugged: bool = False
    raising: bool = False
    hanging: bool = False
    made: int = 0
    opened: int = 0
    calls: set[int] = field(default_factory=set)
    let_go: threading.Event = field(default_factory=threading.Event)

    def well(self) -> None:
        """All faults end; whoever hung comes back."""
        self.unplugged = self.raising = self.hanging = False
        self.let_go.set()


STATES: dict[str, State] = {}


def state(slot: str) -> State:
    return STATES.setdefault(slot, State())


def open_driver(uri: str) -> Device:
    """The entry point: `standin://SLOT`."""
    slot = uri.partition("://")[2]
    contract = CONTRACTS[SLOTS[slot].kind]
    own = state(slot)
    own.made += 1

    def behave(device: Any, name: str) -> Reply[Any]:
        own.calls.add(threading.get_ident())
        if own.hanging:
            own.let_go.clear()
            own.let_go.wait(60)
        if own.raising:
            raise RuntimeError("the driver is broken")
        if own.unplugged:
            return Reply(Outcome.DISCONNECTED, detail="设备未连接")
        if name == "open":
            own.opened += 1
        if name in ("open", "probe"):
            return Reply(Outcome.OK, f"样机 {slot}")
        if name == "read_frame":
            time.sleep(0.04)
            return Reply(Outcome.OK, Frame(np.zeros((48, 64, 3), np.uint8), 0, time.monotonic()))
        return Reply(Outcome.NOT_PRESENT, detail="没有读到")

    def method(name: str) -> Any:
        if name == "close":
            return lambda self: None
        if name == "open":
            return lambda self: behave(self, name)
        return lambda self, *args, **options: behave(self, name)

    names = contract.__abstractmethods__
    made = type("Standin", (contract,), {name: method(name) for name in names})(uri)
    return made  # type: ignore[no-any-return]


@contextmanager
def registered(folder: Path) -> Iterator[None]:
    """The scheme is known to the registry while this lasts."""
    info = folder / "standins-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: standins\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[yichuang.devices]\nstandin = standins:open_driver\n", "utf-8")
    sys.path.append(str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for own in STATES.values():
            own.well()
        STATES.clear()


def emulated_uri(kind: DeviceKind, folder: Path) -> str:
    """The emulator of a kind with what it needs to begin; "" when the tree has none."""
    clip = folder / "clip.avi"
    if not clip.exists():
        folder.mkdir(parents=True, exist_ok=True)
        writer = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"MJPG"), 10.0, (64, 48))
        for shade in range(0, 250, 10):
            writer.write(np.full((48, 64, 3), shade, np.uint8))
        writer.release()
    name = str(kind).replace("_", "-")
    for rest in ("", f"?out={folder / name}", f"?clip={clip}"):
        with suppress(BadInput):
            device = open_device(f"emulated://{name}{rest}")
            if isinstance(device, EmulatedDevice) and device.kind is kind:
                return f"emulated://{name}{rest}"
    return ""


def full_counter(folder: Path) -> dict[str, str]:
    """A URI for each of the 24 places."""
    return {slot: emulated_uri(place.kind, folder / slot) or f"standin://{slot}" for slot, place in SLOTS.items()}


def is_standin(uri: str) -> bool:
    return DeviceUri.parse(uri, ["out", "clip"]).scheme == "standin"
