"""Aggregate-code payment 聚合码 over HTTP: `pay+http://127.0.0.1:7019/v1?secret=/etc/yichuang/pay.key`, `pay+https:`.

The interface is our reference (docs/devices.md, "Payment by code"): an order number names a payment for ever, so that
asking twice takes money once. With `secret` every request and every answer is signed (HMAC-SHA256), so that nobody on
the line can say "paid". Without it only this machine's own services are spoken to.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import json
import re
import secrets
import socket
import ssl
import time
from pathlib import Path
from typing import Any

from devices.drivers.links.guarded import GuardedDevice
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.payment import MOST_FEN, Payment, PaymentTerminal
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

_CONNECT = 3.0
_ANSWER = 10.0
_POLL = 0.5
_ABANDON = 2.0
_MOST_BYTES = 65536
_ORDER = re.compile(r"[0-9A-Za-z-]{1,40}")
_CODE = re.compile(r"[0-9]{16,24}")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
IN_DOUBT = "扣款结果不明，请先查询，不要重复收款"


class _Lost(Exception):
    """The request may have arrived, and no answer that can be believed came."""


class HttpTerminal(GuardedDevice, PaymentTerminal):
    takes_code = True

    def __init__(self, uri: str, host: str, port: int, base: str, secure: bool, secret: Path | None) -> None:
        super().__init__(uri)
        self._host, self._port, self._base, self._secure = host, port, base, secure
        self._secret_file = secret
        self._secret = b""
        self._opened = False
        self._socket: socket.socket | None = None

    def open(self) -> Reply[str]:
        if self._opened:
            return Reply(Outcome.OK, self._name)
        return self._call(self._open)

    def close(self) -> None:
        self._opened = False

    def cancel(self) -> None:
        """Ends the wait by ending the connection. What was sent may have worked: UNKNOWN."""
        super().cancel()
        waiting = self._socket
        if waiting is not None:
            with contextlib.suppress(OSError):
                waiting.shutdown(socket.SHUT_RDWR)

    def probe(self) -> Reply[str]:
        return self._call(self._hello)

    def pay(self, amount: int, order: str, code: str = "", timeout: float = 120.0) -> Reply[Payment]:
        return self._call(lambda: self._pay(amount, order, code, timeout))

    def query(self, order: str) -> Reply[Payment]:
        def ask() -> Payment:
            try:
                answer = self._sure("GET", order)
            except Failure as failure:
                if failure.outcome is not Outcome.NOT_PRESENT:
                    raise
                # A request may still be on its way; a closed order takes no money when it arrives.
                answer = self._sure("POST", order, "/close")
            if answer.get("state") in ("PENDING", "REFUNDING"):
                raise Failure(Outcome.UNKNOWN, "付款人正在确认，请稍后再查")
            if answer.get("state") == "CANCELLED":
                raise Failure(Outcome.NOT_PRESENT, "付款人已取消，没有扣款")
            return _payment(answer, None)

        return self._call(ask)

    def refund(self, order: str, amount: int) -> Reply[Payment]:
        def give() -> Payment:
            _check(amount, order)
            try:
                answer = self._exchange("POST", f"/orders/{order}/refund", {"amount": amount}, _ANSWER)
            except _Lost as error:
                raise Failure(Outcome.UNKNOWN, "退款结果不明，请稍后查询") from error
            if answer.get("state") != "REFUNDED":
                return _payment(answer, amount)
            return _read(answer, amount)

        return self._call(give)

    @property
    def _name(self) -> str:
        return f"扫码收款 {self._host}:{self._port}"

    def _open(self) -> str:
        if self._secret_file is not None:
            try:
                self._secret = self._secret_file.read_bytes().strip()
            except OSError as error:
                raise Failure(Outcome.FAULT, "收款密钥文件读不出来，请管理员检查设备设置") from error
            if len(self._secret) < 16:
                raise Failure(Outcome.FAULT, "收款密钥太短，请管理员检查设备设置")
        self._opened = True
        try:
            return self._hello()
        except Failure:
            self._opened = False
            raise

    def _hello(self) -> str:
        try:
            self._exchange("GET", "/hello", None, 1.5)
        except _Lost as error:
            raise Failure(Outcome.TIMEOUT, "收款服务没有正确答复，请检查网络和密钥") from error
        return self._name

    def _pay(self, amount: int, order: str, code: str, timeout: float) -> Payment:
        _check(amount, order)
        if not _CODE.fullmatch(code):
            raise Failure(Outcome.UNREADABLE, "付款码不正确，应为 16 到 24 位数字，请付款人刷新后重扫")
        until = time.monotonic() + timeout
        try:
            body = {"amount": amount, "code": code}
            answer = self._exchange("POST", f"/orders/{order}/pay", body, min(timeout, _ANSWER))
        except _Lost:
            return self._abandon(amount, order)
        while answer.get("state") == "PENDING":  # the payer types a password
            if time.monotonic() >= until or self._cancelled.wait(_POLL):
                return self._abandon(amount, order)
            with contextlib.suppress(_Lost, Failure):  # the next look may be luckier
                answer = self._exchange("GET", f"/orders/{order}", None, _ANSWER)
        return _payment(answer, amount)

    def _abandon(self, amount: int, order: str) -> Payment:
        """Nobody waits any more: who confirms later must not pay. Without the service's word: UNKNOWN."""
        was_cancelled = self._cancelled.is_set()
        self._cancelled.clear()
        try:
            answer = self._exchange("POST", f"/orders/{order}/close", {}, _ABANDON)
        except (_Lost, Failure) as error:
            raise Failure(Outcome.UNKNOWN, IN_DOUBT) from error
        if answer.get("state") == "CANCELLED":
            words = "已取消收款，没有扣款" if was_cancelled else "付款人没有在规定时间内确认，已取消，没有扣款"
            raise Failure(Outcome.CANCELLED if was_cancelled else Outcome.TIMEOUT, words)
        return _payment(answer, amount)

    def _sure(self, method: str, order: str, what: str = "") -> dict[str, Any]:
        """Ask what moves no money. Failure: no answer."""
        if not _ORDER.fullmatch(order):
            raise Failure(Outcome.FAULT, "订单号不正确，没有发送")
        try:
            return self._exchange(method, f"/orders/{order}{what}", {} if what else None, _ANSWER)
        except _Lost as error:
            raise self._stopped() or Failure(Outcome.TIMEOUT, "收款服务没有正确答复，请稍后再查") from error

    def _exchange(self, method: str, path: str, body: dict[str, Any] | None, timeout: float) -> dict[str, Any]:
        """One request, one answer that can be believed. Failure: nothing has been sent. _Lost: it may have arrived."""
        if not self._opened:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        data = b"" if body is None else json.dumps(body).encode()
        nonce = secrets.token_hex(16)
        target = self._base + path
        connection = self._connect()
        try:
            headers = {"Content-Type": "application/json", **self._sign(method, target, nonce, data)}
            connection.request(method, target, body=data or None, headers=headers)
            if connection.sock is not None:
                connection.sock.settimeout(timeout)
            answer = connection.getresponse()
            raw = answer.read(_MOST_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise _Lost from error
        finally:
            self._socket = None
            connection.close()
        if self._secret and not hmac.compare_digest(
            answer.headers.get("X-Signature", ""), signature(self._secret, nonce, str(answer.status), raw)
        ):
            raise _Lost
        return _read_answer(answer.status, raw)

    def _connect(self) -> http.client.HTTPConnection:
        if self._secure:
            context = ssl.create_default_context()
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                self._host, self._port, timeout=_CONNECT, context=context
            )
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=_CONNECT)
        try:
            connection.connect()
        except ssl.SSLError as error:
            raise Failure(Outcome.FAULT, "收款服务的证书不可信，请联系运维人员") from error
        except OSError as error:
            raise Failure(Outcome.DISCONNECTED, "连不上收款服务，请检查网络和设备地址；没有扣款") from error
        self._socket = connection.sock
        stopped = self._stopped()
        if stopped is not None:
            connection.close()
            raise stopped
        return connection

    def _stopped(self) -> Failure | None:
        return cancelled() if self._cancelled.is_set() else None

    def _sign(self, method: str, target: str, nonce: str, body: bytes) -> dict[str, str]:
        at = str(int(time.time()))
        if not self._secret:
            return {}
        signed = signature(self._secret, method, target, at, nonce, body)
        return {"X-Time": at, "X-Nonce": nonce, "X-Signature": signed}


def signature(secret: bytes, *parts: str | bytes) -> str:
    """HMAC-SHA256, hex, over the parts' lines; the last part, a body, stands as its SHA-256."""
    *lines, body = parts
    digest = hashlib.sha256(body if isinstance(body, bytes) else body.encode()).hexdigest()
    text = "\n".join([*(line if isinstance(line, str) else line.decode() for line in lines), digest])
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def _check(amount: int, order: str) -> None:
    if not 0 < amount <= MOST_FEN or not _ORDER.fullmatch(order):
        raise Failure(Outcome.FAULT, "金额或订单号不正确，没有发送")


def _read_answer(status: int, raw: bytes) -> dict[str, Any]:
    if status == 503:  # by our interface: it says itself that it has done nothing
        raise Failure(Outcome.BUSY, "收款服务正忙，没有扣款，请稍后再试")
    if status == 404:
        raise Failure(Outcome.NOT_PRESENT, "收款服务没有这笔收款")
    if status in (400, 401, 403):
        raise Failure(Outcome.FAULT, f"收款服务不接受请求，没有扣款，请联系运维人员（{status}）")
    try:
        answer = json.loads(raw)
    except ValueError as error:
        raise _Lost from error
    if status != 200 or not isinstance(answer, dict):
        raise _Lost
    return answer


def _payment(answer: dict[str, Any], amount: int | None) -> Payment:
    state, words = answer.get("state"), str(answer.get("words", ""))[:40]
    if state == "PAID":
        return _read(answer, amount)
    if state == "DECLINED":
        raise Failure(Outcome.UNREADABLE, f"付款被拒绝，没有扣款：{words or '对方没有说明原因'}")
    if state == "CANCELLED":
        raise Failure(Outcome.DENIED_BY_USER, "付款人已取消，没有扣款")
    raise Failure(Outcome.UNKNOWN, IN_DOUBT)


def _read(answer: dict[str, Any], amount: int | None) -> Payment:
    paid = answer.get("amount")
    if not isinstance(paid, int) or isinstance(paid, bool) or (amount is not None and paid != amount):
        raise Failure(Outcome.UNKNOWN, "收款服务答复的金额与应收金额不符，" + IN_DOUBT)
    return Payment(paid, str(answer.get("reference", "")), str(answer.get("trace", "")), str(answer.get("wallet", "")))


def open_driver(uri: str) -> HttpTerminal:
    """The driver of a `pay+http:` or `pay+https:` URI. BadInput when it is malformed. Options: secret, a file whose
    content both sides know; only a service on this machine is used without."""
    parsed = DeviceUri.parse(uri, ["secret"])
    secure = parsed.scheme == "pay+https"
    if not parsed.host or parsed.port == 0:
        raise bad_uri(uri, "应为“主机:端口/路径”", "例如 pay+https://pay.example:443/v1?secret=/etc/yichuang/pay.key。")
    secret = parsed.options.get("secret", "")
    if not secret and parsed.host not in _LOOPBACK:
        raise bad_uri(uri, "缺少参数 secret", "收款服务不在本机时，必须用密钥文件签名。")
    port = parsed.port or (443 if secure else 80)
    return HttpTerminal(uri, parsed.host, port, parsed.path.rstrip("/"), secure, Path(secret) if secret else None)
