"""The real driver before an emulator: what the emulated devices of all kinds share."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from app.domain.errors import BadInput
from devices.base import Device
from devices.emulators.drills import DRILLS, UNPLUGGED
from devices.emulators.faults import ALWAYS, Faults
from devices.failure import NOT_OPEN
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

Kinds = dict[str, tuple[tuple[str, ...], Callable[[DeviceUri], Device]]]
"""What the driver of a category offers: the name in the URI, the options that it knows, and who makes it."""


class Emulator(Protocol):
    """What every emulator offers to its device."""

    faults: Faults

    def start(self) -> None: ...

    def stop(self) -> None: ...


E = TypeVar("E", bound=Emulator)
D = TypeVar("D", bound=Device)


class EmulatedDevice(Device, Generic[E, D]):
    """The real driver before an emulator. `emulator` is there from the start, running between open and close."""

    def __init__(self, uri: str, emulator: E, driver: Callable[[E], D]) -> None:
        """driver makes the real driver for the emulator, once it runs."""
        super().__init__(uri)
        self.emulator = emulator
        self._make_driver = driver
        self._driver: D | None = None
        self._plugged = True
        # A lesson pulls the cable from another thread than the one that opens and closes.
        self._power = threading.Lock()

    def drill(self, name: str, on: bool) -> None:
        """Let something go wrong, or end it (devices.emulators.drills). From any thread. BadInput when it is unknown.

        A plugged-in device answers again after its next open, as real ones do.
        """
        known = DRILLS[str(self.kind)]
        if name not in known:
            raise BadInput("未知的设备故障", f"没有名为“{name[:40]}”的故障", "可用：" + "、".join(known) + "。")
        if name != UNPLUGGED:
            self.emulator.faults.set(known[name], ALWAYS if on else 0)
            return
        with self._power:
            self._plugged = not on
            if on:
                self.emulator.stop()

    def open(self) -> Reply[str]:
        if self._driver:
            return self._driver.open()
        try:
            with self._power:
                if self._plugged:
                    self.emulator.start()
        except OSError as error:
            return Reply(Outcome.FAULT, detail=f"模拟设备无法启动（{error.strerror}）")
        self._driver = self._make_driver(self.emulator)
        self.patience = self._driver.patience
        reply = self._driver.open()
        self.capabilities = self._driver.capabilities
        if not reply.ok:
            self.close()
        return reply

    def close(self) -> None:
        driver, self._driver = self._driver, None
        if driver:
            driver.close()
        with self._power:
            self.emulator.stop()

    def probe(self) -> Reply[str]:
        return self._driver.probe() if self._driver else not_open()

    def cancel(self) -> None:
        super().cancel()
        driver = self._driver
        if driver:
            driver.cancel()


def file_of(parsed: DeviceUri, option: str) -> Path | None:
    """A file or folder named by an option that may be left out."""
    text = parsed.options.get(option, "")
    return Path(text) if text else None


def not_open() -> Reply[Any]:
    """What is said when nobody opened the device."""
    return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
