"""Asking a printer or a CUPS server over IPP: one HTTP connection whose waits another thread can end."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import itertools
import socket
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from devices.drivers.links.tcp import Lost
from devices.drivers.output.ipp_wire import (
    JOB,
    OPERATION,
    PRINTER,
    Attributes,
    Malformed,
    Message,
    Tag,
    Typed,
    decode,
    encode,
)
from devices.failure import Failure, cancelled
from devices.outcome import Outcome

_MOST = 4 << 20
"""Octets of an answer: one that is longer is none."""


class Op(IntEnum):
    """Operations, RFC 8011 §5.4.15, and two of CUPS."""

    PRINT_JOB = 0x0002
    VALIDATE_JOB = 0x0004
    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER = 0x000B
    CUPS_GET_PRINTERS = 0x4002
    CUPS_ADD_PRINTER = 0x4003


class Status(IntEnum):
    """The answers that are told apart, RFC 8011 appendix B. Below 0x0100 is success."""

    OK = 0x0000
    SUBSTITUTED = 0x0001
    FORBIDDEN = 0x0401
    NOT_AUTHENTICATED = 0x0402
    NOT_AUTHORIZED = 0x0403
    NOT_POSSIBLE = 0x0404
    NOT_FOUND = 0x0406
    FORMAT = 0x040A
    ATTRIBUTES = 0x040B
    OPERATION = 0x0501
    UNAVAILABLE = 0x0502
    DEVICE = 0x0504
    NOT_ACCEPTING = 0x0506
    BUSY = 0x0507


@dataclass(frozen=True, slots=True)
class Place:
    """Where to ask. fingerprint: SHA-256 of the printer's own certificate in hex, "" for one that an authority
    signed."""

    host: str
    port: int
    path: str
    tls: bool = False
    fingerprint: str = ""

    @property
    def uri(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'ipps' if self.tls else 'ipp'}://{host}:{self.port}{self.path}"


class IppLink:
    """One connection, made when first needed. `sent`: octets of the last request that were handed to the network."""

    def __init__(self, place: Place, cancelled: threading.Event, timeout: float = 10.0, connect: float = 3.0) -> None:
        """timeout, connect: seconds for each further octet of an answer, and for the connection."""
        self.place = place
        self.sent = 0
        self._cancelled = cancelled
        self._timeout = timeout
        self._connect_within = connect
        self._connection: http.client.HTTPConnection | None = None
        self._numbers = itertools.count(1)

    def ask(
        self,
        operation: Op,
        *,
        about: Attributes | None = None,
        job: Attributes | None = None,
        printer: Attributes | None = None,
        data: bytes = b"",
        to: str | None = None,
    ) -> Message:
        """Ask and take the answer, whatever its status. about: operation attributes beside those that every request
        has; job, printer: further groups; to: the printer-uri, "" for none.

        Lost: the connection broke on the way. Failure: DISCONNECTED, CANCELLED; FAULT when the answer is not IPP.
        """
        target = self.place.uri if to is None else to
        operation_group: dict[str, Typed | Iterable[Typed]] = {
            "attributes-charset": Typed(Tag.CHARSET, "utf-8"),
            "attributes-natural-language": Typed(Tag.LANGUAGE, "zh-cn"),
        }
        if target:
            operation_group["printer-uri"] = Typed(Tag.URI, target)
        operation_group |= about or {}
        groups: list[tuple[int, Attributes]] = [(OPERATION, operation_group)]
        groups += [(group, given) for group, given in ((JOB, job), (PRINTER, printer)) if given]
        number = next(self._numbers)
        body = encode(operation, number, groups) + data
        # A connection that was kept may have been dropped by the printer; only a question may be put twice.
        again = self._connection is not None and operation not in (Op.PRINT_JOB, Op.CREATE_JOB, Op.SEND_DOCUMENT)
        try:
            return self._exchange(body, number)
        except Lost:
            self.close()
            if not again:
                raise
            return self._exchange(body, number)

    def interrupt(self) -> None:
        """End the wait of another thread; it sees the event that it was given."""
        connection = self._connection
        raw = connection.sock if connection is not None else None
        if raw is not None:
            with contextlib.suppress(OSError, ValueError):
                # Not ssl's own shutdown: it takes the session away from the thread that is using it.
                socket.socket.shutdown(raw, socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up. Never raises."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()

    def _exchange(self, body: bytes, number: int) -> Message:
        self._check()
        connection = self._connect()
        self.sent = 0
        headers = {"Content-Type": "application/ipp", "Content-Length": str(len(body))}
        try:
            connection.request("POST", self.place.path, self._counted(body), headers)
            answer = connection.getresponse()
            raw = answer.read(_MOST + 1)
            if answer.length and len(raw) <= _MOST:  # octets that were promised and never came
                raise http.client.IncompleteRead(raw)
        except (http.client.HTTPException, OSError, ValueError) as error:
            self.close()
            self._check()
            if isinstance(error, TimeoutError):
                raise Lost("打印机没有在规定时间内应答") from error
            raise Lost("与打印机的连接中途断开") from error
        if answer.will_close:
            self.close()
        if answer.status != 200:
            raise _refused(answer.status)
        try:
            message = decode(raw)
        except Malformed as error:
            self.close()
            raise Failure(Outcome.FAULT, "打印机的应答不符合 IPP 协议，请检查设备地址") from error
        if message.request_id != number:
            self.close()
            raise Failure(Outcome.FAULT, "打印机的应答与请求不符，请重新启动打印机")
        return message

    def _counted(self, body: bytes) -> Iterable[bytes]:
        for at in range(0, len(body), 16384):
            self._check()
            part = body[at : at + 16384]
            yield part
            self.sent += len(part)

    def _connect(self) -> http.client.HTTPConnection:
        if self._connection is not None:
            return self._connection
        place = self.place
        made: http.client.HTTPConnection
        if place.tls:
            made = http.client.HTTPSConnection(
                place.host, place.port, timeout=self._connect_within, context=_context(bool(place.fingerprint))
            )
        else:
            made = http.client.HTTPConnection(place.host, place.port, timeout=self._connect_within)
        try:
            made.connect()
        except ssl.SSLCertVerificationError as error:
            made.close()
            todo = "打印机使用自签名证书时，请在设备地址中写明证书指纹 sha256="
            raise Failure(Outcome.DISCONNECTED, f"打印机的证书不受信任。{todo}") from error
        except (OSError, UnicodeError) as error:
            made.close()
            self._check()
            raise Failure(Outcome.DISCONNECTED, _unreachable(place, error)) from error
        if place.fingerprint:
            own = made.sock.getpeercert(True) if isinstance(made.sock, ssl.SSLSocket) else None
            shown = hashlib.sha256(own or b"").hexdigest()
            if shown != place.fingerprint:
                made.close()
                raise Failure(Outcome.DISCONNECTED, "打印机的证书与设备地址中的指纹不一致，没有发送任何内容")
        made.sock.settimeout(self._timeout)
        self._connection = made
        self._check()
        return made

    def _check(self) -> None:
        if self._cancelled.is_set():
            self.close()
            raise cancelled()


def _context(pinned: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if pinned:
        # The fingerprint says more than any name: printers sign their own certificates.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _unreachable(place: Place, error: Exception) -> str:
    where = f"{place.host}:{place.port}"
    if isinstance(error, TimeoutError):
        return f"连接 {where} 超时，请检查打印机电源和网线"
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return f"找不到主机 {place.host}，请检查设备地址"
    if isinstance(error, ConnectionRefusedError):
        return f"{where} 拒绝连接，请确认打印机或打印服务已启动"
    return f"{where} 无法连接，请检查打印机电源和网线"


def _refused(status: int) -> Failure:
    if status == 404:
        return Failure(Outcome.FAULT, "打印机上没有这个打印队列，请检查设备地址")
    if status in (401, 403):
        return Failure(Outcome.FAULT, "打印机拒绝了本机的请求，请管理员允许本机打印")
    if status == 426:
        return Failure(Outcome.FAULT, "打印机要求加密连接，请把设备地址改为 ipps")
    if status == 503:
        return Failure(Outcome.BUSY, "打印机正忙，请稍候")
    return Failure(Outcome.FAULT, f"打印机返回了错误（HTTP {status}），请检查设备地址")
