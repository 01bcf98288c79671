"""The way to the devices. Whoever opened a device keeps it: the bridge hands work to its owner's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from devices.base import Device, Picture
from devices.outcome import Reply

Work = Callable[[Any], Reply[Any]]
Then = Callable[[Reply[Any]], None]
Cancel = Callable[[], None]
EachFrame = Callable[[Picture], bool]
"""Takes a picture; True when that was the last one wanted."""


@dataclass(frozen=True, slots=True)
class SlotState:
    """A place with a device. kind: of DeviceKind. outcome: of its light; UNKNOWN before it was looked at."""

    slot: str
    kind: str
    outcome: str
    detail: str


class Lines(Protocol):
    """The configured devices of this window. Called from the bridge's thread; callbacks come from any."""

    def states(self) -> tuple[SlotState, ...]: ...

    def call(self, slot: str, work: Work, then: Then) -> Cancel:
        """Run work(device) on its owner's thread; `then` gets the Reply, CANCELLED after the cancel that is returned.
        A place without a device answers DISCONNECTED."""
        ...

    def watch(self, slot: str, each: EachFrame, then: Then) -> Cancel:
        """Look through a camera until `each` has enough or the look is cancelled; `then` says how it ended."""
        ...


class Loaned:
    """A piece of work that can be called off: before it begins it never does, while it runs the device is told."""

    def __init__(self, work: Work, cancelled: Reply[Any]) -> None:
        self._work = work
        self._cancelled = cancelled
        self._lock = threading.Lock()
        self._device: Device | None = None
        self._over = False

    def __call__(self, device: Device) -> Reply[Any]:
        with self._lock:
            if self._over:
                return self._cancelled
            self._device = device
        try:
            return self._work(device)
        finally:
            with self._lock:
                self._device = None

    def cancel(self) -> None:
        """Under the lock, so that it never hits the work that came after."""
        with self._lock:
            self._over = True
            if self._device is not None:
                self._device.cancel()
