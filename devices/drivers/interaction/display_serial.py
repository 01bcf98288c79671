"""Customer displays with lines of text (VFD, LED): `display+serial:///dev/ttyUSB4?baud=9600&columns=20&lines=2`.

The commands are the CD5220 set that PartnerTech published with its CD-5220 and that most makers' displays know:
ESC @ initialise, CAN clear the line, CLR clear all, ESC Q A and ESC Q B … CR write the upper and the lower line. Lines
below the second are reached by US $ column row, as Epson has it. Texts are GB18030. A display never answers: OK says
that the bytes have left.
"""

from __future__ import annotations

import unicodedata

import serial

from devices.base import Picture
from devices.drivers.links.guarded import GuardedDevice
from devices.drivers.links.serial_port import drain, open_port
from devices.failure import NOT_OPEN, Failure
from devices.kinds.interaction import CustomerScreen
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

INITIALISE, CLEAR = b"\x1b@", b"\x0c"
LINE_STARTS = (b"\x1bQA", b"\x1bQB")
MOVE = b"\x1f$"
END_LINE = b"\r"
MISSING = "〓"
"""Printers' sign for a character that the font lacks."""


class SerialDisplay(GuardedDevice, CustomerScreen):
    def __init__(self, uri: str, port: str, baud: int, columns: int, lines: int, charset: str) -> None:
        super().__init__(uri)
        self._port, self._baud = port, baud
        self._columns, self._lines, self._charset = columns, lines, charset
        self._serial: serial.Serial | None = None

    def open(self) -> Reply[str]:
        if self._serial:
            return Reply(Outcome.OK, self._name)
        return self._call(self._open)

    def close(self) -> None:
        port, self._serial = self._serial, None
        if port:
            try:
                port.close()
            except OSError:
                return  # unplugged: there is nothing left to release

    def probe(self) -> Reply[str]:
        """It cannot be asked; the port says whether it is still there."""
        return self._call(self._there)

    def show_picture(self, picture: Picture) -> Reply[str]:
        def refuse() -> str:
            self._there()
            raise Failure(Outcome.NOT_PRESENT, "顾客显示屏只能显示文字")

        return self._call(refuse)

    def show_lines(self, lines: tuple[str, ...]) -> Reply[str]:
        data = CLEAR
        for number, line in enumerate(lines[: self._lines]):
            text = fit(line, self._columns, self._charset)
            if number < len(LINE_STARTS):
                data += LINE_STARTS[number] + text + END_LINE
            else:
                data += MOVE + bytes((1, number + 1)) + text
        return self._call(lambda: self._write(data))

    @property
    def _name(self) -> str:
        return f"顾客显示屏 {self._lines}×{self._columns}"

    def _open(self) -> str:
        self._serial = open_port(self._port, self._baud, 0.05)
        return self._write(INITIALISE + CLEAR)

    def _there(self) -> str:
        if self._serial is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        return self._alive(self._serial)

    def _alive(self, port: serial.Serial) -> str:
        try:
            port.in_waiting  # noqa: B018 - asks the system about the line
        except OSError as error:
            raise _lost() from error
        return self._name

    def _write(self, data: bytes) -> str:
        port = self._serial
        if port is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        self._alive(port)
        try:
            port.write(data)
            drain(port)
        except serial.SerialTimeoutException as error:
            raise Failure(Outcome.TIMEOUT, "顾客显示屏不接收数据，请检查电源") from error
        except OSError as error:
            raise _lost() from error
        return self._name


def _lost() -> Failure:
    return Failure(Outcome.DISCONNECTED, "顾客显示屏连接已断开，请检查连接线")


def fit(text: str, columns: int, charset: str = "gb18030") -> bytes:
    """A line's bytes, cut between characters to the display's columns: a Chinese character takes two. What cannot be
    shown is 〓; a control character, which the display would obey, is a blank."""
    out, used = b"", 0
    for char in text:
        if not char.isprintable():
            char = " "
        try:
            code = char.encode(charset)
        except UnicodeEncodeError:
            char = MISSING
            code = char.encode(charset)
        width = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        if used + width > columns:
            break
        out, used = out + code, used + width
    return out


def open_driver(uri: str) -> SerialDisplay:
    """The driver of a `display+serial:` URI. BadInput when it is malformed.

    Options: baud (9600), columns (20), lines (2), gbk (1: the display's font ends at GBK; rarer characters are 〓).
    """
    parsed = DeviceUri.parse(uri, ["baud", "columns", "lines", "gbk"])
    return SerialDisplay(
        uri,
        parsed.file,
        parsed.integer("baud", 9600, 1200, 115200),
        parsed.integer("columns", 20, 8, 80),
        parsed.integer("lines", 2, 1, 8),
        "gbk" if parsed.flag("gbk") else "gb18030",
    )
