"""A hall's queue service on TCP (docs/devices.md, "The queue service")."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterable
from typing import Any

from devices.emulators.links.tcp import TcpEmulator, hang_up_hard

FAULTS = frozenset(
    {
        "mute",  # no answer
        "drop",  # does what is asked, then hangs up without an answer
        "garbage",  # a line that is no answer, nothing else
        "noise",  # such lines before a good answer
        "half",  # half an answer, then the end
        "busy",
        "slow",
    }
)


class QueueServiceEmulator(TcpEmulator):
    """numbers: who waits. called: (number, counter, again) of each call; missed: who did not come."""

    def __init__(self, numbers: Iterable[str] = (), endless: bool = False) -> None:
        """endless: numbers go on by themselves, for a demo."""
        super().__init__(FAULTS)
        self.waiting = list(numbers)
        self.called: list[tuple[str, str, bool]] = []
        self.missed: list[str] = []
        self._endless = endless
        self._given = 0
        self._takes: dict[str, str] = {}
        self._lock = threading.Lock()

    def serve(self, connection: socket.socket) -> None:
        buffer = b""
        while data := self.read(connection):
            buffer += data
            *lines, buffer = buffer.split(b"\n")
            for line in lines:
                if not self._answer(connection, json.loads(line)):
                    return

    def _answer(self, connection: socket.socket, asked: dict[str, Any]) -> bool:
        answer = {"id": asked["id"], **self._do(asked)}
        data = (json.dumps(answer, ensure_ascii=False) + "\n").encode()
        if self.faults.on("mute"):
            return True
        if self.faults.on("drop"):
            hang_up_hard(connection)
            return False
        if self.faults.on("half"):
            connection.sendall(data[: len(data) // 2])
            return False
        if self.faults.on("garbage"):
            connection.sendall(b"\xff\xfe not an answer\n")
            return True
        if self.faults.on("slow"):
            self._stopping.wait(0.3)
        noise = b'[1,2]\n{"id":-1,"ok":true,"number":"X999"}\n' if self.faults.on("noise") else b""
        connection.sendall(noise + data)
        return True

    def _do(self, asked: dict[str, Any]) -> dict[str, Any]:
        what = asked.get("do")
        if what == "hello":
            return {"ok": True, "name": "演示大厅排队"}
        if self.faults.on("busy"):
            return {"ok": False, "error": "busy"}
        with self._lock:
            if what == "next":
                return self._next(str(asked.get("take", "")))
            if what == "call":
                self.called.append((str(asked["number"]), str(asked["counter"]), bool(asked.get("again"))))
                return {"ok": True}
            if what == "miss":
                if str(asked["number"]) not in self._takes.values():
                    return {"ok": False, "error": "unknown"}
                self.missed.append(str(asked["number"]))
                return {"ok": True}
        return {"ok": False, "error": "unsupported"}

    def _next(self, take: str) -> dict[str, Any]:
        if take in self._takes:
            return {"ok": True, "number": self._takes[take]}
        if not self.waiting and self._endless:
            self.waiting.append(f"A{self._given + 1:03d}")
        if not self.waiting:
            return {"ok": False, "error": "empty"}
        self._given += 1
        self._takes[take] = self.waiting.pop(0)
        return {"ok": True, "number": self._takes[take]}
