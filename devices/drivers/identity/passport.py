"""Passport and permit readers: the machine-readable zone from a serial line, from a camera, or the chip by PC/SC.

`mrz+serial:///dev/ttyUSB0?baud=9600&chip=READER`   lines over a serial port (swipe, full-page readers in text mode)
`pcsc-passport:READER?exclusive=1`                  the chip only (ICAO 9303-10 over ISO 14443-4)
`mrz+camera:?camera=v4l2:///dev/video2&chip=READER` a camera's frames; the window finds the zone in them
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

import serial

from devices.base import Picture
from devices.drivers.identity.mrz_lines import ZoneBytes, find_zone
from devices.drivers.identity.pcsc import PcscCalls, parse
from devices.drivers.identity.pcsc_api import Winscard, system_api
from devices.drivers.identity.pcsc_chip import PcscChip
from devices.drivers.imaging.camera import open_driver as open_eye
from devices.drivers.links.guarded import GuardedDevice
from devices.drivers.links.serial_port import open_port
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.identity import Answer, MrzReading, PassportReader
from devices.kinds.imaging import Camera
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri, scheme_of

T = TypeVar("T")

BAUDS = (9600, 19200, 38400, 57600, 115200)

_EYES = ("v4l2", "file", "http", "https")

_READ_SLICE = 0.05
_GRACE = 2.0
"""Seconds beyond the time-out for a zone that has begun."""
_LOST = "证件阅读机连接已断开，请检查连接线"
_NO_ZONE = "没有读到证件机读码，请放平证件后重试"
_NO_DOCUMENT = "没有放置证件"
_ZONE_ELSEWHERE = "此设备只读取芯片，请另行录入机读码"
_NO_FINDER = "机读码由办理窗口的程序识读，请在窗口里按 Shift+F2"
_CHIP_ELSEWHERE = "此设备不读取芯片"


class ZoneFinder(Protocol):
    """Finds the machine-readable zone in a picture."""

    def __call__(self, picture: Picture) -> tuple[str, ...] | None:
        """Its lines as seen; None when none is to be seen."""


class PcscPassportReader(PcscCalls, PassportReader):
    """The chip on a contactless PC/SC reader; the zone comes from elsewhere."""

    has_zone = False

    def read_zone(self, timeout: float = 10.0) -> Reply[MrzReading]:
        if not self._chip.is_open:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        return Reply(Outcome.NOT_PRESENT, detail=_ZONE_ELSEWHERE)


class ZonePassportReader(GuardedDevice, PassportReader):
    """What readers of the zone share: the chip, when a PC/SC reader belongs to it.

    A chip's reader that is lost fails its own calls only: the zone is read on.
    """

    def __init__(
        self, uri: str, chip: str | None = None, exclusive: bool = False, api: Callable[[], Winscard] = system_api
    ) -> None:
        """chip: which PC/SC reader (PcscChip), None for none."""
        super().__init__(uri)
        self.has_chip = chip is not None
        self._chip = PcscChip(chip, self._cancelled, exclusive, api) if chip is not None else None

    def read_zone(self, timeout: float = 10.0) -> Reply[MrzReading]:
        return self._call(lambda: self._read_zone(timeout))

    def connect_card(self, timeout: float = 5.0) -> Reply[bytes]:
        return self._call(lambda: self._on_chip(lambda chip: chip.connect(timeout)))

    def transmit(self, command: bytes, timeout: float = 5.0) -> Reply[Answer]:
        """As ChipReader. ValueError when the bytes are no command: that is a defect of the caller."""
        return self._call(lambda: self._on_chip(lambda chip: chip.transmit(command, timeout)))

    def release_card(self) -> None:
        if self._chip:
            self._chip.release()

    def close(self) -> None:
        if self._chip:
            self._chip.close()

    def _read_zone(self, timeout: float) -> MrzReading:
        raise NotImplementedError

    def _check_open(self) -> None:
        """Failure (DISCONNECTED) before open."""
        raise NotImplementedError

    def _on_chip(self, work: Callable[[PcscChip], T]) -> T:
        self._check_open()
        if self._chip is None:
            raise Failure(Outcome.NOT_PRESENT, _CHIP_ELSEWHERE)
        try:
            # Opened at first use: a document reader whose chip part is not ready still reads zones.
            self._chip.open()
            return work(self._chip)
        except Failure as failure:
            if failure.outcome is Outcome.DISCONNECTED:
                self._chip.close()
            raise

    def _lost_line(self) -> None:
        """Nothing more: what is lost may be the chip's reader, and whoever lost the zone's line has closed it."""


class TextPassportReader(ZonePassportReader):
    """Sends the zone as lines of text, by whatever way."""

    def _read_zone(self, timeout: float) -> MrzReading:
        """What came before is thrown away: it may be the last person's."""
        deadline = time.monotonic() + timeout
        self._check_open()
        self._drop_leftovers()
        zone = ZoneBytes()
        while True:
            if self._cancelled.is_set():
                raise cancelled()
            data = self._take()
            found = zone.feed(data) if data else zone.settle()
            if isinstance(found, tuple):
                return MrzReading(found)
            if found == "":
                raise Failure(Outcome.UNREADABLE, _NO_ZONE)
            over = time.monotonic() - deadline
            if over >= 0 and not zone.begun:
                raise Failure(Outcome.NOT_PRESENT, _NO_DOCUMENT)
            # What has begun is waited for a little; a line that only babbles has no end.
            if over >= _GRACE:
                raise Failure(Outcome.UNREADABLE, _NO_ZONE)

    def _drop_leftovers(self) -> None:
        """Forget what came while nobody asked. Failure (DISCONNECTED): the line is dead."""
        raise NotImplementedError

    def _take(self) -> bytes:
        """What has come, after a moment's wait. Failure (DISCONNECTED): the line is dead."""
        raise NotImplementedError


class SerialPassportReader(TextPassportReader):
    """Lines of text over a serial port."""

    def __init__(
        self,
        uri: str,
        port: str,
        baud: int = BAUDS[0],
        chip: str | None = None,
        api: Callable[[], Winscard] = system_api,
    ) -> None:
        super().__init__(uri, chip, api=api)
        self._name = port
        self._baud = baud
        self._port: serial.Serial | None = None

    def open(self) -> Reply[str]:
        """The value names the port: such readers do not name themselves."""
        return self._call(self._open)

    def close(self) -> None:
        port, self._port = self._port, None
        super().close()
        if port:
            try:
                port.close()
            except OSError:
                return  # unplugged: there is nothing left to release

    def probe(self) -> Reply[str]:
        return self._call(self._probe)

    def _open(self) -> str:
        if self._port is None:
            self._port = open_port(self._name, self._baud, _READ_SLICE)
        return f"证件阅读机 {self._name}"

    def _probe(self) -> str:
        self._check_open()
        self._in_waiting()
        return f"证件阅读机 {self._name}"

    def _check_open(self) -> None:
        if self._port is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)

    def _in_waiting(self) -> int:
        self._check_open()
        try:
            waiting: int = self._port.in_waiting if self._port else 0
        except OSError as error:
            raise self._lost() from error
        return waiting

    def _drop_leftovers(self) -> None:
        if waiting := self._in_waiting():
            self._take(waiting)

    def _take(self, most: int = 0) -> bytes:
        self._check_open()
        most = most or max(1, self._in_waiting())
        try:
            data: bytes = self._port.read(most) if self._port else b""
        except OSError as error:
            raise self._lost() from error
        return data

    def _lost(self) -> Failure:
        self.close()
        return Failure(Outcome.DISCONNECTED, _LOST)


class CameraPassportReader(ZonePassportReader):
    """A zone seen by any camera: a document camera, a full-page reader that is a camera to the system.

    camera: opened and closed here. finder: what finds the zone in a frame; it runs on this thread. The program that
    uses the reader brings it (`attach`): devices know no readers of pictures.
    """

    def __init__(
        self,
        uri: str,
        camera: Camera,
        finder: ZoneFinder | None,
        chip: str | None = None,
        api: Callable[[], Winscard] = system_api,
    ) -> None:
        super().__init__(uri, chip, api=api)
        self._camera = camera
        self._finder = finder
        self._opened = False

    def attach(self, finder: ZoneFinder) -> None:
        """Who finds the zone; before the owner's thread starts."""
        self._finder = finder

    def open(self) -> Reply[str]:
        reply = self._camera.open()
        self._opened = reply.ok
        return reply

    def close(self) -> None:
        self._opened = False
        super().close()
        self._camera.close()

    def probe(self) -> Reply[str]:
        return self._camera.probe()

    def cancel(self) -> None:
        super().cancel()
        self._camera.cancel()

    def _check_open(self) -> None:
        if not self._opened:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)

    def _read_zone(self, timeout: float) -> MrzReading:
        self._check_open()
        if self._finder is None:
            raise Failure(Outcome.NOT_PRESENT, _NO_FINDER)
        deadline = time.monotonic() + timeout
        seen = False
        while True:
            if self._cancelled.is_set():
                raise cancelled()
            left = deadline - time.monotonic()
            if left <= 0:
                raise Failure(Outcome.NOT_PRESENT, _NO_DOCUMENT)
            reply = self._camera.read_frame(max(0.05, min(1.0, left)))
            # A camera that has shown something is there: its next frame may just come after the time is up.
            if reply.outcome is Outcome.TIMEOUT and (seen or left > 1):
                continue
            seen = True
            if not reply.ok:
                raise Failure(reply.outcome, reply.detail)
            lines = self._finder(reply.unwrap().picture)
            zone = find_zone("\n".join(lines)) if lines else None
            if zone:
                return MrzReading(zone)


def open_serial(uri: str) -> SerialPassportReader:
    """The driver of an `mrz+serial:` URI. BadInput when it is malformed. Options: baud, chip."""
    parsed = DeviceUri.parse(uri, ["baud", "chip"])
    if parsed.port is not None:
        raise bad_uri(uri, "不应有端口号")
    baud = parsed.integer("baud", BAUDS[0], BAUDS[0], BAUDS[-1])
    if baud not in BAUDS:
        raise bad_uri(uri, "的速率不被支持", "可用速率：" + "、".join(map(str, BAUDS)) + "。")
    return SerialPassportReader(uri, parsed.file, baud, parsed.options.get("chip"))


def open_camera(uri: str) -> CameraPassportReader:
    """The driver of an `mrz+camera:` URI. BadInput when it is malformed. Options: camera (a camera's URI of its own,
    percent-encoded where it has options), chip."""
    parsed = DeviceUri.parse(uri, ["camera", "chip"])
    eye = parsed.options.get("camera", "")
    if scheme_of(eye) not in _EYES:
        raise bad_uri(uri, "缺少参数 camera，或不是摄像头地址", "写作 mrz+camera:?camera=v4l2:///dev/video2。")
    return CameraPassportReader(uri, open_eye(eye), None, parsed.options.get("chip"))


def open_chip(uri: str) -> PcscPassportReader:
    """The driver of a `pcsc-passport:` URI. BadInput when it is malformed. Options: exclusive."""
    return PcscPassportReader(uri, *parse(uri))
