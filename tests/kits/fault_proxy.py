"""A TCP proxy that does to HTTP what a county's line does: drops, delays, resets, duplicates, truncates, and portals.

It reads one whole request a connection, chooses its fate by a seeded draw, and closes. Every fate is counted by
endpoint, so that a test can tell that it was really met.
"""

from __future__ import annotations

import random
import re
import socket
import struct
import threading
import time
from collections import Counter
from types import TracebackType
from typing import Self

PORTAL = "<html><title>欢迎使用大厅无线网络</title><body>请先登录</body></html>".encode()
DELAY = 0.45
"""Seconds that an answer is held back: more than the read time-out of the tests' clients."""

FATES = (
    "drop_request",  # closed before anything is passed on
    "drop_answer",  # passed on; the answer is lost
    "reset_request",
    "reset_answer",
    "delay",  # passed on; the answer comes after the client has given up
    "duplicate",  # passed on twice at once; one of the answers is given
    "truncate_request",  # half of it is passed on
    "truncate_answer",  # half of the answer is given
    "error_500",  # not passed on
    "error_502_after",  # passed on; a balancer answers in the gateway's place
    "error_503",  # not passed on, with Retry-After
    "portal_200",  # HTML, not passed on
    "portal_302",
    "portal_json",  # another API's 200
)


class FaultProxy:
    """Listens on a free loopback port and passes on to upstream. rate: share of requests that meet a fault."""

    def __init__(self, upstream: int, rate: float, seed: int, fates: tuple[str, ...] = FATES) -> None:
        self.upstream = upstream
        self.rate = rate
        self.met: Counter[tuple[str, str]] = Counter()
        self._fates = fates
        self._rng = random.Random(seed)
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._stopped = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def choose(self, endpoint: str) -> str:
        """The fate of the next request. Called under the proxy's lock."""
        return self._rng.choice(self._fates) if self._rng.random() < self.rate else "pass"

    def __enter__(self) -> Self:
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._stopped = True
        # Closing alone does not wake a thread in accept().
        with socket.create_connection(self._listener.getsockname()):
            self._acceptor.join()
        self._listener.close()
        for thread in self._threads:
            thread.join(20)

    def _accept(self) -> None:
        while True:
            line, _ = self._listener.accept()
            if self._stopped:
                line.close()
                return
            thread = threading.Thread(target=self._serve, args=(line,), daemon=True)
            thread.start()
            self._threads = [t for t in self._threads if t.is_alive()] + [thread]

    def _serve(self, line: socket.socket) -> None:
        with line:
            try:
                line.settimeout(10)
                # One request a connection: an answer that left it open would promise what is not kept.
                request = read_message(line).replace(b"Connection: keep-alive\r\n", b"Connection: close\r\n", 1)
                if request:
                    self._meet(line, request)
            except OSError:
                return  # the client has gone; that is what it is here for

    def _meet(self, line: socket.socket, request: bytes) -> None:
        with self._lock:
            fate = self.choose(endpoint_of(request))
            self.met[endpoint_of(request), fate] += 1
        half = max(1, len(request) // 2)
        match fate:
            case "pass":
                line.sendall(self._ask(request))
            case "drop_request":
                return
            case "drop_answer":
                self._ask(request)
            case "reset_request":
                reset(line)
            case "reset_answer":
                self._ask(request)
                reset(line)
            case "delay":
                answer = self._ask(request)
                time.sleep(DELAY)
                line.sendall(answer)
            case "duplicate":
                twin = threading.Thread(target=self._ask, args=(request,))
                twin.start()
                answer = self._ask(request)
                twin.join()
                line.sendall(answer)
            case "truncate_request":
                with socket.create_connection(("127.0.0.1", self.upstream), timeout=10) as gateway:
                    gateway.sendall(request[:half])
            case "truncate_answer":
                answer = self._ask(request)
                line.sendall(answer[: len(answer) // 2])
            case "error_500":
                line.sendall(message("500 Internal Server Error", b"oops"))
            case "error_502_after":
                self._ask(request)
                line.sendall(message("502 Bad Gateway", b"<html>nginx</html>", "text/html"))
            case "error_503":
                line.sendall(message("503 Service Unavailable", b"", extra="Retry-After: 3\r\n"))
            case "portal_200":
                line.sendall(message("200 OK", PORTAL, "text/html"))
            case "portal_302":
                line.sendall(message("302 Found", b"", extra="Location: http://127.0.0.1:9/login\r\n"))
            case "portal_json":
                line.sendall(message("200 OK", b'{"code":0,"outcome":"accepted","case_no":"X","rev":1,"stage":1}'))

    def _ask(self, request: bytes) -> bytes:
        """The gateway's answer; empty when it gives none."""
        try:
            with socket.create_connection(("127.0.0.1", self.upstream), timeout=10) as gateway:
                gateway.sendall(request)
                return read_message(gateway, to_head=request.startswith(b"HEAD"))
        except OSError:
            return b""


def endpoint_of(request: bytes) -> str:
    """METHOD /path with its ids and query taken out."""
    method, path = request.split(b" ", 2)[:2]
    path = path.partition(b"?")[0]
    path = re.sub(rb"/[0-9a-f-]{36}", b"/{id}", path)
    path = re.sub(rb"/materials/[^:]+:", b"/materials/{id}:", path)
    return f"{method.decode()} {path.decode()}"


def read_message(line: socket.socket, to_head: bool = False) -> bytes:
    """One HTTP message with a Content-Length body (or none), as the bytes it came in; as far as it came."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = line.recv(65536)
        if not part:
            return data
        data += part
    head, _, _ = data.partition(b"\r\n\r\n")
    found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    total = len(head) + 4 + (int(found.group(1)) if found and not to_head else 0)
    while len(data) < total:
        part = line.recv(65536)
        if not part:
            break
        data += part
    return data


def message(status: str, body: bytes, kind: str = "application/json", extra: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{extra}Connection: close\r\n\r\n"
    )
    return head.encode() + body


def reset(line: socket.socket) -> None:
    """Close with RST instead of FIN."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()
