"""PIN pads on a serial line, by the protocol of docs/devices.md: `pinpad+serial:///dev/ttyUSB2?pad=FINGERPRINT`."""

from __future__ import annotations

import re
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import serial
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from devices.drivers.entry.pinpad_frames import (
    ANSWER,
    VERSION,
    Command,
    Decoder,
    Forged,
    Message,
    Session,
    State,
    digits_of,
    fingerprint,
    host_session,
    public,
)
from devices.drivers.links.guarded import GuardedDevice
from devices.drivers.links.serial_port import open_port
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.entry import Pin, PinPad
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

T = TypeVar("T")

BAUDS = (9600, 19200, 38400, 57600, 115200)
LONGEST = 12
"""ISO 9564-1: 4 to 12 digits; some passwords of ours are shorter."""
_READ_SLICE = 0.05
_PROMPT_BYTES = 120

_STATES: dict[int, tuple[Outcome, str]] = {
    State.CANCELLED: (Outcome.DENIED_BY_USER, "对方按了取消键"),
    State.TIMED_OUT: (Outcome.NOT_PRESENT, "没有在规定时间内输入"),
    State.BUSY: (Outcome.BUSY, "密码键盘正在使用，请稍后再试"),
    State.REFUSED: (Outcome.FAULT, "密码键盘不接受此命令，请检查型号"),
    State.BROKEN: (Outcome.FAULT, "密码键盘报告自身故障或曾被拆开，请停用并联系维护人员"),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: for a short answer, of silence that gives up half a frame, beyond the person's time; and tries."""

    answer: float = 0.8
    stalled: float = 0.3
    beyond: float = 2.0
    tries: int = 2


class SerialPinPad(GuardedDevice, PinPad):
    """A session of its own for every PIN. What was entered is in nobody's words but the value's own.

    A line that dies closes the driver: the call says DISCONNECTED, and so does every other until `open` succeeds.
    """

    def __init__(self, uri: str, port: str, baud: int = BAUDS[0], pad: str = "", pace: Pace | None = None) -> None:
        """pad: fingerprint of the lasting key of the one pad that may answer; "" any."""
        super().__init__(uri)
        self._port = port
        self._baud = baud
        self._pad = pad
        self._pace = pace or Pace()
        self._line: serial.Serial | None = None
        self._decoder = Decoder()
        self._sequence = 0
        self._name = ""

    def open(self) -> Reply[str]:
        if self._line is not None:
            return Reply(Outcome.OK, self._name)
        return self._call(self._open)

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            try:
                line.close()
            except OSError:
                return  # unplugged: there is nothing left to release

    def probe(self) -> Reply[str]:
        return self._call(self._status)

    def read_pin(self, prompt: str = "", shortest: int = 6, longest: int = 6, timeout: float = 30.0) -> Reply[Pin]:
        """As PinPad. The pad itself shows dots, takes back, and accepts no fewer than `shortest` digits."""
        if not 1 <= shortest <= longest <= LONGEST:
            return Reply(Outcome.FAULT, detail=f"密码位数应在 1–{LONGEST} 之间")
        return self._call(lambda: self._read_pin(prompt, shortest, longest, timeout))

    def _call(self, work: Callable[[], T]) -> Reply[T]:
        try:
            return super()._call(work)
        except serial.SerialTimeoutException:
            return Reply(Outcome.TIMEOUT, detail="密码键盘没有应答，请检查电源")
        except OSError:
            self.close()
            return Reply(Outcome.DISCONNECTED, detail="密码键盘连接已断开，请检查连接线")

    def _open(self) -> str:
        self._line = open_port(self._port, self._baud, _READ_SLICE)
        try:
            return self._status()
        except Failure:
            self.close()
            raise

    def _status(self) -> str:
        answer = self._ask(Command.STATUS)
        # A pad that somebody is typing on is there and well.
        if answer.state not in (State.DONE, State.BUSY):
            raise _state_failure(answer.state)
        self._name = answer.content.decode("utf-8", "replace")[:60] or "密码键盘"
        return self._name

    def _read_pin(self, prompt: str, shortest: int, longest: int, timeout: float) -> Pin:
        session = self._begin()
        seconds = min(max(round(timeout), 1), 255)
        text = prompt.encode()[:_PROMPT_BYTES].decode("utf-8", "ignore").encode()
        asked = struct.pack(">BBB", shortest, longest, seconds) + text
        sequence = self._next()
        taken = self._ask(Command.ASK, session.seal(b"H", sequence, asked), sequence)
        if taken.state != State.TAKEN:
            raise _state_failure(taken.state)
        # From here on somebody may be typing: whatever happens, the pad must not go on asking.
        try:
            ended = self._ending(sequence, time.monotonic() + timeout + self._pace.beyond)
        except Failure:
            self._withdraw()
            raise
        if ended.state != State.DONE:
            raise _state_failure(ended.state)
        try:
            digits = digits_of(session.open(b"P", sequence, ended.content))
        except (Forged, ValueError):
            raise Failure(Outcome.FAULT, "密码键盘送回的密码不能解开，请重试；反复出现请停用此键盘") from None
        if not shortest <= len(digits) <= longest:
            raise Failure(Outcome.FAULT, "密码键盘送回的密码位数不对，请重新输入")
        return Pin(digits)

    def _begin(self) -> Session:
        own, sequence = X25519PrivateKey.generate(), self._next()
        answer = self._ask(Command.HELLO, bytes((VERSION,)) + public(own), sequence)
        if answer.state != State.DONE:
            raise _state_failure(answer.state)
        try:
            session, lasting = host_session(own, answer.content, sequence)
        except Forged:
            raise Failure(Outcome.FAULT, "密码键盘没有通过加密核验，请停用并联系维护人员") from None
        if self._pad and fingerprint(lasting) != self._pad:
            raise Failure(Outcome.FAULT, "接的不是登记的那台密码键盘，请停用并核对设备")
        return session

    def _next(self) -> int:
        self._sequence = (self._sequence + 1) % 256
        return self._sequence

    def _send(self, command: Command, data: bytes, sequence: int) -> None:
        self._opened().write(Message(command, sequence, data).encode())

    def _opened(self) -> serial.Serial:
        if self._line is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        return self._line

    def _ask(self, command: Command, data: bytes = b"", sequence: int | None = None) -> Message:
        """Send and wait for the answer; once more when none came or it was damaged."""
        sequence = self._next() if sequence is None else sequence
        damaged = False
        for _ in range(self._pace.tries):
            self._drain()
            self._send(command, data, sequence)
            answer = self._answer(command, sequence, time.monotonic() + self._pace.answer)
            if answer is not None:
                return answer
            damaged = damaged or self._decoder.damaged or self._decoder.pending
        if damaged:
            raise Failure(Outcome.FAULT, "密码键盘的答复多次损坏，请检查连接线")
        raise Failure(Outcome.TIMEOUT, "密码键盘没有应答，请检查电源后重试")

    def _drain(self) -> None:
        line = self._opened()
        while waiting := line.in_waiting:
            line.read(waiting)
        self._decoder.reset()

    def _answer(self, command: Command, sequence: int, until: float) -> Message | None:
        """The answer of this number; None: it did not come, or came damaged. Others' are passed over."""
        line, heard_at = self._opened(), time.monotonic()
        while True:
            if self._cancelled.is_set():
                raise cancelled()
            data = line.read(max(1, line.in_waiting))
            now = time.monotonic()
            heard_at = now if data else heard_at
            stalled = self._decoder.pending and now - heard_at > self._pace.stalled
            for message in self._decoder.give_up() if stalled else self._decoder.feed(data):
                if (message.command, message.sequence) == (command | ANSWER, sequence):
                    return message
            if now > until:
                return None
            if self._decoder.damaged and now - heard_at > self._pace.stalled:
                return None

    def _ending(self, sequence: int, until: float) -> Message:
        """How the ASK ended. A damaged answer is asked for again: the person must not type twice for a bad cable."""
        for _ in range(1 + self._pace.tries):
            answer = self._answer(Command.ASK, sequence, until)
            if answer is not None and answer.state != State.TAKEN:
                return answer
            if not self._decoder.damaged:
                break
            self._decoder.reset()
            self._send(Command.AGAIN, b"", sequence)
        if time.monotonic() > until:
            raise Failure(Outcome.NOT_PRESENT, "没有在规定时间内输入")
        raise Failure(Outcome.UNREADABLE, "密码键盘的答复没有收全，请重新输入")

    def _withdraw(self) -> None:
        try:
            if self._line is not None:
                self._send(Command.CANCEL, b"", self._next())
        except OSError:
            return  # the line is gone, and the question with it


def _state_failure(state: int) -> Failure:
    # An IntEnum is found by its number; a number of no state is a pad that breaks its protocol.
    outcome, words = _STATES.get(state, (Outcome.FAULT, "密码键盘的答复不符合协议"))
    return Failure(outcome, words)


def open_driver(uri: str) -> SerialPinPad:
    """The driver of a `pinpad+serial:` URI. Options: baud, pad (fingerprint). BadInput when it is malformed."""
    parsed = DeviceUri.parse(uri, ["baud", "pad"])
    if parsed.port is not None:
        raise bad_uri(uri, "不应有端口号")
    baud = parsed.integer("baud", BAUDS[0], BAUDS[0], BAUDS[-1])
    if baud not in BAUDS:
        raise bad_uri(uri, "的速率不被密码键盘支持", "可用速率：" + "、".join(map(str, BAUDS)) + "。")
    pad = parsed.options.get("pad", "").lower()
    if pad and not re.fullmatch(r"[0-9a-f]{16}", pad):
        raise bad_uri(uri, "的参数 pad 应为 16 位十六进制指纹")
    return SerialPinPad(uri, parsed.file, baud, pad)
