"""One JSON object a line over TCP, question and answer told together by `id`."""

from __future__ import annotations

import errno
import json
import select
import socket
import threading
import time
from typing import Any

from devices.failure import Failure, cancelled
from devices.outcome import Outcome

MOST = 65536
"""Bytes of a line. A longer one is no answer of this protocol."""


class Lost(Exception):
    """The connection broke, or no answer came in time, after the question may have left."""


class JsonLines:
    """One connection. `cancelled` may be set by any thread."""

    def __init__(self, address: tuple[str, int], timeout: float, cancelled: threading.Event, name: str) -> None:
        """Connect. Failure: DISCONNECTED. name: what messages call the other side."""
        self._cancelled = cancelled
        self._buffer = b""
        place = f"{address[0]}:{address[1]}"
        try:
            self._socket = socket.create_connection(address, timeout)
        except (socket.gaierror, UnicodeError) as error:
            raise Failure(Outcome.DISCONNECTED, f"找不到{name}的主机 {address[0]}，请检查设备地址") from error
        except OSError as error:
            refused = error.errno == errno.ECONNREFUSED
            words = "拒绝连接，请确认已启动且端口正确" if refused else "无法连接，请检查网络"
            raise Failure(Outcome.DISCONNECTED, f"{name} {place} {words}") from error
        self._socket.setblocking(False)

    def close(self) -> None:
        self._socket.close()

    def ask(self, question: dict[str, Any], timeout: float) -> dict[str, Any]:
        """The answer with the question's `id`; others, and lines that are no JSON object, are passed over.
        Lost: no answer. Failure: CANCELLED."""
        until = time.monotonic() + timeout
        self._send((json.dumps(question, ensure_ascii=False) + "\n").encode(), until)
        while True:
            line = self._line(until)
            try:
                answer = json.loads(line)
            except ValueError:
                continue
            if isinstance(answer, dict) and answer.get("id") == question["id"]:
                return answer

    def _send(self, data: bytes, until: float) -> None:
        view = memoryview(data)
        while view:
            self._wait(until, writing=True)
            try:
                view = view[self._socket.send(view) :]
            except OSError as error:
                raise Lost from error

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._buffer:
            if len(self._buffer) > MOST:
                raise Lost
            self._wait(until)
            try:
                data = self._socket.recv(4096)
            except OSError as error:
                raise Lost from error
            if not data:
                raise Lost
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _wait(self, until: float, writing: bool = False) -> None:
        sockets = [self._socket]
        while True:
            if self._cancelled.is_set():
                raise cancelled()
            left = until - time.monotonic()
            if left <= 0:
                raise Lost
            ready = select.select([] if writing else sockets, sockets if writing else [], [], min(0.05, left))
            if ready[0] or ready[1]:
                return
