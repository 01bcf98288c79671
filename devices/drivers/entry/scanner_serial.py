"""Code scanners on a serial line or USB-serial (CDC): `scanner+serial:///dev/ttyACM0?suffix=crlf&aim=1`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import serial

from devices.drivers.entry.scanned_text import AUTO, ENCODINGS, read_text
from devices.drivers.links.guarded import GuardedDevice
from devices.drivers.links.serial_port import open_port
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.entry import CodeScanner, ScannedCode
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

T = TypeVar("T")

BAUDS = (9600, 1200, 2400, 4800, 19200, 38400, 57600, 115200)
_NAMED = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "stx": b"\x02", "etx": b"\x03", "none": b""}
_READ_SLICE = 0.05
_MOST = 8192
"""Bytes of one code: the largest QR code holds 2,953."""
_LONGEST = 2.0
"""Seconds beyond the caller's patience that a begun code may take: 2,953 bytes at 38,400 baud take less."""
_NAME = "串口扫码枪"


@dataclass(frozen=True, slots=True)
class Framing:
    """How one code is told from the next. prefix, suffix: bytes around it; without a suffix silence ends it. quiet:
    seconds of silence that end a code without a suffix, or after it where the content may hold the suffix (multiline).
    torn: seconds of silence after which an unfinished code is given up."""

    prefix: bytes = b""
    suffix: bytes = b"\r"
    multiline: bool = False
    quiet: float = 0.08
    torn: float = 0.4


class SerialScanner(GuardedDevice, CodeScanner):
    """Takes what the scanner sends. The scanner is never asked anything: most have no answer to give.

    A line that dies closes the driver: the call says DISCONNECTED, and so does every other until `open` succeeds.
    """

    def __init__(
        self,
        uri: str,
        port: str,
        baud: int = BAUDS[0],
        framing: Framing = Framing(),
        encoding: str = AUTO,
        aim: bool | None = None,
    ) -> None:
        super().__init__(uri)
        self._port = port
        self._baud = baud
        self._framing = framing
        self._encoding = encoding
        self._aim = aim
        self._line: serial.Serial | None = None
        self._heard = bytearray()
        self._heard_at = 0.0

    def open(self) -> Reply[str]:
        if self._line is None:
            return self._call(self._open)
        return Reply(Outcome.OK, _NAME)

    def close(self) -> None:
        line, self._line = self._line, None
        self._heard.clear()
        if line is not None:
            try:
                line.close()
            except OSError:
                return  # unplugged: there is nothing left to release

    def probe(self) -> Reply[str]:
        """Only whether the line is there: what has been scanned meanwhile stays for the next `read_code`."""
        return self._call(self._probe)

    def read_code(self, timeout: float = 1.0) -> Reply[ScannedCode]:
        return self._call(lambda: self._read(timeout))

    def _call(self, work: Callable[[], T]) -> Reply[T]:
        try:
            return super()._call(work)
        except OSError:
            self.close()
            return Reply(Outcome.DISCONNECTED, detail="扫码枪连接已断开，请检查连接线")

    def _open(self) -> str:
        self._line = open_port(self._port, self._baud, _READ_SLICE)
        return _NAME

    def _probe(self) -> str:
        self._hear(self._opened().in_waiting)
        return _NAME

    def _opened(self) -> serial.Serial:
        if self._line is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        return self._line

    def _hear(self, most: int) -> None:
        data = self._opened().read(most) if most else b""
        if data:
            self._heard += data
            self._heard_at = time.monotonic()

    def _read(self, timeout: float) -> ScannedCode:
        line, until = self._opened(), time.monotonic() + timeout
        while True:
            data = self._cut()
            if data is not None:
                return read_text(data, self._encoding, self._aim)
            if self._cancelled.is_set():
                raise cancelled()
            # A code that has begun is waited for: its silence is measured, not the caller's patience.
            late = time.monotonic() - until
            if late >= 0 and not self._heard:
                raise Failure(Outcome.NOT_PRESENT, "没有扫到码")
            if late >= _LONGEST:
                # Half codes one upon the other, and never an end.
                self._heard.clear()
                raise _torn()
            self._hear(max(1, line.in_waiting))

    def _cut(self) -> bytes | None:
        """The first whole code, taken out of what was heard. Failure: what stands there will never be one."""
        framing, heard = self._framing, self._heard
        if not heard:
            return None
        quiet = time.monotonic() - self._heard_at
        if framing.prefix:
            begin = heard.find(framing.prefix)
            # Before the prefix stands nothing of ours; half of one may still grow.
            if begin > 0:
                del heard[:begin]
            elif begin < 0 and quiet > framing.torn:
                heard.clear()
                raise _torn()
        if not framing.suffix:
            return self._take(len(heard), 0) if quiet >= framing.quiet else None
        if framing.multiline:
            if heard.endswith(framing.suffix) and quiet >= framing.quiet:
                return self._take(len(heard) - len(framing.suffix), len(framing.suffix))
        elif (end := heard.find(framing.suffix)) >= 0:
            return self._take(end, len(framing.suffix))
        if quiet > framing.torn or len(heard) > _MOST:
            heard.clear()
            raise _torn()
        return None

    def _take(self, end: int, suffix: int) -> bytes | None:
        heard, prefix = self._heard, self._framing.prefix
        whole = bytes(heard[:end])
        del heard[: end + suffix]
        if len(whole) > _MOST or not whole.startswith(prefix):
            raise _torn()
        # A suffix of two characters of which the settings name one leaves the other: an empty line is no code.
        content = whole[len(prefix) :].lstrip(b"\r\n") if not prefix else whole[len(prefix) :]
        return content or None


def _torn() -> Failure:
    return Failure(Outcome.UNREADABLE, "条码没有收全，请再扫一次")


def wire_bytes(parsed: DeviceUri, name: str, default: str) -> bytes:
    """An option that names bytes of the line: cr, lf, crlf, tab, stx, etx, none, or hex:0D0A. BadInput otherwise."""
    value = parsed.options.get(name, default)
    if value in _NAMED:
        return _NAMED[value]
    if value.startswith("hex:"):
        try:
            return bytes.fromhex(value[4:])
        except ValueError:
            pass
    raise bad_uri(parsed.text, f"的参数 {name} 不可用", "可用：" + "、".join(_NAMED) + "，或 hex:0D0A 这样的十六进制。")


def choice(parsed: DeviceUri, name: str, known: tuple[str, ...]) -> str:
    """An option that is one of these, the first when it is not given. BadInput otherwise."""
    value = parsed.options.get(name, known[0])
    if value not in known:
        raise bad_uri(parsed.text, f"的参数 {name} 不可用", "可用：" + "、".join(known) + "。")
    return value


def framing_of(parsed: DeviceUri) -> Framing:
    """prefix, suffix, multiline, quiet of a scanner's URI. BadInput."""
    suffix = wire_bytes(parsed, "suffix", "cr")
    return Framing(
        wire_bytes(parsed, "prefix", "none"),
        suffix,
        parsed.flag("multiline"),
        parsed.number("quiet", 0.08, 0.02, 2.0),
    )


def open_driver(uri: str) -> SerialScanner:
    """The driver of a `scanner+serial:` URI. BadInput when it is malformed."""
    parsed = DeviceUri.parse(uri, ["baud", "prefix", "suffix", "multiline", "quiet", "encoding", "aim"])
    if parsed.port is not None:
        raise bad_uri(uri, "不应有端口号")
    baud = parsed.integer("baud", BAUDS[0], min(BAUDS), max(BAUDS))
    if baud not in BAUDS:
        raise bad_uri(uri, "的速率不被扫码枪支持", "可用速率：" + "、".join(map(str, sorted(BAUDS))) + "。")
    aim = {"auto": None, "1": True, "0": False}[choice(parsed, "aim", ("auto", "1", "0"))]
    return SerialScanner(uri, parsed.file, baud, framing_of(parsed), choice(parsed, "encoding", ENCODINGS), aim)
