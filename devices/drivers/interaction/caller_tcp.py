"""A hall's queue service: `caller+tcp://192.0.2.20:7018`. One JSON object a line; the protocol is ours and stands in
docs/devices.md, "The queue service"."""

from __future__ import annotations

import uuid
from typing import Any

from devices.drivers.links.guarded import GuardedDevice
from devices.drivers.links.json_lines import JsonLines, Lost
from devices.failure import NOT_OPEN, Failure
from devices.kinds.interaction import QueueCaller
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

DEFAULT_PORT = 7018
_CONNECT = 3.0
_SHORT = 1.5
_REFUSALS = {
    "empty": (Outcome.NOT_PRESENT, "现在没有人排队"),
    "unknown": (Outcome.NOT_PRESENT, "叫号系统里没有这个号码"),
    "busy": (Outcome.BUSY, "叫号系统正忙，请稍后再试"),
}


class TcpCaller(GuardedDevice, QueueCaller):
    """A lost connection is made again within the call: halls restart their services without asking."""

    keeps_queue = True

    def __init__(self, uri: str, address: tuple[str, int]) -> None:
        super().__init__(uri)
        self._address = address
        self._line: JsonLines | None = None
        self._model = ""
        self._number = 0
        self._pending = ""

    def open(self) -> Reply[str]:
        if self._line:
            return Reply(Outcome.OK, self._model)
        return self._call(self._open)

    def close(self) -> None:
        line, self._line = self._line, None
        if line:
            line.close()

    def probe(self) -> Reply[str]:
        return self._call(self._hello)

    def call_number(self, number: str, counter: str, again: bool = False) -> Reply[str]:
        # Calling a number twice harms nobody, so a lost answer is simply asked for again.
        def call() -> str:
            self._do("call", number=number, counter=counter, again=again)
            return number

        return self._call(call)

    def miss_number(self, number: str, counter: str) -> Reply[str]:
        def miss() -> str:
            self._do("miss", number=number, counter=counter)
            return number

        return self._call(miss)

    def next_number(self, counter: str, timeout: float = 5.0) -> Reply[str]:
        return self._call(lambda: self._next(counter, timeout))

    def _next(self, counter: str, timeout: float) -> str:
        if self._line is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        # The service gives the same number for the same `take`: an answer that was lost on the way skips nobody.
        self._pending = self._pending or str(uuid.uuid4())
        try:
            answer = self._do("next", timeout, counter=counter, take=self._pending)
        except Failure as failure:
            if failure.outcome is not Outcome.TIMEOUT:
                if failure.outcome is Outcome.NOT_PRESENT:
                    self._pending = ""
                raise
            words = "叫号系统没有答复，号码可能已取出；再按一次会取到同一个号"
            raise Failure(Outcome.UNKNOWN, words) from failure
        self._pending = ""
        number = answer.get("number")
        if not isinstance(number, str) or not 0 < len(number) <= 20 or not number.isprintable():
            raise Failure(Outcome.FAULT, "叫号系统给出的号码不正确")
        return number

    def _open(self) -> str:
        self._line = JsonLines(self._address, _CONNECT, self._cancelled, "叫号系统")
        try:
            self._model = self._hello()
        except Failure:
            self.close()
            raise
        return self._model

    def _hello(self) -> str:
        return f"叫号系统 {str(self._do('hello', _SHORT / 2).get('name', ''))[:40]}".strip()

    def _do(self, what: str, timeout: float = _SHORT, **details: Any) -> dict[str, Any]:
        """Ask, and once more over a new connection when the first was lost."""
        for attempt in (1, 2):
            if self._line is None:
                raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
            self._number += 1
            try:
                answer = self._line.ask({"id": self._number, "do": what, **details}, timeout)
            except Lost:
                self._line.close()
                if attempt == 1:
                    self._line = JsonLines(self._address, _CONNECT, self._cancelled, "叫号系统")
                continue
            if answer.get("ok") is True:
                return answer
            outcome, words = _REFUSALS.get(str(answer.get("error")), (Outcome.FAULT, "叫号系统拒绝了请求"))
            raise Failure(outcome, words)
        # The next call begins with a connection of its own.
        self._line = JsonLines(self._address, _CONNECT, self._cancelled, "叫号系统")
        raise Failure(Outcome.TIMEOUT, "叫号系统没有答复，请检查网络")


def open_driver(uri: str) -> TcpCaller:
    """The driver of a `caller+tcp:` URI. BadInput when it is malformed."""
    return TcpCaller(uri, DeviceUri.parse(uri).address(DEFAULT_PORT))
