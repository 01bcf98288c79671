"""Status and bytes of ESC/POS printers: what is asked over the wire, and what a picture becomes."""

from __future__ import annotations

import struct
import threading
import time
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from devices.base import Picture
from devices.drivers.links.serial_port import open_port
from devices.drivers.links.tcp import Lost
from devices.failure import cancelled

BAND = 128
"""Rows a raster command carries: cheap printers overflow on more."""

_SERIAL_CHUNK = 256


class Wire(Protocol):
    """A connection to a printer; see TcpWire for the meaning."""

    sent: int

    def send(self, data: bytes, stall: float = 10.0) -> None: ...

    def receive(self, seconds: float) -> bytes: ...

    def finish(self, seconds: float) -> bool: ...

    def close(self) -> None: ...


class SerialWire:
    """A serial line to a printer, with the face of TcpWire."""

    def __init__(self, name: str, baud: int, flow: str, cancelled: threading.Event) -> None:
        """Open the port. flow: none, rtscts or xonxoff. Failure: DISCONNECTED, BUSY."""
        self.sent = 0
        self._cancelled = cancelled
        self._port = open_port(name, baud, read_slice=0.05)
        self._port.rtscts = flow == "rtscts"
        self._port.xonxoff = flow == "xonxoff"

    def send(self, data: bytes, stall: float = 10.0) -> None:
        """Send everything and see it leave the machine's own buffer."""
        try:
            self._port.write_timeout = stall
            for at in range(0, len(data), _SERIAL_CHUNK):
                self._check_cancelled()
                self.sent += self._port.write(data[at : at + _SERIAL_CHUNK])
            self._drain(stall)
        except OSError as error:
            raise Lost("打印机串口中断或停止接收数据") from error

    def receive(self, seconds: float) -> bytes:
        until = time.monotonic() + seconds
        try:
            while True:
                self._check_cancelled()
                data = bytes(self._port.read(max(1, self._port.in_waiting)))
                if data or time.monotonic() >= until:
                    return data
        except OSError as error:
            raise Lost("打印机串口连接已断开") from error

    def finish(self, seconds: float) -> bool:
        """A serial line has no end to wait for."""
        return True

    def close(self) -> None:
        try:
            self._port.close()
        except OSError:
            return  # unplugged: there is nothing left to release

    def _drain(self, stall: float) -> None:
        # Not flush(): tcdrain cannot be cancelled and never returns when the printer holds its line.
        moved_at, before = time.monotonic(), self._port.out_waiting
        while left := self._port.out_waiting:
            if self._cancelled.wait(0.02):
                raise cancelled()
            if left < before:
                moved_at, before = time.monotonic(), left
            elif time.monotonic() - moved_at > stall:
                raise Lost("打印机停止接收数据")

    def _check_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise cancelled()


@dataclass(frozen=True, slots=True)
class Status:
    """What the printer says of itself (DLE EOT 1, 2, 4). None: it did not say, which is not "no"."""

    offline: bool
    paper_end: bool | None
    paper_low: bool | None
    cover_open: bool | None
    error: bool | None


def ask_status(wire: Wire, first: float, further: float) -> Status | None:
    """Ask in real time; None when there is no answer within `first` seconds. Further questions wait `further` each.
    A wire that knows the port's own state (`port_says`, USB) is asked when the printer is silent.
    Lost, Failure: as Wire."""
    general = _ask(wire, 1, first)
    if general is None:
        said = getattr(wire, "port_says", None)
        return said() if said is not None else None
    paper = _ask(wire, 4, further)
    offline = bool(general & 0x08)
    cause = _ask(wire, 2, further) if offline else 0
    ends = [bool(answer & mask) for answer, mask in ((paper, 0x60), (cause, 0x20)) if answer is not None]
    return Status(
        offline=offline,
        paper_end=any(ends) if paper is not None or any(ends) else None,
        paper_low=None if paper is None else bool(paper & 0x0C),
        cover_open=None if cause is None else bool(cause & 0x04),
        error=None if cause is None else bool(cause & 0x40),
    )


def _ask(wire: Wire, what: int, seconds: float) -> int | None:
    while wire.receive(0):
        pass  # answers to earlier questions
    wire.send(bytes((0x10, 0x04, what)))
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        for byte in wire.receive(left):
            # Bits 0, 1, 4, 7 of a status byte are fixed; automatic status and XON/XOFF differ in them.
            if byte & 0x93 == 0x12:
                return byte
    return None


def encode_picture(picture: Picture) -> bytes:
    """Initialise, print as raster bands (GS v 0), feed and cut. Dark is anything below middle grey.

    The bytes are those of python-escpos 3.1, which the tests hold against these. It is not used itself: it prints to
    standard output, which belongs to our commands' JSON, configures logging and leaves a temporary folder behind.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    # Hard black and white, no dithering: small type must stay sharp.
    rows = np.packbits(grey < 128, axis=1)
    job = bytearray(b"\x1b@")
    for top in range(0, len(rows), BAND):
        band = rows[top : top + BAND]
        job += b"\x1dv0\0" + struct.pack("<HH", band.shape[1], len(band)) + band.tobytes()
    return bytes(job + b"\x1bd\x06" + b"\x1dV\x00")
