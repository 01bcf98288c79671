"""Fingerprint readers: `fingerprint+host:/usr/lib/acme/host?timeout=5`, a vendor's library in a process of its own.

The program speaks one JSON object a line on standard input and output (docs/devices.md, "The fingerprint host"). A
library that crashes, hangs or babbles ends its own process and shows on its light; the next `open` starts another.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import queue
import shutil
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import IO, Any

from devices.drivers.links.guarded import GuardedDevice
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.biometric import Fingerprint, FingerprintReader
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

PROTOCOL = 1
MOST_LINE = 1 << 18
MOST_TEMPLATE = 16384
"""Bytes of a finger. Two of them and a question fit a pipe, so that a host that reads nothing never stops us."""
_CANCEL_SECONDS = 0.5
_GRACE = 1.0
_REFUSALS = {
    "no-finger": (Outcome.NOT_PRESENT, "没有按手指"),
    "poor": (Outcome.UNREADABLE, "指纹不清楚，请擦干手指后重按"),
    "no-device": (Outcome.DISCONNECTED, "指纹仪没有连接，请检查连接线"),
    "busy": (Outcome.BUSY, "指纹仪正被其他程序占用"),
    "bad-template": (Outcome.UNREADABLE, "证件中的指纹无法比对"),
    "cancelled": (Outcome.CANCELLED, "操作已取消"),
}


class HostProcess:
    """One run of the host. `ask` from one thread; a reader thread of its own brings the lines."""

    def __init__(self, command: Sequence[str], cancelled: threading.Event) -> None:
        """Start it. Failure: FAULT."""
        self._cancelled = cancelled
        self._number = 0
        self._lines: queue.Queue[bytes | None] = queue.Queue(maxsize=64)
        pipe = subprocess.PIPE
        try:
            # What vendors print to standard error may hold what they have read: nobody keeps it.
            self._process = subprocess.Popen(list(command), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        except OSError as error:
            raise Failure(Outcome.FAULT, "指纹程序无法启动，请重新安装厂商驱动") from error
        self._reader = threading.Thread(target=self._read, name="fingerprint-host", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        out: IO[bytes] = self._process.stdout  # type: ignore[assignment]
        with contextlib.suppress(ValueError, OSError):
            while line := out.readline(MOST_LINE):
                # A babbler fills the queue and is then no longer heard; its question runs into its time-out.
                with contextlib.suppress(queue.Full):
                    self._lines.put_nowait(line)
        with contextlib.suppress(queue.Full):
            self._lines.put_nowait(None)

    def stop(self) -> None:
        """End it, whatever it does. Never raises."""
        self._process.kill()
        self._process.wait()
        self._reader.join(2.0)
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def ask(self, what: str, wait: float, **details: Any) -> dict[str, Any]:
        """The host's answer. Failure: CANCELLED with the host still well; every other means that it is to be ended."""
        self._number += 1
        number = self._number
        self._send({"id": number, "do": what, **details})
        until = time.monotonic() + wait
        stopping = False
        while True:
            if self._cancelled.is_set() and not stopping:
                stopping, until = True, time.monotonic() + _CANCEL_SECONDS
                self._send({"id": 0, "do": "cancel"})
            if time.monotonic() > until:  # asked here, for a babbler is never silent
                if stopping:
                    raise _Stubborn
                raise Failure(Outcome.TIMEOUT, "指纹程序没有应答，正在重新启动，请再试一次")
            try:
                line = self._lines.get(timeout=0.05)
            except queue.Empty:
                if self._process.poll() is not None and self._lines.empty():
                    raise _crashed() from None
                continue
            if line is None:
                raise cancelled() if stopping else _crashed()
            answer = _object(line)
            if answer is not None and answer.get("id") == number:
                if stopping:
                    raise cancelled()
                return answer

    def _send(self, question: dict[str, Any]) -> None:
        into: IO[bytes] = self._process.stdin  # type: ignore[assignment]
        try:
            into.write(json.dumps(question).encode() + b"\n")
            into.flush()
        except (OSError, ValueError) as error:
            raise _crashed() from error


class _Stubborn(Exception):
    """It was told to stop and does not."""


class HostedFingerprintReader(GuardedDevice, FingerprintReader):
    """command: the program and its arguments. wait: seconds for an answer that waits for no finger."""

    def __init__(self, uri: str, command: Sequence[str], wait: float = 5.0) -> None:
        super().__init__(uri)
        self._command = tuple(command)
        self._wait = wait
        self._host: HostProcess | None = None
        self._model = ""

    def open(self) -> Reply[str]:
        if self._host:
            return Reply(Outcome.OK, self._model)
        return self._call(self._open)

    def close(self) -> None:
        host, self._host = self._host, None
        if host:
            host.stop()

    def probe(self) -> Reply[str]:
        def look() -> str:
            self._ask("probe", min(self._wait, 1.8))
            return self._model

        return self._call(look)

    def capture(self, timeout: float = 10.0) -> Reply[Fingerprint]:
        def take() -> Fingerprint:
            answer = self._ask("capture", timeout + _GRACE, timeout=timeout)
            template, quality, name = answer.get("template"), answer.get("quality"), answer.get("format")
            try:
                data = base64.b64decode(template if isinstance(template, str) else "", validate=True)
            except (binascii.Error, ValueError):
                data = b""
            good = isinstance(quality, int) and 0 <= quality <= 100 and isinstance(name, str) and len(name) <= 40
            if not 0 < len(data) <= MOST_TEMPLATE or not good:
                raise self._broken()
            return Fingerprint(data, str(name), int(str(quality)))

        return self._call(take)

    def match(self, captured: Fingerprint, template: bytes) -> Reply[float]:
        def compare() -> float:
            if not 0 < len(template) <= MOST_TEMPLATE or not 0 < len(captured.template) <= MOST_TEMPLATE:
                raise Failure(Outcome.UNREADABLE, "证件中的指纹无法比对")
            given = {
                "captured": base64.b64encode(captured.template).decode(),
                "format": captured.format,
                "template": base64.b64encode(template).decode(),
            }
            score = self._ask("match", self._wait, **given).get("score")
            if not isinstance(score, int | float) or isinstance(score, bool) or not 0 <= score <= 1:
                raise self._broken()
            return float(score)

        return self._call(compare)

    def _open(self) -> str:
        program = shutil.which(self._command[0])
        if program is None:
            raise Failure(Outcome.FAULT, "没有找到指纹程序，请安装厂商驱动或更正设备地址")
        self._host = HostProcess((program, *self._command[1:]), self._cancelled)
        try:
            answer = self._ask("hello", self._wait, protocol=PROTOCOL)
            if answer.get("protocol") != PROTOCOL:
                raise Failure(Outcome.FAULT, "指纹程序的接口版本不对，请更新厂商驱动")
            self._ask("probe", min(self._wait, 1.8))
        except Failure:
            self.close()
            raise
        self._model = f"指纹仪 {str(answer.get('name', ''))[:40]}".strip()
        return self._model

    def _ask(self, what: str, wait: float, **details: Any) -> dict[str, Any]:
        if self._host is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        try:
            answer = self._host.ask(what, wait, **details)
        except _Stubborn:
            # It did not stop when told: the finger's reader is started anew, and this call still ends as asked.
            self.close()
            self._cancelled.clear()
            self._open()
            raise cancelled() from None
        except Failure as failure:
            if failure.outcome is not Outcome.CANCELLED:
                self.close()
            raise
        if answer.get("ok") is True:
            return answer
        outcome, words = _REFUSALS.get(str(answer.get("error")), (Outcome.FAULT, "指纹程序报告故障，请联系设备厂商"))
        raise Failure(outcome, words)

    def _broken(self) -> Failure:
        self.close()
        return Failure(Outcome.FAULT, "指纹程序的答复不符合约定，请更新厂商驱动")


def _crashed() -> Failure:
    return Failure(Outcome.FAULT, "指纹程序意外退出，正在重新启动；反复出现请联系设备厂商")


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def open_driver(uri: str) -> HostedFingerprintReader:
    """The driver of a `fingerprint+host:` URI. BadInput when it is malformed. Options: device (handed to the program
    as its argument), timeout (seconds for an answer, 5)."""
    parsed = DeviceUri.parse(uri, ["device", "timeout"])
    device = parsed.options.get("device", "")
    if device.startswith("-"):
        raise bad_uri(uri, "的参数 device 不正确")
    command = [parsed.file, *([device] if device else [])]
    return HostedFingerprintReader(uri, command, parsed.number("timeout", 5.0, 0.5, 60.0))
