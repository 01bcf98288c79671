"""`emulated://…`: starts an emulator and lets the real driver talk to it.

emulated://id-reader?person=zhang-wei&after=0.5&fault=split,bad-checksum:1
emulated://camera?clip=PATH&light=2&fault=…
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from app.domain.errors import BadInput
from app.domain.person import IdCard
from devices.base import Device, DeviceKind
from devices.discovery import Found
from devices.drivers import camera, camera_live, sdt
from devices.emulators.drills import DRILLS, UNPLUGGED
from devices.emulators.faults import ALWAYS, Faults
from devices.emulators.mjpeg import MjpegEmulator
from devices.emulators.people import demo_people
from devices.emulators.sam import SamEmulator
from devices.failure import NOT_OPEN
from devices.kinds.identity import CardReading, IdReader
from devices.kinds.imaging import Camera, CameraMode, Frame
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri


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
        return self._driver.probe() if self._driver else _not_open()

    def cancel(self) -> None:
        super().cancel()
        driver = self._driver
        if driver:
            driver.cancel()


class EmulatedIdReader(EmulatedDevice[SamEmulator, IdReader], IdReader):
    """emulator.place(card) and emulator.remove() move cards while it runs."""

    def __init__(self, uri: str, emulator: SamEmulator, card: IdCard | None = None, after: float = 0.0) -> None:
        """card: laid on the reader `after` seconds after each open."""
        super().__init__(uri, emulator, lambda started: sdt.open_driver(f"sdt://{started.path}"))
        self._card = card
        self._after = after

    def open(self) -> Reply[str]:
        if self._card and not self._driver:
            self.emulator.place(self._card, after=self._after)
        return super().open()

    def read_card(self, timeout: float = 5.0) -> Reply[CardReading]:
        return self._driver.read_card(timeout) if self._driver else _not_open()


class EmulatedCamera(EmulatedDevice[MjpegEmulator, Camera], Camera):
    def read_frame(self, timeout: float = 1.0) -> Reply[Frame]:
        return self._driver.read_frame(timeout) if self._driver else _not_open()

    def set_exposure(self, stops: float) -> Reply[str]:
        """Beside the stream, as a control of a UVC camera is."""
        if not self._driver:
            return _not_open()
        self.emulator.exposure = stops
        return Reply(Outcome.OK, self.uri)

    def modes(self) -> Reply[tuple[CameraMode, ...]]:
        """The clip's own size, and half of it."""
        if not self._driver:
            return _not_open()
        wide, high = self.emulator.size
        modes = tuple(CameraMode(wide // part, high // part, 15.0) for part in (1, 2)) if wide and high else ()
        return Reply(Outcome.OK, modes) if modes else super().modes()

    def set_mode(self, mode: CameraMode) -> Reply[CameraMode]:
        """Frames change their size soon, as those of a network camera do that is set by its own page."""
        offered = self.modes()
        if offered.value is None:
            return Reply(offered.outcome, detail=offered.detail)
        taken = camera_live.nearest_mode(offered.value, mode)
        self.emulator.part = offered.value.index(taken) + 1
        return Reply(Outcome.OK, taken)


def _all_kinds() -> dict[str, tuple[tuple[str, ...], Callable[[DeviceUri], Device]]]:
    return {**_KINDS, **{kind: made for name in _ELSEWHERE for kind, made in import_module(name).KINDS.items()}}


def open_driver(uri: str) -> Device:
    """The driver of an `emulated:` URI. BadInput when it is malformed, or names an unknown person or fault."""
    kinds = _all_kinds()
    kind = DeviceUri.parse(uri, {option for options, _ in kinds.values() for option in options}).host
    if kind not in kinds:
        raise bad_uri(uri, f"没有名为“{kind[:40]}”的模拟设备", "可用：" + "、".join(kinds) + "。")
    options, make = kinds[kind]
    device: Device = make(DeviceUri.parse(uri, options))
    return device


def discover(kind: DeviceKind) -> list[Found]:
    """The emulators that begin without being told anything; for demo mode."""
    found = []
    for name in _all_kinds():
        uri = f"emulated://{name}"
        try:
            made = open_driver(uri)
        except BadInput:
            continue
        if made.kind is kind:
            found.append(Found(uri, "模拟设备", name))
    return found


def _id_reader(parsed: DeviceUri) -> Device:
    card: IdCard | None = None
    name = parsed.options.get("person", "")
    if name:
        if name not in demo_people():
            raise bad_uri(parsed.text, "中的人员不存在", "可用：" + "、".join(demo_people()) + "。")
        card = demo_people()[name].card
    emulator = SamEmulator()
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedIdReader(parsed.text, emulator, card, parsed.number("after", 0.0, 0, 3600))


def _camera(parsed: DeviceUri) -> Device:
    clip = parsed.options.get("clip", "")
    if not clip:
        raise bad_uri(parsed.text, "缺少参数 clip", "请写明视频或图片文件的路径。")
    light = parsed.number("light", 0.0, -8, 8)
    emulator = MjpegEmulator(Path(clip), loop=parsed.flag("loop", True), light=light)
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedCamera(parsed.text, emulator, lambda started: camera.open_driver(started.url))


def _not_open() -> Reply[Any]:
    return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)


_KINDS: dict[str, tuple[tuple[str, ...], Callable[[DeviceUri], Device]]] = {
    "id-reader": (("person", "after", "fault"), _id_reader),
    "camera": (("clip", "loop", "light", "fault"), _camera),
}
_ELSEWHERE = (
    "devices.emulators.driver_entry",
    "devices.emulators.driver_output",
    "devices.emulators.driver_identity",
    "devices.emulators.driver_imaging",
    "devices.emulators.driver_talk",
)
"""Modules that build on this one and offer more: KINDS, as above."""
