"""A TCP connection to a printer, with waits that can be cancelled and a count of what has left."""

from __future__ import annotations

import contextlib
import errno
import select
import socket
import sys
import threading
import time

from devices.failure import Failure, cancelled
from devices.outcome import Outcome

_SLICE = 0.1
_CHUNK = 16384


class Lost(Exception):
    """The connection broke, or stood still too long, while a job was on its way. detail: Chinese."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class TcpWire:
    """One connection. sent: bytes handed to the network so far."""

    def __init__(self, address: tuple[str, int], timeout: float, cancelled: threading.Event) -> None:
        """Connect within timeout seconds. Failure: DISCONNECTED."""
        self.sent = 0
        self._cancelled = cancelled
        self._socket = _connect(address, timeout)

    def send(self, data: bytes, stall: float = 10.0) -> None:
        """Send everything. Lost when the printer hangs up or takes nothing for stall seconds.
        Failure: CANCELLED, when cancelled on the way."""
        view = memoryview(data)
        moved_at = time.monotonic()
        while view:
            self._check_cancelled()
            try:
                readable, writable, _ = select.select([self._socket], [self._socket], [], _SLICE)
                if readable and not self._socket.recv(1, socket.MSG_PEEK):
                    raise Lost("打印机中途断开了连接")
                if writable:
                    count = self._socket.send(view[:_CHUNK])
                    view = view[count:]
                    self.sent += count
                    moved_at = time.monotonic()
            except OSError as error:
                raise Lost("打印机中途断开了连接") from error
            if time.monotonic() - moved_at > stall:
                raise Lost("打印机停止接收数据")

    def receive(self, seconds: float) -> bytes:
        """What came, waiting up to so many seconds; b"" when nothing did. Lost at the end of the connection."""
        until = time.monotonic() + seconds
        while True:
            self._check_cancelled()
            try:
                left = until - time.monotonic()
                if select.select([self._socket], [], [], max(0.0, min(_SLICE, left)))[0]:
                    data = self._socket.recv(_CHUNK)
                    if not data:
                        raise Lost("打印机断开了连接")
                    return data
            except OSError as error:
                raise Lost("打印机断开了连接") from error
            if time.monotonic() >= until:
                return b""

    def finish(self, seconds: float) -> bool:
        """Say that nothing more comes and wait for the printer to hang up. True when it took every byte and hung
        up in order; False when it did not within so many seconds. Lost when the connection broke."""
        until = time.monotonic() + seconds
        try:
            self._socket.shutdown(socket.SHUT_WR)
            while (left := until - time.monotonic()) > 0:
                self._check_cancelled()
                if not select.select([self._socket], [], [], min(_SLICE, left))[0]:
                    continue
                if not self._socket.recv(_CHUNK):
                    return self._all_taken()
        except OSError as error:
            raise Lost("打印机中途断开了连接") from error
        return False

    def close(self) -> None:
        """Release the connection. Never raises."""
        self._socket.close()

    def _all_taken(self) -> bool:
        # A printer that hangs up early looks like one that hangs up in order, until its reset arrives. What it has
        # not acknowledged gives it away.
        if self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise Lost("打印机中途断开了连接")
        if sys.platform == "linux" and _unacknowledged(self._socket):
            raise Lost("打印机未收完数据就断开了连接")
        return True

    def _check_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise cancelled()


def _unacknowledged(connection: socket.socket) -> int:
    import fcntl
    import struct
    import termios

    return int(struct.unpack("i", fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, bytes(4)))[0])


def _connect(address: tuple[str, int], timeout: float) -> socket.socket:
    place = f"{address[0]}:{address[1]}"
    try:
        connection = socket.create_connection(address, timeout)
    except TimeoutError as error:
        raise Failure(Outcome.DISCONNECTED, f"连接 {place} 超时，请检查打印机电源和网线") from error
    except (socket.gaierror, UnicodeError) as error:
        raise Failure(Outcome.DISCONNECTED, f"找不到主机 {address[0]}，请检查设备地址") from error
    except OSError as error:
        refused = error.errno == errno.ECONNREFUSED
        words = "拒绝连接，请确认打印机已开机且端口正确" if refused else "无法连接，请检查打印机电源和网线"
        raise Failure(Outcome.DISCONNECTED, f"{place} {words}") from error
    connection.setblocking(False)
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection
