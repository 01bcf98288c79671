"""A dialogue over the counter line (counter_frames) on a serial port."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import serial

from devices.drivers.links.counter_frames import ANSWER, BUSY, Cmd, Frame, FrameDecoder, decode_fields
from devices.drivers.links.guarded import GuardedDevice
from devices.drivers.links.serial_port import open_port
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.outcome import Outcome, Reply

BAUDS = (9600, 19200, 38400, 57600, 115200)
READ_SLICE = 0.05
"""Seconds that a read waits, so that a wait can be cancelled."""
_ANSWER_SECONDS = 0.6
_TRIES = 3


class CounterLine:
    """Asks and hears. Not thread-safe; `cancelled` may be set by any thread. name: what messages call the device."""

    def __init__(self, port: serial.Serial, cancelled: threading.Event, name: str) -> None:
        self._port = port
        self._cancelled = cancelled
        self._name = name
        self._decoder = FrameDecoder()
        self._seq = 0

    def close(self) -> None:
        """Release the port. Never raises."""
        try:
            self._port.close()
        except OSError:
            return  # unplugged: there is nothing left to release

    def ask(self, command: Cmd, data: bytes = b"", tries: int = _TRIES) -> Frame:
        """Send until the answer comes. A repeated question keeps its SEQ: the device does it once.
        Failure: TIMEOUT, BUSY, FAULT, DISCONNECTED, CANCELLED."""
        self._seq = self._seq % 255 + 1
        frame = Frame(self._seq, command, data)
        self._decoder.reset()
        for _ in range(tries):
            self.send(frame)
            until = time.monotonic() + _ANSWER_SECONDS
            answer = self.hear(lambda f: f.seq == frame.seq and f.command != Cmd.KEY, until)
            if answer is None:
                continue
            if answer.command == Cmd.REFUSED | ANSWER:
                if answer.data[:1] == bytes((BUSY,)):
                    raise Failure(Outcome.BUSY, f"{self._name}正忙，请稍后再试")
                raise Failure(Outcome.FAULT, f"{self._name}不支持此操作")
            if answer.command != command | ANSWER:
                raise Failure(Outcome.FAULT, f"{self._name}的答复不符合协议，请检查设备地址")
            return answer
        raise Failure(Outcome.TIMEOUT, f"{self._name}没有应答，请检查电源和连接线")

    def send(self, frame: Frame) -> None:
        """Failure: DISCONNECTED, TIMEOUT."""
        try:
            self._port.write(frame.encode())
        except serial.SerialTimeoutException as error:
            raise Failure(Outcome.TIMEOUT, f"{self._name}不接收数据，请检查电源") from error
        except OSError as error:
            raise self._lost() from error

    def hear(self, wanted: Callable[[Frame], bool], until: float) -> Frame | None:
        """The next frame that is wanted, waiting until this time (time.monotonic). Failure: DISCONNECTED, CANCELLED."""
        while True:
            if self._cancelled.is_set():
                raise cancelled()
            try:
                data = self._port.read(max(1, self._port.in_waiting))
            except OSError as error:
                raise self._lost() from error
            for frame in self._decoder.feed(data):
                if wanted(frame):
                    return frame
            if time.monotonic() >= until:
                return None

    def _lost(self) -> Failure:
        return Failure(Outcome.DISCONNECTED, f"{self._name}连接已断开，请检查连接线")


class CounterDevice(GuardedDevice):
    """A driver on the counter line: opening, closing and probing are the same for each."""

    def __init__(self, uri: str, port: str, baud: int, name: str) -> None:
        super().__init__(uri)
        self._port, self._baud, self._name = port, baud, name
        self._line: CounterLine | None = None
        self._model = ""

    def open(self) -> Reply[str]:
        if self._line:
            return Reply(Outcome.OK, self._model)
        return self._call(self._open)

    def close(self) -> None:
        line, self._line = self._line, None
        if line:
            line.close()

    def probe(self) -> Reply[str]:
        return self._call(lambda: self._hello(tries=2))

    def _open(self) -> str:
        self._line = CounterLine(open_port(self._port, self._baud, READ_SLICE), self._cancelled, self._name)
        try:
            self._model = self._hello(_TRIES)
        except Failure:
            self.close()
            raise
        return self._model

    def _hello(self, tries: int) -> str:
        answer = self.line.ask(Cmd.HELLO, tries=tries)
        return f"{self._name} {decode_fields(answer.data)[0][:40]}".strip()

    def check_open(self) -> None:
        """Failure: DISCONNECTED."""
        if self._line is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)

    @property
    def line(self) -> CounterLine:
        """Failure: DISCONNECTED when it is not open."""
        if self._line is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        return self._line
