"""`emulated://…`: starts an emulator and lets the real driver talk to it.

emulated://id-reader?person=zhang-wei&after=0.5&fault=split,bad-checksum:1
emulated://receipt-printer?out=DIR&fault=…&width=576
emulated://printer?out=DIR&wait=30&fault=…
emulated://camera?clip=PATH&light=2&fault=…
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from app.domain.errors import BadInput
from app.domain.person import IdCard
from devices.base import Device, DeviceKind, Picture
from devices.discovery import Found
from devices.drivers import camera, escpos, rawsocket, sdt
from devices.emulators.drills import DRILLS, UNPLUGGED
from devices.emulators.escpos_printer import EscposPrinterEmulator
from devices.emulators.faults import ALWAYS, Faults
from devices.emulators.mjpeg import MjpegEmulator
from devices.emulators.page_printer import PagePrinterEmulator
from devices.emulators.people import demo_people
from devices.emulators.sam import SamEmulator
from devices.failure import NOT_OPEN
from devices.kinds.identity import CardReading, IdReader
from devices.kinds.imaging import Camera, Frame
from devices.kinds.output import Printer, ReceiptPrinter
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


class EmulatedReceiptPrinter(EmulatedDevice[EscposPrinterEmulator, ReceiptPrinter], ReceiptPrinter):
    def print_picture(self, picture: Picture, job_id: str) -> Reply[str]:
        return self._driver.print_picture(picture, job_id) if self._driver else _not_open()


class EmulatedPrinter(EmulatedDevice[PagePrinterEmulator, Printer], Printer):
    def print_pdf(self, pdf: bytes, job_id: str, title: str) -> Reply[str]:
        return self._driver.print_pdf(pdf, job_id, title) if self._driver else _not_open()


def open_driver(uri: str) -> Device:
    """The driver of an `emulated:` URI. BadInput when it is malformed, or names an unknown person or fault."""
    kind = DeviceUri.parse(uri, _ALL_OPTIONS).host
    if kind not in _KINDS:
        raise bad_uri(uri, f"没有名为“{kind[:40]}”的模拟设备", "可用：" + "、".join(_KINDS) + "。")
    options, make = _KINDS[kind]
    return make(DeviceUri.parse(uri, options))


def discover(kind: DeviceKind) -> list[Found]:
    """The emulators that begin without being told anything; for demo mode."""
    found = []
    for name in _KINDS:
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


def _receipt_printer(parsed: DeviceUri) -> Device:
    emulator = EscposPrinterEmulator(_folder(parsed))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    width = parsed.integer("width", 576, 8, 1280)

    def driver(started: EscposPrinterEmulator) -> ReceiptPrinter:
        return escpos.open_driver("escpos+tcp://{}:{}?width={}".format(*started.address, width))

    device = EmulatedReceiptPrinter(parsed.text, emulator, driver)
    device.width_dots = width
    return device


def _printer(parsed: DeviceUri) -> Device:
    emulator = PagePrinterEmulator(_folder(parsed))
    emulator.faults.set_all(parsed.options.get("fault", ""))

    wait = parsed.integer("wait", 30, 1, 600)

    def driver(started: PagePrinterEmulator) -> Printer:
        return rawsocket.open_driver("socket://{}:{}?wait={}".format(*started.address, wait))

    return EmulatedPrinter(parsed.text, emulator, driver)


def _camera(parsed: DeviceUri) -> Device:
    clip = parsed.options.get("clip", "")
    if not clip:
        raise bad_uri(parsed.text, "缺少参数 clip", "请写明视频或图片文件的路径。")
    light = parsed.number("light", 0.0, -8, 8)
    emulator = MjpegEmulator(Path(clip), loop=parsed.flag("loop", True), light=light)
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedCamera(parsed.text, emulator, lambda started: camera.open_driver(started.url))


def _folder(parsed: DeviceUri) -> Path:
    out = parsed.options.get("out", "")
    if not out:
        raise bad_uri(parsed.text, "缺少参数 out", "请写明输出文件夹。")
    return Path(out)


def _not_open() -> Reply[Any]:
    return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)


_KINDS: dict[str, tuple[tuple[str, ...], Callable[[DeviceUri], Device]]] = {
    "id-reader": (("person", "after", "fault"), _id_reader),
    "camera": (("clip", "loop", "light", "fault"), _camera),
    "receipt-printer": (("out", "width", "fault"), _receipt_printer),
    "printer": (("out", "wait", "fault"), _printer),
}
_ALL_OPTIONS = {option for options, _ in _KINDS.values() for option in options}
