"""`acme://HOST:PORT`: an ID reader on the network, one JSON object a line."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterable
from typing import Any

from app.domain.person import CardType, IdCard
from devices.base import DeviceKind
from devices.discovery import Found
from devices.kinds.identity import CardReading, IdReader
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

PORT = 7002
_SLICE = 0.1
"""Seconds between two looks at whether the call was cancelled."""


class AcmeReader(IdReader):
    """Every call answers with an outcome; nothing that the hardware does is raised."""

    def __init__(self, uri: str, address: tuple[str, int]) -> None:
        super().__init__(uri)
        self._address = address
        self._line: socket.socket | None = None
        self._rest = b""

    def open(self) -> Reply[str]:
        if self._line is None:
            try:
                self._line = socket.create_connection(self._address, 3)
            except OSError:
                return Reply(Outcome.DISCONNECTED, detail="连不上读卡器，请检查电源和网线")
            self._rest = b""
        self._cancelled.clear()
        return self._hello()

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def probe(self) -> Reply[str]:
        self._cancelled.clear()
        return self._hello()

    def read_card(self, timeout: float = 5.0) -> Reply[CardReading]:
        self._cancelled.clear()
        said = self._ask({"do": "read", "seconds": timeout}, timeout + 1)
        if not said.ok:
            return Reply(said.outcome, detail=said.detail)
        answer = said.unwrap()
        if answer.get("state") == "none":
            return Reply(Outcome.NOT_PRESENT, detail="没有放证件")
        if answer.get("state") != "card":
            return Reply(Outcome.UNREADABLE, detail="证件读不出来，请拿起重新放好")
        card = IdCard(CardType.RESIDENT, name=str(answer.get("name", "")), number=str(answer.get("id_number", "")))
        return Reply(Outcome.OK, CardReading(card, b"", "ACME-1"))

    def _hello(self) -> Reply[str]:
        said = self._ask({"do": "hello"}, 1.5)
        return Reply(Outcome.OK, f"{said.unwrap().get('model', 'ACME')}") if said.ok else _worded(said)

    def _ask(self, question: dict[str, Any], seconds: float) -> Reply[dict[str, Any]]:
        """One question and its answer; a late answer to an earlier one is passed over by its number."""
        line = self._line
        if line is None:
            return Reply(Outcome.DISCONNECTED, detail="设备尚未打开")
        number = time.monotonic_ns()
        until = time.monotonic() + seconds
        try:
            line.settimeout(_SLICE)
            line.sendall(json.dumps({**question, "number": number}).encode() + b"\n")
            while time.monotonic() < until:
                if self._cancelled.is_set():
                    return Reply(Outcome.CANCELLED, detail="操作已取消")
                answer = self._next(line)
                if answer is not None and answer.get("number") == number:
                    return Reply(Outcome.OK, answer)
        except ValueError:
            return Reply(Outcome.FAULT, detail="读卡器的应答不合规定，请联系设备厂商")
        except OSError:
            self.close()
            return Reply(Outcome.DISCONNECTED, detail="与读卡器的连接断了，请检查网线")
        return Reply(Outcome.TIMEOUT, detail="读卡器没有应答，请检查电源")

    def _next(self, line: socket.socket) -> dict[str, Any] | None:
        while b"\n" not in self._rest:
            try:
                more = line.recv(4096)
            except TimeoutError:
                return None
            if not more:
                raise ConnectionResetError
            self._rest += more
        one, _, self._rest = self._rest.partition(b"\n")
        answer = json.loads(one)
        if not isinstance(answer, dict):
            raise ValueError("not an object")
        return answer


def _worded(said: Reply[Any]) -> Reply[str]:
    return Reply(said.outcome, detail=said.detail)


def open_driver(uri: str) -> AcmeReader:
    """The entry point: parses the URI, touches no hardware. BadInput when it is malformed."""
    return AcmeReader(uri, DeviceUri.parse(uri).address(PORT))


def discover(kind: DeviceKind) -> Iterable[Found]:
    """Found on this machine only: a real package would ask its devices on the network."""
    if kind is DeviceKind.ID_READER:
        try:
            socket.create_connection(("127.0.0.1", PORT), 0.2).close()
        except OSError:
            return []
        return [Found(f"acme://127.0.0.1:{PORT}", "ACME 读卡器", f"127.0.0.1:{PORT}")]
    return []
