"""An aggregate-code payment service on HTTP (docs/devices.md, "Payment by code")."""

from __future__ import annotations

import json
import socket
from typing import Any

from devices.drivers.payment.pay_http import signature
from devices.emulators.links.tcp import TcpEmulator, hang_up_hard

FAULTS = frozenset(
    {
        "declined",
        "cancelled",  # on the payer's telephone
        "pending",  # the payer types a password; ends when switched off
        "drop",  # takes the money, then the line breaks
        "mute",  # takes the request, answers nothing
        "garbage",
        "busy",
        "forged",  # "paid" with a wrong signature
        "wrong-amount",
        "error",  # 500, and nobody knows
    }
)


class PayServiceEmulator(TcpEmulator):
    """taken: fen by order, each time money moved; refunds are negative. One order is paid once."""

    def __init__(self, secret: bytes = b"") -> None:
        super().__init__(FAULTS)
        self.secret = secret
        self.taken: list[tuple[str, int]] = []
        self._orders: dict[str, dict[str, Any]] = {}

    @property
    def url(self) -> str:
        return "pay+http://{}:{}/v1".format(*self.address)

    def balance(self, order: str) -> int:
        return sum(amount for name, amount in self.taken if name == order)

    def serve(self, connection: socket.socket) -> None:
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.read(connection)
            if not more:
                return
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("ascii").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        while len(body) < int(headers.get("content-length", 0)):
            body += self.read(connection)
        status, answer = self._checked(method, target, headers, body)
        if not target.endswith("/hello"):
            if self.faults.on("mute"):
                while not self.stopping and self.read(connection):
                    pass
                return
            if self.faults.on("drop"):
                hang_up_hard(connection)
                return
            if self.faults.on("garbage"):
                connection.sendall(b"\x00\x01 not HTTP at all\r\n\r\n")
                return
            if self.faults.on("error"):
                status, answer = 500, {}
            if self.faults.on("wrong-amount") and "amount" in answer:
                answer = {**answer, "amount": answer["amount"] + 1}
        raw = json.dumps(answer, ensure_ascii=False).encode()
        signed = signature(self.secret, headers.get("x-nonce", ""), str(status), raw) if self.secret else ""
        if self.faults.on("forged"):
            signed = "0" * 64
        top = f"HTTP/1.1 {status} X\r\nContent-Length: {len(raw)}\r\nX-Signature: {signed}\r\nConnection: close\r\n\r\n"
        connection.sendall(top.encode() + raw)

    def _checked(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        if self.secret:
            at, nonce = headers.get("x-time", ""), headers.get("x-nonce", "")
            if headers.get("x-signature") != signature(self.secret, method, target, at, nonce, body):
                return 401, {}
        path = target.removeprefix("/v1")
        if path == "/hello":
            return 200, {"name": "聚合收款"}
        if self.faults.on("busy"):
            return 503, {}
        order, _, what = path.removeprefix("/orders/").partition("/")
        if method == "GET":
            known = self._orders.get(order)
            return (200, self._progress(order, known)) if known else (404, {})
        return 200, self._do(order, what, json.loads(body))

    def _do(self, order: str, what: str, asked: dict[str, Any]) -> dict[str, Any]:
        known = self._orders.get(order)
        if what == "close":
            if known is None or known["state"] == "PENDING":
                self._orders[order] = known = {"state": "CANCELLED"}
            return known
        amount = int(asked["amount"])
        if what == "refund":
            if known and known["state"] == "REFUNDED":
                return known
            if known is None or known["state"] != "PAID" or amount > self.balance(order):
                return {"state": "DECLINED", "words": "超过可退金额"}
            self.taken.append((order, -amount))
            self._orders[order] = {**known, "state": "REFUNDED", "amount": amount}
            return self._orders[order]
        if known is None:
            self._orders[order] = known = {"state": "PENDING", "amount": amount, "wallet": "微信支付"}
        return self._progress(order, known)

    def _progress(self, order: str, known: dict[str, Any]) -> dict[str, Any]:
        if known["state"] != "PENDING" or self.faults.on("pending"):
            return known
        if self.faults.on("declined"):
            known.update(state="DECLINED", words="余额不足")
        elif self.faults.on("cancelled"):
            known.update(state="CANCELLED")
        else:
            self.taken.append((order, known["amount"]))
            number = len(self.taken)
            known.update(state="PAID", reference=f"42000{number:010d}", trace=f"{number:06d}")
        return known
