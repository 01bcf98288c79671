"""Card terminals on a serial line: `pos+serial:///dev/ttyUSB5?baud=9600` (framing and layout: pos_frames.py).

The one rule: a payment is sent once. The terminal is asked whether it is well before; once the payment has left, every
way to lose the answer ends in UNKNOWN, and only `query` says more.
"""

from __future__ import annotations

import contextlib
import re
import time

import serial

from devices.drivers.links.guarded import GuardedDevice
from devices.drivers.links.serial_port import open_port
from devices.drivers.payment.pos_frames import (
    ACK,
    NAK,
    Damaged,
    PosAnswer,
    PosCmd,
    PosDecoder,
    PosState,
    question,
    wrap,
)
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.payment import MOST_FEN, Payment, PaymentTerminal
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

_SLICE = 0.05
_ACK_SECONDS = 1.0
_QUERY_SECONDS = 15.0
_ECHO_SECONDS = 0.8
_NAKS = 3
_QUIET = 0.3
"""Seconds of silence within a frame after which its beginning was noise."""
_ABANDON_SECONDS = 2.0
_ORDER = re.compile(r"[0-9A-Za-z-]{1,40}")
IN_DOUBT = "扣款结果不明，请先查询，不要重复收款"


class _Unanswered(Exception):
    """No answer; the question may have arrived. failure: what to say where no money is at stake."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class SerialTerminal(GuardedDevice, PaymentTerminal):
    def __init__(self, uri: str, port: str, baud: int) -> None:
        super().__init__(uri)
        self._port, self._baud = port, baud
        self._serial: serial.Serial | None = None
        self._decoder = PosDecoder()
        self._asked: set[str] = set()

    def open(self) -> Reply[str]:
        if self._serial:
            return Reply(Outcome.OK, self._name)
        return self._call(self._open)

    def close(self) -> None:
        port, self._serial = self._serial, None
        if port:
            with contextlib.suppress(OSError):  # unplugged: there is nothing left to release
                port.close()

    def probe(self) -> Reply[str]:
        return self._call(self._echo)

    def pay(self, amount: int, order: str, code: str = "", timeout: float = 120.0) -> Reply[Payment]:
        return self._call(lambda: self._pay(amount, order, timeout))

    def query(self, order: str) -> Reply[Payment]:
        return self._call(lambda: self._query(order))

    def refund(self, order: str, amount: int) -> Reply[Payment]:
        return self._call(lambda: self._move(PosCmd.REFUND, amount, order, 60.0))

    @property
    def _name(self) -> str:
        return f"刷卡终端 {self._port}"

    def _open(self) -> str:
        self._serial = open_port(self._port, self._baud, _SLICE)
        try:
            return self._echo()
        except Failure:
            self.close()
            raise

    def _echo(self) -> str:
        """Is it there and free?"""
        try:
            answer = self._ask(PosCmd.ECHO, 0, "", _ECHO_SECONDS)
        except _Unanswered as lost:
            raise lost.failure from lost
        if answer.state == PosState.BUSY:
            raise Failure(Outcome.BUSY, "刷卡终端正在做别的交易，请稍后再试")
        if answer.state != PosState.APPROVED:
            raise Failure(Outcome.FAULT, "刷卡终端报告故障，请查看终端屏幕")
        return self._name

    def _pay(self, amount: int, order: str, timeout: float) -> Payment:
        if order in self._asked:
            # Asked for before: the terminal is asked what became of it, and pays only what it knows nothing of.
            try:
                return self._query(order)
            except Failure as failure:
                if failure.outcome is not Outcome.NOT_PRESENT:
                    raise
        return self._move(PosCmd.PAY, amount, order, timeout)

    def _move(self, command: PosCmd, amount: int, order: str, timeout: float) -> Payment:
        """Send what moves money, once."""
        if not 0 < amount <= MOST_FEN or not _ORDER.fullmatch(order):
            raise Failure(Outcome.FAULT, "金额或订单号不正确，没有发送")
        self._echo()
        self._asked.add(order)
        try:
            answer = self._ask(command, amount, order, timeout)
        except _Unanswered as lost:
            if command is not PosCmd.PAY:
                raise Failure(Outcome.UNKNOWN, IN_DOUBT) from lost
            answer = self._abandon(amount, order, lost)
        if answer.state == PosState.IN_PROGRESS:
            raise Failure(Outcome.UNKNOWN, IN_DOUBT)
        return _payment(answer, amount)

    def _abandon(self, amount: int, order: str, lost: _Unanswered) -> PosAnswer:
        """Nobody waits any more: a card that is presented later must not pay. Without the terminal's word: UNKNOWN."""
        self._cancelled.clear()  # it has ended the wait; now the terminal is to hear of it
        try:
            answer = self._ask(PosCmd.ABANDON, amount, order, _ABANDON_SECONDS)
        except (_Unanswered, Failure):  # a line that broke has closed the driver: that is no word about the money
            raise Failure(Outcome.UNKNOWN, IN_DOUBT) from lost
        if answer.state == PosState.APPROVED:
            return answer
        if answer.state != PosState.CANCELLED:
            raise Failure(Outcome.UNKNOWN, IN_DOUBT) from lost
        if lost.failure.outcome is Outcome.CANCELLED:
            raise Failure(Outcome.CANCELLED, "已取消收款，没有扣款") from lost
        raise Failure(Outcome.TIMEOUT, "没有等到刷卡，已取消，没有扣款") from lost

    def _query(self, order: str) -> Payment:
        if not _ORDER.fullmatch(order):
            raise Failure(Outcome.FAULT, "订单号不正确，没有发送")
        try:
            answer = self._ask(PosCmd.QUERY, 0, order, _QUERY_SECONDS)
        except _Unanswered as lost:
            raise lost.failure from lost
        if answer.state == PosState.IN_PROGRESS:
            raise Failure(Outcome.UNKNOWN, "交易还在进行，请看终端屏幕，稍后再查")
        if answer.state in (PosState.NO_RECORD, PosState.CANCELLED):
            raise Failure(Outcome.NOT_PRESENT, "终端没有这笔收款")
        if answer.state == PosState.BUSY:
            raise Failure(Outcome.BUSY, "刷卡终端正在做别的交易，请稍后再查")
        return _payment(answer, None)

    def _ask(self, command: PosCmd, amount: int, order: str, timeout: float) -> PosAnswer:
        """Send and wait for the answer to this command and order. _Unanswered: none came."""
        port = self._serial
        if port is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        # A NAK may be noise where an ACK stood: what moves money is never sent again for it.
        tries = 1 if command in (PosCmd.PAY, PosCmd.REFUND) else _NAKS
        try:
            while port.in_waiting:
                port.read(port.in_waiting)
            self._decoder.reset()
            frame = wrap(question(command, amount, order))
            for _ in range(tries):
                port.write(frame)
                answer = self._hear(port, command, order, timeout)
                if answer is not None:
                    return answer
        except serial.SerialTimeoutException as error:
            raise _Unanswered(Failure(Outcome.TIMEOUT, "刷卡终端不接收数据，请检查电源")) from error
        except OSError as error:
            self.close()
            raise _Unanswered(Failure(Outcome.DISCONNECTED, "刷卡终端连接已断开，请检查连接线")) from error
        except Failure as failure:
            raise _Unanswered(failure) from failure
        raise _Unanswered(Failure(Outcome.FAULT, "刷卡终端多次收到损坏的请求，请检查连接线"))

    def _hear(self, port: serial.Serial, command: PosCmd, order: str, timeout: float) -> PosAnswer | None:
        """None: NAK. Failure: TIMEOUT, CANCELLED, FAULT."""
        until = time.monotonic() + timeout
        acknowledge_by = time.monotonic() + _ACK_SECONDS
        acknowledged = damaged = False
        heard_at = time.monotonic()
        while True:
            if self._cancelled.is_set():
                raise cancelled()
            data = port.read(max(1, port.in_waiting))
            heard_at = time.monotonic() if data else heard_at
            stuck = self._decoder.pending and time.monotonic() - heard_at > _QUIET
            for found in self._decoder.skip() if stuck else self._decoder.feed(data):
                if found == NAK and not acknowledged:
                    return None
                if found == ACK:
                    acknowledged = True
                elif isinstance(found, Damaged):
                    damaged = True
                    port.write(bytes((NAK,)))  # it says its answer again
                elif isinstance(found, bytes):
                    port.write(bytes((ACK,)))
                    answer = PosAnswer.decode(found)
                    # Late and doubled answers belong to another question.
                    if answer is not None and (answer.command, answer.order) == (command, order):
                        return answer
            now = time.monotonic()
            if now > until or (not acknowledged and now > acknowledge_by):
                if damaged:
                    raise Failure(Outcome.FAULT, "刷卡终端的答复多次损坏，请检查连接线")
                raise Failure(Outcome.TIMEOUT, "刷卡终端没有应答，请检查电源和连接线")


def _payment(answer: PosAnswer, amount: int | None) -> Payment:
    if answer.state == PosState.APPROVED:
        if amount is not None and answer.amount != amount:
            raise Failure(Outcome.UNKNOWN, "终端答复的金额与应收金额不符，" + IN_DOUBT)
        return Payment(answer.amount, answer.reference, answer.trace, answer.card)
    if answer.state == PosState.BUSY:
        raise Failure(Outcome.BUSY, "刷卡终端正在做别的交易，请稍后再试")
    if answer.state == PosState.CANCELLED:
        raise Failure(Outcome.DENIED_BY_USER, "已在终端上取消，没有扣款")
    if answer.state == PosState.NO_RECORD:
        raise Failure(Outcome.NOT_PRESENT, "终端没有这笔收款")
    words = answer.words.strip()[:40] or "发卡行没有说明原因"
    raise Failure(Outcome.UNREADABLE, f"交易被拒绝，没有扣款：{words}（代码 {answer.state}）")


def open_driver(uri: str) -> SerialTerminal:
    """The driver of a `pos+serial:` URI. BadInput when it is malformed. Options: baud (9600)."""
    parsed = DeviceUri.parse(uri, ["baud"])
    return SerialTerminal(uri, parsed.file, parsed.integer("baud", 9600, 1200, 115200))
